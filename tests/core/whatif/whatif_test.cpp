#include "hanjari/whatif/whatif.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "whatif/small_exam.h"

namespace hanjari::whatif {
namespace {

TEST(WhatIf, ReadsRangesStepsAndVenues) {
  const Exam exam = small_exam();
  EXPECT_EQ(parse_variation(exam, "cap=10..12").values, (std::vector<std::string>{"10", "11", "12"}));
  EXPECT_EQ(parse_variation(exam, "detour_cap_m=4000..9000:2500").values,
            (std::vector<std::string>{"4000", "6500", "9000"}));
  EXPECT_EQ(parse_variation(exam, "reserve_rooms=1").values, (std::vector<std::string>{"1"}));
  const std::string first = exam.venues[0].code.text();
  const std::string third = exam.venues[2].code.text();
  EXPECT_EQ(parse_variation(exam, "lose_venue=" + first + ".." + third).values.size(), 3U);
}

TEST(WhatIf, RefusesWhatItCannotVary) {
  const Exam exam = small_exam();
  for (const char* text : {"", "cap", "cap=", "cap=9..8", "cap=a..b", "weather=1..2", "lose_venue=X..Y", "cap=1..900"})
    EXPECT_THROW(parse_variation(exam, text), InvalidInput) << text;
}

std::string refusal_of(const Exam& exam, const std::string& text) {
  try {
    parse_variation(exam, text);
  } catch (const InvalidInput& refused) {
    return refused.faults().kept().front().format(Language::english);
  }
  return "taken";
}

// Red while V0001..V0010 was suggested of an exam that has no such venues.
TEST(WhatIf, SuggestsVenuesThatTheExamHas) {
  const Exam exam = small_exam();
  const std::string refused = refusal_of(exam, "lose_venue=NOWHERE");
  const std::string at = "lose_venue=" + exam.venues.front().code.text() + ".." + exam.venues.back().code.text();
  EXPECT_NE(refused.find(at), std::string::npos) << refused;
  EXPECT_EQ(parse_variation(exam, at).values.size(), exam.venues.size());
}

// Red while a cap of nobody, a distance beyond every room and a step of nothing were computed for minutes.
TEST(WhatIf, RefusesWhatTheExamCannotHaveAndSaysWhatItCan) {
  const Exam exam = small_exam();
  const std::string far = std::to_string(1'000'000);
  for (const std::string& text :
       std::vector<std::string>{"cap=0", "cap=-3", "cap=-3..5", "cap=10001", "gap=0.." + far, "gap=-1", "gap=" + far,
                                "detour_cap=-1", "reserve_rooms=-1", "reserve_rooms=0..9999", "add_venue=-1",
                                "add_venue=0..5000:1000"}) {
    const std::string refused = refusal_of(exam, text);
    EXPECT_NE(refused.find("--vary: "), std::string::npos) << text << ": " << refused;
    EXPECT_NE(refused.find("is impossible as"), std::string::npos) << text << ": " << refused;
    EXPECT_NE(refused.find("give values from"), std::string::npos) << text << ": " << refused;
  }
  for (const char* text : {"cap=10..20:0", "cap=10..20:-1"})
    EXPECT_NE(refusal_of(exam, text).find("is no step"), std::string::npos) << text;
  for (const char* text : {"cap=10..", "cap=..5", "cap=1e3", "cap=99999999999999999999"})
    EXPECT_NE(refusal_of(exam, text).find("is not a whole number"), std::string::npos) << text;
}

TEST(WhatIf, ScenariosChangeTheOneThingTheySay) {
  const Exam exam = small_exam();
  EXPECT_EQ(make_scenario(exam, Key::people_cap, "12").policy.people_cap, 12);
  EXPECT_EQ(make_scenario(exam, Key::reserve_rooms, "2").policy.reserve_rooms.per_venue, 2);
  const Exam fewer = make_scenario(exam, Key::lose_venue, exam.venues[2].code.text());
  EXPECT_EQ(fewer.venues.size() + 1, exam.venues.size());
  EXPECT_EQ(fewer.rooms.size() + exam.venues[2].room_count, exam.rooms.size());
  EXPECT_FALSE(fewer.find(exam.venues[2].code).exists());
  for (std::size_t venue = 0; venue < fewer.venues.size(); ++venue) {
    for (const Room& room : fewer.rooms_of(VenueIndex(venue))) EXPECT_EQ(room.venue.value, venue);
  }
  const Exam more = make_scenario(exam, Key::add_venue, "2");
  EXPECT_EQ(more.venues.size(), exam.venues.size() + 2);
  EXPECT_GT(more.rooms.size(), exam.rooms.size());
}

TEST(WhatIf, GivesTheSamePointsOnAnyNumberOfThreads) {
  const Exam exam = small_exam();
  const Variation variation = parse_variation(exam, "cap=13..16");
  Effort effort{.threads = 1, .rounds = 1};
  const auto one = explore(exam, variation, nullptr, effort, system_clock(), no_progress());
  effort.threads = 3;
  const auto three = explore(exam, variation, nullptr, effort, system_clock(), no_progress());
  ASSERT_EQ(one.size(), 4U);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].value, three[i].value);
    EXPECT_EQ(one[i].report.objective, three[i].report.objective);
  }
  // Larger rooms never make the way longer than a smaller cap's by much; here the first cap is the tightest.
  EXPECT_GE(one.front().report.unseated, one.back().report.unseated);
  const std::string page = render_whatif_html(exam, variation, one, Language::korean);
  EXPECT_NE(page.find("<svg"), std::string::npos);
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("src="), std::string::npos);
}

TEST(WhatIf, SaysWhereAVenueHelpsMostAndThatTravelFalls) {
  const Exam exam = small_exam();
  const Variation variation = parse_variation(exam, "add_venue=0..2");
  const auto points = explore(exam, variation, nullptr, {.threads = 1, .rounds = 1}, system_clock(), no_progress());
  EXPECT_TRUE(points[0].added.empty());
  ASSERT_EQ(points[2].added.size(), 2U);
  EXPECT_EQ(points[1].added.front().code, points[2].added.front().code) << "the one that helps most stays the first";
  EXPECT_LT(points[1].mean_travel_m(), points[0].mean_travel_m());
  EXPECT_LT(points[2].mean_travel_m(), points[1].mean_travel_m());
  const AddedVenue& first = best_places(points).front();
  EXPECT_TRUE(exam.find(VenueCode(first.nearest.substr(0, first.nearest.find(' ')))).exists());
  EXPECT_GT(first.nearest_m, 0);
  EXPECT_EQ(best_places(points).size(), 2U);
  const std::string page = render_whatif_html(exam, variation, points, Language::english);
  EXPECT_NE(page.find("A further venue helps most here"), std::string::npos);
  EXPECT_NE(page.find("mean travel, km"), std::string::npos);
}

TEST(WhatIf, CountsThePeopleWithoutASeat) {
  Exam exam = small_exam();
  const Variation variation = parse_variation(exam, "cap=1..2");
  const auto points = explore(exam, variation, nullptr, {.threads = 1, .rounds = 1}, system_clock(), no_progress());
  for (const Point& point : points) {
    EXPECT_GT(point.report.unseated, 0);
    EXPECT_EQ(point.report.unseated + point.report.seated, 300);
    EXPECT_NE(render_whatif_svg(variation, points, Language::english)
                  .find(">" + std::to_string(point.report.unseated) + "<"),
              std::string::npos);
  }
}

// Red as "0 rooms missing" beside 285 people without a seat: the last venue that they may use is lost.
TEST(WhatIf, SaysNoNumberOfMissingRoomsWhereNoneIsKnown) {
  Point point{.value = "V0001"};
  point.report.unseated = 285;
  point.report.change = ChangeFigures{};
  EXPECT_EQ(point.missing_rooms_shown(), "–");
  const Exam exam = small_exam();
  const std::string page = render_whatif_html(exam, parse_variation(exam, "cap=1..2"), {point, point}, Language::english);
  EXPECT_NE(page.find("<td>285</td><td>–</td>"), std::string::npos);
  point.missing_rooms = 12;
  EXPECT_EQ(point.missing_rooms_shown(), "12");
  point.report.unseated = point.missing_rooms = 0;
  EXPECT_EQ(point.missing_rooms_shown(), "0");
}

TEST(WhatIf, KeepsPeoplePinnedToAPlaceWhenAVenueIsLost) {
  Exam exam = small_exam();
  exam.pins.push_back({.kind = PinKind::person,
                       .applicant = ApplicantIndex(std::size_t{0}),
                       .venue = VenueIndex(exam.venues.size() - 1),
                       .room = RoomIndex(exam.rooms.size() - 1)});
  const Exam fewer = make_scenario(exam, Key::lose_venue, exam.venues.front().code.text());
  ASSERT_EQ(fewer.pins.size(), 1U);
  EXPECT_FALSE(fewer.pins.front().venue.exists()) << "its position is another one now";
}

}  // namespace
}  // namespace hanjari::whatif
