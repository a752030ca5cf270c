// An officer orders the closing of applications and the import of a package, and reads what became of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"
#include "stage/made_workbook.h"
#include "stage/zip_of.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string officers_notice = "/en/recruitments/seoul-2021-1";

class OrderedWork : public ::testing::Test {
 protected:
  OrderedWork() {
    browser.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, ""));
    keeper.set_cookie("hanjari_session", office.sign_in("keeper", services::Role::administrator, ""));
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(),
                                                  services::RecruitmentState::published, 0, {});
    office.applying.recruitments.counts[UnitCode("101")] = {.submitted = 2, .paid = 1, .withdrawn = 4, .lapsed = 0};
  }
  Response send(const std::string& path, const std::string& query, const std::string& type, const std::string& body) {
    Request request;
    request.method = Method::post;
    request.path = path;
    request.query = query;
    request.headers.set("content-type", type);
    request.headers.set("idempotency-key", "key-of-the-test");
    request.body = body;
    return browser.send(std::move(request));
  }
  static std::string package() {
    return hanjari::tests::zip_of(
        {{"sent/exam.json", R"({"code": "sent-1", "name_ko": "시험", "name_en": "Exam", "exam_on": "2027-06-12", "time_zone": "Asia/Seoul"})"},
         {"sent/policy.json", "{}"}});
  }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
  Browser keeper{running, Listener::office};
};

TEST_F(OrderedWork, NamesThePeopleBeforeApplicationsAreClosed) {
  EXPECT_THAT(browser.get("/en/recruitments").body, HasSubstr("href=\"" + officers_notice + "\""));
  const std::string page = browser.get(officers_notice).body;
  EXPECT_THAT(page, HasSubstr("The applications of 2 people who have not paid lapse."));
  EXPECT_THAT(browser.get("/ko/recruitments/seoul-2021-1").body, HasSubstr("결제하지 않은 2명의 접수가 무효가 됩니다."));
  // Somebody has paid since the page was read.
  EXPECT_EQ(browser.post(officers_notice, officers_notice + "/closings", {{"concerned", "3"}, {"reason", "r"}}).status, 409);
  EXPECT_EQ(browser.post(officers_notice, officers_notice + "/closings", {{"reason", "r"}}).status, 409);
  EXPECT_TRUE(office.jobs.jobs.empty());
  const Response ordered = browser.post(officers_notice, officers_notice + "/closings", {{"concerned", "2"}, {"reason", "r"}});
  ASSERT_EQ(ordered.status, 303) << ordered.body;
  ASSERT_EQ(office.jobs.jobs.size(), 1U);
  EXPECT_EQ(office.jobs.jobs[0].order.kind, "closing");
  EXPECT_EQ(ordered.header("Location"), "/en/jobs/" + office.jobs.jobs[0].id);
  EXPECT_THAT(browser.get(officers_notice).body, HasSubstr("The applications are being closed at this moment."));
  EXPECT_THAT(browser.get(officers_notice).body, Not(HasSubstr("name=\"concerned\"")));
}

TEST_F(OrderedWork, AsksNothingWhileApplicationsAreOpen) {
  office.clock.set(hanjari::tests::at("2021-03-04T12:00:00+09:00"));
  browser.set_cookie("hanjari_session", office.open_session({"officer", services::Role::exam_officer}));
  EXPECT_THAT(browser.get(officers_notice).body, Not(HasSubstr("name=\"concerned\"")));
}

TEST_F(OrderedWork, IsAJobForProgramsToo) {
  const std::string closings = "/api/v1/recruitments/seoul-2021-1/closings";
  // Red while a program had to find the number in a sentence.
  const auto refused = nlohmann::json::parse(send(closings, "", "application/json", "{}").body);
  EXPECT_EQ(refused["status"], 409);
  EXPECT_EQ(refused["code"], "concern_unsaid");
  EXPECT_EQ(refused["concerned"], 2);
  const auto retracted = nlohmann::json::parse(
      send("/api/v1/recruitments/seoul-2021-1/states", "", "application/json", R"({"state":"prepared"})").body);
  EXPECT_EQ(retracted["concerned"], 3) << "whoever has paid and whoever has not";
  const Response response = send(closings, "", "application/json", R"({"concerned":2,"reason":"r"})");
  ASSERT_EQ(response.status, 202) << response.body;
  const std::string id = nlohmann::json::parse(response.body)["job"];
  EXPECT_EQ(response.header("Location"), "/api/v1/jobs/" + id);
  services::Job& job = office.jobs.jobs.at(0);
  job.state = services::JobState::done;
  job.result = R"({"accepted":36109,"lapsed":1203,"undecided":4,"withdrawn":7,"still_open":1,"closed":false})";
  const std::string page = browser.get("/en/jobs/" + id).body;
  for (const char* figure : {"36,109", "1,203", "Close again in a few minutes", "To the recruitment"})
    EXPECT_THAT(page, HasSubstr(figure));
  EXPECT_THAT(page, Not(HasSubstr("Applications are closed.")));
}

TEST_F(OrderedWork, ImportsAPackageThatWasSentAsAForm) {
  EXPECT_THAT(browser.get("/en/imports").body, HasSubstr("At most 32 MB."));
  const Response none = browser.post_files("/en/imports", "/en/imports", {{"reason", "r"}}, {});
  EXPECT_EQ(none.status, 422);
  EXPECT_THAT(none.body, HasSubstr("Choose the ZIP file"));
  const Response text =
      browser.post_files("/en/imports", "/en/imports", {{"reason", "r"}}, {{"package", "exam.zip", "no ZIP at all"}});
  EXPECT_EQ(text.status, 422);
  EXPECT_THAT(text.body, HasSubstr("this is no ZIP file"));
  EXPECT_TRUE(office.jobs.jobs.empty());
  const std::string bytes = package();
  const Response sent = browser.post_files("/en/imports", "/en/imports", {{"reason", "r"}, {"encoding", "cp949"}},
                                           {{"package", "exam.zip", bytes}});
  ASSERT_EQ(sent.status, 303) << sent.body;
  const services::Job& job = office.jobs.jobs.at(0);
  EXPECT_EQ(job.order.kind, "import");
  EXPECT_EQ(job.order.exam, "sent-1");
  EXPECT_THAT(job.order.request, HasSubstr("cp949"));
  EXPECT_EQ(office.jobs.files.at(job.id), bytes);
  EXPECT_THAT(browser.get("/en/imports").body, HasSubstr("sent-1"));
  // Another file is another import.
  EXPECT_EQ(browser.post_files("/en/imports", "/en/imports", {}, {{"package", "exam.zip", bytes}}).status, 409);
}

// What an officer sends for a preview is imported when the page of the preview is confirmed.
TEST_F(OrderedWork, ShowsAPreviewAndTheWayToItsImport) {
  const Response sent = browser.post_files("/en/imports", "/en/imports", {{"reason", "rooms of March"}, {"step", "preview"}},
                                           {{"package", "exam.zip", package()}});
  ASSERT_EQ(sent.status, 303) << sent.body;
  services::Job& job = office.jobs.jobs.at(0);
  EXPECT_THAT(job.order.request, HasSubstr("preview"));
  job.state = services::JobState::done;
  job.result = R"({"preview":true,"against":"","people":36109,"warnings":2,"tables":[{"file":"rooms.csv","added":2460,"changed":0,"gone":1}]})";
  office.jobs.keep_output(job, services::JobOutput::sent, package());
  const std::string address = "/en/jobs/" + job.id;
  const std::string page = browser.get(address).body;
  for (const char* shown : {"Nothing has been stored yet", "36,109", "rooms.csv", "2,460", "Import it so"})
    EXPECT_THAT(page, HasSubstr(shown));
  // Red when what was typed before the preview was asked for again.
  EXPECT_THAT(page, HasSubstr("value=\"rooms of March\""));
  const std::string id = job.id;
  const Response confirmed = browser.post(address, "/en/imports/" + id + "/confirmations", {});
  ASSERT_EQ(confirmed.status, 303) << confirmed.body;
  ASSERT_EQ(office.jobs.jobs.size(), 2U);
  EXPECT_EQ(office.jobs.reasons.at(office.jobs.jobs[1].id), "rooms of March") << "also where the form leaves it out";
  EXPECT_THAT(office.jobs.jobs[1].order.request, Not(HasSubstr("preview")));
  EXPECT_EQ(office.jobs.files.at(office.jobs.jobs[1].id), package());
  EXPECT_EQ(send("/api/v1/imports/unknown/confirmations", "", "application/json", "{}").status, 404);
}

// Red while both calls refused a body with the reason that the trail has a place for, and kept none of a cancelled job.
TEST_F(OrderedWork, KeepsTheReasonThatTheApiSendsWithACancelOrAConfirmation) {
  office.jobs.add_job({"plan", "sent-1", "{}"}, "plan", {});
  EXPECT_EQ(send("/api/v1/jobs/plan/cancel", "", "application/json", R"({"resaon":"a typo"})").status, 422);
  EXPECT_FALSE(office.jobs.find_job("plan")->cancel_asked);
  EXPECT_EQ(send("/api/v1/jobs/plan/cancel", "", "application/json", R"({"reason":"the wrong policy"})").status, 202);
  EXPECT_EQ(office.jobs.reasons.at("plan"), "the wrong policy");
  ASSERT_EQ(browser.post_files("/en/imports", "/en/imports", {{"step", "preview"}}, {{"package", "exam.zip", package()}}).status,
            303);
  services::Job& looked = office.jobs.jobs.back();
  looked.state = services::JobState::done;
  looked.result = R"({"preview":true,"against":"","people":0,"warnings":0,"tables":[]})";
  office.jobs.keep_output(looked, services::JobOutput::sent, package());
  const std::string confirmations = "/api/v1/imports/" + looked.id + "/confirmations";
  const Response confirmed = send(confirmations, "", "application/json", R"({"reason":"rooms of March"})");
  ASSERT_EQ(confirmed.status, 202) << confirmed.body;
  EXPECT_EQ(office.jobs.reasons.at(office.jobs.jobs.back().id), "rooms of March");
}

TEST_F(OrderedWork, GivesTheMarkedWorkbookToOfficersAlone) {
  office.jobs.add_job({"import", "sent-1", "{}"}, "sent", {});
  services::Job& job = office.jobs.jobs.at(0);
  job.state = services::JobState::failed;
  job.fault_code = "invalid_input";
  EXPECT_THAT(browser.get("/en/jobs/sent").body, Not(HasSubstr("/marked")));
  EXPECT_EQ(browser.get("/en/imports/sent/marked").status, 404);
  const std::string marked = hanjari::tests::workbook_of({{"applicants", "<row r=\"1\"/>"}});
  office.jobs.keep_output(job, services::JobOutput::marked, marked);
  EXPECT_THAT(browser.get("/en/jobs/sent").body, HasSubstr("href=\"/en/imports/sent/marked\""));
  const Response taken = browser.get("/en/imports/sent/marked");
  EXPECT_EQ(taken.body, marked);
  EXPECT_THAT(taken.header("Content-Disposition"), HasSubstr("sent-1-marked.xlsx"));
  EXPECT_THAT(keeper.get("/en/jobs/sent").body, Not(HasSubstr("/marked")));
  EXPECT_NE(keeper.get("/en/imports/sent/marked").status, 200);
}

TEST_F(OrderedWork, ImportsAPackageThatAProgramSends) {
  EXPECT_EQ(send("/api/v1/imports", "", "application/json", "{}").status, 422);
  EXPECT_EQ(send("/api/v1/imports", "encoding=utf16", "application/zip", package()).status, 422);
  const Response response = send("/api/v1/imports", "reason=r", "application/zip", package());
  ASSERT_EQ(response.status, 202) << response.body;
  EXPECT_EQ(nlohmann::json::parse(response.body)["exam"], "sent-1");
}

TEST_F(OrderedWork, ShowsEveryFaultOfWhatWasSentToOfficersAlone) {
  office.jobs.add_job({"import", "sent-1", "{}"}, "sent", {});
  services::Job& job = office.jobs.jobs.at(0);
  job.state = services::JobState::failed;
  job.fault_code = "invalid_input";
  job.fault = {"2 faults", "오류 2건"};
  office.jobs.faults["sent"] = {{"applicants.csv:2: birth_on: '김<하늘' is no day", "applicants.csv:2: 날짜가 아닙니다"},
                                {"rooms.csv:7: use: playground", "rooms.csv:7: playground"}};
  const std::string page = browser.get("/en/jobs/sent").body;
  EXPECT_THAT(page, HasSubstr("김&lt;하늘"));
  EXPECT_THAT(page, HasSubstr("rooms.csv:7: use: playground"));
  EXPECT_THAT(browser.get("/ko/jobs/sent").body, HasSubstr("날짜가 아닙니다"));
  EXPECT_EQ(nlohmann::json::parse(browser.get("/api/v1/jobs/sent").body)["faults"].size(), 2U);
  EXPECT_THAT(keeper.get("/en/jobs/sent").body, Not(HasSubstr("playground")));
  EXPECT_THAT(keeper.get("/api/v1/jobs/sent").body, Not(HasSubstr("playground")));
}

TEST_F(OrderedWork, SaysWhatWasImported) {
  office.jobs.add_job({"import", "sent-1", "{}"}, "sent", {});
  services::Job& job = office.jobs.jobs.at(0);
  job.state = services::JobState::done;
  job.result = R"({"input_sha256":"ab","again":true,"people":36109,"units":27,"venues":101,"rooms":2460,"warnings":1})";
  const std::string page = browser.get("/en/jobs/sent").body;
  for (const char* words : {"36,109", "2,460", "This package was stored before", "/en/exams/sent-1/plans"})
    EXPECT_THAT(page, HasSubstr(words));
}

}  // namespace
}  // namespace hanjari::web::testing
