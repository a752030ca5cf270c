// What large exams use instead of a cost for every person and room: the k-d tree of places, and blocks of a room each.
#include <gtest/gtest.h>

#include <algorithm>

#include "allocation/room_lists.h"
#include "allocation/rooms/room_blocks.h"
#include "allocation/sites/near_places.h"
#include "allocation/sites/people_to_sites.h"
#include "allocation/small_exam.h"
#include "hanjari/base/random.h"
#include "hanjari/sample/sample.h"
#include "hanjari/seating/seats.h"

namespace hanjari::allocation {
namespace {

constexpr Cost never_below = impossible;

TEST(PointTree, VisitsEveryPointThatIsCheapEnough) {
  RandomStream random(Seed{}, "points");
  const auto draw = [&] {
    return Point{33 + 0.001 * static_cast<double>(random.below(5000)),
                 126 + 0.001 * static_cast<double>(random.below(4000))};
  };
  for (std::size_t size : {0U, 1U, 9U, 400U}) {
    std::vector<Point> points(size);
    std::vector<Cost> prices(size);
    for (std::size_t i = 0; i < size; ++i) {
      points[i] = draw();
      prices[i] = static_cast<Cost>(random.below(40'000));
    }
    PointTree tree(points);
    tree.set_prices(prices);
    for (int ask = 0; ask < 50; ++ask) {
      const Point from = draw();
      const Cost below = static_cast<Cost>(random.below(200'000));
      std::vector<char> seen(size);
      tree.visit_cheap(
          from, 3, [&] { return below; }, [&](std::uint32_t i) { seen[i] = 1; });
      for (std::size_t i = 0; i < size; ++i) {
        EXPECT_TRUE(seen[i] != 0 || 3 * haversine_m(from, points[i]) + prices[i] > below) << size << " " << i;
      }
    }
  }
}

std::vector<const Site*> all_sites(const Problem& problem) {
  std::vector<const Site*> sites;
  for (const Site& site : problem.sites) sites.push_back(&site);
  return sites;
}

TEST(NearPlaces, FindTheSameAsLookingEverywhere) {
  for (std::uint64_t number = 0; number < 20; ++number) {
    Exam exam = make_small_exam(number, {.people = 80, .venues = 30, .rooms_per_venue = 3});
    if (number % 3 == 0) exam.policy.detour_cap_m = 4'000;
    const Problem problem = make_problem(exam, {}, 1);
    NearPlaces<Site> near(problem, all_sites(problem));
    RandomStream random(Seed{}, "prices");
    std::vector<Cost> prices;
    for (std::size_t i = 0; i < problem.sites.size(); ++i) prices.push_back(static_cast<Cost>(random.below(9'000)));
    near.set_prices(prices);
    for (std::uint32_t person = 0; person < problem.people(); ++person) {
      std::vector<std::pair<Cost, std::uint32_t>> expected;
      for (std::uint32_t site = 0; site < problem.sites.size(); ++site) {
        if (!problem.may_use(person, problem.sites[site])) continue;
        expected.emplace_back(problem.cost(person, problem.sites[site].venue) + prices[site], site);
      }
      std::sort(expected.begin(), expected.end());
      std::vector<Option> best(5);
      const std::size_t count = near.find_cheapest(person, never_below, best);
      ASSERT_EQ(count, std::min<std::size_t>(5, expected.size()));
      for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(best[i].site, expected[i].second) << number;
    }
  }
}

TEST(NearPlaces, LeadToTheSameOptimumAsRows) {
  const Exam exam = sample::make_sample({.applicants = 3'000, .venues = 30});
  const Problem problem = make_problem(exam, {}, 1);
  std::vector<std::int64_t> seats;
  for (const Site& site : problem.sites) seats.push_back(site.seats);
  const Transport by_rows = solve_people_to_sites(problem);
  const Transport by_tree =
      solve_transport(problem.people(), seats, NearPlaces<Site>(problem, all_sites(problem)), problem.scale.unseated);
  EXPECT_EQ(by_tree.primal, by_rows.primal);
  EXPECT_EQ(by_tree.primal, by_tree.dual);
  EXPECT_EQ(by_tree.site_of, by_rows.site_of) << "candidates in the same order";
}

TEST(RoomBlocks, SeatEverybodyLawfullyAboveTheirBound) {
  for (const double accommodations : {0.0, 1.5}) {
    const Exam exam =
        sample::make_sample({.applicants = 6'000, .venues = 40, .accommodations_percent = accommodations});
    const Problem problem = make_problem(exam, {.fenced = std::vector<bool>(exam.venues.size(), true)}, 2);
    const BlockPlan first = plan_by_blocks(
        problem, {.rounds = 0, .threads = 2}, [] { return false; }, no_progress());
    const BlockPlan better = plan_by_blocks(
        problem, {.rounds = 4, .threads = 1}, [] { return false; }, no_progress());
    EXPECT_LE(better.cost, first.cost);
    EXPECT_LE(better.bound, solve_people_to_sites(problem).dual) << "A's optimum is the best such bound";
    EXPECT_LE(first.bound, solve_people_to_sites(problem).dual);
    EXPECT_GT(better.bound, 0);
    ASSERT_EQ(better.unseated, 0U);
    Assignment assignment;
    assignment.status = PlanStatus::feasible;
    assignment.room_of = fill_rooms(problem, better.group_of).room_of;
    const Plan plan = seating::seat(exam, assignment, Seed{});
    EXPECT_EQ(plan.placements.size(), exam.applicants.size());
    EXPECT_EQ(plan.report.objective.travel_m, better.cost);
  }
}

// The plan by blocks as everybody else sees it.
Plan seat_by_blocks(const Exam& exam, const Problem& problem, const BlockPlan& blocks) {
  Assignment assignment;
  assignment.status = PlanStatus::feasible;
  assignment.room_of = fill_rooms(problem, blocks.group_of).room_of;
  EXPECT_EQ(broken_rules(exam, assignment), std::vector<std::string>{});
  return seating::seat(exam, assignment, Seed{});
}

TEST(RoomBlocks, LookAtTheWeightsOfPairsAndVenues) {
  for (const double accommodations : {0.0, 1.5}) {
    const Exam plain = sample::make_sample(
        {.applicants = 3'000, .venues = 40, .rooms = 190, .accommodations_percent = accommodations});
    Exam exam = plain;
    exam.policy.weights.unit_at_venue = 30'000;
    exam.policy.weights.venue = 200'000;
    exam.policy.weights.room = 1'000;
    exam.venues[3].opening_cost = 5'000'000;
    const Reading reading{.fenced = std::vector<bool>(exam.venues.size(), true)};
    const Problem without = make_problem(plain, reading, 1);
    const Problem with = make_problem(exam, reading, 1);
    const auto go_on = [] { return false; };
    const BlockPlan ignoring = plan_by_blocks(without, {.threads = 2}, go_on, no_progress());
    const BlockPlan looking = plan_by_blocks(with, {.threads = 2}, go_on, no_progress());
    ASSERT_EQ(looking.unseated, 0U);
    const Plan before = seat_by_blocks(exam, with, ignoring);
    const Plan after = seat_by_blocks(exam, with, looking);
    EXPECT_EQ(after.report.objective.total, looking.cost);
    EXPECT_LT(after.report.objective.total, before.report.objective.total * 97 / 100);
    EXPECT_LT(after.report.objective.unit_venue_pairs, before.report.objective.unit_venue_pairs);
    EXPECT_LT(after.report.objective.venues_opened, before.report.objective.venues_opened);
    EXPECT_EQ(looking.bound, ignoring.bound) << "of travel alone, whatever the weights";
    EXPECT_LE(looking.bound, after.report.objective.travel_m);
    const BlockPlan again = plan_by_blocks(with, {.rounds = looking.rounds, .threads = 1}, go_on, no_progress());
    EXPECT_EQ(again.group_of, looking.group_of) << "the rounds and the exam say everything";
  }
}

TEST(RoomBlocks, GiveThePlanWithoutWeightsWhenTheseAskForNothing) {
  const Exam plain = sample::make_sample({.applicants = 3'000, .venues = 30});
  Exam exam = plain;
  exam.policy.weights.room = 1'000;  // blocks fill rooms whatever a room weighs
  const auto go_on = [] { return false; };
  const BlockPlan without = plan_by_blocks(make_problem(plain, {}, 1), {}, go_on, no_progress());
  const BlockPlan with = plan_by_blocks(make_problem(exam, {}, 1), {}, go_on, no_progress());
  EXPECT_EQ(with.group_of, without.group_of);
  EXPECT_EQ(with.bound, without.bound);
}

TEST(RoomBlocks, AreTheSameForAnyNumberOfThreads) {
  const Exam exam = sample::make_sample({.applicants = 4'000, .venues = 30});
  const Problem problem = make_problem(exam, {}, 1);
  const BlockPlan one = plan_by_blocks(
      problem, {.rounds = 2, .threads = 1}, [] { return false; }, no_progress());
  const BlockPlan three = plan_by_blocks(
      problem, {.rounds = 2, .threads = 3}, [] { return false; }, no_progress());
  EXPECT_EQ(one.group_of, three.group_of);
  EXPECT_EQ(one.bound, three.bound);
}

}  // namespace
}  // namespace hanjari::allocation
