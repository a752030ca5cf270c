// Officers enter special cases, confirm each other's, take them back, and see where a decision does not know one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hanjari/results/result_jobs.h"
#include "results/small_results.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string cases_page = "/en/exams/seoul-2021-1/special-cases";
const std::string cases_in_korean = "/ko/exams/seoul-2021-1/special-cases";
const std::string cases_api = "/api/v1/exams/seoul-2021-1/special-case";
const std::string results_of_cases = "/en/exams/seoul-2021-1/results";

class SpecialCasePages : public ::testing::Test {
 protected:
  SpecialCasePages() { sign_in("kim"); }

  void sign_in(const std::string& name) {
    std::string& session = sessions[name];
    if (session.empty()) session = office.sign_in(name, services::Role::exam_officer, "");
    browser.set_cookie("hanjari_session", session);
  }
  Response enter(const std::string& number, const std::string& kind = "misconduct", const std::string& reason = "Used a telephone") {
    return browser.post(cases_page, cases_page, {{"applicant_number", number}, {"kind", kind}, {"reason", reason}});
  }
  Response step(const std::string& word, int version, const std::string& reason = "") {
    return browser.post(cases_page, cases_page + "/steps",
                        {{"case", "1"}, {"version", std::to_string(version)}, {"step", word}, {"reason", reason}});
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
  // As the program that serves does it.
  void work() {
    for (services::Job& job : office.jobs.jobs) {
      if (services::is_over(job.state)) continue;
      const services::JobWork made = job.order.kind == services::decision_job_kind
                                         ? services::decision_work(office.stored, office.results, office.clock)
                                         : services::result_import_work(office.results, office.jobs, office.clock);
      job.result = made({job, no_progress(), {}});
      job.state = services::JobState::done;
    }
  }
  void decide() {
    browser.post(results_of_cases, results_of_cases + "/decisions", {{"package", "1"}});
    work();
  }
  void have_decision() {
    browser.post_files(results_of_cases, results_of_cases, {{"encoding", "utf8"}},
                       {{"package", "results.zip", hanjari::tests::zip_of_results(hanjari::tests::small_results())}});
    work();
    const std::string rules = office.results.packages.front().rules_sha256;
    browser.post(results_of_cases, results_of_cases + "/rules", {{"step", "propose"}, {"package", "1"}, {"rules_sha256", rules}});
    sign_in("lee");
    browser.post(results_of_cases, results_of_cases + "/rules", {{"step", "freeze"}, {"rules_sha256", rules}});
    decide();
    sign_in("kim");
  }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
  std::map<std::string, std::string> sessions;  // by officer
  int calls = 0;
};

// Red while the page and the API knew the English words alone that a table reads in Korean too.
TEST_F(SpecialCasePages, TakeKindsAsTablesDo) {
  EXPECT_EQ(enter("P1", "서류 지연 제출").status, 303);
  EXPECT_EQ(enter("P2", "Late Documents").status, 303);
  EXPECT_EQ(enter("P3", "late").status, 422);
}

TEST_F(SpecialCasePages, GoFromTheEmptyListToAConfirmedCase) {
  EXPECT_THAT(browser.get(results_of_cases).body, HasSubstr("href=\"" + cases_page + "\""));
  const Response empty = browser.get(cases_page);
  EXPECT_EQ(empty.status, 200);
  EXPECT_THAT(empty.body, HasSubstr("There are no special cases yet"));
  EXPECT_THAT(browser.get(cases_in_korean).body, HasSubstr("아직 특별 결정이 없습니다"));
  EXPECT_EQ(enter("P1").status, 303);
  const std::string own = browser.get(cases_page).body;
  EXPECT_THAT(own, HasSubstr("Used a telephone"));
  EXPECT_THAT(own, HasSubstr("Another officer has to confirm this"));
  EXPECT_THAT(own, Not(HasSubstr("value=\"confirm\""))) << "nobody confirms the own one";
  EXPECT_EQ(step("confirm", 1).status, 409);
  sign_in("lee");
  EXPECT_THAT(browser.get(cases_page).body, HasSubstr("value=\"confirm\""));
  EXPECT_THAT(browser.get(cases_in_korean).body, HasSubstr("부정행위"));
  EXPECT_EQ(step("confirm", 7).status, 409) << "not what was seen";
  EXPECT_EQ(step("confirm", 1).status, 303);
  EXPECT_THAT(browser.get(cases_page).body, HasSubstr("Confirmed by lee"));
  EXPECT_EQ(office.access.records.back().action, "special_case.read");
  EXPECT_THAT(office.access.records.back().whose, ElementsAre("P1"));
}

// Red when what was typed is lost with a refusal, or the refusal is a page without a way back.
TEST_F(SpecialCasePages, KeepWhatWasTypedBesideEveryFault) {
  const Response refused = enter("P1", "", "");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("value=\"P1\""));
  EXPECT_THAT(refused.body, HasSubstr("href=\"#kind\""));
  EXPECT_THAT(refused.body, HasSubstr("href=\"#reason\""));
  EXPECT_EQ(enter("P1").status, 303);
  const Response there = enter("P1", "withdrawal", "In writing");
  EXPECT_EQ(there.status, 409);
  EXPECT_THAT(there.body, HasSubstr("value=\"In writing\""));
  EXPECT_THAT(there.body, HasSubstr("<option value=\"withdrawal\" selected"));
  EXPECT_EQ(step("jump", 1).status, 422);
  const Response silent = step("take_back", 1, " ");
  EXPECT_EQ(silent.status, 422);
  EXPECT_THAT(silent.body, HasSubstr("href=\"#taking-back-1\""));
  EXPECT_EQ(step("take_back", 1, "The wrong number").status, 303);
  EXPECT_THAT(browser.get(cases_page).body, HasSubstr("The wrong number"));
}

// The number is typed into a form, so that it stands in no address and no log.
TEST_F(SpecialCasePages, AreSearchedByNumber) {
  enter("P1");
  enter("P2", "withdrawal", "In writing");
  const Response found = browser.post(cases_page, cases_page + "/searches", {{"applicant_number", " P2 "}});
  EXPECT_EQ(found.status, 200);
  EXPECT_THAT(found.body, HasSubstr("In writing"));
  EXPECT_THAT(found.body, Not(HasSubstr("Used a telephone")));
  EXPECT_THAT(browser.post(cases_page, cases_page + "/searches", {{"applicant_number", "P9"}}).body,
              HasSubstr("This applicant number has no special case"));
  EXPECT_EQ(browser.post(cases_page, cases_page + "/searches", {}).status, 422);
}

// Red while a number that nobody has waited without a word until a decision was refused because of it.
TEST_F(SpecialCasePages, WarnOfANumberThatNobodyOfTheLivePlanHas) {
  const std::string warning = "Nobody of the live plan has this number";
  enter("P1");
  enter("01000001");
  EXPECT_THAT(browser.get(cases_page).body, Not(HasSubstr(warning))) << "before a plan is live nobody has a number";
  office.stored.live = services::LivePointer{std::string(64, 'a'), std::string(64, '0'), 1};
  const std::string page = browser.get(cases_page).body;
  const std::size_t first = page.find("id=\"case-1\"");  // newest first: case 2 stands above it
  ASSERT_NE(first, std::string::npos);
  EXPECT_THAT(page.substr(0, first), Not(HasSubstr(warning)));
  EXPECT_THAT(page.substr(first), HasSubstr(warning));
  EXPECT_THAT(browser.get(cases_in_korean).body, HasSubstr("확정 배정안에 없는 응시번호입니다"));
  const auto listed = nlohmann::json::parse(browser.get(cases_api + "s").body)["special_cases"];
  EXPECT_EQ(listed.at(0)["in_live_plan"], true);
  EXPECT_EQ(listed.at(1)["in_live_plan"], false);
  step("take_back", 1, "The wrong number");
  EXPECT_THAT(browser.get(cases_page).body, Not(HasSubstr(warning))) << "it counts no more";
}

TEST_F(SpecialCasePages, AreShownFiftyAtATime) {
  for (int number = 1; number <= 52; ++number) enter("N" + std::to_string(number));
  const std::string newest = browser.get(cases_page).body;
  EXPECT_THAT(newest, HasSubstr(">N52<"));
  EXPECT_THAT(newest, Not(HasSubstr(">N2<")));
  EXPECT_THAT(newest, HasSubstr(cases_page + "?before=3"));
  const std::string oldest = browser.get(cases_page + "?before=3").body;
  EXPECT_THAT(oldest, HasSubstr(">N2<"));
  EXPECT_THAT(oldest, Not(HasSubstr("rel=\"next\"")));
}

// Red when a decision that does not know a case looks like any other.
TEST_F(SpecialCasePages, SayWhereADecisionDoesNotKnowThem) {
  have_decision();
  EXPECT_THAT(browser.get(results_of_cases + "/decisions/1").body, Not(HasSubstr("does not know special cases")));
  enter("P1");
  sign_in("lee");
  step("confirm", 1);
  EXPECT_THAT(browser.get(results_of_cases + "/decisions/1").body, HasSubstr("Decision 1 does not know special cases"));
  EXPECT_THAT(browser.get("/ko/exams/seoul-2021-1/results/decisions/1").body, HasSubstr("결정 1 이후에 확인되거나 해제된 특별 결정"));
  EXPECT_THAT(browser.get(cases_page).body, HasSubstr("Decision 1 does not know special cases"));
  const std::string results = browser.get(results_of_cases).body;
  EXPECT_THAT(results, HasSubstr("Decide again on the newest results"));
  EXPECT_THAT(results, HasSubstr("name=\"package\" value=\"1\"")) << "it can be ordered here";
  decide();
  const std::string decided = browser.get(results_of_cases + "/decisions/2").body;
  EXPECT_THAT(decided, Not(HasSubstr("does not know special cases")));
  EXPECT_THAT(decided, HasSubstr("/files/recorded_cases.csv"));
  EXPECT_THAT(decided, HasSubstr(office.results.decisions.back().cases_sha256));
  EXPECT_THAT(browser.get(cases_page).body, HasSubstr(results_of_cases + "/decisions/2"));
  // What a decision was made with is lifted by two.
  EXPECT_EQ(step("take_back", 3, "An appeal").status, 303);
  EXPECT_THAT(browser.get(cases_page).body, HasSubstr("Another officer has to confirm this"));
  sign_in("kim");
  EXPECT_THAT(browser.get(cases_page).body, HasSubstr("Confirm that it counts no more"));
  EXPECT_EQ(step("confirm", 4).status, 303);
  EXPECT_THAT(browser.get(results_of_cases + "/decisions/2").body, HasSubstr("Decision 2 does not know special cases"));
  // What was decided before the case was entered counts again.
  EXPECT_THAT(browser.get(cases_page).body, Not(HasSubstr("does not know special cases")));
  EXPECT_THAT(browser.get(results_of_cases).body, Not(HasSubstr("Decide again on the newest results")));
}

TEST_F(SpecialCasePages, AreTheSameByTheApi) {
  have_decision();
  const Response entered = call(cases_api + "s", R"({"applicant_number": "P1", "kind": "annulled", "reason": "By court"})");
  ASSERT_EQ(entered.status, 201) << entered.body;
  EXPECT_EQ(nlohmann::json::parse(entered.body)["step"], "entered");
  EXPECT_TRUE(nlohmann::json::parse(entered.body)["in_live_plan"].is_null()) << "no plan is live";
  EXPECT_EQ(call(cases_api + "s", "{}").status, 422);
  EXPECT_EQ(call(cases_api + "-steps", R"({"case": 1, "version": 1, "step": "confirm"})").status, 409);
  sign_in("lee");
  const auto confirmed = nlohmann::json::parse(call(cases_api + "-steps", R"({"case": 1, "version": 1, "step": "confirm"})").body);
  EXPECT_EQ(confirmed["confirmed_by"], "lee");
  EXPECT_EQ(confirmed["version"], 2);
  const auto listed = nlohmann::json::parse(browser.get(cases_api + "s").body);
  ASSERT_EQ(listed["special_cases"].size(), 1U);
  EXPECT_EQ(listed["special_cases"][0]["kind"], "annulled");
  EXPECT_TRUE(listed["special_cases"][0]["used_in"].is_null());
  EXPECT_TRUE(listed["next"].is_null());
  const auto results = nlohmann::json::parse(browser.get("/api/v1/exams/seoul-2021-1/results").body);
  EXPECT_EQ(results["decisions"][0]["overtaken"], true);
  EXPECT_EQ(nlohmann::json::parse(browser.get("/api/v1/exams/seoul-2021-1/decisions/1").body)["overtaken"], true);
  const auto found = nlohmann::json::parse(call(cases_api + "-searches", R"({"applicant_number": "P1"})").body);
  EXPECT_EQ(found["special_cases"].size(), 1U);
  EXPECT_EQ(call(cases_api + "-searches", "{}").status, 422);
  EXPECT_EQ(call(cases_api + "-steps", R"({"case": 9, "version": 1, "step": "confirm"})").status, 404);
  EXPECT_EQ(call(cases_api + "-steps", R"({"case": 1, "version": 2, "step": "take_back"})").status, 422);
  EXPECT_EQ(call(cases_api + "-steps", R"({"case": 1, "version": 2, "step": "take_back", "reason": "The wrong one"})").status, 200);
}

TEST_F(SpecialCasePages, AreSeenByNobodyElse) {
  enter("P1");
  Browser portal(running, Listener::portal);
  EXPECT_EQ(portal.get(cases_page).status, 404);
  EXPECT_EQ(portal.get(cases_api + "s").status, 404);
  for (const auto& [name, role] : {std::pair{"auditor", services::Role::auditor}, std::pair{"chief", services::Role::venue_chief}}) {
    Browser other(running, Listener::office);
    other.set_cookie("hanjari_session", office.sign_in(name, role, ""));
    EXPECT_EQ(other.get(cases_page).status, 403) << name;
    EXPECT_EQ(other.get(cases_api + "s").status, 403) << name;
  }
}

}  // namespace
}  // namespace hanjari::web::testing
