// Small random exams for the properties, and a checker of the room rules that shares no code with the solver.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "hanjari/base/random.h"
#include "hanjari/domain/assignment.h"
#include "hanjari/seating/geometry.h"

namespace hanjari::allocation {

struct SmallExamShape {
  std::size_t people = 40;
  std::size_t units = 4;
  std::size_t venues = 4;
  std::size_t rooms_per_venue = 5;
  bool special = true;  // accommodations, routing, other venues and rooms
};

inline Exam make_small_exam(std::uint64_t number, const SmallExamShape& shape) {
  RandomStream random(Seed{}, "small exam " + std::to_string(number));
  Exam exam;
  exam.header.code = ExamCode("small");
  for (std::size_t i = 0; i < shape.units; ++i) {
    Unit unit;
    unit.code = UnitCode(std::to_string(100 + i));
    unit.series_ko = i < 2 ? "일반행정" : "전산" + std::to_string(i);
    unit.duration_min = shape.special && i + 1 == shape.units ? 140 : 100;
    exam.units.push_back(unit);
  }
  for (std::size_t i = 0; i < shape.venues; ++i) {
    Venue venue;
    venue.code = VenueCode("V" + std::to_string(10 + i));
    venue.district = exam.words.intern(std::to_string(11110 + i % 2));
    venue.at = {37.4 + 0.001 * static_cast<double>(random.below(200)),
                126.9 + 0.001 * static_cast<double>(random.below(200))};
    if (shape.special && i == 1) venue.kind = VenueKind::isolation;
    if (shape.special && i == 2) venue.kind = VenueKind::accommodation;
    exam.venues.push_back(venue);
    for (std::size_t r = 0; r < shape.rooms_per_venue; ++r) {
      Room room;
      room.venue = VenueIndex(i);
      room.room_no = static_cast<int>(r) + 1;
      room.row_count = 1 + static_cast<int>(random.below(3));
      room.column_count = 2;
      room.row_pitch_cm = room.column_pitch_cm = 150;
      room.accessible = random.below(3) == 0;
      if (shape.special && i == 0 && r == 0) room.use = RoomUse::separate;
      if (shape.special && i == 0 && r == 1) room.use = RoomUse::reserve;
      exam.rooms.push_back(room);
    }
  }
  for (std::size_t i = 0; i < shape.people; ++i) {
    Applicant applicant;
    applicant.id = ApplicantId("A" + std::to_string(1000 + i));
    applicant.unit = UnitIndex(static_cast<std::size_t>(random.below(shape.units)));
    applicant.home = {37.4 + 0.001 * static_cast<double>(random.below(200)),
                      126.9 + 0.001 * static_cast<double>(random.below(200))};
    if (shape.special) {
      const std::uint64_t kind = random.below(24);
      applicant.accommodation.wheelchair = kind == 0 || kind == 1;
      applicant.accommodation.separate_room = kind == 2;
      applicant.accommodation.scribe = kind == 3;
      if (kind == 1 || kind == 3 || kind == 4) applicant.accommodation.multiplier = TimeMultiplier::x1_5;
      applicant.accommodation.large_print = kind == 5;
      if (kind == 6) applicant.routing = Routing::isolation;
      if (kind == 7) applicant.routing = Routing::reserve;
    }
    exam.applicants.push_back(applicant);
  }
  make_canonical(exam);
  return exam;
}

// Every broken rule in words; empty when the assignment is sound.
inline std::vector<std::string> broken_rules(const Exam& exam, const Assignment& assignment) {
  std::vector<std::string> broken;
  const auto complain = [&](const std::string& what) { broken.push_back(what); };
  if (assignment.room_of.size() != exam.applicants.size()) return {"not everybody is answered"};
  std::set<std::uint32_t> unseated;
  for (const Unseated& one : assignment.unseated) {
    if (!unseated.insert(one.applicant.value).second) complain("unseated twice");
    if (one.reason.empty() || one.detail.en.empty() || one.detail.ko.empty()) complain("unseated without a reason");
  }
  std::map<RoomIndex, std::vector<const Applicant*>> rooms;
  for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
    const RoomIndex room = assignment.room_of[person];
    if (room.exists() == unseated.contains(static_cast<std::uint32_t>(person))) complain("lost or doubled person");
    if (room.exists()) rooms[room].push_back(&exam.applicants[person]);
  }
  const auto capacities = seating::room_capacities(exam);
  std::map<VenueIndex, int> kept_free;
  std::set<std::pair<VenueIndex, UnitIndex>> shared;  // units that share a room there
  for (const auto& [index, people] : rooms) {
    const Room& room = exam[index];
    const VenueKind kind = exam[room.venue].kind;
    if (static_cast<int>(people.size()) > capacities[index.value].people) complain("over capacity");
    std::set<UnitIndex> units;
    std::set<std::pair<std::string, int>> series;
    std::set<std::pair<int, TimeMultiplier>> times;
    std::set<bool> apart;
    bool all_may_mix = true;
    bool reserve_only = true;
    for (const Applicant* person : people) {
      units.insert(person->unit);
      series.insert({exam[person->unit].series_ko, exam[person->unit].grade});
      times.insert({exam[person->unit].duration_min, person->accommodation.multiplier});
      apart.insert(person->accommodation.apart());
      all_may_mix = all_may_mix && person->accommodation.may_mix();
      reserve_only = reserve_only && person->routing == Routing::reserve;
      if (person->accommodation.wheelchair && !room.accessible) complain("wheelchair without access");
      if ((kind == VenueKind::isolation) != (person->routing == Routing::isolation)) complain("isolation venue");
      if (room.use == RoomUse::reserve && person->routing != Routing::reserve) complain("reserve room");
      if ((room.use == RoomUse::separate || kind == VenueKind::accommodation) && !person->accommodation.any()) {
        complain("room for accommodations");
      }
    }
    if (times.size() > 1) complain("two times in a room");
    if (apart.size() > 1) complain("apart people with others");
    if (units.size() > 1 && !all_may_mix) {
      if (exam.policy.mixing == Mixing::never) complain("mixed room");
      if (exam.policy.mixing == Mixing::same_series && series.size() > 1) complain("mixed series");
      for (const UnitIndex unit : units) {
        if (exam.policy.mixing == Mixing::leftover && !shared.insert({room.venue, unit}).second)
          complain("a unit shares two rooms of a venue");
      }
    }
    if (kind == VenueKind::regular && room.use == RoomUse::exam && !reserve_only) --kept_free[room.venue];
  }
  for (std::size_t room = 0; room < exam.rooms.size(); ++room) {
    if (exam.venues[exam.rooms[room].venue.value].kind == VenueKind::regular && exam.rooms[room].use == RoomUse::exam) {
      ++kept_free[exam.rooms[room].venue];
    }
  }
  for (const auto& [venue, free] : kept_free) {
    if (free < exam.policy.reserve_rooms.per_venue) complain("too few rooms set aside");
  }
  return broken;
}

}  // namespace hanjari::allocation
