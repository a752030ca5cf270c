// How far people travel by group, as everybody reads it beside the seats.
#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string seat_fairness_page = "/en/exams/seoul-2021-1/seat-fairness";
const std::string fairness_reports_page = "/en/exams/seoul-2021-1/fairness-reports";

class FairnessPages : public ::testing::Test {
 protected:
  void publish() {
    services::FairnessReport report;
    report.exam = ExamCode("seoul-2021-1");
    report.version = 1;
    report.plan_digest = std::string(64, 'a');
    report.author = "kim";
    report.csv =
        "dimension,value,people,mean_travel_m,mean_detour_m\nall,,300,12345,678\ndistrict,11110,,,\nsex,F,120,4321,0\nsex,M,180,17694,1130\n"
        "accommodation,wheelchair;scribe,6,1000,0\n";
    office.publications.add_fairness_report(report, {});
  }

  Office office;
  Running running{office};
};

TEST_F(FairnessPages, AreNotThereBeforeAReportIsPublished) {
  Browser portal(running, Listener::portal);
  EXPECT_EQ(portal.get(seat_fairness_page).status, 404);
  EXPECT_EQ(portal.get("/api/v1/exams/seoul-2021-1/fairness.csv").status, 404);
}

TEST_F(FairnessPages, ShowTheReportToEverybodyInBothLanguages) {
  publish();
  Browser portal(running, Listener::portal);
  const std::string page = portal.get(seat_fairness_page).body;
  EXPECT_THAT(page, HasSubstr("12.3 km"));
  EXPECT_THAT(page, HasSubstr("0.7 km"));
  EXPECT_THAT(page, HasSubstr("withheld"));
  EXPECT_THAT(page, HasSubstr("wheelchair desk, scribe")) << "in words, as applicants read them";
  EXPECT_THAT(page, Not(HasSubstr("wheelchair;scribe")));
  EXPECT_THAT(page, Not(HasSubstr("kim"))) << "who published it is the office's";
  EXPECT_THAT(portal.get("/ko/exams/seoul-2021-1/seat-fairness").body, HasSubstr("집단별 이동 거리"));
  const Response file = portal.get("/api/v1/exams/seoul-2021-1/fairness.csv");
  EXPECT_EQ(file.status, 200);
  EXPECT_THAT(file.body, HasSubstr("all,,300,12345,678\n"));
}

// Red while the report was reached from the list of results alone, months after the seats that it tells of.
TEST_F(FairnessPages, AreReachedFromTheSeatsThatTheyTellOf) {
  const std::string link = "href=\"/en/exams/seoul-2021-1/seat-fairness\"";
  Browser portal(running, Listener::portal);
  for (const char* page : {"/en", "/en/exams/seoul-2021-1/seat"}) EXPECT_THAT(portal.get(page).body, Not(HasSubstr(link))) << page;
  publish();
  office.plans.tells_fairness = true;
  office.clock.pass(std::chrono::seconds(60));  // the first page is kept for a moment
  for (const char* page : {"/en", "/en/exams/seoul-2021-1/seat"}) EXPECT_THAT(portal.get(page).body, HasSubstr(link)) << page;
  EXPECT_THAT(portal.get("/ko").body, HasSubstr("href=\"/ko/exams/seoul-2021-1/seat-fairness\""));
  const std::string look_up = "/en/exams/seoul-2021-1/seat";
  EXPECT_THAT(portal.post(look_up, look_up, {{"number", "01000001"}, {"birth", "19970305"}}).body, HasSubstr(link));
  EXPECT_THAT(portal.get("/api/v1/exams").body, HasSubstr("\"tells_fairness\":true"));
}

TEST_F(FairnessPages, ArePublishedByOfficersOnceAPlanIsLive) {
  Browser browser(running, Listener::office);
  browser.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
  EXPECT_THAT(browser.get(fairness_reports_page).body, HasSubstr("No report is published yet"));
  const Response refused = browser.post(fairness_reports_page, fairness_reports_page, {{"reason", ""}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("No plan of this exam is live"));
  publish();
  EXPECT_THAT(browser.get(fairness_reports_page).body, HasSubstr("aaaaaaaaaaaa"));
}

}  // namespace
}  // namespace hanjari::web::testing
