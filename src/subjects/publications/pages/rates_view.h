// Rates of passing by group as pages show them, and as a workbook.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "hanjari/fairness/protection.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// Units by their codes, as the notice names them, because people know no codes. Empty where there is no notice.
using RatedUnits = std::map<std::string, std::string>;
RatedUnits name_rated_units(const Call& call, Language language);
// A way of grouping, -1 for everybody, and one group of it, as people know them.
std::string name_of_dimension(const Call& call, Language language, int dimension);
std::string name_of_group(const Call& call, Language language, const RatedUnits& units, const fairness::Cell& cell);

// For the part rates_tables: a table and a picture for each way of grouping. Empty for a text that is no rates.csv.
nlohmann::json describe_rates(const Call& call, std::string_view rates_csv);
// The bytes of an .xlsx file that says the same.
std::string make_rates_workbook(const Call& call, Language language, std::string_view rates_csv);

}  // namespace hanjari::web
