// The rows of a what-if as a picture; the table beside it says the same.
#pragma once

#include <string>

#include "hanjari/plans/whatif_job.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// An <svg> element with a bar for every row: kilometres of everybody together, or people who move where that was asked.
// A row that leaves somebody without a seat has a cross instead.
std::string render_whatif_bars(const Pages& pages, const services::WhatifMade& made, Language language);

// The same as a table, with the picture and the places where a further venue helps most, for the template of the job.
nlohmann::json describe_whatif_made(const Pages& pages, const services::WhatifMade& made, Language language);

}  // namespace hanjari::web
