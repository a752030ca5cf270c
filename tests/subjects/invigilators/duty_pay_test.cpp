// What people are paid for the day: once each, by what they did, in whole won.
#include "hanjari/invigilators/duty_pay.h"

#include <gtest/gtest.h>

#include <chrono>

namespace hanjari::services {
namespace {

const VenueCode one_school("V1");
const VenueCode other_school("V2");

ListedPerson consented(const char* id) {
  ListedPerson person;
  person.facts.id = InvigilatorId(id);
  person.state = PersonState::consented;
  return person;
}

DayNote came_to(const VenueCode& venue, DutyRole role, int hour) {
  return {Attendance::came, venue, role, Instant(std::chrono::hours(hour))};
}

DayNote absent_at(int hour) {
  return {Attendance::absent, one_school, DutyRole::chief, Instant(std::chrono::hours(hour))};
}

DutyRows rows_of(const std::vector<std::pair<const char*, DutyRole>>& people) {
  DutyRows rows;
  for (const auto& [id, role] : people) {
    DutyRow row;
    row.venue_code = one_school;
    row.role = role;
    row.invigilator_id = InvigilatorId(id);
    rows.duties.push_back(row);
  }
  return rows;
}

DutyBoard board_with_pay() {
  DutyBoard board;
  board.pay = {{DutyRole::chief, 120'000}, {DutyRole::invigilator, 100'000}, {DutyRole::reserve, 50'000}};
  return board;
}

// Red while each duty is a line of its own, or several duties are paid by a rule that the city has not set.
TEST(DutyPay, IsOneLineForAPersonWithSeveralDutiesOfTheDay) {
  ListedPerson person = consented("S1");
  person.day = {came_to(other_school, DutyRole::reserve, 7), came_to(one_school, DutyRole::chief, 9), came_to(one_school, DutyRole::chief, 10)};
  DutyBoard board = board_with_pay();
  const auto highest = list_pay({person}, rows_of({{"S1", DutyRole::chief}}), board);
  ASSERT_EQ(highest.size(), 1U);
  EXPECT_EQ(highest.front().duties, (std::vector<PaidDuty>{{other_school, DutyRole::reserve}, {one_school, DutyRole::chief}}));
  EXPECT_EQ(highest.front().won, 120'000);
  board.pay_several = SeveralDuties::sum;
  EXPECT_EQ(list_pay({person}, rows_of({{"S1", DutyRole::chief}}), board).front().won, 170'000);
  // Moved after the last note: the place of now is a duty too.
  EXPECT_EQ(list_pay({person}, rows_of({{"S1", DutyRole::invigilator}}), board).front().won, 270'000);
}

// Red while an absence is paid, or outlives the correction that the person came after all.
TEST(DutyPay, IsNothingForWhoeverDidNotCome) {
  ListedPerson absent = consented("S1");
  absent.day = {came_to(one_school, DutyRole::chief, 7), absent_at(8)};
  ListedPerson late = consented("S2");
  late.day = {absent_at(7), came_to(one_school, DutyRole::invigilator, 8)};
  const auto lines = list_pay({late, absent}, rows_of({{"S1", DutyRole::chief}, {"S2", DutyRole::invigilator}}), board_with_pay());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].person.facts.id, InvigilatorId("S1")) << "by number";
  EXPECT_EQ(lines[0].attendance, Attendance::absent);
  EXPECT_EQ(lines[0].won, 0);
  EXPECT_EQ(lines[1].attendance, Attendance::came);
  EXPECT_EQ(lines[1].won, 100'000);
}

TEST(DutyPay, TellsApartWhoseAttendanceNobodyHasNoted) {
  const auto lines = list_pay({consented("S1")}, rows_of({{"S1", DutyRole::reserve}}), board_with_pay());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines.front().attendance, std::nullopt);
  EXPECT_EQ(lines.front().won, 50'000);
}

// Red while only the newest duties count: who went home ill at noon did a duty, who said so the day before did none.
TEST(DutyPay, IsDueToWhoeverCameAndStandsThereNoMore) {
  ListedPerson ill = consented("S1");
  ill.state = PersonState::withdrawn;
  ill.day = {came_to(one_school, DutyRole::chief, 7)};
  ListedPerson away = consented("S2");
  away.state = PersonState::withdrawn;
  ListedPerson idle = consented("S3");
  const auto lines = list_pay({ill, away, idle}, rows_of({{"S2", DutyRole::chief}}), board_with_pay());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines.front().person.facts.id, InvigilatorId("S1"));
  EXPECT_EQ(lines.front().won, 120'000);
}

TEST(DutyPay, NamesWhoeverStandsInForSomebody) {
  ListedPerson substitute = consented("S1");
  substitute.calls = {{one_school, DutyRole::chief, {}, {}, "officer", CallAnswer::accepted}};
  ListedPerson other = consented("S2");
  other.calls = {{one_school, DutyRole::invigilator, {}, {}, "officer", CallAnswer::taken_back}};
  const auto lines = list_pay({substitute, other}, rows_of({{"S1", DutyRole::chief}, {"S2", DutyRole::invigilator}}), board_with_pay());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].is_substitute);
  EXPECT_EQ(lines[0].won, 120'000);
  EXPECT_FALSE(lines[1].is_substitute);
}

TEST(DutyPay, StaysOpenWhereNoRoleHasAnAmount) {
  EXPECT_EQ(list_pay({consented("S1")}, rows_of({{"S1", DutyRole::corridor}}), board_with_pay()).front().won, std::nullopt);
}

TEST(DutyPay, KeepsWhatWasNotedAndSet) {
  ListedPerson person = consented("S1");
  person.day = {came_to(other_school, DutyRole::corridor, 7), absent_at(8)};
  ListedPerson read = consented("S1");
  read_person(write_person(person), read);
  ASSERT_EQ(read.day.size(), 2U);
  EXPECT_EQ(read.day.front().venue, other_school);
  EXPECT_EQ(read.day.front().role, DutyRole::corridor);
  EXPECT_EQ(read.day.front().at, person.day.front().at);
  EXPECT_EQ(attendance_of(read), Attendance::absent);
  DutyBoard board = board_with_pay();
  EXPECT_EQ(read_board(write_board(board)).pay_several, SeveralDuties::highest);
  board.pay_several = SeveralDuties::sum;
  EXPECT_EQ(read_board(write_board(board)).pay_several, SeveralDuties::sum);
}

}  // namespace
}  // namespace hanjari::services
