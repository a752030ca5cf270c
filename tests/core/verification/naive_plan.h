// A small exam with one of everything, and a plan for it made the simplest way: one class of people after another, each
// into rooms of its own. Shares nothing with the planner, nor with the judge's arithmetic.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::verification {

// An exam and a plan of it, to be broken on purpose.
struct World {
  Exam exam;
  PlanRows rows;
  std::int64_t above_bound = 1000;  // how far the total is above the bound the plan claims

  // The row of a person; the person must have one.
  PlacementRow& row(const std::string& applicant_id);
  Applicant& person(const std::string& applicant_id);
  Room& room_of(const PlacementRow& row);
  // Puts the person at that desk, with seat number, booklet and travel as they are then.
  void sit(PlacementRow& row, const std::string& venue, int room_no, Desk desk);
  // Both people change places; numbers stay with the people.
  void exchange(PlacementRow& a, PlacementRow& b);
  std::vector<PlacementRow*> people_in(const Room& room);
  // Everybody of a unit without accommodation or routing, by room and seat.
  std::vector<PlacementRow*> ordinary_of(const std::string& unit);
  // A room with nobody in it.
  Room& empty_room(VenueKind kind, RoomUse use, int skip = 0);
  // Makes report.json, over_detour.csv and keep_apart_broken say what the placements say now.
  void tell_truth();
};

// Four units (two of one series, one of 140 minutes), three regular venues in two districts with exam, reserve and
// separate rooms, an isolation and an accommodation venue, every accommodation and routing, keep_apart words.
Exam small_exam();

// `size` ordinary people in as many rooms as they need.
Exam wide_exam(int size);

World planned(Exam exam);
inline World small_world() {
  return planned(small_exam());
}

// All unblocked desks of a room in seat order: a list, sorted.
std::vector<Desk> listed_desks(const Room& room, SeatOrder order, SeatOrigin origin);

}  // namespace hanjari::verification
