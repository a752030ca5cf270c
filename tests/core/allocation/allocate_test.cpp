#include "hanjari/allocation/allocate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "allocation/small_exam.h"
#include "hanjari/domain/travel.h"

namespace hanjari::allocation {
namespace {

using testing::IsEmpty;

Assignment plan(const Exam& exam, const Limits& limits = {}) {
  return allocate(exam, Seed{}, limits, system_clock(), no_progress());
}

Metres travel_of(const Exam& exam, const Assignment& assignment) {
  const TravelTable table(exam);
  Metres total = 0;
  for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
    if (!assignment.room_of[person].exists()) continue;
    total += table.between(ApplicantIndex(person), exam[assignment.room_of[person]].venue);
  }
  return total;
}

// The objective of a plan: travel and all weights.
std::int64_t objective_of(const Exam& exam, const Assignment& assignment) {
  const Weights& weights = exam.policy.weights;
  std::set<RoomIndex> rooms;
  std::set<VenueIndex> venues;
  std::set<std::pair<UnitIndex, VenueIndex>> pairs;
  for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
    if (!assignment.room_of[person].exists()) continue;
    const VenueIndex venue = exam[assignment.room_of[person]].venue;
    rooms.insert(assignment.room_of[person]);
    venues.insert(venue);
    pairs.insert({exam.applicants[person].unit, venue});
  }
  std::int64_t total = weights.travel * travel_of(exam, assignment) +
                       weights.room * static_cast<std::int64_t>(rooms.size()) +
                       weights.unit_at_venue * static_cast<std::int64_t>(pairs.size()) +
                       weights.venue * static_cast<std::int64_t>(venues.size());
  for (const VenueIndex venue : venues) total += exam[venue].opening_cost;
  return total;
}

// The least objective of a tiny exam without special people, one unit a room, by trying everything.
class BruteForce {
 public:
  explicit BruteForce(const Exam& exam)
      : exam_(exam),
        table_(exam),
        capacities_(seating::room_capacities(exam)),
        unit_of_(exam.rooms.size()),
        taken_(exam.rooms.size()),
        at_venue_(exam.venues.size()),
        pairs_(exam.venues.size() * exam.units.size()) {}
  std::optional<std::int64_t> best() {
    place(0, 0);
    return best_;
  }

 private:
  void place(std::size_t person, std::int64_t cost) {
    if (best_ && cost >= *best_) return;
    if (person == exam_.applicants.size()) {
      best_ = cost;
      return;
    }
    const Weights& weights = exam_.policy.weights;
    const UnitIndex unit = exam_.applicants[person].unit;
    for (std::size_t room = 0; room < exam_.rooms.size(); ++room) {
      if (taken_[room] == capacities_[room].people || (taken_[room] > 0 && unit_of_[room] != unit)) continue;
      const UnitIndex before = unit_of_[room];
      unit_of_[room] = unit;
      const VenueIndex venue = exam_.rooms[room].venue;
      std::int64_t more = weights.travel * table_.between(ApplicantIndex(person), venue);
      if (taken_[room]++ == 0) more += weights.room;
      if (at_venue_[venue.value]++ == 0) more += weights.venue + exam_[venue].opening_cost;
      int& pair = pairs_[venue.value * exam_.units.size() + unit.value];
      if (pair++ == 0) more += weights.unit_at_venue;
      place(person + 1, cost + more);
      --pair;
      --at_venue_[venue.value];
      --taken_[room];
      unit_of_[room] = before;
    }
  }

  const Exam& exam_;
  TravelTable table_;
  std::vector<seating::RoomCapacity> capacities_;
  std::vector<UnitIndex> unit_of_;
  std::vector<int> taken_;
  std::vector<int> at_venue_;  // people
  std::vector<int> pairs_;     // people, by venue and unit
  std::optional<std::int64_t> best_;
};

class AllocateUnderMixing : public testing::TestWithParam<Mixing> {};

TEST_P(AllocateUnderMixing, KeepsEveryRuleAndLosesNobody) {
  for (std::uint64_t number = 0; number < 40; ++number) {
    Exam exam = make_small_exam(number, {.people = 20 + number % 30});
    exam.policy.mixing = GetParam();
    exam.policy.min_gap_cm = number % 3 == 0 ? 160 : 0;
    exam.policy.reserve_rooms.per_venue = number % 5 == 0 ? 1 : 0;
    if (number % 4 == 0) exam.policy.detour_cap_m = 3000;
    const Assignment assignment = plan(exam);
    ASSERT_THAT(broken_rules(exam, assignment), IsEmpty()) << "exam " << number;
    const bool complete = assignment.status == PlanStatus::optimal || assignment.status == PlanStatus::feasible;
    EXPECT_EQ(complete, assignment.unseated.empty());
    EXPECT_EQ(assignment.status == PlanStatus::infeasible, !assignment.conflicts.empty());
    if (complete) {
      ASSERT_TRUE(assignment.bound);
      EXPECT_LE(assignment.bound->total, travel_of(exam, assignment)) << "exam " << number;
    }
  }
}

TEST_P(AllocateUnderMixing, GivesTheSamePlanForAnyNumberOfThreads) {
  for (std::uint64_t number = 0; number < 6; ++number) {
    Exam exam = make_small_exam(number, {.people = 60, .venues = 6, .rooms_per_venue = 8});
    exam.policy.mixing = GetParam();
    EXPECT_EQ(plan(exam, {.threads = 1}).room_of, plan(exam, {.threads = 4}).room_of);
  }
}

INSTANTIATE_TEST_SUITE_P(EveryPolicy, AllocateUnderMixing,
                         testing::Values(Mixing::never, Mixing::same_series, Mixing::leftover, Mixing::free));

TEST(Allocate, LeftoverSeatsPeopleForWhomNobodySharesHadNoRoom) {
  int gained = 0;
  for (std::uint64_t number = 0; number < 16; ++number) {
    Exam exam =
        make_small_exam(number, {.people = 70, .units = 6, .venues = 4, .rooms_per_venue = 5, .special = false});
    exam.policy.mixing = Mixing::never;
    const Assignment never = plan(exam);
    exam.policy.mixing = Mixing::leftover;
    const Assignment leftover = plan(exam);
    ASSERT_THAT(broken_rules(exam, leftover), IsEmpty()) << "exam " << number;
    EXPECT_LE(leftover.unseated.size(), never.unseated.size()) << number;
    if (never.unseated.empty()) {
      EXPECT_LE(objective_of(exam, leftover), objective_of(exam, never)) << number;
    }
    gained += leftover.unseated.size() < never.unseated.size() ? 1 : 0;
  }
  EXPECT_GT(gained, 1);
}

// Whole rooms of every unit would be more than there are, so no room need stay partly empty.
TEST(Allocate, FillsEveryRoomWhereRoomsAreShort) {
  for (std::uint64_t number = 0; number < 5; ++number) {
    Exam exam =
        make_small_exam(number, {.people = 540, .units = 9, .venues = 4, .rooms_per_venue = 20, .special = false});
    for (Room& room : exam.rooms) room.row_count = 3;
    const Assignment assignment = plan(exam);
    EXPECT_THAT(broken_rules(exam, assignment), IsEmpty()) << number;
    EXPECT_EQ(assignment.unseated.size(), 540U - 4 * 20 * 6) << number;
    EXPECT_THAT(assignment.room_prices, IsEmpty()) << number;
  }
}

TEST(Allocate, WithHardlyAnyTimeIsStillComplete) {
  const Exam exam = make_small_exam(5, {.people = 300, .venues = 8, .rooms_per_venue = 20, .special = false});
  const Assignment assignment = plan(exam, {.time_limit_seconds = 0.0});
  EXPECT_THAT(broken_rules(exam, assignment), IsEmpty());
  EXPECT_THAT(assignment.unseated, IsEmpty());
  ASSERT_TRUE(assignment.bound);
  EXPECT_LE(assignment.bound->total, travel_of(exam, assignment));
}

TEST(Allocate, NeverBoundsAboveTheBruteForceOptimumNorCallsItImpossible) {
  int complete = 0;
  for (std::uint64_t number = 100; number < 160; ++number) {
    Exam exam = make_small_exam(number, {.people = 7, .units = 2, .venues = 2, .rooms_per_venue = 2, .special = false});
    if (number % 2 == 0) exam.policy.weights.unit_at_venue = static_cast<std::int64_t>(number) * 100;
    if (number % 3 == 0) exam.policy.weights.venue = static_cast<std::int64_t>(number) * 150;
    if (number % 5 == 0) exam.venues[1].opening_cost = 9000;
    if (number % 7 == 0) exam.policy.weights.room = 700;
    const std::optional<std::int64_t> best = BruteForce(exam).best();
    const Assignment assignment = plan(exam);
    ASSERT_THAT(broken_rules(exam, assignment), IsEmpty());
    if (!best) {
      EXPECT_FALSE(assignment.unseated.empty());
      continue;
    }
    EXPECT_NE(assignment.status, PlanStatus::infeasible) << "exam " << number;
    if (!assignment.unseated.empty()) continue;
    ++complete;
    EXPECT_LE(assignment.bound->total, *best);
    EXPECT_GE(objective_of(exam, assignment), *best);
    if (assignment.status == PlanStatus::optimal) {
      EXPECT_EQ(objective_of(exam, assignment), *best);
    }
  }
  EXPECT_GT(complete, 10);
}

// Weights must be worth their while: whoever asks for fewer pairs gets fewer, at a total that the plan without the
// weight does not beat.
TEST(Allocate, ClearsUnitsFromVenuesWhenPairsWeigh) {
  Exam exam = make_small_exam(5, {.people = 400, .units = 8, .venues = 8, .rooms_per_venue = 24, .special = false});
  const auto pairs = [&](const Assignment& assignment) {
    std::set<std::pair<UnitIndex, VenueIndex>> found;
    for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
      found.insert({exam.applicants[person].unit, exam[assignment.room_of[person]].venue});
    }
    return found.size();
  };
  const Assignment without = plan(exam);
  ASSERT_THAT(without.unseated, IsEmpty());
  exam.policy.weights.unit_at_venue = 20'000;
  const Assignment with = plan(exam);
  ASSERT_THAT(broken_rules(exam, with), IsEmpty());
  ASSERT_THAT(with.unseated, IsEmpty());
  EXPECT_LT(pairs(with), pairs(without));
  EXPECT_LT(objective_of(exam, with), objective_of(exam, without));
  EXPECT_LE(with.bound->total, objective_of(exam, with));
}

TEST(Allocate, ClosesVenuesThatCostMoreThanTheyBring) {
  Exam exam = make_small_exam(6, {.people = 60, .units = 3, .venues = 6, .rooms_per_venue = 24, .special = false});
  const auto venues = [&](const Assignment& assignment) {
    std::set<VenueIndex> found;
    for (const RoomIndex room : assignment.room_of) found.insert(exam[room].venue);
    return found.size();
  };
  const Assignment without = plan(exam);
  exam.policy.weights.venue = 10'000'000;
  const Assignment with = plan(exam);
  ASSERT_THAT(broken_rules(exam, with), IsEmpty());
  EXPECT_LT(venues(with), venues(without));
  EXPECT_LE(with.bound->total, objective_of(exam, with));
}

TEST(Allocate, RoundsAreRepeatedByTheirNumber) {
  const Exam exam = make_small_exam(3, {.people = 200, .units = 6, .venues = 8, .rooms_per_venue = 12});
  const Assignment free_run = plan(exam);
  const Assignment repeated = plan(exam, {.rounds = free_run.rounds});
  EXPECT_EQ(free_run.room_of, repeated.room_of);
  EXPECT_EQ(plan(exam, {.rounds = 0}).rounds, 0);
}

TEST(Allocate, FreeMixingWithoutWeightsIsOptimal) {
  for (std::uint64_t number = 0; number < 10; ++number) {
    Exam exam = make_small_exam(number, {.people = 40, .venues = 4, .rooms_per_venue = 6, .special = false});
    exam.policy.mixing = Mixing::free;
    const Assignment assignment = plan(exam);
    if (assignment.unseated.empty()) {
      EXPECT_EQ(assignment.status, PlanStatus::optimal) << "exam " << number;
    }
  }
}

TEST(Allocate, SaysInNumbersWhySeatsDoNotSuffice) {
  Exam exam = make_small_exam(1, {.people = 30, .units = 1, .venues = 1, .rooms_per_venue = 2, .special = false});
  const Assignment assignment = plan(exam);
  EXPECT_EQ(assignment.status, PlanStatus::infeasible);
  ASSERT_FALSE(assignment.conflicts.empty());
  EXPECT_THAT(assignment.conflicts[0].en, testing::HasSubstr("30 seats are needed"));
  EXPECT_THAT(assignment.conflicts[0].ko, testing::HasSubstr("30"));
  // The best partial plan fills every seat.
  std::size_t seats = 0;
  for (const auto& capacity : seating::room_capacities(exam)) seats += static_cast<std::size_t>(capacity.people);
  EXPECT_EQ(assignment.unseated.size(), 30 - seats);
}

TEST(Allocate, ProvesThatWholeRoomsDoNotSuffice) {
  // Three units of one person each and two rooms: seats enough, rooms too few.
  Exam exam = make_small_exam(1, {.people = 3, .units = 3, .venues = 1, .rooms_per_venue = 2, .special = false});
  for (std::size_t i = 0; i < 3; ++i) exam.applicants[i].unit = UnitIndex(i);
  const Assignment assignment = plan(exam);
  EXPECT_EQ(assignment.status, PlanStatus::infeasible);
  EXPECT_EQ(assignment.unseated.size(), 1U);
  exam.policy.mixing = Mixing::free;
  EXPECT_TRUE(plan(exam).unseated.empty());
}

TEST(Allocate, NobodyAtAllIsAnOptimalPlan) {
  const Exam exam = make_small_exam(1, {.people = 0});
  EXPECT_EQ(plan(exam).status, PlanStatus::optimal);
}

TEST(Allocate, NoRoomAtAllLeavesEverybodyUnseatedWithAReason) {
  const Exam exam = make_small_exam(1, {.people = 5, .venues = 2, .rooms_per_venue = 0, .special = false});
  const Assignment assignment = plan(exam);
  EXPECT_EQ(assignment.status, PlanStatus::infeasible);
  EXPECT_EQ(assignment.unseated.size(), 5U);
  EXPECT_EQ(assignment.unseated[0].reason, "no_reachable_venue");
}

TEST(Allocate, EverythingInOnePointIsSeatedAndOptimal) {
  Exam exam = make_small_exam(2, {.people = 12, .units = 1, .venues = 3, .rooms_per_venue = 4, .special = false});
  for (Venue& venue : exam.venues) venue.at = {37.5, 127.0};
  for (Applicant& applicant : exam.applicants) applicant.home = {37.5, 127.0};
  const Assignment assignment = plan(exam);
  EXPECT_EQ(assignment.status, PlanStatus::optimal);
  EXPECT_EQ(assignment.bound->total, 0);
}

TEST(Allocate, UsesRoomsOfOneSeatAndTheLastSeatOfAll) {
  Exam exam = make_small_exam(4, {.people = 6, .units = 2, .venues = 2, .rooms_per_venue = 3, .special = false});
  for (Room& room : exam.rooms) room.people_cap = 1;
  const Assignment assignment = plan(exam);
  EXPECT_TRUE(assignment.unseated.empty());
  EXPECT_THAT(broken_rules(exam, assignment), IsEmpty());
}

TEST(Allocate, AnOriginWithoutARowForAnyVenueIsUnreachable) {
  Exam exam = make_small_exam(5, {.people = 4, .units = 1, .venues = 2, .rooms_per_venue = 2, .special = false});
  exam.policy.travel = TravelSource::table;
  exam.venues[1].kind = VenueKind::isolation;
  const WordIndex island = exam.words.intern("island");
  exam.applicants[2].origin = island;
  exam.travel.push_back({island, VenueIndex(std::size_t{1}), 10});
  const Assignment assignment = plan(exam);
  ASSERT_EQ(assignment.unseated.size(), 1U);
  EXPECT_EQ(assignment.unseated[0].applicant, ApplicantIndex(std::size_t{2}));
  EXPECT_EQ(assignment.unseated[0].reason, "no_reachable_venue");
  EXPECT_EQ(assignment.status, PlanStatus::infeasible);
}

}  // namespace
}  // namespace hanjari::allocation
