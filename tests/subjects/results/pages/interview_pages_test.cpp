// Two officers enter the grades of interviews without seeing each other's; a third settles what differs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"
#include "stage/made_workbook.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string interviews_page = "/en/exams/seoul-2021-1/interviews";
const std::string interviews_in_korean = "/ko/exams/seoul-2021-1/interviews";
const std::string interviews_api = "/api/v1/exams/seoul-2021-1/interview";
const std::string head_of_interviews = "applicant_number,examiner,item,grade\n";

class InterviewPages : public ::testing::Test {
 protected:
  InterviewPages() { sign_in("kim"); }

  void sign_in(const std::string& name) {
    browser.set_cookie("hanjari_session", office.sign_in(name, services::Role::exam_officer, ""));
  }
  Response paste(const std::string& rows, int version = 0) {
    return browser.post_files(interviews_page, interviews_page,
                              {{"version", std::to_string(version)}, {"rows", head_of_interviews + rows}}, {});
  }
  Response settle(const std::string& first, const std::string& second, const std::string& grade, const std::string& reason) {
    return browser.post(interviews_page, interviews_page + "/settlements",
                        {{"applicant_number", "P2"}, {"examiner", "A"}, {"item", "spirit"}, {"first", first}, {"second", second},
                         {"grade", grade}, {"reason", reason}});
  }
  Response call(const std::string& path, const std::string& body) {
    Request request;
    request.method = Method::post;
    request.path = path;
    request.headers.set("content-type", "application/json");
    request.headers.set("idempotency-key", "key-" + std::to_string(++calls));
    request.body = body;
    return browser.send(std::move(request));
  }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
  int calls = 0;
};

// Red when an officer reads a grade of the other's entry before or after the own one.
TEST_F(InterviewPages, GoFromTheEmptyPageToSettledGrades) {
  EXPECT_THAT(browser.get("/en/exams/seoul-2021-1/results").body, HasSubstr("href=\"" + interviews_page + "\""));
  EXPECT_THAT(browser.get(interviews_page).body, HasSubstr("Differences are listed once both have entered"));
  EXPECT_THAT(browser.get(interviews_in_korean).body, HasSubstr("두 사람이 모두 입력하면"));
  const Response entered = paste("P1,A,spirit,high\nP2,A,spirit,low\n");
  ASSERT_EQ(entered.status, 303) << entered.body;
  EXPECT_THAT(browser.get(interviews_page).body, HasSubstr("P2,A,spirit,low")) << "the own rows, to be corrected";
  sign_in("lee");
  const std::string before = browser.get(interviews_page).body;
  EXPECT_THAT(before, HasSubstr("kim"));
  EXPECT_THAT(before, Not(HasSubstr("spirit")));
  EXPECT_EQ(paste("P1,A,spirit,high\nP2,A,spirit,middle\n").status, 303);
  const std::string own = browser.get(interviews_page).body;
  EXPECT_THAT(own, HasSubstr("Where the two entries differ"));
  EXPECT_THAT(own, HasSubstr("Not shown"));
  EXPECT_THAT(own, Not(HasSubstr(">Low<")));
  EXPECT_THAT(own, Not(HasSubstr("/settlements")));
  EXPECT_EQ(settle("low", "middle", "low", "Mine").status, 409);
  EXPECT_EQ(browser.get(interviews_api + ".csv").status, 409);
  sign_in("park");
  const std::string third = browser.get(interviews_page).body;
  EXPECT_THAT(third, HasSubstr(">Low<"));
  EXPECT_THAT(third, HasSubstr(">Middle<"));
  EXPECT_THAT(third, Not(HasSubstr("id=\"rows\""))) << "nobody enters a third time";
  EXPECT_EQ(paste("P1,A,spirit,low\n").status, 409);
  EXPECT_EQ(settle("low", "middle", "low", " ").status, 422);
  EXPECT_EQ(settle("high", "middle", "low", "Why").status, 409) << "not what was seen";
  EXPECT_EQ(settle("low", "middle", "middle", "The paper says so").status, 303);
  EXPECT_THAT(browser.get(interviews_page).body, HasSubstr("Everything is settled"));
  const Response file = browser.get(interviews_api + ".csv");
  EXPECT_EQ(file.body, head_of_interviews + "P1,A,spirit,high\nP2,A,spirit,middle\n");
  EXPECT_THAT(file.header("Content-Disposition"), HasSubstr("interview.csv"));
  EXPECT_EQ(office.access.records.back().action, "interview.take");
}

TEST_F(InterviewPages, TakeAWorkbookAndKeepWhatWasPastedBesideEveryFault) {
  const std::string workbook = hanjari::tests::workbook_of(
      {hanjari::tests::sheet_of_csv("interview", head_of_interviews + "P1,A,spirit,high\n")});
  EXPECT_EQ(browser.post_files(interviews_page, interviews_page, {{"version", "0"}, {"rows", ""}}, {{"file", "grades.xlsx", workbook}}).status, 303);
  EXPECT_EQ(office.interviews.books["seoul-2021-1"].first->grades.size(), 1U);
  const Response refused = paste("P1,A,spirit,excellent\n", 1);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("P1,A,spirit,excellent"));
  EXPECT_THAT(refused.body, HasSubstr("href=\"#rows\""));
  EXPECT_EQ(browser.post_files(interviews_page, interviews_page, {{"version", "1"}, {"rows", ""}}, {}).status, 422);
  EXPECT_EQ(paste("P1,A,spirit,low\n", 0).status, 409) << "somebody looks at an older page";
}

TEST_F(InterviewPages, AreTheSameByTheApi) {
  const Response entered = call(interviews_api + "s", R"({"rows": "applicant_number,examiner,item,grade\nP2,A,spirit,low\n", "version": 0})");
  ASSERT_EQ(entered.status, 201) << entered.body;
  EXPECT_EQ(nlohmann::json::parse(entered.body)["version"], 1);
  EXPECT_EQ(call(interviews_api + "s", "{}").status, 422);
  sign_in("lee");
  call(interviews_api + "s", R"({"rows": "applicant_number,examiner,item,grade\nP2,A,spirit,high\n", "version": 0})");
  auto listed = nlohmann::json::parse(browser.get(interviews_api + "s").body);
  ASSERT_EQ(listed["differences"].size(), 1U);
  EXPECT_TRUE(listed["differences"][0]["first"].is_null()) << "the other's";
  EXPECT_EQ(listed["differences"][0]["second"], "high");
  sign_in("park");
  listed = nlohmann::json::parse(browser.get(interviews_api + "s").body);
  EXPECT_EQ(listed["differences"][0]["first"], "low");
  const std::string place = R"({"applicant_number": "P2", "examiner": "A", "item": "spirit", "first": "low", "second": "high", )";
  EXPECT_EQ(call(interviews_api + "-settlements", place + R"("grade": "low"})").status, 422);
  EXPECT_EQ(call(interviews_api + "-settlements", place + R"("grade": "low", "reason": "The paper says so"})").status, 200);
  listed = nlohmann::json::parse(browser.get(interviews_api + "s").body);
  EXPECT_EQ(listed["settled"], 1);
  EXPECT_TRUE(listed["differences"].empty());
}

TEST_F(InterviewPages, AreSeenByNobodyElse) {
  Browser portal(running, Listener::portal);
  EXPECT_EQ(portal.get(interviews_page).status, 404);
  EXPECT_EQ(portal.get(interviews_api + ".csv").status, 404);
  for (const auto& [name, role] : {std::pair{"auditor", services::Role::auditor}, std::pair{"chief", services::Role::venue_chief}}) {
    Browser other(running, Listener::office);
    other.set_cookie("hanjari_session", office.sign_in(name, role, ""));
    EXPECT_EQ(other.get(interviews_page).status, 403) << name;
    EXPECT_EQ(other.get(interviews_api + "s").status, 403) << name;
  }
}

}  // namespace
}  // namespace hanjari::web::testing
