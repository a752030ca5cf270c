// Rules 6 to 8: from marks to totals.
#pragma once

#include "hanjari/selection/decision.h"

namespace hanjari::selection {

// Points added on every subject.
struct BonusPoints {
  Mark licence;
  Mark preference;
  Preference kind = Preference::none;
};

// Rule 7: the highest licence word and the highest preference word, a veteran's if equal.
BonusPoints count_bonus(const Bonuses& bonuses);

// Rule 6: below the line in the raw mark and, for an elective, in the adjusted mark as rounded too.
bool is_below_line(const Score& score, const Moments& moments, const Rules& rules);

// Rule 8: the sum of all subjects with `bonus` on each; an elective counts its adjusted mark.
Mark total_of(const Results& results, const ElectiveStatistics& statistics, const ResultPerson& person, Mark bonus,
              const Rules& rules);

}  // namespace hanjari::selection
