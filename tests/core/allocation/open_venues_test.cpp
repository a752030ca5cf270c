#include "allocation/openings/open_venues.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "allocation/openings/location_bound.h"
#include "hanjari/allocation/allocate.h"
#include "hanjari/base/random.h"

namespace hanjari::allocation {
namespace {

Location make_random_location(std::uint64_t number) {
  RandomStream random(Seed{}, "location " + std::to_string(number));
  Location location;
  const std::size_t venues = 2 + random.below(3);
  for (std::size_t venue = 0; venue < venues; ++venue) {
    location.opening.push_back(static_cast<Cost>(random.below(60)));
    for (std::size_t site = 0; site < 1 + random.below(4) / 3; ++site) {
      location.venue_of.push_back(static_cast<std::uint32_t>(venue));
      location.seats.push_back(static_cast<std::int64_t>(1 + random.below(5)));
    }
  }
  location.sites = location.venue_of.size();
  for (std::size_t customer = 0; customer < 1 + random.below(3); ++customer) {
    location.demand.push_back(static_cast<std::int64_t>(1 + random.below(2)));
    Cost dearest = 0;
    for (std::size_t site = 0; site < location.sites; ++site) {
      const bool has_way = random.below(8) != 0;
      location.cost.push_back(has_way ? static_cast<Cost>(random.below(50)) : impossible);
      if (has_way) dearest = std::max(dearest, location.cost.back());
    }
    location.dearest.push_back(dearest);
  }
  return location;
}

// Everybody everywhere, one after the other: the least cost of all seatings with the openings of the venues used.
class EverySeating {
 public:
  explicit EverySeating(const Location& location) : location_(location), taken_(location.sites) {
    for (std::uint32_t customer = 0; customer < location.customers(); ++customer) {
      people_.insert(people_.end(), static_cast<std::size_t>(location.demand[customer]), customer);
    }
    seat(0, 0);
  }
  Cost least() const { return least_; }

 private:
  void seat(std::size_t person, Cost cost) {
    if (cost >= least_) return;
    if (person == people_.size()) {
      std::vector<char> open(location_.opening.size());
      for (std::size_t site = 0; site < taken_.size(); ++site) {
        if (taken_[site] > 0) open[location_.venue_of[site]] = 1;
      }
      for (std::size_t venue = 0; venue < open.size(); ++venue) cost += open[venue] ? location_.opening[venue] : 0;
      least_ = std::min(least_, cost);
      return;
    }
    for (std::size_t site = 0; site < taken_.size(); ++site) {
      const Cost here = location_.costs_of(people_[person])[site];
      if (here >= impossible || taken_[site] == location_.seats[site]) continue;
      ++taken_[site];
      seat(person + 1, cost + here);
      --taken_[site];
    }
  }

  const Location& location_;
  std::vector<std::int64_t> taken_;
  std::vector<std::uint32_t> people_;
  Cost least_ = impossible;
};

TEST(OpenVenues, AreTheCheapestOfAllChoices) {
  int seated = 0;
  for (std::uint64_t number = 0; number < 400; ++number) {
    const Location location = make_random_location(number);
    const Cost least = EverySeating(location).least();
    const OpenVenues choice = choose_open_venues(location, {.work = 10'000'000, .stop = {}});
    ASSERT_EQ(choice.open.empty(), least == impossible) << number;
    if (choice.open.empty()) continue;
    ++seated;
    EXPECT_EQ(choice.cost, least) << number;
    EXPECT_EQ(choice.bound, least) << number;
  }
  EXPECT_GT(seated, 250);
}

TEST(OpenVenues, HaveABoundHoweverEarlyTheSearchEnds) {
  for (std::uint64_t number = 0; number < 400; ++number) {
    const Location location = make_random_location(number);
    const Cost least = EverySeating(location).least();
    if (least == impossible) continue;
    const OpenVenues choice = choose_open_venues(location, {.work = 40 * (number % 50), .stop = {}});
    if (choice.open.empty()) continue;
    EXPECT_GE(choice.cost, least) << number;
    EXPECT_LE(choice.bound, least) << number;
  }
}

TEST(LocationBound, HoldsAtAnyPrices) {
  for (std::uint64_t number = 0; number < 400; ++number) {
    const Location location = make_random_location(number);
    const Cost least = EverySeating(location).least();
    RandomStream random(Seed{}, "prices " + std::to_string(number));
    LocationBound bound(location);
    const std::vector<Opening> undecided(location.opening.size(), Opening::undecided);
    for (int i = 0; i < 20; ++i) {
      std::vector<Cost> price;
      for (std::size_t customer = 0; customer < location.customers(); ++customer) {
        price.push_back(static_cast<Cost>(random.below(120)));
      }
      EXPECT_LE(bound.evaluate(undecided, price).value, least) << number;
    }
  }
}

// One hall of thousands of desks beside others, and opening costs: planned in moments and proven, where a search that
// moves one person after the other took minutes.
TEST(Allocate, PlansHallsOfThousandsOfDesks) {
  Exam exam;
  exam.header.code = ExamCode("halls");
  exam.policy.mixing = Mixing::free;
  Unit unit;
  unit.code = UnitCode("100");
  unit.duration_min = 100;
  exam.units.push_back(unit);
  for (std::size_t at = 0; at < 5; ++at) {
    Venue venue;
    venue.code = VenueCode("V" + std::to_string(at));
    venue.at = {37.40 + 0.02 * static_cast<double>(at), 127.0};
    venue.opening_cost = 1'000'000;
    exam.venues.push_back(venue);
    Room room;
    room.venue = VenueIndex(at);
    room.room_no = 1;
    room.row_count = 40;
    room.column_count = 30;
    room.row_pitch_cm = room.column_pitch_cm = 100;
    exam.rooms.push_back(room);
  }
  RandomStream random(Seed{}, "halls");
  for (std::size_t i = 0; i < 2400; ++i) {
    Applicant applicant;
    applicant.id = ApplicantId("A" + std::to_string(10000 + i));
    applicant.unit = UnitIndex(std::size_t{0});
    applicant.home = {37.40 + 0.002 * static_cast<double>(random.below(40)), 127.0};
    exam.applicants.push_back(applicant);
  }
  make_canonical(exam);
  const Assignment plan = allocate(exam, {}, {}, system_clock(), no_progress());
  EXPECT_TRUE(plan.unseated.empty());
  EXPECT_EQ(plan.status, PlanStatus::optimal);
}

}  // namespace
}  // namespace hanjari::allocation
