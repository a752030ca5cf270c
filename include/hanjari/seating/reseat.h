// Seats of a room whose people change: whoever stays keeps the seat.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hanjari/base/random.h"
#include "hanjari/domain/plan.h"

namespace hanjari::seating {

// Somebody who sat in the room before and stays in it.
struct Stayer {
  ApplicantIndex applicant;
  int seat_no = 0;  // as published
};

struct Reseated {
  ApplicantIndex applicant;
  int seat_no = 0;
  Desk desk;
};

struct ReseatedRoom {
  std::vector<Reseated> people;         // by seat_no
  std::vector<KeepApartBroken> broken;  // by first, second
};

// Seats rooms one after the other. Keeps references to the exam.
class Reseating {
 public:
  // `occasion` names the change (the digest of the plan it starts from): under SeatOrder::random newcomers are drawn
  // from the stream "seats/VENUE_CODE/ROOM_NO/OCCASION", so that they cannot be drawn before the change is known.
  Reseating(const Exam& exam, const Seed& seed, std::string occasion);
  ~Reseating();

  // Stayers keep their seat number wherever the desk rules allow it, newcomers sit on the desks that leave everybody
  // the most space: wheelchair users near the door, people with one keep_apart word not side by side where that can be
  // had. A room without stayers is seated as in a first plan. Both lists by applicant. Precondition: no more people
  // than the room's capacity.
  ReseatedRoom seat(RoomIndex room, std::span<const Stayer> stayers, std::span<const ApplicantIndex> newcomers);

  // How many people can keep these seats at most, whatever happens to the others: the largest number of them whose
  // desks exist and keep the distance.
  int most_that_can_stay(RoomIndex room, std::span<const int> seat_nos);
  // Which of them, one flag each: as many as most_that_can_stay() says.
  std::vector<char> choose_that_can_stay(RoomIndex room, std::span<const int> seat_nos);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hanjari::seating
