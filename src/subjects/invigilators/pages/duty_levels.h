// What was decided level by level, with the proof of each, as an officer reads it.
#pragma once

#include "hanjari/domain/duties.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// Rows of `name`, `value` and `proof` in the order of the levels; false where the duties came without a report.
nlohmann::json describe_levels(const Pages& pages, const DutyRows& rows, Language language);

}  // namespace hanjari::web
