// One row that cannot be read, one exam that does not exist, one job that breaks: everybody else is served.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "hanjari/base/store_errors.h"
#include "hanjari/site/routes.h"
#include "program/pages/site_routes.h"
#include "server/worker_pool.h"
#include "site/pages/problems.h"
#include "stage/applicant.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OneBadRow : public Applicants {
 protected:
  Application& add(const std::string& id, const std::string& account, const std::string& exam, Legible legible) {
    Application& application = office.applying.applications.applications[ApplicationId(id)];
    application.id = ApplicationId(id);
    application.account = account;
    application.exam = ExamCode(exam);
    application.state = ApplicationState::paid;
    application.legible = legible;
    if (legible == Legible::yes) application.form = hanjari::tests::sample_form();
    return application;
  }
};

TEST_F(OneBadRow, OfTheOwnListIsSaidInItsOwnLine) {
  for (const char* exam : {"seoul-2021-2", "seoul-2021-3"}) {
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(exam),
                                                  services::RecruitmentState::published, 0, {});
  }
  add("A-1", "p-sky", "seoul-2021-1", Legible::yes);
  add("A-2", "p-sky", "seoul-2021-2", Legible::damaged);
  add("A-3", "p-sky", "seoul-2021-3", Legible::destroyed);
  const Response list = browser.get("/ko/my");
  EXPECT_EQ(list.status, 200);
  EXPECT_THAT(list.body, HasSubstr("지금은 내용을 표시할 수 없습니다"));
  EXPECT_THAT(list.body, HasSubstr("개인정보를 파기하였습니다"));
  EXPECT_THAT(list.body, HasSubstr("/ko/my/A-1"));
  EXPECT_EQ(other.get("/ko/my").status, 200);
  EXPECT_EQ(browser.get("/ko/my/A-1").status, 200);
  EXPECT_EQ(browser.get("/ko/my/A-2").status, 503);
  EXPECT_EQ(browser.get("/ko/my/A-3").status, 404);
  const auto told = nlohmann::json::parse(browser.get("/api/v1/applications").body);
  ASSERT_EQ(told["applications"].size(), 3U);
  for (const auto& one : told["applications"]) EXPECT_EQ(one.contains("form"), one["id"] == "A-1");
}

// Red while its owner could not give it up, and so not apply at all.
TEST_F(OneBadRow, OfAFormThatWasBegunIsGivenUpByItsOwner) {
  const std::string discard = "/ko/apply/seoul-2021-1/discard";
  browser.get("/ko/apply/seoul-2021-1");
  auto& applications = office.applying.applications;
  ASSERT_EQ(applications.drafts.size(), 1U);
  applications.damaged_drafts = true;
  EXPECT_THAT(browser.get("/ko/my").body, HasSubstr(discard));
  // Red while the interface left such a form out without a word.
  const auto begun = nlohmann::json::parse(browser.get("/api/v1/applications").body).at("begun");
  ASSERT_EQ(begun.size(), 1U);
  EXPECT_EQ(begun.at(0).at("unreadable"), "damaged");
  EXPECT_EQ(browser.get(discard).status, 200);
  const std::string version = std::to_string(applications.drafts.begin()->second.version);
  EXPECT_EQ(browser.post(discard, discard + "?version=" + version, {{"sure", "yes"}}).status, 303);
  EXPECT_TRUE(applications.drafts.empty());
}

TEST_F(OneBadRow, OfASeatDoesNotTakeTheListAway) {
  add("A-1", "p-sky", "seoul-2021-1", Legible::yes);
  office.plans.failure = std::make_exception_ptr(PersonalDataDamaged({"damaged", "손상"}));
  EXPECT_EQ(browser.get("/ko/my").status, 200);
  office.plans.failure = std::make_exception_ptr(DatabaseUnavailable("database_lost", {"lost", "끊김"}));
  EXPECT_EQ(browser.get("/ko/my").status, 503) << "that the database is away is another matter";
}

TEST_F(OneBadRow, OfAnApplicantIsMarkedForTheOfficer) {
  add("A-1", "p-sky", "seoul-2021-1", Legible::yes);
  add("A-2", "p-river", "seoul-2021-1", Legible::damaged);
  Browser officer(running, Listener::office);
  officer.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, ""));
  const auto told = nlohmann::json::parse(officer.get("/api/v1/recruitments/seoul-2021-1/applications").body);
  ASSERT_EQ(told["applications"].size(), 2U);
  EXPECT_FALSE(told["applications"][0].contains("unreadable"));
  EXPECT_EQ(told["applications"][1]["unreadable"], "damaged");
  // Red while the table carried no mark.
  for (const char* personal : {"", "&personal=yes"}) {
    const std::string table = std::string("/api/v1/recruitments/seoul-2021-1/application-table?order=number&direction=rising") + personal;
    const auto rows = nlohmann::json::parse(officer.get(table).body)["applications"];
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_FALSE(rows[0].contains("unreadable")) << personal;
    EXPECT_EQ(rows[1]["unreadable"], "damaged") << personal;
  }
  EXPECT_THAT(officer.get("/ko/recruitments/seoul-2021-1/applications?columns=chosen&c_unit=yes").body, HasSubstr("읽을 수 없음"));
}

// Red while the heading said that one waits and the page below that nothing does.
TEST_F(OneBadRow, OfWhoWaitsForAnAccommodationIsNamed) {
  Application& damaged = add("A-2", "p-river", "seoul-2021-1", Legible::damaged);
  damaged.form.accommodations.push_back({"wheelchair", "", {}});
  Browser officer(running, Listener::office);
  officer.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, ""));
  const std::string waiting = officer.get("/ko/recruitments/seoul-2021-1/accommodations").body;
  EXPECT_THAT(waiting, HasSubstr("읽을 수 없는 원서"));
  EXPECT_THAT(waiting, HasSubstr("/ko/recruitments/seoul-2021-1/applications/A-2"));
  EXPECT_THAT(officer.get("/ko/recruitments/seoul-2021-1/accommodation-decisions?item=wheelchair").body, HasSubstr("읽을 수 없는 원서"));
}

// Red while it was opened first, which it cannot be.
TEST_F(OneBadRow, OfAnApplicantIsEndedByAnOfficer) {
  Application& damaged = add("A-2", "p-river", "seoul-2021-1", Legible::damaged);
  Browser officer(running, Listener::office);
  officer.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, ""));
  const auto release = [&](const std::string& exam) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/recruitments/" + exam + "/applications/A-2/releases";
    request.headers.set("content-type", "application/json");
    request.headers.set("idempotency-key", "key-" + exam);
    request.body = R"({"told": "원서를 열 수 없어 접수를 종료합니다.", "reason": "damaged"})";
    return officer.send(std::move(request)).status;
  };
  office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice("seoul-2021-2"),
                                                services::RecruitmentState::published, 0, {});
  EXPECT_EQ(release("seoul-2021-2"), 404) << "of another recruitment";
  EXPECT_EQ(damaged.state, ApplicationState::paid);
  EXPECT_EQ(release("seoul-2021-1"), 201);
  EXPECT_EQ(damaged.state, ApplicationState::withdrawn);
}

// Every route of the office that names an exam, asked for one that does not exist.
TEST_F(OneBadRow, AnExamThatDoesNotExistIsNotFoundByOfficersEither) {
  const std::string session = office.sign_in("officer", services::Role::exam_officer, "");
  int asked = 0;
  for (const Route& route : running.site.routes().routes()) {
    if (route.listener != Listener::office) continue;
    const bool names_exam = route.pattern.find("{code}") != std::string::npos ||
                            route.pattern.find("{notice}") != std::string::npos;
    if (!names_exam || !route.permission.admits(services::Role::exam_officer)) continue;
    // A form is refused for its missing token before anybody looks whose it is.
    if (route.method == Method::post && !route.pattern.starts_with("/api/")) continue;
    // The two addresses at which a city asks for schools, which may be the first that is stored of an exam.
    if (route.pattern == "/{language}/exams/{code}/venue-offers") continue;
    if (route.pattern == "/api/v1/exams/{code}/venue-requests" && route.method == Method::post) continue;
    for (const std::string& code : {std::string("nowhere"), std::string(155, 'x')}) {
      std::string address = route.pattern;
      for (const auto& [slot, value] : std::map<std::string, std::string>{{"{language}", "ko"},
                                                                          {"{code}", code},
                                                                          {"{notice}", code},
                                                                          {"{venue_code}", "V1"},
                                                                          {"{format}", "csv"}}) {
        if (const auto at = address.find(slot); at != std::string::npos) address.replace(at, slot.size(), value);
      }
      Request request;
      request.method = route.method;
      request.path = address;
      request.headers = {{"cookie", "hanjari_session=" + session},
                         {"content-type", "application/json"}};
      if (route.method == Method::post) request.body = "{}";
      EXPECT_EQ(running.edge.answer(Listener::office, request).status, 404) << address;
      ++asked;
    }
  }
  EXPECT_GE(asked, 12);
  EXPECT_TRUE(office.access.records.empty()) << "nothing was read, so nothing was recorded";
}

// Red while a notice that could not be read was called a fault of whoever asked for it.
TEST_F(OneBadRow, OfANoticeIsNoFaultOfWhoAsksForIt) {
  office.applying.recruitments.damaged = {ExamCode("seoul-2021-1")};
  Browser officer(running, Listener::office);
  officer.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, ""));
  Browser visitor(running, Listener::portal);
  EXPECT_EQ(visitor.get("/en/notices/seoul-2021-1").status, 503);
  EXPECT_EQ(officer.get("/en/recruitments/seoul-2021-1/applications").status, 503);
  EXPECT_EQ(officer.get("/en/recruitments/seoul-2021-1").status, 503);
  EXPECT_EQ(visitor.get("/en").status, 200);
}

TEST_F(OneBadRow, AKeyOfOneExamLeavesTheProgramReadyAndIsTold) {
  SiteServices services = office.services();
  services.list_damaged_keys = [] { return std::vector<std::string>{"exam/seoul-2021-1"}; };
  Site site(services, {}, site_routes());
  Edge edge(site, [](const AccessEntry&) {});
  Request request;
  request.path = "/health/ready";
  for (const char* source : {"127.0.0.1", "::1"}) {
    request.source = source;
    const Response answer = edge.answer(Listener::operations, request);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(nlohmann::json::parse(answer.body)["damaged_keys"], nlohmann::json({"exam/seoul-2021-1"}));
  }
  request.source = "203.0.113.7";
  const Response told = edge.answer(Listener::operations, request);
  EXPECT_EQ(nlohmann::json::parse(told.body)["damaged"], 1) << "how many, for whoever watches from elsewhere";
  EXPECT_THAT(told.body, Not(HasSubstr("seoul-2021-1")));
}

// Red while a machine without the key of the office looked as sound as the others.
TEST_F(OneBadRow, AMissingKeyOfTheOfficeLeavesTheProgramReadyAndIsTold) {
  SiteServices services = office.services();
  services.find_office_fault = [] {
    return std::optional(OfficeFault{"office_key_missing", {"/var/keys/office.key is missing", "/var/keys/office.key 파일이 없습니다"}});
  };
  Site site(services, {}, site_routes());
  Edge edge(site, [](const AccessEntry&) {});
  Request request;
  request.path = "/health/ready";
  request.source = "127.0.0.1";
  const Response told = edge.answer(Listener::operations, request);
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(nlohmann::json::parse(told.body)["office_key"]["code"], "office_key_missing");
  EXPECT_THAT(told.body, HasSubstr("/var/keys"));
  request.source = "203.0.113.7";
  const Response elsewhere = edge.answer(Listener::operations, request);
  EXPECT_EQ(nlohmann::json::parse(elsewhere.body)["office_key"]["code"], "office_key_missing");
  EXPECT_THAT(elsewhere.body, Not(HasSubstr("/var/keys")));
}

TEST_F(OneBadRow, WhatABugSaysNeverReachesTheLog) {
  const auto logged_of = [&](const std::exception_ptr& bug) {
    office.plans.failure = bug;
    browser.get("/ko/exams/seoul-2021-1/seat");
    return running.log.back().problem;
  };
  EXPECT_THAT(logged_of(std::make_exception_ptr(std::out_of_range("김하늘"))), Not(HasSubstr("김하늘")));
  EXPECT_THAT(logged_of(std::make_exception_ptr(std::runtime_error("950314"))), HasSubstr("std::runtime_error"));
  try {
    [[maybe_unused]] const auto read = nlohmann::json::parse("{\"name\": 김하늘}");
  } catch (...) {
    EXPECT_THAT(logged_of(std::current_exception()), Not(HasSubstr("김")));
  }
}

TEST(WorkerPool, SurvivesAJobThatThrows) {
  WorkerPool pool(1, 8, std::chrono::seconds(60), [](std::size_t) {});
  std::promise<void> done;
  EXPECT_TRUE(pool.add([](bool) { throw std::bad_alloc(); }));
  EXPECT_TRUE(pool.add([&](bool) { done.set_value(); }));
  EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
  EXPECT_EQ(pool.failed(), 1U);
}

}  // namespace
}  // namespace hanjari::web::testing
