// The plan's rows beside the exam they speak of: who and where each row means, and who sits in which room.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"
#include "verification/findings.h"

namespace hanjari::verification {

// The position of a row in PlanRows::placements.
using RowIndex = Index<struct PlacementRowTag>;

// What is found while reading is what cannot be read: unknown_person, person_twice, missing_person, wrong_unit,
// unknown_venue, unknown_room. The rules after it look only at what could be read.
class Reading {
 public:
  Reading(const Exam& exam, const PlanRows& rows, Findings& findings);

  const Exam& exam;
  const PlanRows& rows;

  // Nothing when the row names nobody of the exam.
  const Applicant* applicant(RowIndex row) const {
    return applicants_[row.value].exists() ? &exam[applicants_[row.value]] : nullptr;
  }
  ApplicantIndex applicant_index(RowIndex row) const { return applicants_[row.value]; }
  VenueIndex venue(RowIndex row) const { return venues_[row.value]; }  // none() when unknown
  RoomIndex room(RowIndex row) const { return rooms_[row.value]; }     // none() when unknown
  // True if an earlier row speaks of the same person: figures and numbers are taken from the first one only.
  bool is_repeat(RowIndex row) const { return repeat_[row.value]; }
  // Rows of the room's people, each person once; known and unknown people alike, in the file's order.
  std::span<const RowIndex> people_in(RoomIndex room) const;
  const PlacementRow& operator[](RowIndex row) const { return rows.placements[row.value]; }

  std::uint64_t placed() const { return placed_; }      // different people in placements.csv
  std::uint64_t unseated() const { return unseated_; }  // different people in unseated.csv
  // True if every row could be read: only then can sums over rooms and venues be judged.
  bool complete() const { return complete_; }

 private:
  void resolve(Findings& findings);
  void read_unseated(Findings& findings);
  void gather_rooms();

  std::vector<ApplicantIndex> applicants_;
  std::vector<VenueIndex> venues_;
  std::vector<RoomIndex> rooms_;
  std::vector<bool> repeat_;
  std::vector<RowIndex> by_room_;       // grouped by room
  std::vector<std::uint32_t> room_at_;  // first of the room in by_room_; one more entry than rooms
  std::uint64_t placed_ = 0;
  std::uint64_t unseated_ = 0;
  bool complete_ = true;
};

// VENUE/ROOM and VENUE/ROOM/SEAT, as violations name them.
std::string name_room(const Exam& exam, RoomIndex room);
std::string name_seat(const Exam& exam, RoomIndex room, std::int64_t seat_no);

}  // namespace hanjari::verification
