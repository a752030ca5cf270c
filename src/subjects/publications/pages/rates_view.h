// Rates of passing by group as pages show them, and as a workbook.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// For the part rates_tables: a table and a picture for each way of grouping. Empty for a text that is no rates.csv.
nlohmann::json describe_rates(const Call& call, std::string_view rates_csv);
// The bytes of an .xlsx file that says the same.
std::string make_rates_workbook(const Call& call, Language language, std::string_view rates_csv);

}  // namespace hanjari::web
