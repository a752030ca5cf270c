// The venues and rooms of a sample.
#pragma once

#include "hanjari/sample/sample.h"
#include "sample/people.h"

namespace hanjari::sample {

struct SchoolPlan {
  std::int64_t venues = 0;            // regular
  std::int64_t exam_rooms = 0;        // in all of them together
  std::int64_t accessible_rooms = 0;  // of those, at least
  std::int64_t separate_rooms = 0;
  std::int64_t isolation_rooms = 0;  // in two isolation venues together; 0: none
  int accommodation_rooms = 0;       // in one accommodation venue; 0: none
  int rows = 5;                      // desks of an exam room
  int columns = 5;
  std::int64_t cap = 15;
  bool reserve_rooms = false;  // one at every regular venue
};

constexpr std::int64_t separate_room_people = 8;  // cap of the small rooms of 4 x 4 desks

void add_schools(Exam& exam, const SchoolPlan& plan, const Map& map, std::uint64_t seed);

}  // namespace hanjari::sample
