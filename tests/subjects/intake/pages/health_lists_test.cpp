// Lists of decisions on health reports through the interface of the office.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "stage/applicant.h"

namespace hanjari::web::testing {
namespace {

class HealthLists : public Applicants {
 protected:
  HealthLists() {
    officer.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, ""));
    for (int person = 1; person <= 3; ++person) {
      const ApplicationId id("A-" + std::to_string(person));
      Application& application = office.applying.applications.applications[id];
      application.id = id;
      application.account = "p-sky";
      application.exam = ExamCode("seoul-2021-1");
      application.state = ApplicationState::paid;
      application.form = hanjari::tests::sample_form();
      services::SelfReport& report = office.applying.self_reports.reports[person];
      report.id = person;
      report.application = id;
      report.exam = application.exam;
    }
  }
  nlohmann::json decide(const std::string& decisions, int status) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/self-reports/decisions";
    request.headers.set("content-type", "application/json");
    request.headers.set("idempotency-key", "key-" + std::to_string(++calls));
    request.body = "{\"decisions\": " + decisions + "}";
    const Response response = officer.send(std::move(request));
    EXPECT_EQ(response.status, status) << response.body;
    return nlohmann::json::parse(response.body, nullptr, false);
  }
  services::ReportDecision decision_of(std::int64_t report) {
    return office.applying.self_reports.reports.at(report).decision;
  }

  Browser officer{running, Listener::office};
  int calls = 0;
};

// Red while the first that fails ends the list.
TEST_F(HealthLists, SayOfEachWhatWasDecidedOrWhyNot) {
  const auto told = decide(R"([{"report": 1, "decision": "declined", "told": "음성"},
                               {"report": 77, "decision": "declined"},
                               {"report": 2, "decision": "isolation"},
                               {"report": 3, "decision": "declined", "told": "음성"}])",
                           200);
  EXPECT_EQ(told["decided"], 2);
  ASSERT_EQ(told["reports"].size(), 4U);
  EXPECT_EQ(told["reports"][0]["report"], 1);
  EXPECT_TRUE(told["reports"][0].contains("decided"));
  EXPECT_EQ(told["reports"][1]["code"], "unknown_report");
  EXPECT_EQ(told["reports"][2]["code"], "no_live_plan");
  EXPECT_FALSE(told["reports"][2]["why"]["ko"].get<std::string>().empty());
  EXPECT_TRUE(told["reports"][3].contains("decided"));
  EXPECT_EQ(decision_of(1), services::ReportDecision::declined);
  EXPECT_EQ(decision_of(2), services::ReportDecision::asked);
  EXPECT_EQ(decision_of(3), services::ReportDecision::declined);
  // Sent once more as a whole: what was decided is said, and by whom.
  const auto again = decide(R"([{"report": 1, "decision": "declined", "told": "음성"}])", 200);
  EXPECT_EQ(again["decided"], 0);
  EXPECT_EQ(again["reports"][0]["code"], "report_decided");
  EXPECT_NE(again["reports"][0]["why"]["en"].get<std::string>().find("officer"), std::string::npos);
}

TEST_F(HealthLists, AreRefusedWholeWhereTheyAreWrong) {
  decide(R"("all")", 422);
  decide("[]", 422);
  decide("[7]", 422);
  decide(R"([{"report": 1, "decision": "perhaps"}])", 422);
  decide(R"([{"report": 1, "decision": "declined"}, {"report": 1, "decision": "isolation"}])", 422);
  decide(R"([{"report": "1", "decision": "declined"}])", 422);
  for (const int report : {1, 2, 3}) EXPECT_EQ(decision_of(report), services::ReportDecision::asked);
}

}  // namespace
}  // namespace hanjari::web::testing
