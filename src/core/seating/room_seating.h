// Who sits where inside one room.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "hanjari/base/random.h"
#include "hanjari/domain/plan.h"

namespace hanjari::seating {

// What is the same for all rooms of one shape: the seat order, and the desks that so many people use.
class ShapeLibrary {
 public:
  explicit ShapeLibrary(const Policy& policy) : policy_(policy) {}

  struct Shape {
    std::vector<Desk> order;                   // all unblocked desks in seat order
    std::map<int, std::vector<int>> seats_of;  // by number of people: the seat numbers used, rising
  };
  Shape& of(const Room& room);
  // Seat numbers for so many people, spread out.
  const std::vector<int>& spread_seats(const Room& room, int people);

 private:
  using Key = std::tuple<int, int, int, int, std::vector<Desk>>;
  const Policy& policy_;
  std::map<Key, Shape> shapes_;
};

struct SeatedPerson {
  ApplicantIndex applicant;
  int seat_no = 0;
  Desk desk;
};

struct SeatedRoom {
  std::vector<SeatedPerson> people;     // by seat_no
  std::vector<KeepApartBroken> broken;  // by first, second
};

// Seats the people of one room. `people`: by unit, then applicant_id.
SeatedRoom seat_room(const Exam& exam, RoomIndex room, const std::vector<ApplicantIndex>& people, const Seed& seed,
                     ShapeLibrary& shapes);

// The name of the random stream of a room: seats/VENUE_CODE/ROOM_NO.
std::string seat_stream(const Exam& exam, RoomIndex room);

}  // namespace hanjari::seating
