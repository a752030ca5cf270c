// Rules 3 and 9 to 12 for one unit: the number to pass, the caps, who passes at a mark, the cut and the equality
// target.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "hanjari/selection/decision.h"

namespace hanjari::selection {

// Somebody above the line who competes for the places of a unit.
struct Contender {
  std::size_t person = 0;  // position in Results::people
  Mark own;
  Mark full;
  Preference preference = Preference::none;
  Sex sex = Sex::female;
  // What the rules made of them:
  PreferenceUse preference_use = PreferenceUse::none;
  bool thanks_to_preference = false;
  Outcome outcome = Outcome::not_passed;
};

// Places for those who need a preference.
struct Places {
  static constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();
  std::int64_t veteran = unlimited;
  std::int64_t hero = unlimited;
};

// Contenders ordered by full, then own, the highest first. Positions in the vector the pool was made from.
using Pool = std::vector<Contender*>;
void order_by_standing(Pool& pool);

// Rule 3. The unit has a row in the pass table or its own number: the gate saw to it.
std::int64_t number_to_pass(std::int64_t posts, std::optional<std::int64_t> to_pass, const Rules& rules);
// The row of the pass table for this many posts; null when there is none.
const PassTableRow* find_pass_row(std::int64_t posts, const Rules& rules);

// Rule 9. Sets the caps of the unit and takes the preference from those whose cap is zero.
Places apply_caps(const UnitCode& unit, std::vector<Contender>& contenders, const Rules& rules, UnitDecision& decision);

// Rule 10: who passes at a mark.
struct Passing {
  std::vector<Contender*> by_own;         // own marks reach it
  std::vector<Contender*> by_preference;  // need the preference and find a place
  std::vector<Contender*> shut_out;       // need the preference and find none

  std::int64_t count() const { return static_cast<std::int64_t>(by_own.size() + by_preference.size()); }
};
// `pool` is ordered by standing.
Passing passing_at(Mark mark, const Pool& pool, const Places& places, Ties ties_at_cap);

// The highest own or full of the pool, not below `floor`, at which at least `wanted` pass; at the lowest such mark that
// many must pass. With Ties::none: the highest at which as many pass as can without exceeding `wanted`, nothing when
// that is nobody.
std::optional<Mark> find_cut(std::int64_t wanted, std::optional<Mark> floor, const Pool& pool, const Places& places,
                             Ties ties, Ties ties_at_cap);

// Rule 11. Sets the cut and the outcomes; those shut out are set back. Reduces `places` by those taken.
void apply_cut(std::vector<Contender>& contenders, Places& places, const Rules& rules, UnitDecision& decision);

// Rule 12, the target of either sex among `number` who are to pass.
std::int64_t equality_target(std::int64_t posts, std::int64_t number, const Rules& rules);
// Rule 12.
void apply_equality(const UnitCode& unit, std::int64_t subjects, std::vector<Contender>& contenders,
                    const Places& places, const Rules& rules, UnitDecision& decision);

// Rules 3 and 9 to 12 together. `decision` comes with posts, applied and sat; contenders with own, full and preference.
void decide_unit(const ResultUnit& unit, std::int64_t posts, std::optional<std::int64_t> to_pass,
                 std::vector<Contender>& contenders, const Rules& rules, UnitDecision& decision);

}  // namespace hanjari::selection
