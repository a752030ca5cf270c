// The page of the final stage, and the same by the API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;

const std::string final_stage_page = "/en/exams/seoul-2021-1/final-decisions";
const std::string final_stage_api = "/api/v1/exams/seoul-2021-1/final-decisions";

class FinalStagePages : public ::testing::Test {
 protected:
  FinalStagePages() { browser.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, "")); }
  void keep_final() {
    services::StoredFinal final;
    final.exam = ExamCode("seoul-2021-1");
    final.decision = 3;
    final.author = "lee";
    final.final_sha256 = std::string(64, 'f');
    office.interviews.add_final(final, {{"decisions_final.csv", "applicant_number\nP1\n"}}, {});
  }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
};

TEST_F(FinalStagePages, SayWhatIsMissingBeforeAnythingIsDecided) {
  EXPECT_THAT(browser.get(final_stage_page).body, HasSubstr("Nothing is decided yet"));
  EXPECT_THAT(browser.get("/ko/exams/seoul-2021-1/final-decisions").body, HasSubstr("아직 최종 결정이 없습니다"));
  const Response refused = browser.post(final_stage_page, final_stage_page, {{"reason", ""}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("None are released now"));
}

TEST_F(FinalStagePages, GiveEveryFileOfADecisionOnRecord) {
  keep_final();
  const std::string page = browser.get(final_stage_page).body;
  EXPECT_THAT(page, HasSubstr(std::string(64, 'f')));
  EXPECT_THAT(page, HasSubstr(final_stage_api + "/1/files/passed_final.en.html"));
  const Response file = browser.get(final_stage_api + "/1/files/decisions_final.csv");
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_EQ(file.body, "applicant_number\nP1\n");
  EXPECT_EQ(browser.get(final_stage_api + "/2/files/decisions_final.csv").status, 404);
  EXPECT_EQ(browser.get(final_stage_api + "/1/files/nothing.csv").status, 404);
  const auto listed = nlohmann::json::parse(browser.get(final_stage_api).body);
  ASSERT_EQ(listed["final_decisions"].size(), 1U);
  EXPECT_EQ(listed["final_decisions"][0]["decision"], 3);
  EXPECT_EQ(listed["final_decisions"][0]["author"], "lee");
}

}  // namespace
}  // namespace hanjari::web::testing
