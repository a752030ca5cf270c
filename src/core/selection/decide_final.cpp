// The final stage, unit by unit.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/selection/result_rows.h"
#include "selection/final_list.h"

namespace hanjari::selection {
namespace {

constexpr std::string_view outcome_words[] = {"absent", "poor", "passed", "passed_equality", "not_passed", "call_up",
                                              "declined"};
constexpr std::string_view reason_words[] = {"absent",       "poor",      "excellent", "all_pass",
                                             "at_cut",       "above_cut", "equality",  "excess_excellent",
                                             "posts_filled", "below_cut", "call_up",   "additional", "declined"};
constexpr std::string_view grade_words[] = {"", "excellent", "ordinary", "poor"};

std::span<const InterviewMark> interviews_of(const Results& results, PersonIndex person) {
  const auto range = std::equal_range(
      results.interviews.begin(), results.interviews.end(), InterviewMark{person, {}, {}, GradeMark::middle, 0},
      [](const InterviewMark& left, const InterviewMark& right) { return left.person < right.person; });
  return {range.first, range.second};
}

bool passed_written(const PersonDecision& person) {
  return person.outcome == Outcome::passed || person.outcome == Outcome::passed_equality;
}

// Rule 20: the lowest written total that is called up; nothing when nobody is.
std::optional<Mark> call_up_down_to(const Results& results, const Decision& written, const ResultUnit& unit) {
  std::int64_t interviewed = 0;
  std::vector<Mark> waiting;
  for (std::size_t i = unit.first_person; i < unit.first_person + unit.person_count; ++i) {
    const PersonDecision& person = written.people[i];
    if (passed_written(person) && !interviews_of(results, PersonIndex(i)).empty()) ++interviewed;
    if (person.outcome == Outcome::not_passed) waiting.push_back(person.total);
  }
  return lowest_taken(std::move(waiting), number_to_call_up(unit.unit.posts, interviewed), Ties::all);
}

void add_not_entitled(const ResultPerson& person, std::span<const InterviewMark> marks, RepeatedFaults& faults) {
  faults.add({std::string(interview_file),
              marks.front().line,
              "applicant_number",
              {fmt::format("'{}' neither passed the written stage nor is to be called up", person.number.text()),
               in_korean("'{}'[은/는] 필기시험 합격자도 추가 면접 대상자도 아닙니다", person.number.text())},
              {"take these rows away or correct the number", "해당 행을 지우거나 응시번호를 바로잡으십시오"}});
}

// Everybody of the unit who belongs to the final stage, graded.
std::vector<Finalist> list_finalists(const Results& results, const Decision& written, const ResultUnit& unit,
                                     FinalUnitDecision& decision, RepeatedFaults& faults) {
  const std::optional<Mark> called = call_up_down_to(results, written, unit);
  std::vector<Finalist> finalists;
  for (std::size_t i = unit.first_person; i < unit.first_person + unit.person_count; ++i) {
    const PersonDecision& person = written.people[i];
    const auto marks = interviews_of(results, PersonIndex(i));
    const bool passed = passed_written(person);
    const bool is_called = person.outcome == Outcome::not_passed && called && person.total >= *called;
    if (!passed && !is_called) {
      if (!marks.empty()) add_not_entitled(results.people[i], marks, faults);
      continue;
    }
    Finalist finalist;
    finalist.sex = results.people[i].sex;
    finalist.decision.person = PersonIndex(i);
    finalist.decision.total = person.total;
    finalist.decision.rank = person.rank;
    if (!marks.empty()) {
      ++decision.interviewed;
      finalist.decision.grade = grade_of(marks);
    } else if (is_called) {
      finalist.decision.outcome = FinalOutcome::call_up;
      finalist.decision.reason = FinalReason::call_up;
      ++decision.called_up;
    }
    const InterviewGrade grade = finalist.decision.grade;
    if (grade == InterviewGrade::excellent) ++decision.excellent;
    if (grade == InterviewGrade::ordinary) ++decision.ordinary;
    if (grade == InterviewGrade::poor) {
      finalist.decision.outcome = FinalOutcome::poor;
      finalist.decision.reason = FinalReason::poor;
      ++decision.poor;
    }
    finalists.push_back(finalist);
  }
  return finalists;
}

}  // namespace

std::string_view spell(FinalOutcome outcome) {
  return outcome_words[static_cast<std::size_t>(outcome)];
}
std::string_view spell(FinalReason reason) {
  return reason_words[static_cast<std::size_t>(reason)];
}
std::string_view spell(InterviewGrade grade) {
  return grade_words[static_cast<std::size_t>(grade)];
}

FinalDecision decide_final(const Results& results, const Rules& rules, const Decision& written) {
  FinalDecision decision;
  RepeatedFaults repeated;
  for (const ResultUnit& unit : results.units) {
    FinalUnitDecision& of_unit = decision.units.emplace_back();
    of_unit.posts = unit.unit.posts;
    std::vector<Finalist> finalists = list_finalists(results, written, unit, of_unit, repeated);
    apply_final_list(finalists, rules, of_unit);
    apply_final_equality(unit, finalists, rules, of_unit);
    rank_reserve(finalists);
    for (const Finalist& finalist : finalists) decision.people.push_back(finalist.decision);
  }
  Faults faults;
  repeated.hand_over(faults);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return decision;
}

}  // namespace hanjari::selection
