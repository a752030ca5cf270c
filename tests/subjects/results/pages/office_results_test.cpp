// Officers send results, freeze the rules, decide and read; nobody else sees that there is anything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hanjari/package/pass_rules.h"
#include "hanjari/results/result_jobs.h"
#include "results/small_results.h"
#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using hanjari::tests::corrected_results;
using hanjari::tests::small_results;
using hanjari::tests::zip_of_results;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string results_page = "/en/exams/seoul-2021-1/results";
const std::string results_api = "/api/v1/exams/seoul-2021-1";

class ResultPages : public ::testing::Test {
 protected:
  ResultPages() { sign_in("kim"); }

  void sign_in(const std::string& name) {
    browser.set_cookie("hanjari_session", office.sign_in(name, services::Role::exam_officer, ""));
  }
  Response send(const hanjari::tests::ResultFiles& files) {
    return browser.post_files(results_page, results_page, {{"encoding", "utf8"}},
                              {{"package", "results.zip", zip_of_results(files)}});
  }
  // As the program that serves does it.
  void work() {
    for (services::Job& job : office.jobs.jobs) {
      if (services::is_over(job.state)) continue;
      const services::JobWork work = job.order.kind == services::decision_job_kind
                                         ? services::decision_work(office.stored, office.results, office.clock)
                                         : services::result_import_work(office.results, office.jobs, office.clock);
      job.result = work({job, no_progress(), {}});
      job.state = services::JobState::done;
    }
  }
  Response step(std::map<std::string, std::string> fields) {
    return browser.post(results_page, results_page + "/rules", fields);
  }
  std::string rules() { return office.results.packages.front().rules_sha256; }
  void freeze() {
    EXPECT_EQ(step({{"step", "propose"}, {"package", "1"}, {"rules_sha256", rules()}}).status, 303);
    sign_in("lee");
    EXPECT_EQ(step({{"step", "freeze"}, {"rules_sha256", rules()}}).status, 303);
  }
  Response decide(const std::string& version) {
    return browser.post(results_page, results_page + "/decisions", {{"package", version}});
  }
  // Sent, frozen and decided.
  void have_decision() {
    send(small_results());
    work();
    freeze();
    EXPECT_EQ(decide("1").status, 303);
    work();
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

TEST_F(ResultPages, SayWhatIsNextFromTheFirstPackageToTheDecision) {
  EXPECT_THAT(browser.get(results_page).body, HasSubstr("Send the results of this exam"));
  const Response sent = send(small_results());
  ASSERT_EQ(sent.status, 303) << sent.body;
  EXPECT_THAT(browser.get(results_page).body, HasSubstr("Import a result package"));
  work();
  EXPECT_THAT(browser.get("/en/jobs/" + office.jobs.jobs.front().id).body, HasSubstr(results_page));
  EXPECT_THAT(browser.get(results_page).body, HasSubstr("Read the rules below and propose them"));
  EXPECT_THAT(browser.get(results_page).body, HasSubstr("U posts=4 to_pass=2"));
  EXPECT_EQ(decide("1").status, 409);
  EXPECT_EQ(step({{"step", "propose"}, {"package", "1"}, {"rules_sha256", rules()}}).status, 303);
  EXPECT_THAT(browser.get(results_page).body, HasSubstr("You proposed these rules yourself"));
  EXPECT_EQ(step({{"step", "freeze"}, {"rules_sha256", rules()}}).status, 409) << "by the one who proposed";
  sign_in("lee");
  EXPECT_THAT(browser.get(results_page).body, HasSubstr("Freeze these rules"));
  EXPECT_EQ(step({{"step", "freeze"}, {"rules_sha256", std::string(64, '0')}}).status, 409) << "other rules than seen";
  EXPECT_EQ(step({{"step", "freeze"}, {"rules_sha256", rules()}}).status, 303);
  EXPECT_THAT(browser.get(results_page).body, HasSubstr("The rules are frozen"));
  ASSERT_EQ(decide("1").status, 303);
  work();
  EXPECT_THAT(browser.get(results_page).body, HasSubstr(results_page + "/decisions/1"));
  EXPECT_THAT(browser.get("/en/jobs/" + office.jobs.jobs.back().id).body, HasSubstr(results_page + "/decisions/1"));
  EXPECT_THAT(browser.get("/ko/exams/seoul-2021-1/results").body, HasSubstr("최신 결과 자료의 결정이 나왔습니다"));
}

// Red while what officers had set up was compared by nobody with what came with the marks.
TEST_F(ResultPages, SayWhereTheRulesAreNotThoseOfTheSetUp) {
  send(small_results());
  work();
  const std::string other = "not those that the set-up of the exam says";
  EXPECT_THAT(browser.get(results_page).body, Not(HasSubstr(other))) << "nothing is set up";
  const ExamCode exam("seoul-2021-1");
  const services::Change change{"kim", "as announced", office.clock.now()};
  if (!office.applying.recruitments.find_recruitment(exam)) {
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(), services::RecruitmentState::closed, 0,
                                                  change);
  }
  const auto packed = office.results.packages.front().rules;
  auto rules = package::parse_pass_rules(packed.substr(0, packed.find('\n')), "rules.json");
  office.applying.setups.save_part(exam, services::SetupPart::pass_rules, package::render_pass_rules(rules), 0, {}, change);
  EXPECT_THAT(browser.get(results_page).body, Not(HasSubstr(other)));
  rules.hero_cap_percent.hundredths += 100;
  office.applying.setups.save_part(exam, services::SetupPart::pass_rules, package::render_pass_rules(rules), 1, {}, change);
  EXPECT_THAT(browser.get(results_page).body, HasSubstr(other));
  EXPECT_THAT(browser.get("/ko/exams/seoul-2021-1/results").body, HasSubstr("의사상자 상한(%)"));
}

TEST_F(ResultPages, RefuseWhatIsNoPackageOnThePage) {
  const Response refused = browser.post_files(results_page, results_page, {}, {{"package", "results.zip", "no ZIP"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("this is no ZIP file"));
  EXPECT_TRUE(office.jobs.jobs.empty());
  EXPECT_EQ(step({{"step", "jump"}}).status, 422);
  EXPECT_EQ(decide("").status, 422);
  EXPECT_EQ(decide("7").status, 404);
}

TEST_F(ResultPages, ShowTheReportOnRecord) {
  have_decision();
  const std::size_t before = office.access.records.size();
  const std::string page = browser.get(results_page + "/decisions/1").body;
  EXPECT_THAT(page, HasSubstr("Decision 1"));
  EXPECT_THAT(page, HasSubstr("78.50")) << "the cut";
  EXPECT_THAT(page, HasSubstr("With one post more"));
  EXPECT_THAT(page, HasSubstr(office.results.decisions.front().decision_sha256));
  EXPECT_THAT(page, Not(HasSubstr("What differs from decision")));
  ASSERT_EQ(office.access.records.size(), before + 1);
  EXPECT_EQ(office.access.records.back().account, "lee");
  EXPECT_EQ(office.access.records.back().action, "decision.file");
  EXPECT_THAT(browser.get("/ko/exams/seoul-2021-1/results/decisions/1").body, HasSubstr("선발예정이 1명 많다면"));
  EXPECT_EQ(browser.get(results_page + "/decisions/2").status, 404);
  EXPECT_EQ(browser.get(results_page + "/decisions/x").status, 404);
}

TEST_F(ResultPages, ShowWhatACorrectionChanged) {
  have_decision();
  send(corrected_results());
  work();
  ASSERT_EQ(decide("2").status, 303);
  work();
  const std::string page = browser.get(results_page + "/decisions/2").body;
  EXPECT_THAT(page, HasSubstr("What differs from decision 1"));
  EXPECT_THAT(page, HasSubstr("People whose verdict differs"));
  EXPECT_THAT(page, HasSubstr("differences.csv"));
}

// The number is typed into a form, so that it stands in no address and no log.
TEST_F(ResultPages, OpenOnePersonsPathOnRecord) {
  have_decision();
  const std::string decision = results_page + "/decisions/1";
  const Response path = browser.post(decision, decision + "/paths", {{"number", "P2"}});
  EXPECT_EQ(path.status, 200);
  EXPECT_THAT(path.body, HasSubstr("P2"));
  EXPECT_EQ(office.access.records.back().action, "decision.path");
  EXPECT_THAT(office.access.records.back().whose, ElementsAre("P2"));
  const Response unknown = browser.post(decision, decision + "/paths", {{"number", "P9"}});
  EXPECT_EQ(unknown.status, 404);
  // Red while a slip of the finger led to a page without a way back, and a number pasted with blanks was nobody's.
  EXPECT_THAT(unknown.body, HasSubstr("value=\"P9\""));
  EXPECT_THAT(unknown.body, HasSubstr("Nobody in this decision has this applicant number"));
  EXPECT_EQ(browser.post(decision, decision + "/paths", {{"number", " P2\xE2\x80\x8B "}}).status, 200);
  EXPECT_EQ(browser.post(decision, decision + "/paths", {}).status, 422);
}

// Red when a trial shows who would pass, decides anything, or leaves no trace of who tried what.
TEST_F(ResultPages, TryOtherRulesOnADecisionOnRecord) {
  have_decision();
  const std::string decision = results_page + "/decisions/1";
  EXPECT_THAT(browser.get(decision).body, HasSubstr("Try another rule"));
  const Response tried = browser.post(decision, decision + "/rule-trials", {{"settings", "to_pass.U=1"}});
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_THAT(tried.body, HasSubstr("2 → <strong>1</strong>"));
  EXPECT_THAT(tried.body, HasSubstr("78.50 → <strong>80.00</strong>")) << "the cut";
  EXPECT_THAT(tried.body, HasSubstr("Nothing of this is decided or kept"));
  for (const char* number : {"P1", "P2", "P4"}) EXPECT_THAT(tried.body, Not(HasSubstr(number)));
  EXPECT_EQ(office.access.records.back().action, "decision.trial");
  EXPECT_EQ(office.results.decisions.size(), 1U);
  const std::string korean = "/ko/exams/seoul-2021-1/results/decisions/1";
  EXPECT_THAT(browser.post(korean, korean + "/rule-trials", {{"settings", "to_pass.U=1"}}).body, HasSubstr("시험한 설정"));
  const Response refused = browser.post(decision, decision + "/rule-trials", {{"settings", "to_pass.X=1"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("to_pass.X=1</textarea>")) << "what was typed stays";
  EXPECT_THAT(refused.body, HasSubstr("there is no unit"));
  EXPECT_THAT(refused.body, Not(HasSubstr("--set")));
  EXPECT_EQ(browser.post(decision, decision + "/rule-trials", {{"settings", ""}}).status, 422);
}

TEST_F(ResultPages, AreTheSameByTheApi) {
  Request request;
  request.method = Method::post;
  request.path = results_api + "/results";
  request.headers.set("content-type", "application/zip");
  request.headers.set("idempotency-key", "key-of-zip");
  request.body = zip_of_results(small_results());
  EXPECT_EQ(browser.send(std::move(request)).status, 202);
  work();
  auto listed = nlohmann::json::parse(browser.get(results_api + "/results").body);
  EXPECT_EQ(listed["packages"][0]["people"], 4);
  EXPECT_EQ(listed["rules"]["step"], "open");
  const std::string digest = listed["packages"][0]["rules_sha256"];
  EXPECT_EQ(call(results_api + "/decisions", R"({"package": 1})").status, 409);
  EXPECT_EQ(
      call(results_api + "/result-rules", R"({"step": "propose", "package": 1, "rules_sha256": ")" + digest + "\"}")
          .status,
      200);
  sign_in("lee");
  EXPECT_EQ(call(results_api + "/result-rules", R"({"step": "freeze", "rules_sha256": ")" + digest + "\"}").status,
            200);
  EXPECT_EQ(call(results_api + "/decisions", R"({"package": 1})").status, 202);
  work();
  const auto decision = nlohmann::json::parse(browser.get(results_api + "/decisions/1").body);
  EXPECT_EQ(decision["report"]["passed"], 2);
  const Response file = browser.get(results_api + "/decisions/1/files/decisions.csv");
  EXPECT_EQ(file.status, 200);
  EXPECT_THAT(file.type, HasSubstr("text/csv"));
  EXPECT_THAT(file.body, HasSubstr("P1,U,passed,80.00"));
  EXPECT_THAT(file.header("Content-Disposition"), HasSubstr("attachment"));
  EXPECT_EQ(browser.get(results_api + "/decisions/1/files/package.zip").status, 404) << "no marks leave so";
  const std::string page = browser.get(results_page + "/decisions/1").body;
  EXPECT_THAT(page, HasSubstr("/decisions/1/files/passed.ko.html\""));
  EXPECT_THAT(page, Not(HasSubstr("differences.csv"))) << "there was no decision before";
  const auto path =
      nlohmann::json::parse(call(results_api + "/decisions/1/paths", R"({"applicant_number": "P1"})").body);
  EXPECT_EQ(path["unit_code"], "U");
  EXPECT_EQ(call(results_api + "/decisions/1/paths", "{}").status, 422);
  const auto trial =
      nlohmann::json::parse(call(results_api + "/decisions/1/rule-trials", R"({"settings": "to_pass.U=1"})").body);
  EXPECT_EQ(trial["units"][0]["decided"]["cut"], "78.50");
  EXPECT_EQ(trial["units"][0]["tried"]["cut"], "80.00");
  EXPECT_EQ(trial["passed"]["tried"], 1);
  EXPECT_EQ(call(results_api + "/decisions/1/rule-trials", "{}").status, 422);
  EXPECT_EQ(call(results_api + "/decisions/2/rule-trials", R"({"settings": "to_pass.U=1"})").status, 404);
}

// Nothing of a decision is on the portal, and lists of it tell no verdict.
TEST_F(ResultPages, AreSeenByNobodyElse) {
  have_decision();
  Browser portal(running, Listener::portal);
  for (const std::string& path : {results_page, results_page + "/decisions/1", results_api + "/results",
                                  results_api + "/decisions/1", results_api + "/decisions/1/files/decisions.csv"}) {
    EXPECT_EQ(portal.get(path).status, 404) << path;
  }
  for (const auto& [name, role] :
       {std::pair{"auditor", services::Role::auditor}, std::pair{"administrator", services::Role::administrator},
        std::pair{"chief", services::Role::venue_chief}}) {
    Browser other(running, Listener::office);
    other.set_cookie("hanjari_session", office.sign_in(name, role, ""));
    EXPECT_EQ(other.get(results_page).status, 403) << name;
    EXPECT_EQ(other.get(results_api + "/decisions/1").status, 403) << name;
  }
  EXPECT_THAT(browser.get(results_page).body, Not(HasSubstr("78.50")));
  EXPECT_THAT(browser.get("/api/v1/jobs").body, Not(HasSubstr("passed")));
}

}  // namespace
}  // namespace hanjari::web::testing
