#include <algorithm>

#include "selection/settle.h"

namespace hanjari::selection {
namespace {

std::int64_t count_passed(const std::vector<Contender>& contenders, Sex sex) {
  return std::count_if(contenders.begin(), contenders.end(), [sex](const Contender& contender) {
    return contender.sex == sex && contender.outcome == Outcome::passed;
  });
}

// The sex that alone falls short of the target, and by how many.
void find_short_sex(const std::vector<Contender>& contenders, UnitDecision& decision) {
  const std::int64_t men = *decision.equality_target - count_passed(contenders, Sex::male);
  const std::int64_t women = *decision.equality_target - count_passed(contenders, Sex::female);
  if ((men > 0) == (women > 0)) return;
  decision.short_sex = men > 0 ? Sex::male : Sex::female;
  decision.missing = std::max(men, women);
}

Mark lowest_full(const Passing& passing) {
  Mark lowest{std::numeric_limits<std::int64_t>::max()};
  for (const Contender* contender : passing.by_own) lowest = std::min(lowest, contender->full);
  for (const Contender* contender : passing.by_preference) lowest = std::min(lowest, contender->full);
  return lowest;
}

}  // namespace

std::int64_t equality_target(std::int64_t posts, std::int64_t number, const Rules& rules) {
  return posts >= rules.equality.half_up_from ? share_half_up(number, rules.equality.percent)
                                              : share_down(number, rules.equality.percent);
}

void apply_equality(const UnitCode& unit, std::int64_t subjects, std::vector<Contender>& contenders,
                    const Places& places_left, const Rules& rules, UnitDecision& decision) {
  if (decision.posts < rules.equality.min_posts || rules.equality_exempt(unit) || !decision.cut) return;
  decision.equality_target = equality_target(decision.posts, decision.to_pass, rules);
  find_short_sex(contenders, decision);
  if (!decision.short_sex) return;

  Pool pool;
  for (Contender& contender : contenders) {
    if (contender.sex == *decision.short_sex && contender.outcome == Outcome::not_passed) pool.push_back(&contender);
  }
  order_by_standing(pool);
  const Mark floor = *decision.cut - rules.equality.margin_points * subjects;
  decision.equality_floor = floor;
  Places places = places_left;
  Passing added = passing_at(floor, pool, places, rules.ties_cap);
  if (added.count() < decision.missing) {
    if (added.count() > 0) decision.equality_cut = lowest_full(added);
  } else {
    decision.equality_cut = find_cut(decision.missing, floor, pool, places, rules.ties_equality, rules.ties_cap);
    if (!decision.equality_cut) return;
    added = passing_at(*decision.equality_cut, pool, places, rules.ties_cap);
  }
  decision.passed_equality = added.count();
  settle(added, Outcome::passed_equality, places, decision);
}

}  // namespace hanjari::selection
