// What a reader is shown of duties: nothing of rooms before the minute, nothing of others at any time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "hanjari/base/local_time.h"
#include "hanjari/invigilators/duty_views.h"

namespace hanjari::services {
namespace {

const Instant seven{std::chrono::seconds(1'622'847'600)};

std::vector<std::string> told(const std::vector<ShownDuty>& duties) {
  std::vector<std::string> lines;
  for (const ShownDuty& duty : duties) {
    lines.push_back(duty.venue.text() + "/" + std::string(hanjari::spell(duty.role)) + "/" + duty.person.text() + "/" +
                    (duty.room_no ? std::to_string(*duty.room_no) : ""));
  }
  return lines;
}

// Ten people of two venues in rooms by chance.
DutyRows rows_by_chance(std::mt19937& chance) {
  DutyRows rows;
  std::vector<std::int64_t> rooms{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  std::shuffle(rooms.begin(), rooms.end(), chance);
  for (std::size_t at = 0; at < rooms.size(); ++at) {
    DutyRow row;
    row.venue_code = VenueCode(at < 5 ? "V1" : "V2");
    row.room_no = rooms[at];
    row.role = at % 2 == 0 ? DutyRole::chief : DutyRole::invigilator;
    row.invigilator_id = InvigilatorId("S" + std::to_string(at));
    rows.duties.push_back(row);
    rows.unfilled.push_back({row.venue_code, row.room_no + 20, DutyRole::chief, UnfilledReason::no_person});
  }
  std::sort(rows.duties.begin(), rows.duties.end(), comes_before);
  return rows;
}

TEST(RoomsOfDuties, AreOpenFromTheMinuteOnAndNeverWithoutOne) {
  ExamHead head;
  head.time_zone = "Asia/Seoul";
  head.exam_on = local_time(seven, head.time_zone).day;
  DutyBoard board;
  EXPECT_FALSE(are_rooms_open(board, head, seven + std::chrono::hours(1'000)));
  board.rooms_open_at = seven;
  EXPECT_FALSE(are_rooms_open(board, head, seven - std::chrono::nanoseconds(1'000)));
  EXPECT_TRUE(are_rooms_open(board, head, seven));
}

// Red when the minute alone counts: an exam put off by a week would show its rooms a week early.
TEST(RoomsOfDuties, StayHiddenWhenTheExamIsMovedToAnotherDay) {
  ExamHead head;
  head.time_zone = "Asia/Seoul";
  head.exam_on = Date{local_time(seven, head.time_zone).day.days + 7};
  DutyBoard board;
  board.rooms_open_at = seven;
  EXPECT_FALSE(are_rooms_open(board, head, seven));
  EXPECT_FALSE(are_rooms_open(board, head, seven + std::chrono::hours(24 * 7)));
}

// Red when the order of duties.csv, or a place's room, is kept.
TEST(RoomsOfDuties, ChangeNothingOfWhatIsShownWithoutThem) {
  std::mt19937 chance(7);
  DutyPart part;
  part.venues = {VenueCode("V1")};
  const auto first = told(show_duties(rows_by_chance(chance), part));
  EXPECT_EQ(first.size(), 5u);
  for (int turn = 0; turn < 100; ++turn) {
    const DutyRows rows = rows_by_chance(chance);
    EXPECT_EQ(told(show_duties(rows, part)), first);
    std::set<InvigilatorId> coming;
    for (const DutyRow& row : rows.duties) coming.insert(row.invigilator_id);
    auto gaps = show_gaps(rows, coming, part);
    ASSERT_EQ(gaps.size(), 1u);
    EXPECT_EQ(gaps.front().places, 5);
    EXPECT_EQ(show_places(rows, coming, part).size(), 10u);
    coming.erase(InvigilatorId("S0"));
    gaps = show_gaps(rows, coming, part);
    ASSERT_EQ(gaps.size(), 1u);
    EXPECT_EQ(gaps.front().places, 6) << "a place that somebody has left is free";
    const auto places = told(show_places(rows, coming, part));
    EXPECT_EQ(places.size(), 10u);
    for (const std::string& place : places) EXPECT_EQ(place.find("/S0/"), std::string::npos);
    EXPECT_FALSE(gaps.front().room_no);
    EXPECT_FALSE(show_own_duty(rows, InvigilatorId("S1"), false)->room_no);
    EXPECT_TRUE(show_own_duty(rows, InvigilatorId("S1"), true)->room_no);
  }
}

TEST(OwnPlaceInTheLoad, CountsWhoIsUsedAndWhyOthersAreNot) {
  std::vector<PersonOutline> people;
  DutyRows rows;
  const auto add = [&](const char* id, std::int64_t past, bool consent, DutyRole role, bool used) {
    PersonOutline person;
    person.id = InvigilatorId(id);
    person.past_duties = past;
    person.consent = consent;
    person.roles.add(role);
    people.push_back(person);
    if (!used) return;
    DutyRow row;
    row.invigilator_id = person.id;
    rows.duties.push_back(row);
  };
  add("asker", 3, true, DutyRole::chief, true);
  add("more", 5, true, DutyRole::chief, true);
  add("equal", 3, true, DutyRole::chief, true);
  add("fewer", 1, true, DutyRole::chief, true);
  add("silent", 0, false, DutyRole::chief, false);
  add("other role", 0, true, DutyRole::corridor, false);
  add("no place", 0, true, DutyRole::chief, false);
  add("free with more", 9, true, DutyRole::chief, false);
  const LoadPlace place = place_in_load(people, rows, InvigilatorId("asker"));
  EXPECT_EQ(place.past_duties, 3);
  EXPECT_EQ(place.more, 1);
  EXPECT_EQ(place.equal, 1);
  EXPECT_EQ(place.fewer, 1);
  EXPECT_EQ(place.free_fewer, 3);
  EXPECT_EQ(place.free_no_consent, 1);
  EXPECT_EQ(place.free_other_role, 1);
  EXPECT_EQ(place.free_no_place, 1);
  EXPECT_FALSE(place.proven);
}

}  // namespace
}  // namespace hanjari::services
