#include "hanjari/selection/compare.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace hanjari::selection {
namespace {

std::vector<std::size_t> by_number(const Results& results) {
  std::vector<std::size_t> order(results.people.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return results.people[left].number < results.people[right].number;
  });
  return order;
}

VerdictSide side_of(const DecidedExam& exam, std::size_t position) {
  const PersonDecision& person = exam.decision.people[position];
  VerdictSide side;
  side.outcome = person.outcome;
  side.rank = person.rank;
  if (person.outcome != Outcome::absent && person.outcome != Outcome::voided) side.total = person.total;
  return side;
}

bool has_passed(const VerdictSide& side) {
  return side.outcome == Outcome::passed || side.outcome == Outcome::passed_equality;
}

void compare_people(const DecidedExam& before, const DecidedExam& after, Comparison& comparison) {
  const std::vector<std::size_t> earlier = by_number(before.results);
  const std::vector<std::size_t> later = by_number(after.results);
  std::size_t e = 0;
  std::size_t l = 0;
  while (e < earlier.size() || l < later.size()) {
    const ResultPerson* was = e < earlier.size() ? &before.results.people[earlier[e]] : nullptr;
    const ResultPerson* is = l < later.size() ? &after.results.people[later[l]] : nullptr;
    // The smaller number goes first; the other side is not there.
    if (was != nullptr && is != nullptr && was->number != is->number) {
      (was->number < is->number ? is : was) = nullptr;
    }
    VerdictDifference difference;
    if (was != nullptr) {
      difference.number = was->number;
      difference.unit = before.results.unit_of(*was).unit.code;
      difference.before = side_of(before, earlier[e++]);
    }
    const UnitCode unit_before = difference.unit;
    if (is != nullptr) {
      difference.number = is->number;
      difference.unit = after.results.unit_of(*is).unit.code;
      difference.after = side_of(after, later[l++]);
    }
    const bool on_both = was != nullptr && is != nullptr;
    if (difference.before && has_passed(*difference.before)) ++comparison.passed_before;
    if (difference.after && has_passed(*difference.after)) ++comparison.passed_after;
    if (on_both && difference.before->total != difference.after->total) ++comparison.totals_changed;
    if (on_both && difference.before->outcome == difference.after->outcome && unit_before == difference.unit) continue;
    comparison.verdicts.push_back(std::move(difference));
  }
  std::sort(comparison.verdicts.begin(), comparison.verdicts.end(),
            [](const VerdictDifference& left, const VerdictDifference& right) {
              return std::tie(left.unit, left.number) < std::tie(right.unit, right.number);
            });
}

}  // namespace

Comparison compare_decisions(const DecidedExam& before, const DecidedExam& after) {
  Comparison comparison;
  compare_people(before, after, comparison);
  for (std::size_t i = 0; i < after.results.units.size(); ++i) {
    const UnitCode& code = after.results.units[i].unit.code;
    const UnitDecision& is = after.decision.units[i];
    const UnitIndex found = before.results.find(code);
    const UnitDecision was = found.exists() ? before.decision.units[found.value] : UnitDecision();
    if (was.cut == is.cut && was.equality_cut == is.equality_cut && was.passed == is.passed) continue;
    comparison.cuts.push_back({code, was.cut, is.cut, was.equality_cut, is.equality_cut, was.passed, is.passed});
  }
  return comparison;
}

}  // namespace hanjari::selection
