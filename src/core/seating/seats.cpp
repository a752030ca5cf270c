#include "hanjari/seating/seats.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "hanjari/domain/travel.h"
#include "hanjari/seating/numbers.h"
#include "hanjari/seating/tally.h"
#include "seating/room_seating.h"

namespace hanjari::seating {
namespace {

// Everybody with a room, by room, unit, applicant_id.
std::vector<ApplicantIndex> people_by_room(const Exam& exam, const Assignment& assignment) {
  std::vector<ApplicantIndex> people;
  for (std::size_t i = 0; i < assignment.room_of.size(); ++i) {
    if (assignment.room_of[i].exists()) people.push_back(ApplicantIndex(i));
  }
  std::sort(people.begin(), people.end(), [&](ApplicantIndex a, ApplicantIndex b) {
    const RoomIndex room_a = assignment.room_of[a.value];
    const RoomIndex room_b = assignment.room_of[b.value];
    if (room_a != room_b) return room_a < room_b;
    if (exam[a].unit != exam[b].unit) return exam[a].unit < exam[b].unit;
    return a < b;
  });
  return people;
}

// Gives the next number of a unit; rooms must come in the order of the exam (venue by venue, room by room).
class Numbering {
 public:
  Numbering(const Exam& exam, const std::vector<ApplicantIndex>& people) : exam_(exam), last_(exam.units.size(), 0) {
    if (exam.header.applicant_number.prefix == NumberPrefix::unit_code) return;
    // One sequence for all units: a unit begins where the one before it ends.
    std::vector<std::int64_t> members(exam.units.size(), 0);
    for (const ApplicantIndex person : people) ++members[exam[person].unit.value];
    for (std::size_t unit = 1; unit < last_.size(); ++unit) last_[unit] = last_[unit - 1] + members[unit - 1];
  }
  ApplicantNumber next(UnitIndex unit) {
    return applicant_number(exam_.header.applicant_number, exam_[unit].code, ++last_[unit.value]);
  }

 private:
  const Exam& exam_;
  std::vector<std::int64_t> last_;  // by unit
};

class Seating {
 public:
  Seating(const Exam& exam, const Assignment& assignment, const Seed& seed)
      : exam_(exam),
        seed_(seed),
        shapes_(exam.policy),
        people_(people_by_room(exam, assignment)),
        numbering_(exam, people_),
        position_of_(exam.applicants.size(), 0) {
    plan_.placements.reserve(people_.size());
    const TravelTable travel(exam);
    for (std::size_t i = 0; i < assignment.room_of.size(); ++i) {
      const RoomIndex room = assignment.room_of[i];
      if (!room.exists()) continue;
      position_of_[i] = static_cast<std::uint32_t>(plan_.placements.size());
      Placement& placement = plan_.placements.emplace_back();
      placement.applicant = ApplicantIndex(i);
      placement.room = room;
      placement.venue = exam[room].venue;
      placement.travel_m = travel.between(placement.applicant, placement.venue);
      if (placement.travel_m == unreachable) throw std::logic_error("somebody assigned to a venue out of reach");
    }
  }

  Plan run() {
    std::vector<ApplicantIndex> in_room;
    for (std::size_t first = 0; first < people_.size(); first += in_room.size()) {
      const RoomIndex room = placement_of(people_[first]).room;
      in_room.clear();
      for (std::size_t i = first; i < people_.size() && placement_of(people_[i]).room == room; ++i) {
        in_room.push_back(people_[i]);
      }
      seat_one_room(room, in_room);
    }
    return std::move(plan_);
  }

 private:
  Placement& placement_of(ApplicantIndex person) { return plan_.placements[position_of_[person.value]]; }

  void seat_one_room(RoomIndex room, const std::vector<ApplicantIndex>& people) {
    SeatedRoom seated = seat_room(exam_, room, people, seed_, shapes_);
    for (const SeatedPerson& person : seated.people) {
      Placement& placement = placement_of(person.applicant);
      placement.seat_no = person.seat_no;
      placement.desk = person.desk;
      placement.booklet = booklet_of(person.desk, exam_.policy.booklets);
    }
    // A drawn seat says nothing about the number, so that the draw can be replayed from the numbers alone.
    if (exam_.policy.seat_order == SeatOrder::random) {
      for (const ApplicantIndex person : people) placement_of(person).number = numbering_.next(exam_[person].unit);
    } else {
      for (const SeatedPerson& person : seated.people) {
        placement_of(person.applicant).number = numbering_.next(exam_[person.applicant].unit);
      }
    }
    auto& broken = plan_.report.keep_apart_broken;
    broken.insert(broken.end(), seated.broken.begin(), seated.broken.end());
  }

  const Exam& exam_;
  const Seed& seed_;
  ShapeLibrary shapes_;
  std::vector<ApplicantIndex> people_;
  Numbering numbering_;
  std::vector<std::uint32_t> position_of_;  // by applicant: where in plan_.placements
  Plan plan_;
};

}  // namespace

Plan seat(const Exam& exam, const Assignment& assignment, const Seed& seed) {
  Plan plan = Seating(exam, assignment, seed).run();
  plan.unseated = assignment.unseated;
  PlanReport& report = plan.report;
  report.status = assignment.status;
  report.bound = assignment.bound;
  report.rounds = assignment.rounds;
  report.conflicts = assignment.conflicts;
  report.room_prices = assignment.room_prices;
  report.over_detour_bound = assignment.over_detour_bound;
  report.seed = seed.hex();
  report.input_sha256 = exam.input_sha256;
  std::sort(report.keep_apart_broken.begin(), report.keep_apart_broken.end(),
            [](const KeepApartBroken& a, const KeepApartBroken& b) {
              return std::tie(a.first, a.second) < std::tie(b.first, b.second);
            });
  tally(exam, plan);
  return plan;
}

}  // namespace hanjari::seating
