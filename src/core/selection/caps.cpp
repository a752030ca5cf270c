#include "selection/cut.h"

namespace hanjari::selection {

Places apply_caps(const UnitCode& unit, std::vector<Contender>& contenders, const Rules& rules,
                  UnitDecision& decision) {
  Places places;
  if (decision.sat > decision.posts && !rules.cap_exempt(unit)) {
    places.veteran = share_down(decision.posts, rules.veteran_cap_percent);
    places.hero = share_down(decision.posts, rules.hero_cap_percent);
    decision.veteran_cap = places.veteran;
    decision.hero_cap = places.hero;
  }
  for (Contender& contender : contenders) {
    if (contender.preference == Preference::none) continue;
    const std::int64_t cap = contender.preference == Preference::veteran ? places.veteran : places.hero;
    contender.preference_use = PreferenceUse::counted;
    if (cap == 0) {
      contender.preference_use = PreferenceUse::not_given;
      contender.preference = Preference::none;
      contender.full = contender.own;
    }
  }
  return places;
}

}  // namespace hanjari::selection
