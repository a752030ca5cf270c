// The rules of staffing as officers set them: how many a room, how many in reserve, who may not meet. What a change would
// need is shown before it is stored.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plan_copies.h"
#include "hanjari/staffing/substitutes.h"

namespace hanjari::services {

// A number of the rules, with the limits of staffing.json and what officers call it. second_invigilator_above stands
// beside them, because it may be left out.
struct RuleNumber {
  std::string_view field;
  std::int64_t StaffingRules::*value;
  std::int64_t least;
  std::int64_t most;
  Text called;
};
const std::array<RuleNumber, 5>& rule_numbers();
constexpr std::int64_t most_second_above = 100'000;

// Somebody else has stored rules since these were looked at (staffing_rules_changed).
class StaffingRulesChanged : public Conflict {
 public:
  StaffingRulesChanged();
};

struct KnownRules {
  StaffingRules rules;
  std::string version;    // of what is stored; equal versions, equal rules
  bool are_set = false;   // false: those that absent settings stand for
};
KnownRules find_staffing_rules(InvigilatorRepository&, const ExamCode&);

// What is different, a sentence each, as "Reserves a venue at least: 1 -> 2".
std::vector<Text> describe_rule_changes(const StaffingRules& from, const StaffingRules& to);

// What rules ask for, of the live plan, or of the newest where none is live.
struct RulesNeed {
  staffing::PlaceCounts places_now{};  // under the rules that are stored
  staffing::PlaceCounts places{};
  staffing::PlaceCounts unfilled{};    // places that stay empty with the people who have consented by now
  std::int64_t missing = 0;            // people who are missing at least: proven
  std::int64_t consented = 0;
  std::int64_t own_schools = 0;        // declared venues where somebody may not be; no rule lifts them
  std::int64_t relatives = 0;          // declared applicants and invigilators
};
// Throws NotFound (plan_not_found), Conflict (exam_destroyed), InvalidInput (bad_staffing_rules).
RulesNeed preview_staffing_rules(InvigilatorRepository&, ExamRepository&, PlanCopies& copies, const ExamCode&,
                                 const StaffingRules&);

// Stores them with the reason and what was before in the audit trail; duties that are there stay as they are. Throws
// InvalidInput (bad_staffing_rules, reason_missing), StaffingRulesChanged when `version` is not the stored one.
KnownRules set_staffing_rules(InvigilatorRepository&, ExamRepository&, const ExamCode&, const StaffingRules&,
                              const std::string& version, const Change&);

}  // namespace hanjari::services
