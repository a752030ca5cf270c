// B: which class has how many rooms of which group, with every class seated exactly over its rooms.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "allocation/problem.h"
#include "allocation/rooms/class_seats.h"

namespace hanjari::allocation {

// Rooms by class and group.
class RoomCounts {
 public:
  RoomCounts(std::size_t classes, std::size_t groups) : groups_(groups), rooms_(classes * groups) {}
  std::int32_t& operator()(std::size_t people_class, std::size_t group) {
    return rooms_[people_class * groups_ + group];
  }
  std::int32_t operator()(std::size_t people_class, std::size_t group) const {
    return rooms_[people_class * groups_ + group];
  }

 private:
  std::size_t groups_;
  std::vector<std::int32_t> rooms_;
};

// One class over its places. Places are the groups that somebody of the class may use.
struct ClassRooms {
  std::vector<std::uint32_t> group_of;  // by place
  ClassSeats seats;
};

// The state of B. Totals are of travel (with penalties) and weights; see objective().
class Rooming {
 public:
  // `searches`: whose Dijkstra, for the classes and for the first rooms (searches.h).
  Rooming(const Problem& problem, int threads, Searches searches = Searches::boost);

  // Seats every class over the given rooms; prices by group to begin with.
  void start(const RoomCounts& rooms, const std::vector<Cost>& group_price, int threads);

  const Problem& problem() const { return problem_; }
  Searches searches() const { return searches_; }
  std::size_t classes() const { return classes_.size(); }
  ClassRooms& of(std::size_t people_class) { return classes_[people_class]; }
  const ClassRooms& of(std::size_t people_class) const { return classes_[people_class]; }
  const RoomCounts& rooms() const { return rooms_; }
  std::int32_t free_rooms(std::size_t group) const { return free_[group]; }
  // Travel and penalties of everybody, and all weights.
  Cost cost() const { return travel() + weights(); }
  Cost travel() const;
  // What the weights say to the rooms, the (unit, venue) pairs and the venues that are in use.
  Cost weights() const;
  std::int32_t rooms_at(std::size_t people_class, VenueIndex venue) const;
  // The class gets one more room of the place's group, or one fewer. Only the counts; the seats are of().seats.
  void count_room(std::size_t people_class, std::size_t place, std::int32_t difference);

  // The group of everybody; the number of groups when unseated.
  std::vector<std::uint32_t> group_of_people() const;
  std::int64_t unseated() const;

 private:
  const Problem& problem_;
  Searches searches_;
  std::vector<ClassRooms> classes_;
  RoomCounts rooms_;
  std::vector<std::int32_t> free_;
  std::vector<std::uint32_t> first_group_;  // by venue, and the number of groups at the end
};

}  // namespace hanjari::allocation
