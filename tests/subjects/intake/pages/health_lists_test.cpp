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

const std::string health_page = "/en/recruitments/seoul-2021-1/health-reports";

// To be red while the list was to be had through the interface for programs only.
TEST_F(HealthLists, AreShownWithWhatADecisionWouldDo) {
  const std::string list(officer.get(health_page).content());
  EXPECT_THAT(list, ::testing::HasSubstr("name=\"report_1\""));
  EXPECT_THAT(list, ::testing::HasSubstr("Waits since"));
  const std::size_t records = office.access.records.size();
  EXPECT_GT(records, 0U) << "opening the list is recorded";
  const std::string preview(officer.get(health_page + "?decision=declined&report_1=yes&report_2=yes").content());
  EXPECT_THAT(preview, ::testing::HasSubstr("Keeps the seat"));
  EXPECT_EQ(office.access.records.back().action, "self_reports.preview");
  EXPECT_EQ(decision_of(1), services::ReportDecision::asked) << "nothing is stored by looking";
  // Without a live plan nobody can be given another seat; the page says so of each and offers no button.
  const std::string nowhere(officer.get(health_page + "?decision=isolation&report_1=yes").content());
  EXPECT_THAT(nowhere, ::testing::Not(::testing::HasSubstr("data-letter=\"a\"")));
  EXPECT_THAT(std::string(officer.get(health_page + "?decision=isolation").content()),
              ::testing::HasSubstr("Tick at least one report."));
}

TEST_F(HealthLists, OneIsDecidedAtOnceAndManyByAJob) {
  const std::string shown = health_page + "?decision=declined&report_2=yes";  // its form has the token
  const Response one = officer.post(shown, health_page, {{"decision", "declined"}, {"report_1", "yes"}, {"told", "Negative."}});
  EXPECT_EQ(one.status, 303) << one.body;
  EXPECT_EQ(decision_of(1), services::ReportDecision::declined);
  EXPECT_EQ(office.applying.self_reports.reports.at(1).reason, "Negative.");
  const Response many =
      officer.post(shown, health_page, {{"decision", "declined"}, {"report_2", "yes"}, {"report_3", "yes"}});
  EXPECT_EQ(many.status, 303) << many.body;
  ASSERT_EQ(office.jobs.jobs.size(), 1U);
  EXPECT_EQ(office.jobs.jobs.front().order.kind, "health_decisions");
  EXPECT_EQ(decision_of(2), services::ReportDecision::asked) << "the job decides";
  EXPECT_EQ(officer.post(shown, health_page, {{"decision", "perhaps"}, {"report_2", "yes"}}).status, 422);
  EXPECT_EQ(officer.post(shown, health_page, {{"decision", "declined"}}).status, 422) << "nobody was ticked";
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
