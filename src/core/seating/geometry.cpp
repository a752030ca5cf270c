#include "hanjari/seating/geometry.h"

#include <fmt/format.h>

#include <stdexcept>

#include "hanjari/base/error.h"
#include "seating/desk_graph.h"
#include "seating/spread.h"

namespace hanjari::seating {
namespace {

constexpr int most_on_a_side = 200;

InvalidInput room_too_large(const Room& room, int min_gap_cm) {
  return InvalidInput(
      "room_too_large",
      {fmt::format(
           "A room of {} x {} desks is too large to say exactly how many of them are {} cm apart. Divide it into "
           "several rooms, or block the desks that are not used.",
           room.row_count, room.column_count, min_gap_cm),
       fmt::format("{}행 {}열 시험실은 너무 커서 {} cm 간격으로 쓸 수 있는 좌석 수를 정확히 구할 수 없습니다. 시험실을 "
                   "나누거나 쓰지 않는 책상을 막아 주십시오.",
                   room.row_count, room.column_count, min_gap_cm)});
}

RoomCapacity bounded(int desks, const Room& room, const Policy& policy) {
  RoomCapacity capacity{desks, desks, Binding::geometry};
  if (policy.people_cap && *policy.people_cap < capacity.people) {
    capacity.people = *policy.people_cap;
    capacity.binding = Binding::policy_cap;
  }
  if (room.people_cap && *room.people_cap < capacity.people) {
    capacity.people = *room.people_cap;
    capacity.binding = Binding::room_cap;
  }
  return capacity;
}

}  // namespace

int largest_desk_set(const Room& room, int min_gap_cm) {
  const auto size = find_largest_set_size(DeskGrid(room), TooNear(room, min_gap_cm));
  if (!size) throw room_too_large(room, min_gap_cm);
  return *size;
}

RoomCapacity room_capacity(const Room& room, const Policy& policy) {
  return bounded(largest_desk_set(room, policy.min_gap_cm), room, policy);
}

RoomCapacity room_capacity_within(const Room& room, const Policy& policy, std::size_t& work) {
  const auto is_size = [](int number) { return number >= 1 && number <= most_on_a_side; };
  if (!is_size(room.row_count) || !is_size(room.column_count)) throw room_too_large(room, policy.min_gap_cm);
  const auto size = find_largest_set_size(DeskGrid(room), TooNear(room, policy.min_gap_cm), &work);
  if (!size) throw room_too_large(room, policy.min_gap_cm);
  return bounded(*size, room, policy);
}

RoomShape shape_of(const Room& room) {
  return {room.row_count, room.column_count, room.row_pitch_cm, room.column_pitch_cm, room.blocked};
}

RoomCapacity Capacities::of(const Room& room) {
  const auto [entry, is_new] = desks_.try_emplace(shape_of(room), 0);
  if (is_new) {
    try {
      entry->second = largest_desk_set(room, policy_.min_gap_cm);
    } catch (...) {
      desks_.erase(entry);
      throw;
    }
  }
  return bounded(entry->second, room, policy_);
}

std::vector<RoomCapacity> room_capacities(const Exam& exam) {
  Capacities of_shape(exam.policy);
  std::vector<RoomCapacity> capacities;
  capacities.reserve(exam.rooms.size());
  for (const Room& room : exam.rooms) capacities.push_back(of_shape.of(room));
  return capacities;
}

std::vector<Desk> choose_desks(const Room& room, int min_gap_cm, int people) {
  auto desks = find_spread(room, min_gap_cm, people);
  if (!desks) {
    if (people > largest_desk_set(room, min_gap_cm)) throw std::logic_error("more people than desks");
    throw room_too_large(room, min_gap_cm);
  }
  return *std::move(desks);
}

}  // namespace hanjari::seating
