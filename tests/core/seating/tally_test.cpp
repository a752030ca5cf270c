#include "hanjari/seating/tally.h"

#include <gtest/gtest.h>

#include "hanjari/domain/travel.h"
#include "hanjari/seating/seats.h"
#include "seating/builders.h"
#include "seating/nearest_venue.h"

namespace hanjari::seating {
namespace {

TEST(Gap, IsRoundedUpToSixDecimalsInIntegers) {
  EXPECT_EQ(gap_in_millionths(1000001, 1000000, 1000000), 1);
  EXPECT_EQ(gap_in_millionths(10000001, 10000000, 10000000), 1) << "a tenth of a millionth rounds up";
  EXPECT_EQ(gap_in_millionths(3, 2, 2), 500000);
  EXPECT_EQ(gap_in_millionths(4, 3, 3), 333334);
  EXPECT_EQ(gap_in_millionths(504602829, 503766311, 503766311), 1661);
  EXPECT_EQ(gap_in_millionths(900000000000000001, 900000000000000000, 900000000000000000), 1);
  EXPECT_EQ(gap_in_millionths(10, 3, 1), 7000000);
}

TEST(Gap, IsZeroAtTheBoundAndUnknownWithoutABase) {
  EXPECT_EQ(gap_in_millionths(5, 5, 0), 0);
  EXPECT_EQ(gap_in_millionths(6, 5, 0), std::nullopt);
  EXPECT_EQ(gap_in_millionths(6, 5, -3), std::nullopt);
  EXPECT_EQ(gap_in_millionths(4, 5, 5), std::nullopt) << "a bound above the total is no bound";
}

// Two venues 0.01 degrees of latitude (1,112 m) apart; homes at the first one.
ExamBuilder two_venues() {
  ExamBuilder builder;
  builder.unit("010").unit("020");
  builder.venue("V1", {37.50, 127.0}).room(a_room(2, 2)).venue("V2", {37.51, 127.0}).room(a_room(2, 2));
  builder.people(4, 0, {37.50, 127.0}).people(2, 1, {37.50, 127.0});
  return builder;
}

TEST(Tally, CountsEveryTermOfTheObjective) {
  Policy policy;
  policy.weights = {2, 100, 1000, 10000};
  Exam exam = two_venues().policy(policy).build();
  exam.venues[1].opening_cost = 7;
  const Plan plan = seat(exam, fill_rooms(exam, {3, 3}), Seed{});
  const Objective& objective = plan.report.objective;
  EXPECT_EQ(objective.travel_m, 3 * 1112);
  EXPECT_EQ(objective.rooms_opened, 2);
  EXPECT_EQ(objective.unit_venue_pairs, 3);
  EXPECT_EQ(objective.venues_opened, 2);
  EXPECT_EQ(objective.total, 2 * 3336 + 200 + 3000 + 20000 + 7);
}

TEST(Tally, ListsPeopleOverTheDetourCapOnlyWhenThereIsOne) {
  Policy policy;
  Exam exam = two_venues().policy(policy).build();
  EXPECT_TRUE(seat(exam, fill_rooms(exam, {3, 3}), Seed{}).over_detour.empty());
  exam.policy.detour_cap_m = 1112;
  EXPECT_TRUE(seat(exam, fill_rooms(exam, {3, 3}), Seed{}).over_detour.empty()) << "at the cap is not over it";
  exam.policy.detour_cap_m = 1111;
  const Plan plan = seat(exam, fill_rooms(exam, {3, 3}), Seed{});
  ASSERT_EQ(plan.over_detour.size(), 3U);
  EXPECT_EQ(plan.report.over_detour_cap, 3);
  EXPECT_EQ(plan.over_detour[0].applicant, ApplicantIndex(std::size_t{3}));
  EXPECT_EQ(plan.over_detour[0].detour_m, 1112);
}

TEST(Tally, TakesPercentilesByNearestRank) {
  ExamBuilder builder;
  builder.unit("010")
      .venue("V1", {0, 0})
      .room(a_room(5, 4))
      .venue("V2", {1, 0}, VenueKind::isolation)
      .room(a_room(1, 1));
  for (int i = 0; i < 20; ++i) builder.people(1);
  Exam exam = builder.build();
  // Detours 0..19 m by a travel table: everybody's nearest venue is another regular one at 0 m.
  Plan plan;
  exam.policy.travel = TravelSource::table;
  for (std::size_t i = 0; i < 20; ++i) {
    exam.applicants[i].origin = exam.words.intern("o" + std::to_string(i));
    exam.travel.push_back({exam.applicants[i].origin, VenueIndex(std::size_t{0}), 100});
    Placement placement;
    placement.applicant = ApplicantIndex(i);
    placement.room = RoomIndex(std::size_t{0});
    placement.venue = VenueIndex(std::size_t{0});
    placement.travel_m = 100 + static_cast<Metres>(i);
    plan.placements.push_back(placement);
  }
  make_canonical(exam);
  tally(exam, plan);
  EXPECT_EQ(plan.report.detour_m.total, 190);
  EXPECT_DOUBLE_EQ(plan.report.detour_m.mean, 9.5);
  EXPECT_EQ(plan.report.detour_m.p50, 9) << "the 10th of 20";
  EXPECT_EQ(plan.report.detour_m.p95, 18) << "the 19th of 20";
  EXPECT_EQ(plan.report.detour_m.max, 19);
}

// Red while a plan with people in a venue for accommodations told a mean detour of -188 m: nobody travels less than to the nearest.
// report.json keeps the difference, which other programs and the gap go by.
TEST(Tally, TellsNoDetourBelowNothing) {
  ExamBuilder builder;
  builder.unit("010").venue("V1", {37.51, 127.0}).room(a_room(2, 2)).venue("V2", {37.50, 127.0}, VenueKind::accommodation).room(a_room(2, 2));
  builder.people(2, 0, {37.50, 127.0});
  const Exam exam = builder.build();
  Plan plan;
  for (std::size_t i = 0; i < 2; ++i) {
    Placement placement;
    placement.applicant = ApplicantIndex(i);
    placement.venue = VenueIndex(i);
    placement.room = RoomIndex(i);
    placement.travel_m = i == 0 ? 1112 : 0;
    plan.placements.push_back(placement);
  }
  tally(exam, plan);
  EXPECT_EQ(plan.report.detour_m.total, -1112) << "of report.json";
  EXPECT_EQ(plan.report.told_detour_m, DetourDistribution{});
  EXPECT_EQ(told_detour(1'500, 1'112), 388);
  EXPECT_EQ(told_detour(0, 1'112), 0);
}

TEST(Tally, StatesGapsAgainstTheBoundAndAgainstTheAvoidablePart) {
  const Exam exam = two_venues().build();
  Assignment assignment = fill_rooms(exam, {2, 4});
  EXPECT_FALSE(seat(exam, assignment, Seed{}).report.gap.of_total) << "no bound, no gap";
  assignment.bound = Bound{2 * 1112, BoundOf::assignment};
  const Plan plan = seat(exam, assignment, Seed{});
  EXPECT_EQ(plan.report.gap.of_total, 1.0);
  EXPECT_EQ(plan.report.gap.of_detour, 1.0) << "the nearest travels are all zero";
  Assignment partial = fill_rooms(exam, {2, 3});
  partial.bound = assignment.bound;
  const Plan incomplete = seat(exam, partial, Seed{});
  EXPECT_FALSE(incomplete.report.gap.of_total);
  EXPECT_FALSE(incomplete.report.gap.of_detour);
}

TEST(Tally, TakesTheNearestTravelsOffTheBaseOfTheDetourGap) {
  // Everybody lives 1,112 m from the nearest venue: 2,224 m cannot be avoided.
  ExamBuilder builder;
  builder.unit("010").venue("V1", {37.50, 127.0}).room(a_room(2, 2)).people(2, 0, {37.49, 127.0});
  Policy policy;
  policy.weights.travel = 3;
  policy.weights.room = 1000;
  const Exam exam = builder.policy(policy).build();
  Assignment assignment = fill_rooms(exam, {2});
  assignment.bound = Bound{3 * 2224 + 500, BoundOf::plan};
  const Plan plan = seat(exam, assignment, Seed{});
  EXPECT_EQ(plan.report.gap.of_detour, 1.0) << "500 of 500";
  EXPECT_EQ(plan.report.gap.of_total, 0.069716) << "500 of 7,172, rounded up";
}

TEST(Tally, LeavesOutWhoHasNoReachableRegularVenue) {
  ExamBuilder builder;
  builder.unit("010").venue("V1", {37.5, 127.0}, VenueKind::isolation).room(a_room(2, 2)).people(1, 0, {37.6, 127.0});
  const Exam exam = builder.build();
  const Plan plan = seat(exam, fill_rooms(exam, {1}), Seed{});
  EXPECT_GT(plan.report.objective.travel_m, 11000);
  EXPECT_EQ(plan.report.detour_m.total, 0);
  EXPECT_EQ(plan.report.detour_m.max, 0);
}

TEST(NearestVenue, GivesTheMetreThatGoingThroughAllVenuesGives) {
  RandomStream random(Seed{}, "places");
  const auto degrees = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random.below(1'000'001)) / 1e6;
  };
  // A city, the whole earth with both poles and the date line, and many schools at one place.
  for (const int scene : {0, 1, 2}) {
    ExamBuilder builder;
    builder.unit("010");
    for (int i = 0; i < 150; ++i) {
      const Point at = scene == 0   ? Point{degrees(37.4, 37.7), degrees(126.8, 127.2)}
                       : scene == 1 ? Point{degrees(-90, 90), degrees(-180, 180)}
                                    : Point{37.5, i % 10 == 0 ? degrees(126, 128) : 127.0};
      builder.venue("V" + std::to_string(1000 + i), at, i % 7 == 3 ? VenueKind::isolation : VenueKind::regular);
      if (i % 11 != 5) builder.room(a_room(1, 1));
    }
    for (int i = 0; i < 2000; ++i) {
      builder.people(
          1, 0,
          scene == 1 ? Point{degrees(-90, 90), degrees(-180, 180)} : Point{degrees(37.3, 37.8), degrees(126.7, 127.3)});
    }
    if (scene == 1)
      builder.people(1, 0, {90, 0}).people(1, 0, {-90, 12}).people(1, 0, {0, 180}).people(1, 0, {0, -180});
    const Exam exam = builder.build();
    const TravelTable travel(exam);
    NearestVenue nearest(exam, travel);
    for (std::size_t i = 0; i < exam.applicants.size(); ++i) {
      ASSERT_EQ(nearest.metres(ApplicantIndex(i)), travel.nearest(ApplicantIndex(i))) << scene << " " << i;
    }
  }
}

TEST(NearestVenue, ReadsTheTravelTableWhereItHasTheOrigin) {
  ExamBuilder builder;
  builder.unit("010").venue("V1").room(a_room(1, 1)).venue("V2", {37.6, 127}).room(a_room(1, 1)).people(4);
  Policy policy;
  policy.travel = TravelSource::table;
  Exam exam = builder.policy(policy).build();
  exam.applicants[0].origin = exam.words.intern("listed");
  exam.applicants[1].origin = exam.words.intern("unlisted");
  exam.applicants[3].origin = exam.words.intern("listed");
  exam.travel.push_back({exam.applicants[0].origin, VenueIndex(std::size_t{1}), 5000});
  make_canonical(exam);
  const TravelTable travel(exam);
  NearestVenue nearest(exam, travel);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(nearest.metres(ApplicantIndex(i)), travel.nearest(ApplicantIndex(i)));
  }
  EXPECT_EQ(nearest.metres(ApplicantIndex(std::size_t{3})), 5000);
}

}  // namespace
}  // namespace hanjari::seating
