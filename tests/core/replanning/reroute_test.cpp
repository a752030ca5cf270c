// Single re-routings: as good as a whole replan, and a matter of milliseconds.
#include "hanjari/replanning/reroute.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <tuple>

#include <fmt/core.h>
#include <fmt/format.h>

#include "hanjari/replanning/replan.h"
#include "replanning/small_change.h"

namespace hanjari::replanning {
namespace {

// With an isolation venue and a reserve room at every venue.
Exam with_reserves(RandomStream& stream, const SmallShape& shape) {
  Exam exam = small_exam(stream, shape);
  const std::size_t regular = exam.venues.size();
  exam.venues.push_back({});
  exam.venues.back().code = VenueCode("W1");
  exam.venues.back().kind = VenueKind::isolation;
  exam.venues.back().at = {37.52, 127.01};
  const Room like = exam.rooms.front();
  for (std::size_t venue = 0; venue <= regular; ++venue) {
    for (int room = 0; room < (venue == regular ? 4 : 1); ++room) {
      exam.rooms.push_back(like);
      exam.rooms.back().venue = VenueIndex(venue);
      exam.rooms.back().room_no = 101 + room;
      exam.rooms.back().use = venue == regular ? RoomUse::exam : RoomUse::reserve;
    }
  }
  make_canonical(exam);
  return exam;
}

TEST(Rerouting, CostsWhatAWholeReplanDoes) {
  int found = 0;
  for (int round = 0; round < 80; ++round) {
    RandomStream stream(Seed{}, fmt::format("reroute/{}", round));
    Exam exam = with_reserves(stream, {.venues = 3, .rooms = 7, .accommodations = round % 2 == 0});
    const Plan plan = naive_plan(exam);
    if (!plan.unseated.empty()) continue;
    const auto person = static_cast<std::size_t>(draw(stream, 0, static_cast<int>(exam.applicants.size()) - 1));
    const Routing routing = round % 3 == 0 ? Routing::isolation : Routing::reserve;
    const auto place = Rerouting(exam, plan).reroute(ApplicantIndex(person), routing);
    exam.applicants[person].routing = routing;
    const Replanned whole = replan(exam, rows_of(exam, plan), 1, no_progress());
    ASSERT_EQ(place.has_value(), whole.plan.unseated.empty()) << round;
    if (!place) continue;
    ++found;
    ASSERT_EQ(whole.changes.size(), 1U) << round;
    const bool venue = place->venue != plan.placements[person].venue;
    EXPECT_EQ(whole.changes[0].kind, venue ? ChangeKind::venue : ChangeKind::room) << round;
    EXPECT_EQ(place->number, plan.placements[person].number);
  }
  EXPECT_GT(found, 40);
}

TEST(Rerouting, FillsRoomsOneAfterTheOtherAndSaysWhenNoneIsLeft) {
  RandomStream stream(Seed{}, "one after the other");
  const Exam exam = with_reserves(stream, {.venues = 1, .rooms = 8, .units = 1, .people = 30});
  const Plan plan = naive_plan(exam);
  Rerouting rerouting(exam, plan);
  std::set<std::tuple<VenueIndex, RoomIndex, int>> seats;
  for (std::size_t person = 0; person < 5; ++person) {
    const auto place = rerouting.reroute(ApplicantIndex(person), Routing::reserve);
    ASSERT_TRUE(place) << person;
    EXPECT_EQ(exam[place->room].use, RoomUse::reserve);
    EXPECT_TRUE(seats.insert({place->venue, place->room, place->seat_no}).second);
  }
  EXPECT_FALSE(rerouting.reroute(ApplicantIndex(std::size_t{5}), Routing::reserve));  // the one room holds five
}

TEST(Rerouting, TakesMillisecondsAtTheFoundingSize) {
  RandomStream stream(Seed{}, "founding size");
  const Exam exam = with_reserves(stream, {.venues = 100, .rooms = 26, .units = 28, .people = 36'000, .cap = 9});
  Exam wide = exam;
  for (Room& room : wide.rooms) room.row_count = room.column_count = 5;
  wide.policy.people_cap = 15;
  const Plan plan = naive_plan(wide);
  Rerouting rerouting(wide, plan);
  const auto began = std::chrono::steady_clock::now();
  int done = 0;
  for (std::size_t person = 0; person < 36'000; person += 720)
    done += rerouting.reroute(ApplicantIndex(person), Routing::reserve) ? 1 : 0;
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - began;
  RecordProperty("milliseconds_each", fmt::format("{:.3f}", taken.count() / 50));
  fmt::print("{:.3f} ms for a re-routing\n", taken.count() / 50);
  EXPECT_EQ(done, 50);
  EXPECT_LT(taken.count() / 50, 20);
}

}  // namespace
}  // namespace hanjari::replanning
