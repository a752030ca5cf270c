// The rates of passing that are published with results: how many of a group passed, by district, sex, unit and accommodation,
// without telling of a few people.
//
// CSV, UTF-8, LF: dimension (all, district, sex, unit, accommodation), value, people, passed, percent. Rows by dimension in this
// order, then value. `people` is everybody decided, absent people too; `percent` has one decimal, half up. The last three columns
// are empty in a row that is withheld. Accommodation has the values none and some.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/random.h"
#include "hanjari/fairness/protection.h"

namespace hanjari::fairness {

// By applicant number: district, sex, unit and accommodation, and who passed.
struct DecidedPeople {
  Members members;
  std::set<std::string> passed;
};

// A release before: who was decided then, and the rows whose figures were given.
struct EarlierRates {
  DecidedPeople people;
  Cells given;
};

// The rows that may be given beside those of every release before. Besides what cells_to_publish withholds: a row in which fewer
// than smallest_group passed, or fewer did not, and further ones until that holds for all withheld people of a dimension together
// too; for then everybody would know of nearly everybody in it. And every row by district, sex or accommodation where too few have
// another verdict than in a release before: lists name their numbers, and the rows that changed would tell their groups.
Cells rates_to_publish(const DecidedPeople& people, const std::vector<EarlierRates>& before, const Seed& seed);

std::string render_rates(const DecidedPeople& people, const Cells& published);

struct RateRow {
  Cell cell;
  std::string people;  // empty where the row is withheld, as the other two
  std::string passed;
  std::string percent;
  bool is_given() const { return !people.empty(); }
};
// Nothing for a text that render_rates does not write.
std::optional<std::vector<RateRow>> read_rates(std::string_view csv);

}  // namespace hanjari::fairness
