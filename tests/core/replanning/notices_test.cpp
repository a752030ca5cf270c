// Who is told what, from the published plan on, however many steps lie between.
#include "hanjari/replanning/notices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "replanning/small_change.h"

namespace hanjari::replanning {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Three schools, one room of five each, six people; V3 is 21 km away.
class Notices : public testing::Test {
 protected:
  Notices() {
    exam.header.code = ExamCode("small");
    exam.units.push_back({});
    exam.units.back().code = UnitCode("010");
    const char* names[] = {"가람중학교", "나래고등학교", "먼골초등학교"};
    for (int venue = 0; venue < 3; ++venue) {
      exam.venues.push_back({});
      exam.venues.back().code = VenueCode(fmt::format("V{}", venue + 1));
      exam.venues.back().name = names[venue];
      exam.venues.back().address = fmt::format("서울시 {}번지", venue + 1);
      exam.rooms.push_back({});
      exam.rooms.back().venue = VenueIndex(std::size_t(venue));
      exam.rooms.back().room_no = 1;
      exam.rooms.back().row_count = exam.rooms.back().column_count = 3;
    }
    for (int person = 0; person < 6; ++person) {
      Applicant& added = exam.applicants.emplace_back();
      added.id = ApplicantId(fmt::format("A{}", person));
      added.name = fmt::format("김{}", person);
      added.unit = UnitIndex(std::size_t{0});
    }
    make_canonical(exam);
    for (std::size_t person = 0; person < 6; ++person) seat(person, person < 3 ? 0 : 1, static_cast<int>(person % 3) + 1, 195);
    published = rows();
  }

  void seat(std::size_t person, std::size_t venue, int seat_no, Metres travel) {
    const ApplicantIndex who(person);
    auto found = std::find_if(plan.placements.begin(), plan.placements.end(),
                              [&](const Placement& placed) { return placed.applicant == who; });
    if (found == plan.placements.end()) {
      plan.placements.push_back({});
      found = plan.placements.end() - 1;
    }
    found->applicant = who;
    found->number = ApplicantNumber(fmt::format("0100000{}", person));
    found->venue = VenueIndex(venue);
    found->room = RoomIndex(venue);
    found->seat_no = seat_no;
    found->travel_m = travel;
  }

  PlanRows rows() const {
    PlanRows made = rows_of(exam, plan);
    for (const Venue& venue : exam.venues) made.venue_names.push_back({venue.code, venue.name, venue.address});
    return made;
  }

  std::vector<std::string> told() {
    std::vector<std::string> lines;
    for (const Notice& notice : list_notices(exam, published, plan))
      lines.push_back(notice.applicant.text() + " " + std::string(spell(notice.kind)));
    return lines;
  }

  Exam exam;
  Plan plan;
  PlanRows published;
};

TEST_F(Notices, OfThreeStepsAreThoseFromThePublishedPlan) {
  seat(0, 1, 4, 900);  // first step
  seat(1, 0, 5, 195);  // second
  seat(0, 2, 1, 21'897);  // third: the first person again
  EXPECT_THAT(told(), ElementsAre("A0 venue", "A1 seat"));
  const Notice notice = list_notices(exam, published, plan).front();
  EXPECT_EQ(notice.before->venue, "가람중학교");
  EXPECT_EQ(notice.after->venue, "먼골초등학교");
  EXPECT_EQ(notice.after->address, "서울시 3번지");
  EXPECT_EQ(notice.farther_m, 21'897 - 195);
  EXPECT_EQ(notice.name, "김0");
  EXPECT_EQ(notice.number.text(), "01000000");
  EXPECT_THAT(notice.message.ko, HasSubstr("기재하신 주소에서 21.9 km 떨어져 있어 변경 전(195 m)보다 21.7 km 멉니다"));
  EXPECT_THAT(notice.message.en, HasSubstr("It is 21.9 km from the address you gave (195 m before, 21.7 km farther)"));
}

// Red while both ways and their difference were rounded each for itself: 17.0 km, 7.3 km before, 9.6 km farther.
TEST_F(Notices, SayADifferenceThatAddsUpWithTheWaysBesideIt) {
  const std::pair<Metres, Metres> ways[] = {{7'310, 16'951}, {5'065, 11'836}, {16'951, 7'310}, {1'000, 2'000}, {1'049, 2'050}};
  for (const auto& [before, after] : ways) {
    seat(0, 0, 1, before);
    published = rows();
    seat(0, 2, 1, after);
    const std::string message = list_notices(exam, published, plan).front().message.en;
    const auto tenths = [](Metres metres) { return (metres + 50) / 100; };
    const auto apart = std::abs(tenths(after) - tenths(before));
    EXPECT_THAT(message, HasSubstr(fmt::format(" km before, {}.{} km ", apart / 10, apart % 10))) << before << " " << after;
  }
}

TEST_F(Notices, SayNothingToWhoeverWasMovedAwayAndBack) {
  seat(4, 2, 2, 21'000);
  EXPECT_THAT(told(), ElementsAre("A4 venue"));
  seat(4, 1, 2, 195);
  EXPECT_TRUE(told().empty());
}

TEST_F(Notices, PutTheFarthestMoveFirstAndPeopleWithoutASeatBeforeIt) {
  seat(1, 1, 5, 2'000);
  seat(3, 2, 1, 21'897);
  seat(5, 0, 6, 100);
  seat(4, 1, 6, 195);
  std::erase_if(plan.placements, [](const Placement& placed) { return placed.applicant == ApplicantIndex(std::size_t{2}); });
  plan.unseated.push_back({ApplicantIndex(std::size_t{2}), "no_capacity", {"none left", "none left"}});
  EXPECT_THAT(told(), ElementsAre("A2 unseated", "A3 venue", "A1 venue", "A5 venue", "A4 seat"));
  const auto notices = list_notices(exam, published, plan);
  const FarMoves far = count_far_moves(exam, notices);
  EXPECT_EQ(far.people, 3);
  EXPECT_EQ(far.farther, 2);
  EXPECT_EQ(far.beyond, 1);
  EXPECT_EQ(far.limit_m, 10'000);
  EXPECT_EQ(far.worst->applicant.text(), "A3");
  exam.policy.moved_farther_m = 1'000;
  EXPECT_EQ(count_far_moves(exam, notices).beyond, 2);
}

TEST_F(Notices, TellPeopleWithoutASeatWhyAndWhatHappensNext) {
  plan.placements.erase(plan.placements.begin());
  plan.unseated.push_back({ApplicantIndex(std::size_t{0}), "no_accessible_room", {"officers' words", "officers' words"}});
  const auto notices = list_notices(exam, published, plan);
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].kind, NoticeKind::unseated);
  EXPECT_EQ(notices[0].number.text(), "01000000");
  EXPECT_THAT(notices[0].message.ko, HasSubstr("휠체어로 이용할 수 있는 시험실에 남은 좌석이 없습니다"));
  EXPECT_THAT(notices[0].message.ko, HasSubstr("다시 안내해 드리겠습니다"));
  EXPECT_THAT(notices[0].message.ko, HasSubstr("가람중학교 제1시험실 1번 좌석"));
  EXPECT_THAT(notices[0].message.en, HasSubstr("will tell you the new place"));
  EXPECT_THAT(notices[0].message.en, Not(HasSubstr("officers' words")));
  // Who was told so already is not told again.
  published.placements.erase(published.placements.begin());
  published.unseated.push_back({ApplicantId("A0"), "no_accessible_room", ""});
  EXPECT_TRUE(told().empty());
}

TEST_F(Notices, NameTheSchoolThatIsLostAndThePersonWhoHasGone) {
  const Exam before = exam;
  seat(0, 1, 7, 800);
  seat(1, 1, 8, 800);
  seat(2, 1, 9, 800);
  // The first school and the last person stand in the exam no more.
  plan.placements.pop_back();
  exam.applicants.pop_back();
  exam.rooms.erase(exam.rooms.begin());
  exam.venues.erase(exam.venues.begin());
  for (Room& room : exam.rooms) room.venue = VenueIndex(std::size_t{room.venue.value} - 1);
  make_canonical(exam);
  for (Placement& placed : plan.placements) {
    placed.venue = VenueIndex(std::size_t{placed.venue.value} - 1);
    placed.room = RoomIndex(std::size_t{placed.room.value} - 1);
  }
  auto notices = list_notices(exam, published, plan);
  ASSERT_EQ(notices.size(), 4U);
  EXPECT_THAT(notices[0].message.ko, HasSubstr("변경 전: 가람중학교 제1시험실"));
  EXPECT_THAT(notices[0].message.ko, Not(HasSubstr("V1")));
  EXPECT_EQ(notices.back().kind, NoticeKind::removed);
  EXPECT_EQ(notices.back().name, "") << "the changed exam does not know the person";
  notices = list_notices(exam, published, plan, &before);
  EXPECT_EQ(notices.back().name, "김5");
  const auto counts = count_places(exam, published, plan);
  const auto lost = std::find_if(counts.begin(), counts.end(), [](const PlaceCount& one) { return one.code == "V1"; });
  ASSERT_NE(lost, counts.end());
  EXPECT_EQ(lost->name, "가람중학교");
  EXPECT_EQ(lost->left, 3);
  for (const PlaceCount& one : counts) {  // districts had a code and no name
    if (one.scope == "district") {
      EXPECT_FALSE(one.name.empty()) << one.code;
    }
  }
  // The district of the lost school is that of the exam it stood in: a row without code held its people, and the row of
  // the district held none.
  const auto of_district = [](const std::vector<PlaceCount>& all, const std::string& code) {
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const PlaceCount& one) { return one.scope == "district" && one.code == code; });
    return found == all.end() ? std::int64_t{-1} : found->left;
  };
  Exam held = before;
  held.venues.front().district = held.words.intern("11110");
  const auto with_before = count_places(exam, published, plan, &held);
  EXPECT_EQ(of_district(with_before, "11110"), 3);
  EXPECT_EQ(of_district(with_before, ""), 0) << "the schools that are left";
  // A plan that says no names leaves the code.
  published.venue_names.clear();
  EXPECT_THAT(list_notices(exam, published, plan)[0].message.ko, HasSubstr("변경 전: V1 제1시험실"));
}

}  // namespace
}  // namespace hanjari::replanning
