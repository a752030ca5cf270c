// What the portal and the office see of a live plan.
#include <gtest/gtest.h>

#include <set>

#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

class SeatStore : public testing::Test {
 protected:
  SeatStore() : exam(small_exam()), plan(plan_of(exam)) {
    database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
    services::make_plan_live(database->exams(), exam.header.code, plan.digest, change_of(database.clock));
  }
  TestDatabase database;
  Exam exam;
  Plan plan;
};

TEST_F(SeatStore, FindsThePlaceOfANumberWithoutThePerson) {
  const Placement& placed = plan.placements[150];
  const auto place = database->plans().find_place(exam.header.code, placed.number);
  ASSERT_TRUE(place);
  EXPECT_TRUE(place->exam.applicants.empty());
  EXPECT_EQ(place->exam.header.exam_on, exam.header.exam_on);
  EXPECT_EQ(place->exam.venues.at(0).code, exam[placed.venue].code);
  EXPECT_EQ(place->exam.rooms.at(0).room_no, exam[placed.room].room_no);
  EXPECT_EQ(place->plan.placements.at(0).seat_no, placed.seat_no);
  EXPECT_EQ(place->plan.placements.at(0).number, placed.number);
  EXPECT_FALSE(database->plans().find_place(exam.header.code, ApplicantNumber("nobody")));
  EXPECT_FALSE(database->plans().find_place(ExamCode("another"), placed.number));
}

TEST_F(SeatStore, FindsThePersonOfNumberAndBirthDateWithUnitVenueAndRoom) {
  for (const std::size_t at : {std::size_t{0}, std::size_t{150}, plan.placements.size() - 1}) {
    const Placement& placed = plan.placements[at];
    const hanjari::Applicant& person = exam[placed.applicant];
    const auto seat = database->plans().find_seat(exam.header.code, placed.number, person.birth_on);
    ASSERT_TRUE(seat);
    ASSERT_EQ(seat->exam.applicants.size(), 1u);
    EXPECT_EQ(seat->exam.applicants[0].name, person.name);
    EXPECT_EQ(seat->exam.applicants[0].home, person.home);
    EXPECT_EQ(seat->exam.applicants[0].accommodation, person.accommodation);
    EXPECT_EQ(seat->exam.units.at(0).code, exam[person.unit].code);
    EXPECT_EQ(seat->exam.venues.at(0).code, exam[placed.venue].code);
    EXPECT_EQ(seat->exam.rooms.at(0).room_no, exam[placed.room].room_no);
    EXPECT_EQ(seat->exam.rooms.at(0).blocked, exam[placed.room].blocked);
    EXPECT_EQ(seat->exam.rooms_of(VenueIndex(std::size_t{0})).size(), 1u);
    EXPECT_EQ(seat->exam.policy, exam.policy);
    ASSERT_EQ(seat->plan.placements.size(), 1u);
    EXPECT_EQ(seat->plan.placements[0].seat_no, placed.seat_no);
    EXPECT_EQ(seat->plan.placements[0].desk, placed.desk);
    EXPECT_EQ(seat->plan.placements[0].number, placed.number);
    EXPECT_EQ(seat->plan.digest, plan.digest);
  }
}

TEST_F(SeatStore, AsksTheDatabaseOnceForASeat) {
  const Placement& placed = plan.placements[150];
  const Date born = exam[placed.applicant].birth_on;
  const auto look_up = [&] { return database->plans().find_seat(exam.header.code, placed.number, born); };
  ASSERT_TRUE(look_up());
  const char* executed = "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'COM_STMT_EXECUTE'";
  const std::int64_t before = database.number(executed);
  constexpr int times = 100;
  for (int i = 0; i < times; ++i) ASSERT_TRUE(look_up());
  // What the program does by itself meanwhile is a few statements.
  EXPECT_LT(database.number(executed) - before, 3 * times / 2);
}

TEST_F(SeatStore, FollowsTheLivePlanAtOnce) {
  const Placement& placed = plan.placements[150];
  const auto find = [&] { return database->plans().find_place(exam.header.code, placed.number); };
  ASSERT_TRUE(find());
  Exam renamed = exam;
  renamed.input_sha256 = std::string(64, 'e');
  for (Venue& venue : renamed.venues) venue.name += " (new name)";
  Plan moved = plan_of(renamed);
  moved.placements[150].seat_no += 100;
  moved.digest = std::string(64, 'd');
  database->exams().save_exam(renamed, &moved, change_of(database.clock), no_progress());
  EXPECT_EQ(find()->plan.placements.at(0).seat_no, placed.seat_no) << "it is not live yet";
  services::make_plan_live(database->exams(), exam.header.code, moved.digest, change_of(database.clock),
                           {.instead_of = plan.digest});
  EXPECT_EQ(find()->plan.placements.at(0).seat_no, placed.seat_no + 100);
  EXPECT_TRUE(find()->exam.venues.at(0).name.ends_with("(new name)"));
}

TEST(SeatStoreNumbers, AmongTheSeatsInUseAreTheSameAlone) {
  TestDatabase database;
  Exam exam = small_exam();
  exam.policy.seat_numbers = SeatNumbers::used;
  Plan plan = plan_of(exam);
  count_used_seats(exam.policy, plan.placements);
  database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  services::make_plan_live(database->exams(), exam.header.code, plan.digest, change_of(database.clock));
  for (const std::size_t at : {std::size_t{0}, std::size_t{150}, plan.placements.size() - 1}) {
    const Placement& placed = plan.placements[at];
    const auto seat = database->plans().find_seat(exam.header.code, placed.number, exam[placed.applicant].birth_on);
    ASSERT_TRUE(seat);
    EXPECT_EQ(seat->exam.policy.seat_numbers, SeatNumbers::used);
    EXPECT_EQ(seat->plan.placements[0].used_no, placed.used_no);
    const auto venue = database->plans().find_venue_plan(exam.header.code, exam[placed.venue].code);
    ASSERT_TRUE(venue);
    for (const Placement& one : venue->plan.placements) {
      if (one.number == placed.number) EXPECT_EQ(one.used_no, placed.used_no);
    }
  }
}

TEST_F(SeatStore, FindsNobodyWhenNumberAndBirthDateDoNotBelongTogether) {
  const Placement& placed = plan.placements[0];
  const Date birth_on = exam[placed.applicant].birth_on;
  auto& plans = database->plans();
  EXPECT_FALSE(plans.find_seat(exam.header.code, placed.number, Date{birth_on.days + 1}));
  EXPECT_FALSE(plans.find_seat(exam.header.code, ApplicantNumber("99999999"), birth_on));
  EXPECT_FALSE(plans.find_seat(ExamCode("another"), placed.number, birth_on));
}

TEST_F(SeatStore, ListsVenuesWithTheirRoomsAndPeople) {
  std::map<std::string, std::set<std::uint32_t>> rooms;
  std::map<std::string, std::int64_t> people;
  for (const Placement& placed : plan.placements) {
    rooms[exam[placed.venue].code.text()].insert(placed.room.value);
    ++people[exam[placed.venue].code.text()];
  }
  const auto venues = database->plans().list_venues(exam.header.code, std::nullopt);
  ASSERT_EQ(venues.size(), people.size());
  for (const auto& venue : venues) {
    EXPECT_EQ(venue.people, people.at(venue.code.text()));
    EXPECT_EQ(venue.rooms, static_cast<std::int64_t>(rooms.at(venue.code.text()).size()));
  }
  const DistrictCode district = venues.front().district;
  for (const auto& venue : database->plans().list_venues(exam.header.code, district))
    EXPECT_EQ(venue.district, district);
  EXPECT_TRUE(database->plans().list_venues(exam.header.code, DistrictCode("none")).empty());
}

TEST_F(SeatStore, ListsTheUnitsOfTheLivePlan) {
  const std::vector<Unit> units = database->plans().list_units(exam.header.code);
  ASSERT_EQ(units.size(), exam.units.size());
  for (std::size_t at = 0; at < units.size(); ++at) {
    EXPECT_EQ(units[at].code, exam.units[at].code);
    EXPECT_EQ(units[at].series_ko, exam.units[at].series_ko);
    EXPECT_EQ(units[at].subject_set, exam.units[at].subject_set);
  }
  EXPECT_TRUE(database->plans().list_units(ExamCode("no-exam")).empty());
}

TEST_F(SeatStore, FindsARoomByItsVenueAndNumber) {
  const Placement& placed = plan.placements.front();
  const Room& room = exam[placed.room];
  const VenueCode venue = exam[placed.venue].code;
  const auto found = database->plans().find_room(exam.header.code, venue, room.room_no);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->room_no, room.room_no);
  EXPECT_EQ(found->building, room.building);
  EXPECT_EQ(found->floor, room.floor);
  EXPECT_FALSE(database->plans().find_room(exam.header.code, venue, 99'999));
  EXPECT_FALSE(database->plans().find_room(ExamCode("no-exam"), venue, room.room_no));
}

TEST_F(SeatStore, GivesEverybodyOfAVenueWithItsRooms) {
  const VenueIndex venue = plan.placements.front().venue;
  const auto part = database->plans().find_venue_plan(exam.header.code, exam[venue].code);
  ASSERT_TRUE(part);
  std::size_t at = 0;
  for (const Placement& placed : plan.placements) {
    if (placed.venue != venue) continue;
    const Placement& found = part->plan.placements.at(at++);
    EXPECT_EQ(part->exam[found.applicant].id, exam[placed.applicant].id);
    EXPECT_EQ(part->exam[part->exam[found.applicant].unit].code, exam[exam[placed.applicant].unit].code);
    EXPECT_EQ(part->exam[found.room].room_no, exam[placed.room].room_no);
    EXPECT_EQ(found.seat_no, placed.seat_no);
  }
  EXPECT_EQ(at, part->plan.placements.size());
  EXPECT_EQ(part->exam.rooms.size(), exam.rooms_of(venue).size());
  EXPECT_FALSE(database->plans().find_venue_plan(exam.header.code, VenueCode("nowhere")));
}

TEST_F(SeatStore, ListsTheLiveExam) {
  const auto exams = database->plans().list_live_exams();
  ASSERT_EQ(exams.size(), 1u);
  EXPECT_EQ(exams[0].code, exam.header.code);
  EXPECT_EQ(exams[0].name_ko, exam.header.name_ko);
  EXPECT_EQ(exams[0].exam_on, exam.header.exam_on);
  EXPECT_EQ(exams[0].plan_digest, plan.digest);
  EXPECT_EQ(exams[0].live_since, database.clock.now());
  EXPECT_FALSE(exams[0].tells_fairness);
  database.connect()->execute(
      "INSERT INTO fairness_reports (exam_code, version, plan_digest, input_sha256, report, author, published_at) SELECT exam_code, 1, "
      "REPEAT('a', 64), REPEAT('b', 64), '', 'kim', '2021-06-01' FROM exams");
  EXPECT_TRUE(database->plans().list_live_exams().front().tells_fairness) << "the portal leads to it";
}

}  // namespace
}  // namespace hanjari::tests
