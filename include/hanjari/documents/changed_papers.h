// Which papers a new plan makes void, so that only those are printed again.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::documents {

// A part of the papers: of these rooms and these people only.
struct PaperPart {
  std::vector<bool> venues;  // by VenueIndex: with a room that differs, or that nobody uses any more
  // By paper of a whole venue and VenueIndex: whose table reads otherwise. A list of accommodations stays good when
  // only others move; a range of numbers changes when a number in between goes, wherever that sat.
  std::map<std::string, std::vector<bool>, std::less<>> tables;
  std::vector<bool> rooms;   // by RoomIndex: where the people, their numbers, seats or booklets differ
  std::vector<bool> people;  // by ApplicantIndex: whose number, room, desk or booklet differs
};

// A room of the older plan that holds nobody now, and somebody who has no seat any more.
struct VoidRoom {
  VenueCode venue;
  std::int64_t room_no = 0;
  auto operator<=>(const VoidRoom&) const = default;
};
struct VoidSlip {
  VenueCode venue;
  ApplicantNumber number;
  auto operator<=>(const VoidSlip&) const = default;
};

struct ChangedPapers {
  PaperPart part;
  std::vector<VoidRoom> void_rooms;  // sorted
  std::vector<VoidSlip> void_slips;  // sorted
  std::string replaces;              // the older plan's digest
  std::map<VenueCode, std::string> venue_names{};  // as the older plan says them, for schools that the exam has lost
  bool any() const;
  // Leaves the papers of this venue.
  void keep_only(const Exam& exam, VenueIndex venue);
};

// What differs between the older plan, as its files say it, and the plan of this exam. The older one may name people,
// venues and rooms that the exam has no more.
ChangedPapers compare_papers(const PlannedExam& planned, const PlanRows& before, const PaperContext& context);

// Where the people of this exam sat in the older plan.
EarlierSeats seats_before(const Exam& exam, const PlanRows& before);

// The list of what is printed again and what is to be thrown away: one line per paper and room, per paper and person,
// per paper and venue. `papers`: the names of the papers asked for.
struct ChangeListFiles {
  std::string csv;
  std::string xlsx;  // the same as text cells, so that numbers keep their zeros; empty: too long for a sheet
};
ChangeListFiles render_change_list(const PlannedExam& planned, const ChangedPapers& changed,
                                   const std::vector<std::string>& papers, const PaperContext& context);

}  // namespace hanjari::documents
