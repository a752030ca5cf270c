// Rule 21: places of people who decline go to the reserve.
#include <algorithm>
#include <set>

#include "selection/final_list.h"

namespace hanjari::selection {
namespace {

bool may_decline(const FinalPersonDecision& person) {
  return person.outcome == FinalOutcome::passed || person.outcome == FinalOutcome::passed_equality || person.reserve_rank > 0;
}

// Gives whether a place became free that the reserve may take.
bool take_off(FinalPersonDecision& person, FinalUnitDecision& unit) {
  const bool passed = person.outcome == FinalOutcome::passed;
  if (passed || person.outcome == FinalOutcome::passed_equality) --unit.passed;
  if (person.outcome == FinalOutcome::passed_equality) --unit.passed_equality;
  person.outcome = FinalOutcome::declined;
  person.reason = FinalReason::declined;
  person.reserve_rank = 0;
  ++unit.declined;
  return passed;
}

void fill_places(const std::vector<FinalPersonDecision*>& people, std::int64_t places, Ties ties, FinalUnitDecision& unit) {
  std::vector<Mark> totals;
  for (const FinalPersonDecision* person : people) {
    if (person->reserve_rank > 0) totals.push_back(person->total);
  }
  const std::optional<Mark> lowest = lowest_taken(std::move(totals), places, ties);
  if (!lowest) return;
  for (FinalPersonDecision* person : people) {
    if (person->reserve_rank == 0 || person->total < *lowest) continue;
    person->outcome = FinalOutcome::passed;
    person->reason = FinalReason::additional;
    person->reserve_rank = 0;
    ++unit.passed;
    ++unit.additional;
  }
}

}  // namespace

std::vector<PersonIndex> apply_declines(const Results& results, const Rules& rules, const std::vector<PersonIndex>& declining,
                                        FinalDecision& decision) {
  std::vector<std::vector<FinalPersonDecision*>> units(decision.units.size());
  std::set<PersonIndex> unknown(declining.begin(), declining.end());
  const std::set<PersonIndex> wanted = unknown;
  for (FinalPersonDecision& person : decision.people) {
    units[results.people[person.person.value].unit.value].push_back(&person);
    if (may_decline(person)) unknown.erase(person.person);
  }
  if (!unknown.empty()) return {unknown.begin(), unknown.end()};
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    std::int64_t places = 0;
    for (FinalPersonDecision* person : units[unit]) {
      if (wanted.contains(person->person) && take_off(*person, decision.units[unit])) ++places;
    }
    fill_places(units[unit], places, rules.final.ties, decision.units[unit]);
  }
  return {};
}

}  // namespace hanjari::selection
