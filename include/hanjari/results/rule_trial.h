// What other rules would have made of results that are decided: figures per unit beside those of the decision, nobody's verdict.
// Rules are tried on marks that a decision stands on, of this exam or an earlier one; never on marks that wait for their rules, so
// that nobody can shape the rules of an exam by looking at its results.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/results/results.h"
#include "hanjari/selection/decision.h"

namespace hanjari::services {

// A setting of rules.json by its dotted name, posts.UNIT or to_pass.UNIT, and its value.
using RuleSettings = std::vector<std::pair<std::string, std::string>>;

// One on each line, NAME=VALUE. Throws InvalidInput: settings_missing; bad_settings with every line that is none, or
// when they are longer than a record of access holds.
RuleSettings read_rule_settings(std::string_view text);

struct TriedUnit {
  UnitCode code;
  Text name;
  selection::UnitDecision decided;
  selection::UnitDecision tried;
};

struct RuleTrial {
  std::vector<TriedUnit> units;  // by code
  std::int64_t passed_decided = 0;
  std::int64_t passed_tried = 0;
  std::int64_t verdicts = 0;  // people whose verdict would be another
  std::string rules_sha256;   // of the rules that were tried, as a package with them would have
};

// Recorded with its settings before it is given (decision.trial). Throws InvalidInput with every fault of the settings, Conflict
// (decision_differs) when the package does not give the decision any more.
RuleTrial try_rules(ResultRepository&, AccessRecord&, const StoredDecision& decision, const RuleSettings& settings,
                    const Change& change);

}  // namespace hanjari::services
