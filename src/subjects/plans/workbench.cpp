#include "hanjari/plans/workbench.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/domain/travel.h"
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

[[noreturn]] void throw_too_large() {
  throw Conflict("plan_too_large", {"This plan is too large to be counted while a page waits. The command compare does it.",
                                    "배정안이 커서 화면에서 집계할 수 없습니다. compare 명령을 쓰십시오."});
}

}  // namespace

VenueDesks desks_of_plan(const Exam& exam, const Plan& plan, const VenueCode& code) {
  const VenueIndex venue = exam.find(code);
  if (!venue.exists()) throw_no_such_venue();
  VenueDesks desks;
  desks.venue = exam[venue];
  desks.district = exam.words[exam[venue].district];
  desks.policy = exam.policy;
  std::map<std::pair<std::size_t, int>, DeskUse> people;
  for (const Room& room : exam.rooms_of(venue)) desks.rooms.push_back(room);
  for (const Placement& placed : plan.placements) {
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
  // Said before a whole exam of that size is read, where its people and the venues in use say it.
  if (!is_summarised(static_cast<std::uint64_t>(plan.seated + plan.unseated), static_cast<std::uint64_t>(plan.venues)))
    throw_too_large();
  const auto copy = workbench.copies.find(exams, code, plan);
  if (!is_summarised(copy->planned.exam)) throw_too_large();
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
  const auto copy = workbench.copies.find(exams, code, plan);
  return desks_of_plan(copy->planned.exam, copy->planned.plan, venue);
}

FarPeople list_far_people(ExamRepository& exams, Workbench& workbench, const ExamCode& code, const StoredPlan& plan,
                          std::size_t from, std::size_t most) {
  const auto copy = workbench.copies.find(exams, code, plan);
  const Exam& exam = copy->planned.exam;
  FarPeople far;
  far.cap_m = exam.policy.detour_cap_m;
  const TravelTable travel(exam);
  std::vector<FarPerson> all;
  for (const Placement& placed : copy->planned.plan.placements) {
    const Metres nearest = far.cap_m ? travel.nearest(placed.applicant) : unreachable;
    if (nearest == unreachable || placed.travel_m - nearest <= *far.cap_m) continue;
    const hanjari::Applicant& person = exam[placed.applicant];
    FarPerson& one = all.emplace_back();
    one.number = placed.number;
    one.applicant = person.id;
    one.unit = exam[person.unit].code;
    one.district = exam.words[person.district];
    one.venue = exam[placed.venue].code;
    one.venue_name = exam[placed.venue].name;
    one.room_no = exam[placed.room].room_no;
    one.travel_m = placed.travel_m;
    one.detour_m = placed.travel_m - nearest;
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const FarPerson& one, const FarPerson& other) { return one.detour_m > other.detour_m; });
  far.people = std::ssize(all);
  for (std::size_t at = from; at < all.size() && at - from < most; ++at) far.shown.push_back(std::move(all[at]));
  return far;
}

}  // namespace hanjari::services
