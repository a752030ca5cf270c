// Each rule of duties broken on purpose, and nothing found in good ones. Taking one rule out of the verifier makes its
// test red.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "hanjari/verification/verify_duties.h"

namespace hanjari::verification {
namespace {

// One venue with two rooms on two floors, one with a single room; ten people without ties.
class VerifyDuties : public ::testing::Test {
 protected:
  VerifyDuties() {
    for (const char* code : {"010", "020"}) exam_.units.emplace_back().code = UnitCode(code);
    add_venue("V1", 2);
    add_venue("V2", 1);
    for (int at = 1; at <= 3; ++at) {
      Applicant& applicant = exam_.applicants.emplace_back();
      applicant.id = ApplicantId(fmt::format("A{}", at));
      applicant.unit = UnitIndex(std::size_t{at == 3 ? 1U : 0U});
    }
    make_canonical(exam_);
    plan_.placements.push_back({ApplicantId("A1"), {}, UnitCode("010"), VenueCode("V1"), 1});
    plan_.placements.push_back({ApplicantId("A2"), {}, UnitCode("010"), VenueCode("V1"), 2});
    plan_.placements.push_back({ApplicantId("A3"), {}, UnitCode("020"), VenueCode("V2"), 1});
    for (int at = 0; at < 14; ++at) {
      Invigilator& person = staff_.people.emplace_back();
      person.id = InvigilatorId(fmt::format("S{:02}", at));
      person.home = {37.5, 127.0};
      for (const DutyRole role : all_duty_roles) person.roles.add(role);
      person.past_duties = at % 3;
      person.consent = true;
    }
    duty("V1", 0, DutyRole::corridor, 0);
    duty("V1", 0, DutyRole::corridor, 1);
    duty("V1", 0, DutyRole::reserve, 2);
    duty("V1", 1, DutyRole::chief, 3);
    duty("V1", 1, DutyRole::invigilator, 4);
    duty("V1", 2, DutyRole::chief, 5);
    duty("V1", 2, DutyRole::invigilator, 6);
    duty("V2", 0, DutyRole::corridor, 7);
    duty("V2", 0, DutyRole::reserve, 8);
    duty("V2", 1, DutyRole::chief, 9);
    duty("V2", 1, DutyRole::invigilator, 10);
    rows_.has_report = true;
    DutyReport& report = rows_.report;
    report.status = StaffingStatus::filled;
    report.places = 11;
    report.room_places = 6;
    report.load = {{2, 3}, {1, 4}, {0, 4}};
    report.load_bound = report.load;
    report.past_pairs.bound = 0;
  }

  void add_venue(const char* code, int rooms) {
    Venue& venue = exam_.venues.emplace_back();
    venue.code = VenueCode(code);
    venue.at = {37.5, 127.0};
    for (int no = 1; no <= rooms; ++no) {
      Room& room = exam_.rooms.emplace_back();
      room.venue = VenueIndex(exam_.venues.size() - 1);
      room.room_no = no;
      room.floor = std::to_string(no);
    }
  }
  void duty(const char* venue, int room_no, DutyRole role, int person) {
    rows_.duties.push_back(
        {VenueCode(venue), room_no, role, InvigilatorId(fmt::format("S{:02}", person)), 0, rows_.duties.size() + 2});
  }
  DutyConflict& conflict(int person, DutyConflictKind kind) {
    DutyConflict& added = staff_.conflicts.emplace_back();
    added.invigilator = InvigilatorIndex(static_cast<std::size_t>(person));
    added.kind = kind;
    return added;
  }
  Verdict verify() const { return verify_duties(exam_, plan_, staff_, rows_); }
  void expect_only(const char* code, std::uint64_t count, const char* subject) const {
    const Verdict verdict = verify();
    EXPECT_EQ(verdict.counts, (std::map<std::string, std::uint64_t>{{code, count}}));
    ASSERT_FALSE(verdict.violations.empty());
    EXPECT_EQ(verdict.violations.front().subject, subject);
    EXPECT_FALSE(verdict.violations.front().message.en.empty());
    EXPECT_FALSE(verdict.violations.front().message.ko.empty());
  }

  Exam exam_;
  PlanRows plan_;
  Staff staff_;
  DutyRows rows_;
};

TEST_F(VerifyDuties, FindsNothingInGoodOnes) {
  const Verdict verdict = verify();
  for (const Violation& violation : verdict.violations)
    ADD_FAILURE() << violation.code << " " << violation.subject << " " << violation.message.en;
  EXPECT_EQ(verdict.people_checked, 11U);
  EXPECT_EQ(verdict.rooms_checked, 3U);
}

TEST_F(VerifyDuties, FindsAPersonWithTwoDuties) {
  rows_.duties[10].invigilator_id = InvigilatorId("S07");  // the same number of past duties as S10
  expect_only("duty_twice", 1, "S07");
}

TEST_F(VerifyDuties, FindsPeopleWithoutConsentOrUnknown) {
  staff_.people[3].consent = false;
  expect_only("no_consent", 1, "S03");
  staff_.people[3].consent = true;
  rows_.has_report = false;
  rows_.duties[3].invigilator_id = InvigilatorId("S99");
  expect_only("no_consent", 1, "S99");
}

TEST_F(VerifyDuties, FindsARoleThatIsNotListed) {
  staff_.people[3].roles = *parse_duty_roles("invigilator;corridor;reserve");
  expect_only("wrong_role", 1, "S03");
}

TEST_F(VerifyDuties, FindsAnApplicantInTheRoomAndInTheVenueIfItReachesSoFar) {
  conflict(3, DutyConflictKind::applicant).applicant = ApplicantIndex(std::size_t{0});
  expect_only("duty_conflict", 1, "S03");
  staff_.conflicts[0].applicant = ApplicantIndex(std::size_t{1});
  EXPECT_TRUE(verify().clean());
  staff_.rules.applicant_reach = ConflictReach::venue;
  expect_only("duty_conflict", 1, "S03");
  staff_.conflicts[0].invigilator = InvigilatorIndex(std::size_t{2});  // a reserve has no room
  expect_only("duty_conflict", 1, "S02");
  staff_.rules.applicant_reach = ConflictReach::room;
  EXPECT_TRUE(verify().clean());
}

TEST_F(VerifyDuties, FindsTheOwnSchool) {
  conflict(8, DutyConflictKind::venue).venue = VenueIndex(std::size_t{1});
  expect_only("duty_conflict", 1, "S08");
}

// Red when the rule is left out, when an undeclared own school is found without it, or when names are compared byte by byte.
TEST_F(VerifyDuties, FindsTheOwnSchoolByItsNameWhereTheRulesSaySo) {
  exam_.venues[1].name = "하늘 중학교";
  staff_.people[8].organisation = "하늘중학교";
  staff_.people[9].organisation = "바다중학교";
  staff_.people[10].organisation = "";
  EXPECT_TRUE(verify().clean()) << "by default only what is declared";
  staff_.rules.own_school_excluded = true;
  expect_only("duty_conflict", 1, "S08");
  staff_.people[8].organisation = "V2";
  expect_only("duty_conflict", 1, "S08");
  // The same letters, put together from their parts.
  exam_.venues[1].name = "가";
  staff_.people[8].organisation = "\u1100\u1161";
  expect_only("duty_conflict", 1, "S08");
  exam_.venues[1].name = "";
  EXPECT_TRUE(verify().clean()) << "an empty name is nobody's school";
}

TEST_F(VerifyDuties, FindsAUnitInTheRoomOnly) {
  conflict(9, DutyConflictKind::unit).unit = UnitIndex(std::size_t{1});
  conflict(8, DutyConflictKind::unit).unit = UnitIndex(std::size_t{1});  // a reserve
  expect_only("duty_conflict", 1, "S09");
}

TEST_F(VerifyDuties, FindsTwoPeopleWhoMayNotMeet) {
  conflict(4, DutyConflictKind::invigilator).other = InvigilatorIndex(std::size_t{3});
  expect_only("duty_conflict", 1, "S03 S04");
  staff_.conflicts[0].other = InvigilatorIndex(std::size_t{5});  // another room
  EXPECT_TRUE(verify().clean());
  staff_.rules.invigilator_reach = ConflictReach::venue;
  expect_only("duty_conflict", 1, "S04 S05");
  staff_.conflicts[0].other = InvigilatorIndex(std::size_t{0});  // the corridor
  expect_only("duty_conflict", 1, "S00 S04");
}

TEST_F(VerifyDuties, FindsTwoOfOneOrganisation) {
  staff_.people[3].organisation = staff_.people[4].organisation = staff_.people[5].organisation = "가 부서";
  expect_only("same_organisation", 1, "S03 S04");
  staff_.rules.same_organisation_in_room = true;
  EXPECT_TRUE(verify().clean());
}

TEST_F(VerifyDuties, FindsAPlaceThatNobodySpeaksOf) {
  rows_.has_report = false;
  rows_.duties.erase(rows_.duties.begin() + 4);
  expect_only("missing_place", 1, "V1/1/invigilator");
  rows_.unfilled.push_back({VenueCode("V1"), 1, DutyRole::invigilator, UnfilledReason::no_person});
  EXPECT_TRUE(verify().clean());
}

TEST_F(VerifyDuties, CountsPlacesAsTheRulesSay) {
  rows_.has_report = false;
  staff_.rules.second_invigilator_above = 0;
  EXPECT_EQ(verify().counts.at("missing_place"), 3U);
  staff_.rules.second_invigilator_above = 1;
  EXPECT_TRUE(verify().clean());
  staff_.rules.reserve_per_rooms = 1;
  expect_only("missing_place", 1, "V1/reserve");
  // Begun ones count: two rooms of V1, one of V2.
  rows_.duties.erase(rows_.duties.begin() + 2);
  staff_.rules.reserves_at_least = 0;
  staff_.rules.reserve_per_rooms = 3;
  expect_only("missing_place", 1, "V1/reserve");
  duty("V1", 0, DutyRole::reserve, 2);
  EXPECT_FALSE(verify().counts.contains("missing_place"));
  staff_.rules.reserves_at_least = 2;
  EXPECT_EQ(verify().counts.at("missing_place"), 2U);
  staff_.rules.reserves_at_least = 1;
  staff_.rules.reserve_per_rooms = 10;
  staff_.rules.corridor_per_floor = 2;
  EXPECT_EQ(verify().counts.at("missing_place"), 2U);
}

TEST_F(VerifyDuties, FindsPeopleWhereNobodyIsWanted) {
  rows_.has_report = false;
  duty("V2", 7, DutyRole::chief, 11);
  expect_only("no_such_place", 1, "V2/7/chief");
}

TEST_F(VerifyDuties, FindsWrongTravelAndOrder) {
  rows_.duties[2].travel_m = 2;
  expect_only("wrong_duty_report", 1, "S02");
  rows_.duties[2].travel_m = 1;  // the tolerated metre
  EXPECT_TRUE(verify().clean());
  std::swap(rows_.duties[9], rows_.duties[10]);
  expect_only("wrong_duty_report", 1, "duties.csv");
}

TEST_F(VerifyDuties, FindsEveryWrongFigureOfTheReport) {
  const DutyReport good = rows_.report;
  const auto expect_wrong = [&](const char* key) {
    expect_only("wrong_duty_report", 1, key);
    rows_.report = good;
  };
  rows_.report.places = 12;
  expect_wrong("places");
  rows_.report.room_places = 7;
  expect_wrong("in_rooms.places");
  rows_.report.room_unfilled = 1;
  expect_wrong("in_rooms.unfilled");
  rows_.report.load[0].people = 2;
  rows_.report.load_bound.reset();
  expect_wrong("load");
  rows_.report.load_bound = Load{{2, 4}, {1, 4}, {0, 3}};
  expect_wrong("load_bound");
  rows_.report.past_pairs = {1, 0};
  expect_wrong("past_pairs");
  rows_.report.past_pairs.bound = 1;
  expect_wrong("past_pairs");
  rows_.report.travel_m.value = 100;
  expect_wrong("travel_m");
  rows_.report.travel_m.bound = 100;
  expect_wrong("travel_m");
  rows_.report.unfilled_bound = 1;
  expect_wrong("unfilled_bound");
  rows_.report.changed = BoundedFigure{1, 2};
  expect_wrong("changed");
  rows_.report.status = StaffingStatus::gave_up;
  expect_wrong("status");
  rows_.report.unfilled = 1;
  rows_.report.status = StaffingStatus::gave_up;
  expect_wrong("unfilled");
}

// Red while a bound that was proven of the people of then was held against those who have consented since.
TEST_F(VerifyDuties, HoldsNoBoundAgainstPeopleWhoConsentedLater) {
  rows_.report.load_bound = Load{{2, 4}, {1, 4}, {0, 3}};
  rows_.report.people = mark_people(staff_);
  expect_only("wrong_duty_report", 1, "load_bound");
  Staff then = staff_;
  then.people[12].consent = false;
  rows_.report.people = mark_people(then);
  EXPECT_TRUE(verify().clean());
  rows_.report.load = {{2, 4}, {1, 4}, {0, 3}};
  expect_only("wrong_duty_report", 1, "load");
}

TEST_F(VerifyDuties, CountsPastPairsInOneRoom) {
  staff_.past_pairs = {{InvigilatorIndex(std::size_t{3}), InvigilatorIndex(std::size_t{4})},
                       {InvigilatorIndex(std::size_t{3}), InvigilatorIndex(std::size_t{5})}};
  expect_only("wrong_duty_report", 1, "past_pairs");
  rows_.report.past_pairs = {1, 1};
  EXPECT_TRUE(verify().clean());
}

TEST_F(VerifyDuties, FindsUnfilledPlacesThatAreNotFree) {
  rows_.unfilled.push_back({VenueCode("V1"), 1, DutyRole::invigilator, UnfilledReason::no_person});
  expect_only("wrong_duty_report", 1, "V1/1/invigilator");
  EXPECT_EQ(verify().violations.front().message.en, "unfilled.csv has 1 place where 0 are free");
}

// Red when only rows of duties.csv that came or went are looked at: this change takes a place out of unfilled.csv alone.
TEST_F(VerifyDuties, JudgesAChangeOfFreePlacesAlone) {
  rows_.has_report = false;
  rows_.duties.erase(rows_.duties.begin() + 8);  // the reserve of V2
  rows_.unfilled.push_back({VenueCode("V2"), 0, DutyRole::reserve, UnfilledReason::no_person});
  DutyRows after = rows_;
  after.unfilled.clear();
  const DutyJudge judge(exam_, plan_, staff_);
  const auto broken = judge.judge_change(rows_, after);
  ASSERT_EQ(broken.size(), 1U);
  EXPECT_EQ(broken.front().code, "missing_place");
  EXPECT_EQ(broken.front().subject, "V2/reserve");
  EXPECT_TRUE(judge.judge_change(after, after).empty()) << "nothing has changed";
  EXPECT_TRUE(judge.judge_change(after, rows_).empty()) << "it is mended";
}

// Red when a judge of other people goes by those of the first one.
TEST_F(VerifyDuties, JudgesOtherPeopleOfTheSamePlan) {
  const DutyJudge first(exam_, plan_, staff_);
  Staff others = staff_;
  others.people[3].consent = false;
  others.rules.corridor_per_floor = 2;
  const DutyJudge second(first, others);
  EXPECT_TRUE(first.verify(rows_).clean());
  const Verdict verdict = second.verify(rows_);
  EXPECT_EQ(verdict.counts.at("no_consent"), 1U);
  EXPECT_TRUE(verdict.counts.contains("missing_place"));
}

}  // namespace
}  // namespace hanjari::verification
