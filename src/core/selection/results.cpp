#include "hanjari/selection/results.h"

#include <algorithm>

namespace hanjari::selection {

UnitIndex Results::find(const UnitCode& code) const {
  const auto found =
      std::lower_bound(units.begin(), units.end(), code,
                       [](const ResultUnit& unit, const UnitCode& wanted) { return unit.unit.code < wanted; });
  if (found == units.end() || found->unit.code != code) return UnitIndex::none();
  return UnitIndex(static_cast<std::size_t>(found - units.begin()));
}

PersonIndex Results::find(const ApplicantNumber& number) const {
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (people[i].number == number) return PersonIndex(i);
  }
  return PersonIndex::none();
}

}  // namespace hanjari::selection
