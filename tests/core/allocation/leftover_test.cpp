// Rooms that units share under `leftover`: packing them, plans beyond the exact search, and their bounds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "allocation/leftover/room_packing.h"
#include "allocation/plan_values.h"
#include "allocation/small_exam.h"
#include "hanjari/allocation/allocate.h"

namespace hanjari::allocation {
namespace {

using testing::IsEmpty;

Assignment plan_shared(const Exam& exam, const Limits& limits = {}) {
  return allocate(exam, Seed{}, limits, system_clock(), no_progress());
}

Cost total_of(const Exam& exam, const Assignment& assignment) {
  return objective(make_problem(exam, {}, 1), assignment.room_of);
}

// An exam of rooms of fifteen, too large for the exact search; two of fifteen seats stay empty.
Exam make_full_exam(std::uint64_t number) {
  Exam exam = make_small_exam(
      number, {.people = 780, .units = 12, .venues = 6, .rooms_per_venue = 10, .special = false});
  for (Room& room : exam.rooms) {
    room.row_count = 5;
    room.column_count = 3;
  }
  return exam;
}

TEST(RoomPacking, LeavesNoSeatEmptyWhereEveryRestFits) {
  const std::vector<PackedRoom> rooms(4, PackedRoom{.capacity = 15});
  const Packing wanted{.people = {22, 9, 14, 8, 6, 1}, .wheelchairs = std::vector<int>(6, 0)};
  const auto packed = pack_rooms(rooms, wanted);
  ASSERT_TRUE(packed);
  std::vector<int> people(6, 0);
  std::multiset<std::uint32_t> shared;
  for (const auto& room : *packed) {
    int here = 0;
    for (const PackedShare& share : room) {
      people[share.unit] += share.people;
      here += share.people;
      if (room.size() > 1) shared.insert(share.unit);
    }
    EXPECT_EQ(here, 15);
  }
  EXPECT_EQ(people, wanted.people);
  for (std::uint32_t unit = 0; unit < 6; ++unit) EXPECT_LE(shared.count(unit), 1U) << "a unit shares one room";
}

TEST(RoomPacking, FindsNothingWhereRestsWouldHaveToBeSplit) {
  const std::vector<PackedRoom> rooms(2, PackedRoom{.capacity = 15});
  EXPECT_FALSE(pack_rooms(rooms, {.people = {10, 10, 10}, .wheelchairs = {0, 0, 0}}));
}

TEST(RoomPacking, PutsWheelchairUsersIntoAccessibleRooms) {
  const std::vector<PackedRoom> rooms = {{.capacity = 4}, {.capacity = 4, .accessible = true}, {.capacity = 4}};
  const auto packed = pack_rooms(rooms, {.people = {4, 3, 5}, .wheelchairs = {0, 0, 1}});
  ASSERT_TRUE(packed);
  for (std::size_t room = 0; room < rooms.size(); ++room) {
    for (const PackedShare& share : (*packed)[room]) EXPECT_TRUE(share.wheelchairs == 0 || rooms[room].accessible);
  }
  EXPECT_FALSE(pack_rooms(rooms, {.people = {4, 4, 4}, .wheelchairs = {1, 1, 0}})) << "one room is accessible";
}

TEST(Leftover, IsNoWorseThanIfNobodyShared) {
  for (std::uint64_t number = 0; number < 4; ++number) {
    Exam exam = make_full_exam(number);
    exam.policy.mixing = Mixing::leftover;
    const Assignment shared = plan_shared(exam);
    ASSERT_THAT(broken_rules(exam, shared), IsEmpty()) << number;
    ASSERT_TRUE(shared.unseated.empty()) << number;
    const Cost total = total_of(exam, shared);
    ASSERT_TRUE(shared.bound);
    EXPECT_LE(shared.bound->total, total) << number;
    exam.policy.mixing = Mixing::never;
    const Assignment apart = plan_shared(exam);
    if (apart.unseated.empty()) EXPECT_LE(total, total_of(exam, apart)) << number;
  }
}

// Weights of pairs were not in the bound beyond one pair a unit.
TEST(Leftover, KnowsInItsBoundThatPairsWeigh) {
  for (std::uint64_t number = 0; number < 3; ++number) {
    Exam exam = make_full_exam(number);
    exam.applicants.resize(700);
    exam.policy.mixing = Mixing::leftover;
    exam.policy.weights.room = 500;
    exam.policy.weights.unit_at_venue = 100'000;
    const Assignment shared = plan_shared(exam);
    ASSERT_THAT(broken_rules(exam, shared), IsEmpty()) << number;
    ASSERT_TRUE(shared.unseated.empty());
    const Cost total = total_of(exam, shared);
    ASSERT_TRUE(shared.bound);
    EXPECT_LE(shared.bound->total, total) << number;
    EXPECT_GE(shared.bound->total, total - total / 4) << number;
  }
}

// No bound above the cost of a plan found in any way, whatever is set aside and whoever needs a room of few.
TEST(Leftover, BoundsHoldForEveryPlanFound) {
  for (std::uint64_t number = 0; number < 12; ++number) {
    Exam exam = make_small_exam(number, {.people = 150, .units = 5, .venues = 8, .rooms_per_venue = 8});
    exam.policy.mixing = Mixing::leftover;
    if (number % 2 == 0) exam.policy.reserve_rooms.per_venue = 1;
    if (number % 3 == 0) exam.policy.detour_cap_m = 6'000;
    if (number % 4 == 0) exam.policy.weights.unit_at_venue = 3'000;
    const Assignment shared = plan_shared(exam);
    ASSERT_THAT(broken_rules(exam, shared), IsEmpty()) << number;
    const Problem problem = make_problem(exam, {}, 1);
    if (shared.bound) EXPECT_LE(shared.bound->total, objective(problem, shared.room_of)) << number;
    Exam apart = exam;
    apart.policy.mixing = Mixing::never;
    const Assignment never = plan_shared(apart);
    if (!never.unseated.empty()) continue;
    ASSERT_TRUE(shared.unseated.empty()) << number;
    EXPECT_LE(rank_of(problem, shared.room_of), rank_of(problem, never.room_of)) << number;
    if (shared.bound && count_over_cap(problem, never.room_of) == count_over_cap(problem, shared.room_of))
      EXPECT_LE(shared.bound->total, objective(problem, never.room_of)) << number;
  }
}

// Red while the rounds were those of the best of several plans: others did not end within them, and no exact plan
// followed.
TEST(Leftover, RoundsRepeatThePlanOfASmallExam) {
  for (std::uint64_t number = 0; number < 8; ++number) {
    Exam exam = make_small_exam(
        number, {.people = 70, .units = 6, .venues = 4, .rooms_per_venue = 5, .special = false});
    exam.policy.mixing = Mixing::leftover;
    exam.policy.weights.room = 700;
    const Assignment first = plan_shared(exam);
    EXPECT_EQ(first.room_of, plan_shared(exam, {.rounds = first.rounds}).room_of) << number;
  }
}

// A unit of one room has no other seat for its wheelchair user, so the unit with two rooms leaves the accessible one.
TEST(RoomPacking, GivesTheAccessibleRoomToTheUnitThatHasNoOther) {
  const std::vector<PackedRoom> rooms = {{.capacity = 4, .accessible = true}, {.capacity = 4}};
  const auto packed = pack_rooms(rooms, {.people = {5, 3}, .wheelchairs = {1, 1}});
  ASSERT_TRUE(packed);
  EXPECT_EQ((*packed)[1].size(), 1U) << "both users sit in the room that is shared";
}

TEST(Leftover, RoundsRepeatAPlanAndThreadsChangeNothing) {
  Exam exam = make_full_exam(7);
  exam.policy.mixing = Mixing::leftover;
  const Assignment first = plan_shared(exam, {.threads = 1});
  EXPECT_EQ(first.room_of, plan_shared(exam, {.threads = 4}).room_of);
  EXPECT_EQ(first.room_of, plan_shared(exam, {.threads = 2, .rounds = first.rounds}).room_of);
}

}  // namespace
}  // namespace hanjari::allocation
