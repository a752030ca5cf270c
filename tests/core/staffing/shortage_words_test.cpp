// What officers read about places that stay unfilled, word for word.
#include <gtest/gtest.h>

#include "hanjari/staffing/staff.h"

namespace hanjari::staffing {
namespace {

// Two schools, the first with two rooms, one room in the second; nobody in the corridors.
class ShortageWords : public testing::Test {
 protected:
  ShortageWords() {
    exam_.units.emplace_back().code = UnitCode("010");
    add_venue("V1", "하늘중학교", 2);
    add_venue("V2", "바다고등학교", 1);
    for (std::size_t at = 0; at < 3; ++at) {
      Applicant& applicant = exam_.applicants.emplace_back();
      applicant.id = ApplicantId("A" + std::to_string(at));
      applicant.unit = UnitIndex(std::size_t{0});
    }
    make_canonical(exam_);
    for (std::size_t at = 0; at < 3; ++at) {
      Placement& placed = plan_.placements.emplace_back();
      placed.applicant = ApplicantIndex(at);
      placed.room = RoomIndex(at);
      placed.venue = exam_[placed.room].venue;
    }
    staff_.rules.corridor_per_floor = 0;
    staff_.rules.reserves_at_least = 0;
    staff_.rules.reserve_per_rooms = 2;
  }
  void add_venue(const char* code, const char* name, int rooms) {
    Venue& venue = exam_.venues.emplace_back();
    venue.code = VenueCode(code);
    venue.name = name;
    venue.at = {37.5, 127.0};
    for (int no = 1; no <= rooms; ++no) {
      Room& room = exam_.rooms.emplace_back();
      room.venue = VenueIndex(exam_.venues.size() - 1);
      room.room_no = no;
      room.row_count = room.column_count = 5;
    }
  }
  std::size_t person(const char* roles, const char* organisation = "") {
    Invigilator& person = staff_.people.emplace_back();
    person.id = InvigilatorId("S" + std::to_string(staff_.people.size()));
    person.organisation = organisation;
    person.home = {37.5, 127.0};
    person.roles = *parse_duty_roles(roles);
    person.consent = true;
    return staff_.people.size() - 1;
  }
  void keep_away(std::size_t person, std::size_t venue) {
    DutyConflict& conflict = staff_.conflicts.emplace_back();
    conflict.invigilator = InvigilatorIndex(person);
    conflict.kind = DutyConflictKind::venue;
    conflict.venue = VenueIndex(venue);
  }
  std::vector<DutyShortage> shortages() {
    make_canonical(staff_);
    return staff_exam(exam_, plan_, staff_, nullptr).report.shortages;
  }

  Exam exam_;
  Plan plan_;
  Staff staff_;
};

TEST_F(ShortageWords, SayWhoIsMissingWhereAndWhyTheOthersCannotHelp) {
  for (int at = 0; at < 2; ++at) person("chief");
  for (int at = 0; at < 3; ++at) person("invigilator");
  for (int at = 0; at < 2; ++at) person("reserve");
  const std::size_t barred = person("chief");
  keep_away(barred, 0);
  keep_away(barred, 1);
  staff_.people[person("chief")].consent = false;
  const auto told = shortages();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].words.en,
            "1 person is missing for 3 places: V1 하늘중학교 room 1 (chief invigilator), room 2 (chief invigilator); "
            "V2 바다고등학교 room 1 (chief invigilator). Only 2 people may take any of them: S1, S2. Of the others in "
            "the list, 1 has not consented, 5 do not have the role, 1 is kept away by a declared conflict. One more "
            "person who may take one of these places is enough for them; more people for other places do not help.");
  EXPECT_EQ(
      told[0].words.ko,
      "다음 3자리에 1명이 모자랍니다: 하늘중학교(V1) 1시험실(정감독), 2시험실(정감독); 바다고등학교(V2) "
      "1시험실(정감독). 이 자리를 맡을 수 있는 사람은 2명뿐입니다: S1, S2. 명단의 나머지 인원: 동의하지 않은 사람 "
      "1명, 역할이 맞지 않는 사람 5명, 이해충돌로 배치할 수 없는 사람 1명. 이 가운데 한 자리를 맡을 수 있는 사람을 "
      "1명 더 구하면 됩니다. 다른 자리를 맡을 사람을 늘려도 해결되지 않습니다.");
}

TEST_F(ShortageWords, SayThatNobodyMayTakeAPlace) {
  for (int at = 0; at < 3; ++at) person("chief");
  for (int at = 0; at < 3; ++at) person("invigilator");
  staff_.rules.reserves_at_least = 2;
  staff_.rules.chiefs_per_room = staff_.rules.invigilators_per_room = 0;
  person("reserve");
  person("reserve");
  keep_away(6, 1);
  keep_away(7, 1);
  const auto told = shortages();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(
      told[0].words.en,
      "Nobody may take this place: V2 바다고등학교 reserve. Of the others in the list, 6 do not have the role, 2 "
      "are kept away by declared conflicts. It takes one person who may. 1 more place is unfilled besides for the "
      "same reason.");
  EXPECT_EQ(
      told[0].words.ko,
      "이 자리를 맡을 수 있는 사람이 없습니다: 바다고등학교(V2) 예비감독. 명단의 나머지 인원: 역할이 맞지 않는 사람 "
      "6명, 이해충돌로 배치할 수 없는 사람 2명. 맡을 수 있는 사람 1명이 필요합니다. 같은 이유로 비는 자리가 1자리 "
      "더 있습니다.");
}

// A group for every empty room made hundreds of sentences that differed in one room.
TEST_F(ShortageWords, TellOnceOfPlacesThatTheSamePeopleLack) {
  person("chief");
  for (int at = 0; at < 3; ++at) person("invigilator");
  for (int at = 0; at < 2; ++at) person("reserve");
  const auto told = shortages();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].places.size(), 2U);
  EXPECT_EQ(told[0].people.size(), 1U);
  EXPECT_EQ(told[0].more_unfilled, 1);
  EXPECT_NE(told[0].words.en.find("1 more place is unfilled besides"), std::string::npos) << told[0].words.en;
}

// Red while a place that nobody may take was counted with the places of somebody, as if one person more of those would help it.
TEST_F(ShortageWords, TellOfAPlaceThatNobodyMayTakeBesidePlacesOfSomebody) {
  keep_away(person("chief"), 1);
  for (int at = 0; at < 3; ++at) person("invigilator");
  for (int at = 0; at < 2; ++at) person("reserve");
  const auto told = shortages();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].people.size() + told[1].people.size(), 1U) << "the chief may not go to the second school";
  for (const DutyShortage& shortage : told) {
    EXPECT_EQ(shortage.places.size(), shortage.people.size() + 1);
    EXPECT_EQ(shortage.more_unfilled, 0);
  }
}

TEST_F(ShortageWords, TellOfEveryRoleThatNobodyHas) {
  for (int at = 0; at < 3; ++at) person("invigilator");
  const auto told = shortages();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].places.front().role, DutyRole::chief);
  EXPECT_EQ(told[0].more_unfilled, 2);
  EXPECT_EQ(told[1].places.front().role, DutyRole::reserve);
  EXPECT_EQ(told[1].more_unfilled, 1);
}

TEST_F(ShortageWords, NameThePairsThatMayNotMeet) {
  staff_.rules.invigilators_per_room = 1;
  staff_.rules.reserve_per_rooms = 1000;
  for (int at = 0; at < 2; ++at) person("chief");
  for (int at = 0; at < 2; ++at) person("invigilator");
  const std::size_t chief = person("chief", "총무과");
  const std::size_t second = person("invigilator", "총무과");
  for (std::size_t at = 0; at < 4; ++at) keep_away(at, 1);
  keep_away(chief, 0);
  keep_away(second, 0);
  for (int at = 0; at < 2; ++at) person("reserve");
  const auto told = shortages();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].words.en,
            "2 places cannot all be filled, because people who could fill them may not meet: V2 바다고등학교 room 1 "
            "(chief invigilator, second invigilator). They could be taken by: S5, S6. Not together: S5 and S6 (both of "
            "총무과). What helps is one more person for one of these places, or a pair that may meet after all.");
  EXPECT_EQ(told[0].words.ko,
            "서로 함께 배치할 수 없는 사람들 때문에 다음 2자리를 모두 채울 수는 없습니다: 바다고등학교(V2) "
            "1시험실(정감독, 부감독). 맡을 수 있는 사람: S5, S6. 함께 둘 수 없는 사람: S5·S6(같은 소속: 총무과). 이 "
            "가운데 한 자리를 맡을 사람을 1명 더 구하거나 이해충돌이 풀려야 합니다.");
}

TEST_F(ShortageWords, NameTheFirstPlacesAndPeopleAndCountTheRest) {
  staff_.rules.reserves_at_least = 1;
  staff_.rules.chiefs_per_room = 0;
  staff_.rules.invigilators_per_room = 7;
  for (int at = 0; at < 20; ++at) person("invigilator");
  for (int at = 0; at < 2; ++at) person("reserve");
  const auto told = shortages();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NE(told[0].words.en.find("room 1 (second invigilator x 7)"), std::string::npos) << told[0].words.en;
  EXPECT_NE(told[0].words.en.find("S15, S16 and 12 more"), std::string::npos) << told[0].words.en;
  EXPECT_NE(told[0].words.ko.find("1시험실(부감독 7명)"), std::string::npos) << told[0].words.ko;
  EXPECT_NE(told[0].words.ko.find(" 외 12명"), std::string::npos) << told[0].words.ko;
}

}  // namespace
}  // namespace hanjari::staffing
