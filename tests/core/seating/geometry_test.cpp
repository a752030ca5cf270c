#include "hanjari/seating/geometry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <set>

#include "hanjari/base/error.h"
#include "hanjari/base/random.h"
#include "seating/builders.h"
#include "seating/spread.h"

namespace hanjari::seating {
namespace {

bool too_near(const Room& room, Desk a, Desk b, int gap_cm) {
  const std::int64_t along = std::int64_t{a.row - b.row} * room.row_pitch_cm;
  const std::int64_t across = std::int64_t{a.column - b.column} * room.column_pitch_cm;
  return along * along + across * across < std::int64_t{gap_cm} * gap_cm;
}

std::vector<Desk> open_desks(const Room& room) {
  std::vector<Desk> desks;
  for (int row = 1; row <= room.row_count; ++row) {
    for (int column = 1; column <= room.column_count; ++column) {
      const Desk desk{row, column};
      if (std::find(room.blocked.begin(), room.blocked.end(), desk) == room.blocked.end()) desks.push_back(desk);
    }
  }
  return desks;
}

// All subsets of the desks, one after the other.
int largest_by_trying_all(const Room& room, int gap_cm) {
  const std::vector<Desk> desks = open_desks(room);
  std::vector<std::uint32_t> near(desks.size(), 0);
  for (std::size_t i = 0; i < desks.size(); ++i) {
    for (std::size_t j = 0; j < desks.size(); ++j) {
      if (i != j && too_near(room, desks[i], desks[j], gap_cm)) near[i] |= 1U << j;
    }
  }
  int best = 0;
  for (std::uint32_t set = 0; set < 1U << desks.size(); ++set) {
    bool fits = true;
    for (std::size_t i = 0; i < desks.size() && fits; ++i) fits = (set >> i & 1U) == 0 || (near[i] & set) == 0;
    if (fits) best = std::max(best, std::popcount(set));
  }
  return best;
}

// A second exact method for large rooms: branch on one desk, bounded by a cover of the rest with cliques.
class BranchAndBound {
 public:
  BranchAndBound(const Room& room, int gap_cm) : desks_(open_desks(room)), near_(desks_.size()) {
    for (std::size_t i = 0; i < desks_.size(); ++i) {
      for (std::size_t j = 0; j < desks_.size(); ++j) {
        near_[i].push_back(i != j && too_near(room, desks_[i], desks_[j], gap_cm));
      }
    }
  }
  int run() {
    std::vector<std::size_t> all(desks_.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    descend(all, 0);
    return best_;
  }

 private:
  void descend(const std::vector<std::size_t>& open, int taken) {
    best_ = std::max(best_, taken);
    if (open.empty()) return;
    std::vector<std::vector<std::size_t>> cliques;
    for (const std::size_t desk : open) {
      auto home = std::find_if(cliques.begin(), cliques.end(), [&](const auto& clique) {
        return std::all_of(clique.begin(), clique.end(), [&](std::size_t other) { return near_[desk][other]; });
      });
      if (home == cliques.end()) home = cliques.emplace(cliques.end());
      home->push_back(desk);
    }
    if (taken + static_cast<int>(cliques.size()) <= best_) return;
    // The desk with the fewest near ones: it or one of them is in some largest set.
    const auto degree = [&](std::size_t desk) {
      return std::count_if(open.begin(), open.end(), [&](std::size_t other) { return near_[desk][other]; });
    };
    const std::size_t pivot =
        *std::min_element(open.begin(), open.end(), [&](auto a, auto b) { return degree(a) < degree(b); });
    std::vector<std::size_t> choices{pivot};
    for (const std::size_t other : open) {
      if (near_[pivot][other]) choices.push_back(other);
    }
    std::vector<std::size_t> remaining = open;
    for (const std::size_t choice : choices) {
      std::vector<std::size_t> next;
      for (const std::size_t other : remaining) {
        if (other != choice && !near_[choice][other]) next.push_back(other);
      }
      descend(next, taken + 1);
      remaining.erase(std::find(remaining.begin(), remaining.end(), choice));
    }
  }

  std::vector<Desk> desks_;
  std::vector<std::vector<bool>> near_;
  int best_ = 0;
};

// Gaps at, just below and just above every distance that occurs.
std::vector<int> telling_gaps(const Room& room) {
  std::set<int> gaps{0, 1};
  for (int down = 0; down < room.row_count; ++down) {
    for (int across = 0; across < room.column_count; ++across) {
      const std::int64_t along = std::int64_t{down} * room.row_pitch_cm;
      const std::int64_t aside = std::int64_t{across} * room.column_pitch_cm;
      int gap = 0;
      while (std::int64_t{gap} * gap < along * along + aside * aside) ++gap;
      gaps.insert(gap);
      gaps.insert(gap + 1);
    }
  }
  return {gaps.begin(), gaps.end()};
}

Room random_room(RandomStream& random, int most_rows, int most_columns, int blocked_percent) {
  Room room = a_room(1 + static_cast<int>(random.below(static_cast<std::uint64_t>(most_rows))),
                     1 + static_cast<int>(random.below(static_cast<std::uint64_t>(most_columns))));
  room.row_pitch_cm = 40 + static_cast<int>(random.below(200));
  room.column_pitch_cm = 40 + static_cast<int>(random.below(200));
  for (int row = 1; row <= room.row_count; ++row) {
    for (int column = 1; column <= room.column_count; ++column) {
      if (random.below(100) < static_cast<std::uint64_t>(blocked_percent)) room.blocked.push_back({row, column});
    }
  }
  return room;
}

TEST(RoomCapacity, EqualsTheLargestOfAllSubsetsInSmallRooms) {
  RandomStream random(Seed{}, "small rooms");
  for (int trial = 0; trial < 120; ++trial) {
    const Room room = random_room(random, 4, 3, trial % 3 == 0 ? 25 : 0);
    for (const int gap : telling_gaps(room)) {
      ASSERT_EQ(largest_desk_set(room, gap), largest_by_trying_all(room, gap))
          << room.row_count << "x" << room.column_count << " " << room.row_pitch_cm << "," << room.column_pitch_cm
          << " gap " << gap;
    }
  }
}

TEST(RoomCapacity, EqualsBranchAndBoundInRoomsOfTenByTen) {
  RandomStream random(Seed{}, "large rooms");
  for (int trial = 0; trial < 24; ++trial) {
    Room room = random_room(random, 1, 1, 0);
    room.row_count = 10;
    room.column_count = 10;
    room.blocked.clear();
    for (int i = 0; i < trial; ++i) {
      room.blocked.push_back({1 + static_cast<int>(random.below(10)), 1 + static_cast<int>(random.below(10))});
    }
    // From about two thirds of the shorter pitch upwards: the second method is quick where few people fit.
    const int gap =
        std::max(room.row_pitch_cm, room.column_pitch_cm) * (2 + trial % 3) + static_cast<int>(random.below(60));
    ASSERT_EQ(largest_desk_set(room, gap), BranchAndBound(room, gap).run())
        << room.row_pitch_cm << "," << room.column_pitch_cm << " gap " << gap;
  }
}

TEST(RoomCapacity, IsSymmetricInRowsAndColumns) {
  RandomStream random(Seed{}, "turned rooms");
  for (int trial = 0; trial < 30; ++trial) {
    const Room room = random_room(random, 10, 10, 15);
    Room turned = room;
    std::swap(turned.row_count, turned.column_count);
    std::swap(turned.row_pitch_cm, turned.column_pitch_cm);
    for (Desk& desk : turned.blocked) std::swap(desk.row, desk.column);
    for (const int gap : {60, 110, 170, 250, 400}) {
      ASSERT_EQ(largest_desk_set(room, gap), largest_desk_set(turned, gap));
    }
  }
}

TEST(RoomCapacity, IsExactForEveryGapAndAnyPitchInTenByTen) {
  for (const auto& [row_pitch, column_pitch] : {std::pair{130, 140}, {90, 90}, {40, 200}, {7, 100}}) {
    Room room = a_room(10, 10);
    room.row_pitch_cm = row_pitch;
    room.column_pitch_cm = column_pitch;
    int before = 100;
    for (const int gap : telling_gaps(room)) {
      const int size = largest_desk_set(room, gap);
      EXPECT_LE(size, before) << "a wider gap never seats more";
      EXPECT_GE(size, 1);
      before = size;
    }
  }
}

TEST(RoomCapacity, KnowsTheRoomsOfTheGuidelines) {
  EXPECT_EQ(largest_desk_set(a_room(5, 5), 0), 25);
  EXPECT_EQ(largest_desk_set(a_room(5, 5), 130), 25);
  EXPECT_EQ(largest_desk_set(a_room(5, 5), 131), 15) << "three of five rows";
  EXPECT_EQ(largest_desk_set(a_room(5, 5), 150), 13) << "a chess board";
  EXPECT_EQ(largest_desk_set(a_room(5, 5), 200), 9) << "every second desk of every second row";
}

TEST(RoomCapacity, SaysWhichOfTheThreeBinds) {
  Policy policy;
  Room room = a_room(5, 5);
  EXPECT_EQ(room_capacity(room, policy).binding, Binding::geometry);
  policy.people_cap = 15;
  EXPECT_EQ(room_capacity(room, policy).people, 15);
  EXPECT_EQ(room_capacity(room, policy).desks, 25);
  EXPECT_EQ(room_capacity(room, policy).binding, Binding::policy_cap);
  room.people_cap = 15;
  EXPECT_EQ(room_capacity(room, policy).binding, Binding::policy_cap) << "equal: the policy";
  room.people_cap = 8;
  EXPECT_EQ(room_capacity(room, policy).people, 8);
  EXPECT_EQ(room_capacity(room, policy).binding, Binding::room_cap);
  policy.min_gap_cm = 400;
  EXPECT_EQ(room_capacity(room, policy).people, 4) << "the corners";
  EXPECT_EQ(room_capacity(room, policy).binding, Binding::geometry);
}

TEST(RoomCapacity, IsZeroWhenEveryDeskIsBlocked) {
  EXPECT_EQ(largest_desk_set(a_room(1, 2, {{1, 1}, {1, 2}}), 0), 0);
  EXPECT_EQ(largest_desk_set(a_room(1, 2, {{1, 1}, {1, 2}}), 500), 0);
  EXPECT_TRUE(choose_desks(a_room(1, 2, {{1, 1}, {1, 2}}), 0, 0).empty());
}

TEST(RoomCapacity, IsTheSameAloneAndInAnExam) {
  ExamBuilder builder;
  Policy policy;
  policy.min_gap_cm = 180;
  builder.unit("010").venue("V1").policy(policy);
  RandomStream random(Seed{}, "exam rooms");
  for (int i = 0; i < 40; ++i) builder.room(random_room(random, 6, 6, i % 2 == 0 ? 10 : 0));
  const Exam exam = builder.build();
  const std::vector<RoomCapacity> all = room_capacities(exam);
  ASSERT_EQ(all.size(), exam.rooms.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].people, room_capacity(exam.rooms[i], exam.policy).people);
  }
}

TEST(RoomCapacity, RefusesAHallThatIsTooLargeRatherThanGuess) {
  try {
    largest_desk_set(a_room(40, 40), 150);
    FAIL() << "no error";
  } catch (const InvalidInput& error) {
    EXPECT_EQ(error.code(), "room_too_large");
    EXPECT_FALSE(error.message().ko.empty());
  }
}

TEST(ChooseDesks, KeepsTheDistanceAndAvoidsBlockedDesks) {
  RandomStream random(Seed{}, "chosen desks");
  for (int trial = 0; trial < 60; ++trial) {
    const Room room = random_room(random, 7, 7, trial % 2 == 0 ? 20 : 0);
    const int gap = static_cast<int>(random.below(500));
    const int most = largest_desk_set(room, gap);
    for (int people = 0; people <= most; ++people) {
      const std::vector<Desk> desks = choose_desks(room, gap, people);
      ASSERT_EQ(static_cast<int>(desks.size()), people);
      ASSERT_TRUE(std::is_sorted(desks.begin(), desks.end()));
      for (std::size_t i = 0; i < desks.size(); ++i) {
        ASSERT_EQ(std::count(room.blocked.begin(), room.blocked.end(), desks[i]), 0);
        for (std::size_t j = 0; j < i; ++j) {
          ASSERT_FALSE(desks[i] == desks[j]);
          ASSERT_FALSE(too_near(room, desks[i], desks[j], gap));
        }
      }
    }
  }
}

TEST(ChooseDesks, LeavesEmptyColumnsBetweenFullOnesForFifteenInTwentyFive) {
  std::vector<Desk> expected;
  for (int row = 1; row <= 5; ++row) {
    for (const int column : {1, 3, 5}) expected.push_back({row, column});
  }
  EXPECT_EQ(choose_desks(a_room(5, 5), 0, 15), expected);
}

// Comparing every desk with every other would take minutes here.
TEST(ChooseDesks, TakesThoseOfHallsByColumns) {
  for (const int people : {1500, 2499}) {
    const Room hall = a_room(50, 50);
    const std::vector<Desk> desks = choose_desks(hall, 0, people);
    ASSERT_EQ(desks.size(), static_cast<std::size_t>(people));
    EXPECT_TRUE(std::is_sorted(desks.begin(), desks.end()));
    EXPECT_EQ(std::adjacent_find(desks.begin(), desks.end()), desks.end());
  }
}

TEST(ChooseDesks, IsNeverMoreCrowdedThanTheFirstDesksOrRandomOnes) {
  RandomStream random(Seed{}, "other desks");
  const Room room = a_room(5, 6);
  std::vector<Desk> all = open_desks(room);
  for (int people = 1; people <= 30; ++people) {
    const std::int64_t chosen = crowding(room, choose_desks(room, 0, people));
    const auto end = all.begin() + people;
    EXPECT_LE(chosen, crowding(room, {all.begin(), end}));
    for (int trial = 0; trial < 20; ++trial) {
      random.shuffle(all);
      EXPECT_LE(chosen, crowding(room, {all.begin(), all.begin() + people}));
    }
    std::sort(all.begin(), all.end());
  }
}

// Red without the bound: a hall of twenty by twenty takes half a minute, one of ten thousand million desks the memory.
TEST(RoomCapacityWithin, IsTheSameAndEndsWithItsWork) {
  Policy policy;
  for (const int gap : {0, 150, 300}) {
    policy.min_gap_cm = gap;
    std::size_t work = 10'000'000;
    const Room room = a_room(8, 9, {{1, 1}, {4, 5}});
    EXPECT_EQ(room_capacity_within(room, policy, work).desks, room_capacity(room, policy).desks) << gap;
    EXPECT_GT(work, 0U);
    EXPECT_EQ(work == 10'000'000, gap == 0) << "what was looked at is taken off";
  }
  policy.min_gap_cm = 200;
  std::size_t work = 1'000'000;
  EXPECT_THROW(room_capacity_within(a_room(20, 20), policy, work), InvalidInput);
  EXPECT_EQ(work, 0U);
  for (const auto& [rows, columns] : {std::pair(100'000, 100'000), std::pair(201, 1), std::pair(1, 201), std::pair(0, 5), std::pair(5, -1)}) {
    std::size_t enough = 10'000'000;
    EXPECT_THROW(room_capacity_within(a_room(rows, columns), policy, enough), InvalidInput) << rows << " x " << columns;
  }
}

TEST(ChooseDesks, IsTheLeastCrowdedOfAllSetsInSmallRooms) {
  const Room room = a_room(3, 4);
  const std::vector<Desk> all = open_desks(room);
  std::vector<std::int64_t> least(all.size() + 1, -1);
  for (std::uint32_t set = 0; set < 1U << all.size(); ++set) {
    std::vector<Desk> desks;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((set >> i & 1U) != 0) desks.push_back(all[i]);
    }
    std::int64_t& best = least[desks.size()];
    const std::int64_t own = crowding(room, desks);
    if (best < 0 || own < best) best = own;
  }
  for (int people = 0; people <= 12; ++people) {
    EXPECT_EQ(crowding(room, choose_desks(room, 0, people)), least[static_cast<std::size_t>(people)]) << people;
  }
}

}  // namespace
}  // namespace hanjari::seating
