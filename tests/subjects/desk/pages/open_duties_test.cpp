// Places of invigilators that nobody comes to, on the first page and as JSON: of the own district, and nothing of rooms.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "invigilators/pages/duty_office.h"

namespace hanjari::web::testing {
namespace {

using nlohmann::json;
using services::Role;
using ::testing::HasSubstr;
using ::testing::Not;

class OpenDuties : public DutyOffice {
 protected:
  OpenDuties() {
    // The plan that is live is the one that the duties are for.
    office.plans.live.front().plan.digest = std::string(64, 'a');
    browser.set_cookie("hanjari_session", office.sign_in("city", Role::exam_officer, ""));
    jongno.set_cookie("hanjari_session", office.sign_in("jongno", Role::district_coordinator, "11110"));
    junggu.set_cookie("hanjari_session", office.sign_in("junggu", Role::district_coordinator, "11140"));
  }
  // Duties of which nobody but these stand anywhere; the rooms of V1 as they are given.
  void stand_in(const std::string& first, const std::string& second, const std::string& empty) {
    services::Staffing staffing;
    staffing.id = "staffing-1";
    staffing.exam = ExamCode("seoul-2021-1");
    staffing.version = 1;
    staffing.plan_digest = std::string(64, 'a');
    office.invigilators.staffings = {staffing};
    office.invigilators.files["staffing-1"] = {
        {"duties.csv", "venue_code,room_no,role,invigilator_id,travel_m\nV1," + first + ",chief,S1,0\nV1," + second +
                           ",invigilator,S2,0\nV2,1,chief,S3,0\n"},
        {"unfilled.csv", "venue_code,room_no,role,reason\nV1," + empty + ",chief,no_person\nV2,1,invigilator,no_person\n"}};
  }
  static json waiting_of(Browser& asking) {
    return json::parse(std::string(asking.get("/api/v1/waiting-work").content()))["waiting"];
  }
  static json open_of(Browser& asking) {
    for (const json& work : waiting_of(asking)) {
      if (work["kind"] == "open_duties") return work;
    }
    return nullptr;
  }

  Browser jongno{running, Listener::office};
  Browser junggu{running, Listener::office};
};

// Red when somebody who has withdrawn is not counted, when the count is not by district, or leads nowhere.
TEST_F(OpenDuties, AreCountedByDistrictForTheCity) {
  have_duties();
  EXPECT_TRUE(open_of(browser).is_null()) << "everybody comes";
  withdraw("S1");
  withdraw("S2");
  std::map<std::string, int> expected;
  for (const char* id : {"S1", "S2"}) ++expected[duty_of(id)->venue_code == VenueCode("V1") ? "11110" : "11140"];
  const json work = open_of(browser);
  EXPECT_EQ(work["count"], 2);
  EXPECT_EQ(work["exam"], "seoul-2021-1");
  EXPECT_EQ(work["districts"].size(), expected.size());
  for (const auto& [district, places] : expected) EXPECT_EQ(work["districts"][district], places) << district;
  EXPECT_TRUE(work.contains("due")) << "by the day of the exam";
  const std::string page = browser.get("/en").body;
  EXPECT_THAT(page, HasSubstr("places of invigilators that nobody comes to"));
  EXPECT_THAT(page, HasSubstr("/en/exams/seoul-2021-1/substitutes"));
  EXPECT_THAT(browser.get("/ko").body, HasSubstr("채워지지 않은 감독 자리"));
}

// Red when a coordinator is shown another district, or is led past what waits in the own one.
TEST_F(OpenDuties, AreThoseOfTheOwnDistrictForACoordinator) {
  ASSERT_EQ(send_people(ten_people()).status, 200);
  stand_in("1", "2", "1");
  withdraw("S3");
  EXPECT_EQ(open_of(browser)["count"], 3);
  EXPECT_EQ(open_of(jongno)["districts"], json::object({{"11110", 1}}));
  EXPECT_EQ(open_of(jongno)["count"], 1);
  EXPECT_EQ(open_of(junggu)["districts"], json::object({{"11140", 2}}));
  EXPECT_EQ(waiting_of(jongno).size(), 1u) << "nothing else waits for a coordinator";
  const Response page = jongno.get("/en");
  ASSERT_EQ(page.status, 200) << "not led to the venues at once";
  EXPECT_THAT(page.body, HasSubstr("/en/exams/seoul-2021-1/substitutes"));
  EXPECT_THAT(page.body, Not(HasSubstr("/en/searches"))) << "which is for officers";
  office.invigilators.files["staffing-1"]["unfilled.csv"] = "venue_code,room_no,role,reason\n";
  EXPECT_TRUE(open_of(jongno).is_null());
  EXPECT_EQ(jongno.get("/en").status, 303) << "to the venues";
  Browser chief(running, Listener::office);
  chief.set_cookie("hanjari_session", office.sign_in("chief", Role::venue_chief, ""));
  EXPECT_EQ(chief.get("/api/v1/waiting-work").status, 403);
}

// Red when anything of it depends on who stands in which room.
TEST_F(OpenDuties, TellNothingOfRoomsBeforeTheirMinute) {
  ASSERT_EQ(send_people(ten_people()).status, 200);
  office.invigilators.board.rooms_open_at = hanjari::tests::at("2021-06-05T07:30:00+09:00");
  withdraw("S1");
  // The page first: the words of the API follow its language from then on.
  const auto seen = [&] {
    const std::string page = jongno.get("/en").body;
    return page + std::string(jongno.get("/api/v1/waiting-work").content());
  };
  stand_in("1", "2", "1");
  const std::string one_way = seen();
  stand_in("2", "1", "2");
  EXPECT_EQ(seen(), one_way);
}

TEST_F(OpenDuties, AreNotCountedOfAnotherPlanNorOnceTheDayIsOver) {
  have_duties();
  withdraw("S1");
  EXPECT_FALSE(open_of(browser).is_null());
  office.plans.live.front().plan.digest = std::string(64, 'b');
  EXPECT_TRUE(open_of(browser).is_null());
  office.plans.live.front().plan.digest = std::string(64, 'a');
  office.clock.set(hanjari::tests::at("2021-06-06T00:00:00+09:00"));
  browser.set_cookie("hanjari_session", office.sign_in("on-the-day-after", Role::exam_officer, ""));
  EXPECT_TRUE(open_of(browser).is_null());
}

}  // namespace
}  // namespace hanjari::web::testing
