#include "hanjari/plans/workbench.h"

#include <array>
#include <map>

#include "hanjari/base/error.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/replanning/replan.h"

namespace hanjari::services {
namespace {

struct EditWord {
  EditState state;
  std::string_view word;
};
constexpr std::array<EditWord, 3> edit_words{
    {{EditState::done, "done"}, {EditState::undone, "undone"}, {EditState::dropped, "dropped"}}};

[[noreturn]] void throw_no_such_venue() {
  throw NotFound("venue_not_found", {"There is no such venue in this plan.", "이 배정안에 그런 시험장이 없습니다."});
}

// The same of a plan that was read.
VenueDesks part_of_copy(const PlannedExam& planned, const VenueCode& code) {
  const Exam& exam = planned.exam;
  const VenueIndex venue = exam.find(code);
  if (!venue.exists()) throw_no_such_venue();
  VenueDesks desks;
  desks.venue = exam[venue];
  desks.district = exam.words[exam[venue].district];
  desks.policy = exam.policy;
  std::map<std::pair<std::size_t, int>, DeskUse> people;
  for (const Room& room : exam.rooms_of(venue)) desks.rooms.push_back(room);
  for (const Placement& placed : planned.plan.placements) {
    if (placed.venue != venue) continue;
    DeskUse use;
    use.room = placed.room.value - exam[venue].first_room;
    use.seat_no = placed.seat_no;
    use.desk = placed.desk;
    use.booklet = placed.booklet;
    use.number = placed.number;
    use.applicant = exam[placed.applicant].id;
    use.unit = exam[exam[placed.applicant].unit].code;
    people.emplace(std::pair(use.room, use.seat_no), use);
  }
  for (auto& [place, use] : people) desks.people.push_back(std::move(use));
  return desks;
}

}  // namespace

std::string_view spell(EditState state) {
  for (const EditWord& word : edit_words) {
    if (word.state == state) return word.word;
  }
  return "dropped";
}

std::optional<EditState> parse_edit_state(std::string_view text) {
  for (const EditWord& word : edit_words) {
    if (word.word == text) return word.state;
  }
  return std::nullopt;
}

PlanSummary load_summary(ExamRepository& exams, Workbench& workbench, const ExamCode& code, const StoredPlan& plan) {
  require_not_destroyed(exams, code);
  if (const auto kept = workbench.repository.find_summary(code, plan)) {
    if (auto summary = read_summary(*kept)) return std::move(*summary);
  }
  const auto copy = workbench.copies.find(exams, code, plan);
  if (!is_summarised(copy->planned.exam)) {
    throw Conflict("plan_too_large", {"This plan is too large to be counted while a page waits. The command compare does it.",
                                      "배정안이 커서 화면에서 집계할 수 없습니다. compare 명령을 쓰십시오."});
  }
  PlanSummary summary = summarise_plan(copy->planned.exam, copy->planned.plan);
  workbench.repository.keep_summary(code, plan, write_summary(summary));
  return summary;
}

PlanMoves load_moves(ExamRepository& exams, Workbench& workbench, const ExamCode& code, const StoredPlan& from,
                     const StoredPlan& to) {
  require_not_destroyed(exams, code);
  if (const auto counted = workbench.repository.count_moves(code, from, to)) return *counted;
  const auto before = workbench.copies.find(exams, code, from);
  const auto after = workbench.copies.find(exams, code, to);
  const ChangeFigures counted = replanning::count_changes(
      replanning::list_changes(after->planned.exam, package::rows_of_plan(before->planned.exam, before->planned.plan),
                               after->planned.plan),
      after->planned.exam.policy.change_weights);
  return {counted.venue, counted.room, counted.seat, counted.added, counted.removed};
}

VenueDesks load_venue(ExamRepository& exams, Workbench& workbench, const ExamCode& code, const StoredPlan& plan,
                      const VenueCode& venue) {
  require_not_destroyed(exams, code);
  if (auto desks = workbench.repository.find_venue(code, plan, venue)) return std::move(*desks);
  return part_of_copy(workbench.copies.find(exams, code, plan)->planned, venue);
}

}  // namespace hanjari::services
