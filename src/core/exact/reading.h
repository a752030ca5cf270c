// A question in the terms of the exact method: kinds of rooms, companies of people who may share a room, and types of
// people whom nothing tells apart.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hanjari/domain/travel.h"
#include "hanjari/exact/solve.h"

namespace hanjari::exact {

constexpr std::uint32_t nothing = UINT32_MAX;

// Rooms of one venue that nothing tells apart: as large, for the same people, with nobody who stood there.
struct RoomKind {
  VenueIndex venue;
  int capacity = 0;
  bool accessible = false;
  RoomUse use = RoomUse::exam;
  bool may_be_set_aside = false;  // an exam room of a regular venue
  std::vector<RoomIndex> rooms;   // ascending
};

// People who may share a room with one another. Under `leftover` a company is a unit, and the companies of one sharing
// may meet in one room a venue.
struct Company {
  Routing routing = Routing::none;
  bool may_mix = false;             // whatever their units
  std::uint32_t sharing = nothing;  // under `leftover`
  std::int64_t people = 0;
};

// What somebody costs in a room of a kind.
struct Place {
  std::uint32_t kind = 0;
  std::int64_t changed = 0;
  std::int64_t farther = 0;
  std::int64_t over_cap = 0;
  std::int64_t travel = 0;  // weighted
};

struct PersonType {
  std::uint32_t company = 0;
  UnitIndex unit;
  std::vector<Place> places;          // by kind, those that may be used
  std::vector<std::uint32_t> people;  // applicants, ascending
  std::int64_t count() const { return static_cast<std::int64_t>(people.size()); }
};

struct Reading {
  const Exam* exam = nullptr;
  std::vector<RoomKind> kinds;  // by venue
  std::vector<Company> companies;
  std::vector<PersonType> types;
  std::vector<std::uint32_t> kind_of;  // by room; `nothing` when nobody may be there
  std::uint32_t sharings = 0;          // numbers of Company::sharing
  std::vector<std::uint32_t> nowhere;  // people without any place, ascending
  std::vector<std::uint32_t> type_of;  // by applicant; `nothing` for those nowhere
  // The rooms that policy keeps free of others than reserve people.
  std::vector<std::int64_t> others_allowed;    // by venue: exam rooms that others may use; -1 where nothing limits them
  std::vector<std::uint32_t> district_of;      // by venue; `nothing` when not regular
  std::vector<std::int64_t> district_others;   // by district: the same for all its venues
  std::vector<std::int64_t> district_reserve;  // by district: rooms that reserve people may use beyond those of venues
  std::int64_t venue_reserve = 0;              // rooms of a venue that reserve people may use
};

// Whether the person may sit in the room, by its use, its venue's kind, the person's routing and accommodations.
bool may_sit(const Exam& exam, const Applicant& person, const Room& room);

Reading read(const Question& question, const TravelTable& travel);

// What policy keeps free, from reading.exam.
void make_limits(Reading& reading);

}  // namespace hanjari::exact
