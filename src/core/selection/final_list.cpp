#include "selection/final_list.h"

#include <algorithm>
#include <functional>

#include "selection/cut.h"
#include "selection/written.h"

namespace hanjari::selection {
namespace {

std::vector<Mark> totals_of(const std::vector<Finalist>& finalists, InterviewGrade grade) {
  std::vector<Mark> totals;
  for (const Finalist& finalist : finalists) {
    if (finalist.decision.grade == grade) totals.push_back(finalist.decision.total);
  }
  return totals;
}

bool has_passed(const Finalist& finalist, Sex sex) {
  return finalist.sex == sex && finalist.decision.outcome == FinalOutcome::passed;
}

// Lets everybody of the grade with at least the lowest total pass; tells how many.
template <class ReasonOf>
std::int64_t take(std::vector<Finalist>& finalists, InterviewGrade grade, std::optional<Mark> lowest,
                  FinalReason otherwise, ReasonOf reason_of) {
  std::int64_t taken = 0;
  for (Finalist& finalist : finalists) {
    FinalPersonDecision& person = finalist.decision;
    if (person.grade != grade) continue;
    const bool passes = lowest && person.total >= *lowest;
    person.outcome = passes ? FinalOutcome::passed : FinalOutcome::not_passed;
    person.reason = passes ? reason_of(person) : otherwise;
    if (passes) ++taken;
  }
  return taken;
}

}  // namespace

std::optional<Mark> lowest_taken(std::vector<Mark> totals, std::int64_t places, Ties ties) {
  if (totals.empty() || places <= 0) return std::nullopt;
  std::sort(totals.begin(), totals.end(), std::greater<>());
  auto count = static_cast<std::size_t>(std::min(places, static_cast<std::int64_t>(totals.size())));
  if (ties == Ties::none && count < totals.size()) {
    const Mark first_out = totals[count];
    while (count > 0 && totals[count - 1] == first_out) --count;
    if (count == 0) return std::nullopt;
  }
  return totals[count - 1];
}

void apply_final_list(std::vector<Finalist>& finalists, const Rules& rules, FinalUnitDecision& decision) {
  const std::vector<Mark> excellent = totals_of(finalists, InterviewGrade::excellent);
  const std::int64_t places_of_excellent = rules.final.excess_excellent == ExcessExcellent::all
                                               ? static_cast<std::int64_t>(excellent.size())
                                               : decision.posts;
  decision.cut = lowest_taken(excellent, places_of_excellent, rules.final.ties);
  decision.passed = take(finalists, InterviewGrade::excellent, decision.cut, FinalReason::excess_excellent,
                         [](const FinalPersonDecision&) { return FinalReason::excellent; });

  const std::vector<Mark> ordinary = totals_of(finalists, InterviewGrade::ordinary);
  const std::int64_t places = decision.posts - decision.passed;
  const bool all_pass = static_cast<std::int64_t>(ordinary.size()) <= places;
  const std::optional<Mark> cut = lowest_taken(ordinary, places, rules.final.ties);
  if (cut) decision.cut = cut;
  decision.passed +=
      take(finalists, InterviewGrade::ordinary, cut, places > 0 ? FinalReason::below_cut : FinalReason::posts_filled,
           [&](const FinalPersonDecision& person) {
             if (all_pass) return FinalReason::all_pass;
             return person.total == *cut ? FinalReason::at_cut : FinalReason::above_cut;
           });
}

void apply_final_equality(const ResultUnit& unit, std::vector<Finalist>& finalists, const Rules& rules,
                          FinalUnitDecision& decision) {
  if (decision.posts < rules.equality.min_posts || rules.equality_exempt(unit.unit.code) || !decision.cut) return;
  decision.equality_target = equality_target(decision.posts, decision.posts, rules);
  const auto short_by = [&](Sex sex) {
    return *decision.equality_target -
           std::count_if(finalists.begin(), finalists.end(),
                         [sex](const Finalist& finalist) { return has_passed(finalist, sex); });
  };
  const std::int64_t men = short_by(Sex::male);
  const std::int64_t women = short_by(Sex::female);
  if ((men > 0) == (women > 0)) return;
  decision.short_sex = men > 0 ? Sex::male : Sex::female;
  decision.missing = std::max(men, women);

  const Mark floor = *decision.cut - rules.equality.margin_points * unit.subject_count();
  const auto may_be_added = [&](const Finalist& finalist) {
    return finalist.sex == *decision.short_sex && finalist.decision.outcome == FinalOutcome::not_passed &&
           finalist.decision.total >= floor;
  };
  std::vector<Mark> totals;
  for (const Finalist& finalist : finalists) {
    if (may_be_added(finalist)) totals.push_back(finalist.decision.total);
  }
  const std::optional<Mark> lowest = lowest_taken(totals, decision.missing, rules.ties_equality);
  if (!lowest) return;
  for (Finalist& finalist : finalists) {
    if (!may_be_added(finalist) || finalist.decision.total < *lowest) continue;
    finalist.decision.outcome = FinalOutcome::passed_equality;
    finalist.decision.reason = FinalReason::equality;
    ++decision.passed_equality;
    ++decision.passed;
  }
}

std::int64_t number_to_call_up(std::int64_t posts, std::int64_t interviewed) {
  return interviewed < posts ? 3 * (posts - interviewed) / 2 : 0;
}

void rank_reserve(std::vector<Finalist>& finalists) {
  std::vector<Finalist*> reserve;
  std::vector<Mark> totals;
  for (Finalist& finalist : finalists) {
    if (finalist.decision.grade != InterviewGrade::ordinary || finalist.decision.outcome != FinalOutcome::not_passed) {
      continue;
    }
    reserve.push_back(&finalist);
    totals.push_back(finalist.decision.total);
  }
  const std::vector<std::uint32_t> ranks = rank_marks(totals);
  for (std::size_t i = 0; i < reserve.size(); ++i) reserve[i]->decision.reserve_rank = ranks[i];
}

}  // namespace hanjari::selection
