// An officer orders a plan and watches the job that makes it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hanjari/jobs/job_kinds.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string plans_page = "/en/exams/seoul-2021-1/plans";

class JobPages : public ::testing::Test {
 protected:
  JobPages() { browser.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, "")); }

  services::Job& ordered() {
    const Response response = browser.post(plans_page, plans_page, {{"seconds", "10"}});
    EXPECT_EQ(response.status, 303) << response.body;
    return office.jobs.jobs.at(0);
  }
  std::string page_of(const services::Job& job) { return browser.get("/en/jobs/" + job.id).body; }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
};

TEST_F(JobPages, OrderingTwiceShowsTheSameJob) {
  const services::Job job = ordered();
  EXPECT_EQ(job.order.kind, "plan");
  EXPECT_EQ(nlohmann::json::parse(job.order.request)["seconds"], 10);
  const Response again = browser.post(plans_page, plans_page, {{"seconds", "60"}});
  EXPECT_EQ(again.header("Location"), "/en/jobs/" + job.id);
  EXPECT_EQ(office.jobs.jobs.size(), 1U);
}

TEST_F(JobPages, DrawHowTheGapFallsWithATable) {
  const services::Job job = ordered();
  const auto page = [&] { return page_of(job); };
  EXPECT_THAT(page(), Not(HasSubstr("How the gap to the theoretical minimum falls")));
  const Instant began = office.clock.now();
  office.jobs.points[job.id] = {{"lower bound", 1, 40, 900, began},
                                {"improving", 1, 1, 1'100, began + std::chrono::seconds(2)},
                                {"improving", 1, 5, 1'000, began + std::chrono::seconds(7)}};
  EXPECT_THAT(page(), HasSubstr("How the gap to the theoretical minimum falls"));
  EXPECT_THAT(page(), HasSubstr("<polyline class=\"curve\""));
  EXPECT_THAT(page(), HasSubstr("10.000 %")) << "900 of 1,000";
  EXPECT_THAT(page(), HasSubstr("1,100"));
  const auto described = nlohmann::json::parse(browser.get("/api/v1/jobs/" + job.id).body);
  EXPECT_EQ(described["points"].size(), 3U);
  EXPECT_EQ(described["points"][1]["figure"], 1'100);
}

// Red while a plan that was cancelled looked like one that had had all its time.
TEST_F(JobPages, SayThatACancelledPlanIsTheBestSoFar) {
  services::Job& job = ordered();
  job.state = services::JobState::done;
  job.result = R"({"digest":")" + std::string(64, 'a') + R"(","seated":6,"unseated":0,"travel_m":9000,"total":9000})";
  EXPECT_THAT(page_of(job), Not(HasSubstr("Cancelled before the time was over")));
  job.cancel_asked = true;
  EXPECT_THAT(page_of(job), HasSubstr("Cancelled before the time was over"));
  EXPECT_THAT(page_of(job), Not(HasSubstr("cannot seat everybody")));
  job.result = R"({"digest":")" + std::string(64, 'a') + R"(","seated":5,"unseated":1,"infeasible":true})";
  EXPECT_THAT(page_of(job), HasSubstr("these rooms cannot seat everybody"));
}

// Red while a re-plan that cannot seat everybody said how many rooms are missing and not where.
TEST_F(JobPages, SayInWhichDistrictsRoomsAreMissing) {
  services::Job& job = ordered();
  job.order.kind = services::replan_job_kind;
  job.state = services::JobState::done;
  job.result = R"({"digest":"ab","from":"cd","seated":6,"unseated":45,"infeasible":true,"missing_rooms":3,)"
               R"("missing":[{"district":"11320","rooms":3,"capacity":15},)"
               R"({"district":"11320","rooms":1,"capacity":5,"kind":"isolation","use":"exam"}]})";
  const std::string page = page_of(job);
  EXPECT_THAT(page, HasSubstr("these rooms cannot seat everybody"));
  EXPECT_THAT(page, HasSubstr("Dobong-gu (11320): rooms of 15 people, 3 more"));
  EXPECT_THAT(page, HasSubstr("Dobong-gu (11320): isolation rooms of 5 people, 1 more"));
  job.result = R"({"digest":"ab","from":"cd","seated":6,"unseated":45,"missing_rooms":3})";
  EXPECT_THAT(page_of(job), Not(HasSubstr("Fewest rooms to add, by district"))) << "what an earlier program wrote";
}

// Red while only the command said how many were moved farther than the limit, and how few it could be.
TEST_F(JobPages, SayHowManyWereMovedFartherThanTheLimit) {
  services::Job& job = ordered();
  job.order.kind = services::replan_job_kind;
  job.state = services::JobState::done;
  const std::string begin = R"({"digest":"ab","from":"cd","seated":51,"unseated":0,"venue":40)";
  job.result = begin + R"(,"moved_farther_m":5000,"farther":12,"floor_farther":10})";
  EXPECT_THAT(page_of(job), HasSubstr("Moved farther than the limit of 5,000 m</dt><dd>12 (at least 10)</dd>"));
  job.result = begin + R"(,"moved_farther_m":5000,"farther":10,"floor_farther":10})";
  EXPECT_THAT(page_of(job), HasSubstr("<dd>10 (no plan that moves as few does with less)</dd>"));
  job.result = begin + "}";
  EXPECT_THAT(page_of(job), Not(HasSubstr("Moved farther than the limit"))) << "there is none";
}

class UpkeepPages : public ::testing::Test {
 protected:
  UpkeepPages() {
    browser.set_cookie("hanjari_session", office.sign_in("keeper", services::Role::administrator, ""));
    officer.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, ""));
  }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
  Browser officer{running, Listener::office};
};

TEST_F(UpkeepPages, NewKeysAreOrderedOnceAndWatched) {
  EXPECT_THAT(browser.get("/en/keys").body, HasSubstr("The keys were never changed here"));
  // Seen red: one click without a word changed the keys.
  EXPECT_EQ(browser.post("/en/keys", "/en/keys", {{"reason", "once a year"}}).status, 422);
  const Response unsaid = browser.post("/en/keys", "/en/keys", {{"reason", " "}, {"sure", "yes"}});
  EXPECT_EQ(unsaid.status, 422);
  EXPECT_THAT(unsaid.body, HasSubstr("href=\"/en/keys\">Back")) << "the refusal leads back to the form";
  EXPECT_TRUE(office.jobs.jobs.empty());
  const Response response = browser.post("/en/keys", "/en/keys", {{"reason", "once a year"}, {"sure", "yes"}});
  ASSERT_EQ(response.status, 303) << response.body;
  ASSERT_EQ(office.jobs.jobs.size(), 1U);
  const services::Job& job = office.jobs.jobs[0];
  EXPECT_EQ(job.order.kind, "key_rotation");
  EXPECT_EQ(job.order.exam, "");
  EXPECT_THAT(browser.get("/en/keys").body, HasSubstr("The keys are being changed at this moment."));
  EXPECT_THAT(browser.get("/en/jobs/" + job.id).body, HasSubstr("Change the keys"));
  EXPECT_THAT(browser.get("/ko/jobs").body, HasSubstr("암호키 교체"));
}

TEST_F(UpkeepPages, WorkIsCancelledByThoseWhoMayOrderIt) {
  const services::Job keys = office.jobs.add_job({"key_rotation", "", "{}"}, "keys", {});
  const services::Job plan = office.jobs.add_job({"plan", "seoul-2021-1", "{}"}, "plan", {});
  EXPECT_THAT(officer.get("/en/jobs/keys").body, Not(HasSubstr("Cancel")));
  EXPECT_THAT(browser.get("/en/jobs/keys").body, HasSubstr("Cancel"));
  EXPECT_EQ(officer.post("/en/jobs/plan", "/en/jobs/keys/cancel", {}).status, 403);
  EXPECT_EQ(browser.post("/en/jobs/keys", "/en/jobs/plan/cancel", {}).status, 403);
  EXPECT_FALSE(office.jobs.find_job("keys")->cancel_asked);
  EXPECT_FALSE(office.jobs.find_job("plan")->cancel_asked);
  EXPECT_EQ(browser.post("/en/jobs/keys", "/en/jobs/keys/cancel", {}).status, 303);
  EXPECT_EQ(office.jobs.find_job("keys")->state, services::JobState::cancelled);
}

TEST_F(UpkeepPages, AFinishedJobSaysWhatItDid) {
  office.jobs.add_job({"key_rotation", "", "{}"}, "keys", {});
  office.jobs.add_job({"destruction", "", "{}"}, "gone", {});
  office.jobs.jobs[0].state = office.jobs.jobs[1].state = services::JobState::done;
  office.jobs.jobs[0].result = R"({"records":1002000,"unopened":3,"places_with_old_key":1})";
  office.jobs.jobs[1].result = R"({"exams":["seoul-2019-1","seoul-2019-2"]})";
  EXPECT_THAT(browser.get("/en/jobs/keys").body, HasSubstr("1,002,000"));
  EXPECT_THAT(browser.get("/en/jobs/gone").body, HasSubstr("seoul-2019-1, seoul-2019-2"));
}

TEST_F(JobPages, RefusesATimeThatIsNone) {
  for (const char* seconds : {"0", "-1", "3601", "ten", "1e3", "10 "}) {
    EXPECT_EQ(browser.post(plans_page, plans_page, {{"seconds", seconds}}).status, 422) << seconds;
  }
  EXPECT_TRUE(office.jobs.jobs.empty());
}

TEST_F(JobPages, AJobThatWaitsSaysSo) {
  const services::Job& job = ordered();
  EXPECT_THAT(page_of(job), HasSubstr("Waiting to begin</p>"));
  EXPECT_THAT(browser.get("/en/jobs").body, HasSubstr(">Waiting</td>"));
}

TEST_F(JobPages, ARunningJobLooksAgainByItself) {
  services::Job& job = ordered();
  job.state = services::JobState::running;
  job.progress = {{"Improving", "개선"}, 30, 120, "gap 0.08 %"};
  const Response response = browser.get("/en/jobs/" + job.id);
  EXPECT_EQ(response.header("Refresh"), "2");
  EXPECT_THAT(response.body, HasSubstr("gap 0.08 %"));
  EXPECT_THAT(response.body, HasSubstr("<progress value=\"30\" max=\"120\""));
  EXPECT_THAT(browser.get("/ko/jobs/" + job.id).body, HasSubstr("개선"));
}

TEST_F(JobPages, AFinishedJobSaysWhatItFoundAndAFailedOneWhy) {
  services::Job& job = ordered();
  job.state = services::JobState::done;
  job.result = R"({"digest":"0123456789abcdef","seated":36109,"unseated":0,"travel_m":504422518,"total":504422518,"bound":503992976})";
  EXPECT_EQ(browser.get("/en/jobs/" + job.id).header("Refresh"), "");
  EXPECT_THAT(page_of(job), HasSubstr("36,109"));
  EXPECT_THAT(page_of(job), HasSubstr("504,423 km"));
  EXPECT_THAT(page_of(job), HasSubstr("0.09 %"));
  EXPECT_THAT(page_of(job), HasSubstr("/plans/0123456789abcdef\"")) << "seen red: it led to the list only";
  job.state = services::JobState::failed;
  job.fault = {"Too few <rooms>.", "시험실이 부족합니다."};
  EXPECT_THAT(page_of(job), HasSubstr("Too few &lt;rooms&gt;."));
  EXPECT_THAT(page_of(job), Not(HasSubstr("Cancel")));
}

TEST_F(JobPages, AFailedImportLeadsToTheNextAndHasTheColourOfFailure) {
  services::Job job = office.jobs.add_job({"import", "seoul-2021-1", "{}"}, "brought", {});
  office.jobs.jobs[0].state = services::JobState::failed;
  office.jobs.jobs[0].fault = {"refused", "거절됨"};
  EXPECT_THAT(page_of(job), HasSubstr("href=\"/en/imports\">Import an exam package"));
  EXPECT_THAT(page_of(job), HasSubstr("bg-light-danger"));
}

// Red while the warnings of an import were a number that nobody could look behind.
TEST_F(JobPages, AnImportThatIsDoneShowsEveryWarning) {
  const services::Job job = office.jobs.add_job({"import", "seoul-2021-1", "{}"}, "brought", {});
  office.jobs.jobs[0].state = services::JobState::done;
  office.jobs.jobs[0].result =
      R"({"input_sha256":"ab","again":false,"people":6,"units":1,"venues":3,"rooms":4,"warnings":1})";
  office.jobs.faults["brought"] = {
      Text{"applicants.csv:1: <memo>: unknown column, not read", "applicants.csv:1: <memo>: 알 수 없는 열"}};
  EXPECT_THAT(page_of(job), HasSubstr("<h2>Read, but worth a look</h2>"));
  EXPECT_THAT(page_of(job), HasSubstr("applicants.csv:1: &lt;memo&gt;: unknown column, not read</li>"));
  EXPECT_THAT(page_of(job), Not(HasSubstr("What is wrong in the file")));
  EXPECT_THAT(browser.get("/ko/jobs/brought").body, HasSubstr("알 수 없는 열</li>"));
  const auto answer = nlohmann::json::parse(browser.get("/api/v1/jobs/brought").body);
  EXPECT_EQ(answer["warnings"][0]["detail_ko"], "applicants.csv:1: <memo>: 알 수 없는 열");
  EXPECT_FALSE(answer.contains("faults"));
  Browser keeper(running, Listener::office);
  keeper.set_cookie("hanjari_session", office.sign_in("keeper", services::Role::administrator, ""));
  EXPECT_THAT(keeper.get("/en/jobs/brought").body, Not(HasSubstr("memo"))) << "it quotes what was sent";
}

// Red while a report that was there already ended like one that was made.
TEST_F(JobPages, AFairnessReportSaysWhetherItIsNew) {
  const services::Job job = office.jobs.add_job({services::fairness_report_job_kind, "seoul-2021-1", "{}"}, "told", {});
  office.jobs.jobs[0].state = services::JobState::done;
  office.jobs.jobs[0].result = R"({"again":false,"fairness_report":1})";
  EXPECT_THAT(page_of(job), HasSubstr("The report is published beside the seats."));
  EXPECT_THAT(page_of(job), HasSubstr("href=\"/en/exams/seoul-2021-1/fairness-reports\""));
  EXPECT_THAT(page_of(job), Not(HasSubstr("has this report already")));
  office.jobs.jobs[0].result = R"({"again":true,"fairness_report":1})";
  EXPECT_THAT(page_of(job), HasSubstr("The live plan has this report already."));
  EXPECT_THAT(page_of(job), Not(HasSubstr("The report is published")));
  EXPECT_THAT(browser.get("/ko/jobs/told").body, HasSubstr("이미 이 보고서가 있어"));
}

// Red when times are those of the machine, which is in another zone than the exam.
TEST_F(JobPages, SayWhenOnTheClockOfTheExam) {
  const services::Job& job = ordered();
  office.jobs.stages[job.id] = {{{"Reading", "읽기"}, job.asked_at}};
  EXPECT_THAT(page_of(job), HasSubstr("(Asia/Seoul)</span></p>"));
  EXPECT_THAT(page_of(job), HasSubstr("(Asia/Seoul)</span></li>"));
  EXPECT_THAT(browser.get("/en/jobs").body, HasSubstr("(Asia/Seoul)</td>"));
}

TEST_F(JobPages, CancellingWhatEndedMeanwhileShowsHowItEnded) {
  services::Job& job = ordered();
  const std::string address = "/en/jobs/" + job.id;
  job.state = services::JobState::running;
  const std::string before = browser.get(address).body;
  job.state = services::JobState::done;
  const Response response = browser.post(plans_page, address + "/cancel", {});
  EXPECT_EQ(response.header("Location"), address);
}

TEST_F(JobPages, TheApiAnswersNotModifiedWhileNothingChanged) {
  services::Job& job = ordered();
  const std::string address = "/api/v1/jobs/" + job.id;
  const Response first = browser.get(address);
  EXPECT_EQ(nlohmann::json::parse(first.body)["state"], "waiting");
  const std::string etag(first.header("ETag"));
  EXPECT_EQ(browser.get(address, {{"if-none-match", etag}}).status, 304);
  ++job.version;
  EXPECT_EQ(browser.get(address, {{"if-none-match", etag}}).status, 200);
  EXPECT_EQ(browser.get("/api/v1/jobs/nobody").status, 404);
}

}  // namespace
}  // namespace hanjari::web::testing
