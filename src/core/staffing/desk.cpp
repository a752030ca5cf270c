#include "hanjari/staffing/desk.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "staffing/hand_report.h"
#include "staffing/shortage.h"

namespace hanjari::staffing {
namespace {

// The step that an undo would take back now, from 1; 0: none.
std::size_t last_step_in_force(const std::vector<DutyStep>& steps) {
  std::set<std::int64_t> undone;
  for (const DutyStep& step : steps) undone.insert(step.undoes);
  for (std::size_t number = steps.size(); number > 0; --number) {
    const bool counts = steps[number - 1].kind != DutyEditKind::undo;
    if (counts && !undone.contains(static_cast<std::int64_t>(number))) return number;
  }
  return 0;
}

}  // namespace

struct DutyPlaces {
  Problem problem;
  PeopleMark people;
  std::map<DutyPlace, std::uint32_t> post_at;

  DutyPlaces(const Exam& exam, const Plan& plan, const Staff& staff)
      : problem(make_places(exam, plan, staff)), people(mark_people(staff)) {
    for (std::uint32_t post = 0; post < problem.posts.size(); ++post) {
      const Post& known = problem.posts[post];
      const std::int64_t room_no = known.room.exists() ? exam[known.room].room_no : 0;
      post_at.emplace(DutyPlace{exam[known.venue].code, room_no, known.role}, post);
    }
  }
};

std::shared_ptr<const DutyPlaces> read_duty_places(const Exam& exam, const Plan& plan, const Staff& staff) {
  return std::make_shared<const DutyPlaces>(exam, plan, staff);
}

DutyDesk::DutyDesk(const Exam& exam, const Plan& plan, const Staff& staff, const std::vector<DutyRow>& duties,
                   DutyHistory history)
    : DutyDesk(read_duty_places(exam, plan, staff), duties, std::move(history)) {}

DutyDesk::DutyDesk(std::shared_ptr<const DutyPlaces> places, const std::vector<DutyRow>& duties, DutyHistory history)
    : places_(std::move(places)),
      exam_(*places_->problem.exam),
      staff_(*places_->problem.staff),
      history_(std::move(history)) {
  for (const DutyRow& row : duties) at_.emplace(row.invigilator_id, DutyPlace{row.venue_code, row.room_no, row.role});
  std::set<InvigilatorId> seen;
  bool leads_here = true;
  for (auto step = history_.steps.rbegin(); step != history_.steps.rend(); ++step) {
    for (const DutyShift& shift : step->shifts) {
      if (seen.insert(shift.person).second && place_of(shift.person) != shift.to) leads_here = false;
    }
  }
  if (!leads_here) {
    throw Conflict("history_of_other_duties",
                   {"the history does not lead to these duties; keep the files of one folder together",
                    "이력이 이 위촉 내용과 맞지 않습니다. 한 폴더의 파일을 함께 두십시오"});
  }
  replay_locks();
}

DutyDesk::~DutyDesk() = default;

std::optional<DutyPlace> DutyDesk::place_of(const InvigilatorId& person) const {
  const auto found = at_.find(person);
  return found == at_.end() ? std::nullopt : std::optional(found->second);
}

void DutyDesk::replay_locks() {
  locked_ = find_locked(history_);
}

void DutyDesk::carry_out(const DutyStep& step) {
  history_.steps.push_back(step);
  for (const DutyShift& shift : step.shifts) {
    if (shift.to) {
      at_[shift.person] = *shift.to;
    } else {
      at_.erase(shift.person);
    }
  }
  if (step.kind == DutyEditKind::lock) locked_.insert(step.person);
  if (step.kind == DutyEditKind::unlock) locked_.erase(step.person);
  if (step.kind == DutyEditKind::undo && !step.person.empty()) replay_locks();
}

// Turns wishes into steps, or says what is wrong with them.
class DutyDesk::Pen {
 public:
  Pen(const DutyDesk& desk, const Signature& signature, RepeatedFaults& faults)
      : desk_(desk), signature_(signature), faults_(faults) {}

  // Nothing when the wish is at fault.
  std::optional<DutyStep> write(const DutyEdit& edit) {
    const std::uint64_t before = faults_.count();
    DutyStep step{edit.kind, {}, {}, 0, signature_.author, signature_.reason, signature_.at};
    switch (edit.kind) {
      case DutyEditKind::move:
        write_move(edit, step);
        break;
      case DutyEditKind::swap:
        write_swap(edit, step);
        break;
      case DutyEditKind::take_off:
        write_take_off(edit, step);
        break;
      case DutyEditKind::lock:
      case DutyEditKind::unlock:
        write_lock(edit, step);
        break;
      case DutyEditKind::undo:
        write_undo(edit, step);
        break;
    }
    return faults_.count() == before ? std::optional(std::move(step)) : std::nullopt;
  }

 private:
  void refuse(const DutyEdit& edit, const char* column, const Text& what, const Text& fix) {
    faults_.add({"edits.csv", edit.line, column, what, fix});
  }
  void refuse_person(const DutyEdit& edit, const InvigilatorId& person, const char* what_en, const char* what_ko,
                     const Text& fix) {
    const char* column = person == edit.person ? "invigilator_id" : "with_invigilator_id";
    refuse(edit, column,
           {fmt::format("'{}' {}", person.text(), what_en), fmt::format("'{}': {}", person.text(), what_ko)}, fix);
  }
  // Whether the person may be given another place.
  void require_free_hand(const DutyEdit& edit, const InvigilatorId& person) {
    if (!desk_.staff_.find(person).exists() && !desk_.place_of(person)) {
      refuse_person(edit, person, "does not stand in the list of people", "감독관 명단에 없습니다",
                    {"name somebody of the list", "명단에 있는 사람을 적으십시오"});
    } else if (desk_.is_locked(person)) {
      refuse_person(edit, person, "is locked", "잠겨 있습니다", {"unlock the person first", "먼저 잠금을 푸십시오"});
    }
  }
  void write_move(const DutyEdit& edit, DutyStep& step) {
    require_free_hand(edit, edit.person);
    const VenueIndex venue = desk_.exam_.find(edit.place.venue_code);
    const std::int64_t room_no = edit.place.room_no;
    const bool there =
        venue.exists() && (room_no == 0 || (room_no > 0 && room_no <= INT32_MAX &&
                                            desk_.exam_.find(venue, static_cast<int>(room_no)).exists()));
    const std::string where =
        room_no == 0 ? edit.place.venue_code.text() : fmt::format("{}/{}", edit.place.venue_code.text(), room_no);
    if (!there) {
      refuse(edit, venue.exists() ? "room_no" : "venue_code",
             {fmt::format("there is no '{}'", where), in_korean("'{}'[은/는] 없습니다", where)},
             {"name a venue and a room of the exam", "시험에 있는 시험장과 시험실을 적으십시오"});
    }
    const std::optional<DutyPlace> from = desk_.place_of(edit.person);
    if (from == edit.place) {
      refuse_person(edit, edit.person, "works there already", "이미 그 자리에 있습니다",
                    {"take the line out", "이 행을 지우십시오"});
    }
    step.shifts.push_back({edit.person, from, edit.place});
  }
  void write_swap(const DutyEdit& edit, DutyStep& step) {
    require_free_hand(edit, edit.person);
    if (edit.with != edit.person) require_free_hand(edit, edit.with);
    const auto first = desk_.place_of(edit.person);
    const auto second = desk_.place_of(edit.with);
    if (first == second) {
      refuse_person(edit, edit.with, "would change nothing", "바꾸어도 달라지는 것이 없습니다",
                    {"name two people of different places", "서로 다른 자리에 있는 두 사람을 적으십시오"});
    }
    step.shifts.push_back({edit.person, first, second});
    step.shifts.push_back({edit.with, second, first});
  }
  void write_take_off(const DutyEdit& edit, DutyStep& step) {
    require_duty(edit);
    if (desk_.is_locked(edit.person)) require_free_hand(edit, edit.person);
    step.shifts.push_back({edit.person, desk_.place_of(edit.person), std::nullopt});
  }
  void require_duty(const DutyEdit& edit) {
    if (desk_.place_of(edit.person)) return;
    refuse_person(edit, edit.person, "has no duty", "위촉되어 있지 않습니다",
                  {"name somebody who has a duty", "배치된 사람을 적으십시오"});
  }
  void write_lock(const DutyEdit& edit, DutyStep& step) {
    require_duty(edit);
    if (desk_.is_locked(edit.person) == (edit.kind == DutyEditKind::lock)) {
      const bool locked = edit.kind == DutyEditKind::lock;
      refuse_person(edit, edit.person, locked ? "is locked already" : "is not locked",
                    locked ? "이미 잠겨 있습니다" : "잠겨 있지 않습니다", {"take the line out", "이 행을 지우십시오"});
    }
    step.person = edit.person;
  }
  void write_undo(const DutyEdit& edit, DutyStep& step) {
    const std::size_t number = last_step_in_force(desk_.history_.steps);
    if (number == 0) {
      refuse(edit, "action", {"there is nothing left to undo", "되돌릴 것이 없습니다"},
             {"take the line out", "이 행을 지우십시오"});
      return;
    }
    const DutyStep& undone = desk_.history_.steps[number - 1];
    step.undoes = static_cast<std::int64_t>(number);
    step.person = undone.person;
    for (const DutyShift& shift : undone.shifts) step.shifts.push_back({shift.person, shift.to, shift.from});
  }

  const DutyDesk& desk_;
  const Signature& signature_;
  RepeatedFaults& faults_;
};

void DutyDesk::apply(const std::vector<DutyEdit>& edits, const Signature& signature) {
  const auto at_before = at_;
  const auto locked_before = locked_;
  const std::size_t steps_before = history_.steps.size();
  RepeatedFaults repeated;
  for (const DutyEdit& edit : edits) {
    if (const auto step = Pen(*this, signature, repeated).write(edit)) carry_out(*step);
  }
  if (repeated.empty()) return;
  at_ = at_before;
  locked_ = locked_before;
  history_.steps.resize(steps_before);
  Faults faults;
  repeated.hand_over(faults);
  throw InvalidInput(std::move(faults));
}

bool DutyDesk::is_as_at_first() const {
  std::set<InvigilatorId> seen;
  for (const DutyStep& step : history_.steps) {
    for (const DutyShift& shift : step.shifts) {
      if (seen.insert(shift.person).second && place_of(shift.person) != shift.from) return false;
    }
  }
  return true;
}

DutyReport DutyDesk::count(const DutyRows& rows) const {
  if (history_.base && is_as_at_first()) return *history_.base;
  return report_by_hand(places_->problem, history_.base.value_or(DutyReport()), places_->people, rows);
}

DutyRows DutyDesk::rows() const {
  const Problem& problem = places_->problem;
  DutyRows rows;
  rows.has_report = true;
  std::vector<std::uint32_t> held(problem.posts.size(), 0);
  std::vector<std::uint32_t> post_of(problem.people.size(), nowhere);
  std::vector<std::uint32_t> candidate_of(staff_.people.size(), nobody);
  for (std::uint32_t person = 0; person < problem.people.size(); ++person)
    candidate_of[problem.people[person].invigilator.value] = person;
  for (const auto& [id, place] : at_) {
    const InvigilatorIndex who = staff_.find(id);
    const VenueIndex venue = exam_.find(place.venue_code);
    const Metres travel = who.exists() && venue.exists() ? haversine_m(staff_[who].home, exam_[venue].at) : 0;
    rows.duties.push_back({place.venue_code, place.room_no, place.role, id, travel});
    const auto post = places_->post_at.find(place);
    if (post != places_->post_at.end()) ++held[post->second];
    // Whoever stands where nobody is wanted is used all the same.
    if (who.exists() && candidate_of[who.value] != nobody)
      post_of[candidate_of[who.value]] = post == places_->post_at.end() ? 0 : post->second;
  }
  std::sort(rows.duties.begin(), rows.duties.end(), comes_before);
  rows.unfilled = list_unfilled(problem, held, post_of);
  rows.report = count(rows);
  return rows;
}

}  // namespace hanjari::staffing
