#include "selection/cut.h"

#include <algorithm>

#include "selection/settle.h"

namespace hanjari::selection {

void settle(const Passing& passing, Outcome outcome, Places& places, UnitDecision& decision) {
  decision.passed += passing.count();
  for (Contender* contender : passing.by_own) contender->outcome = outcome;
  for (Contender* contender : passing.by_preference) {
    contender->outcome = outcome;
    contender->thanks_to_preference = true;
    const bool veteran = contender->preference == Preference::veteran;
    ++(veteran ? decision.by_veteran : decision.by_hero);
    // Equals at the cap may have passed beyond it (ties.cap all).
    std::int64_t& left = veteran ? places.veteran : places.hero;
    left = std::max<std::int64_t>(left - 1, 0);
  }
  for (Contender* contender : passing.shut_out) {
    contender->full = contender->own;
    contender->preference_use = PreferenceUse::set_back;
  }
}

void apply_cut(std::vector<Contender>& contenders, Places& places, const Rules& rules, UnitDecision& decision) {
  Pool pool;
  for (Contender& contender : contenders) pool.push_back(&contender);
  order_by_standing(pool);
  if (static_cast<std::int64_t>(pool.size()) <= decision.to_pass) {
    decision.all_pass = true;
    Passing everybody;
    everybody.by_own = pool;
    settle(everybody, Outcome::passed, places, decision);
    if (!pool.empty()) decision.cut = pool.back()->full;
    return;
  }
  decision.cut = find_cut(decision.to_pass, std::nullopt, pool, places, rules.ties_cut, rules.ties_cap);
  if (!decision.cut) return;
  settle(passing_at(*decision.cut, pool, places, rules.ties_cap), Outcome::passed, places, decision);
}

void decide_unit(const ResultUnit& unit, std::int64_t posts, std::optional<std::int64_t> to_pass,
                 std::vector<Contender>& contenders, const Rules& rules, UnitDecision& decision) {
  decision.posts = posts;
  decision.above_line = static_cast<std::int64_t>(contenders.size());
  decision.to_pass = number_to_pass(posts, to_pass, rules);
  Places places = apply_caps(unit.unit.code, contenders, rules, decision);
  apply_cut(contenders, places, rules, decision);
  apply_equality(unit.unit.code, unit.subject_count(), contenders, places, rules, decision);
}

}  // namespace hanjari::selection
