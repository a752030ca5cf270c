// The table of applications as a file: the whole of a view, as its address holds it.
#pragma once

#include <string>
#include <string_view>

#include "hanjari/domain/recruitment.h"
#include "hanjari/intake/application_table.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// A cell in the words of the page; `word`: of its column (table_columns).
std::string write_cell(const Call& call, const Recruitment& notice, const services::TableRow& row, std::string_view word);

// As .xlsx or .csv (UTF-8, or by `encoding` CP949). Everybody in it is recorded. Throws Conflict (table_too_long).
Response download_application_table(const Call& call);

}  // namespace hanjari::web
