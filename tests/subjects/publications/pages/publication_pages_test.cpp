// Publications as people meet them: officers' steps in the office, and the portal before, at and after the minute.
#include <algorithm>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hanjari/accounts/totp.h"
#include "hanjari/base/hex.h"
#include "hanjari/proof/certificate.h"
#include "hanjari/publications/publication_job.h"
#include "hanjari/results/result_jobs.h"
#include "publications/publication_story.h"
#include "site/kept_answers.h"
#include "stage/browser.h"
#include "stage/memory/release_keys.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using hanjari::tests::ResultFiles;
using hanjari::tests::zip_of_results;
using services::ReleaseStep;
using services::Role;
using ::testing::HasSubstr;
using ::testing::Not;

const ExamCode published_exam("seoul-2021-1");
const std::string published_pages = "/en/exams/seoul-2021-1/publications";
const std::string passed_number = "01000001";
const std::string failed_number = "01000004";

// The six people of the small exam: the first two pass.
ResultFiles results_of_six() {
  std::string people = "applicant_number,unit_code,sex,attendance,bonus\n";
  std::string scores = "applicant_number,unit_code,subject,kind,raw\n";
  for (int i = 1; i <= 6; ++i) {
    const std::string number = "0100000" + std::to_string(i);
    people += number + ",U,F,present,\n";
    scores += number + ",U,korean,common," + std::to_string(90 - i) + "\n";
  }
  return {{"units.csv",
           "unit_code,series_ko,series_en,quota_group,grade,posts,duration_min,subject_set,to_pass\n"
           "U,행정,Administration,general,9,4,100,A,2\n"},
          {"people.csv", people},
          {"scores.csv", scores},
          {"rules.json", "{}"}};
}

class PublicationPages : public ::testing::Test {
 protected:
  PublicationPages() {
    office.publications.now = [this] { return office.clock.now(); };
    // A whole minute, an hour ahead.
    minute = Instant(std::chrono::ceil<std::chrono::minutes>(office.clock.now().time_since_epoch())) + std::chrono::hours(1);
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(published_exam.text()),
                                                  services::RecruitmentState::closed, 0, {});
    decide();
    for (const char* officer : {"kim", "lee", "park"})
      hanjari::tests::give_release_key(office.publications, passphrase, by(officer));
    own("A-1", "one", passed_number);
    own("A-2", "two", failed_number);
  }

  services::Change by(const std::string& author) { return {author, "", office.clock.now(), "exam_officer"}; }

  void run(const services::Job& job, const services::JobWork& work) {
    for (services::Job& one : office.jobs.jobs) {
      if (one.id == job.id) one.state = services::JobState::done;
    }
    work({job, no_progress(), {}});
  }
  void decide() {
    run(services::order_result_import(office.stored, office.jobs, published_exam, zip_of_results(results_of_six()),
                                      package::Encoding::utf8, by("kim")),
        services::result_import_work(office.results, office.jobs, office.clock));
    const std::string digest = office.results.packages.front().rules_sha256;
    services::propose_rules(office.results, published_exam, 1, digest, by("kim"));
    services::freeze_rules(office.results, published_exam, digest, by("lee"));
    run(services::order_decision(office.results, office.jobs, published_exam, 1, by("kim")),
        services::decision_work(office.stored, office.results, office.clock));
  }
  services::Publication sealed() {
    services::PublicationOrder order;
    order.decision = 1;
    order.release_at = minute;
    order.next_passed = {"Register until Friday.", "금요일까지 등록하십시오."};
    order.next_others = {"The next exam is in spring.", "다음 시험은 봄에 있습니다."};
    order.objection = {"Write to us.", "서면으로 제출하십시오."};
    order.share_holders = {"kim", "lee", "park"};
    order.passed_until = first_days[0];
    order.others_until = first_days[1];
    order.objection_until = first_days[2];
    const auto ordered = services::order_publication(office.publications, office.results, office.jobs, published_exam, order,
                                                     by("kim"));
    run(*ordered.job, services::publication_work(office.stored, office.results, office.publications, signer, office.clock));
    return services::find_publication(office.publications, published_exam, 1);
  }
  services::Publication approved() {
    const services::Publication made = sealed();
    services::propose_publication(office.publications, published_exam, 1, made.state.digest, by("kim"));
    return services::approve_publication(office.publications, office.results, published_exam, 1, made.state.digest, true, by("lee"));
  }
  void armed() {
    const services::Publication made = approved();
    office.clock.set(minute - std::chrono::minutes(2));
    for (const char* officer : {"kim", "park"})
      office.desk.arm(published_exam, 1, passphrase, made.state.digest, true, by(officer));
  }

  // An application whose seat has this number.
  void own(const std::string& id, const std::string& account, const std::string& number) {
    PlannedExam& live = office.plans.live.front();
    for (const Placement& placement : live.plan.placements) {
      if (placement.number.text() == number) live.exam.applicants[placement.applicant.value].id = ApplicantId(id);
    }
    Application application;
    application.id = ApplicationId(id);
    application.exam = published_exam;
    application.account = account;
    application.state = ApplicationState::paid;
    application.form = hanjari::tests::sample_form();
    office.applying.applications.applications[application.id] = application;
    office.applying.applications.receipts[application.id] = "receipt";
  }
  Response portal(const std::string& account, const std::string& path) {
    Browser browser(running, Listener::portal);
    if (!account.empty()) browser.set_cookie("hanjari_applicant", office.sign_in_applicant(account));
    return browser.get(path);
  }
  Response by_staff(Role role, Listener listener, const std::string& path) {
    Browser browser(running, listener);
    browser.set_cookie("hanjari_session", office.open_session({std::string(services::spell(role)), role, {}}));
    return browser.get(path);
  }

  const std::string passphrase = "a passphrase of an officer";
  services::NoteSigner signer = services::publication_story::story_signer();
  Office office;
  Running running{office};
  Instant minute{};
  std::vector<std::string> first_days{"", "", ""};  // by when those who passed, the others, and objections
};

std::string address_in_sweep(const std::string& pattern, const std::string& application) {
  std::string address = pattern;
  for (const auto& [slot, value] : std::map<std::string, std::string>{{"{language}", "en"},
                                                                      {"{code}", "seoul-2021-1"},
                                                                      {"{notice}", "seoul-2021-1"},
                                                                      {"{application}", application},
                                                                      {"{publication}", "1"},
                                                                      {"{decision}", "1"},
                                                                      {"{part}", "list.csv"},
                                                                      {"{venue_code}", "V1"},
                                                                      {"{plan}", std::string(64, 'a')},
                                                                      {"{format}", "csv"}}) {
    for (auto at = address.find(slot); at != std::string::npos; at = address.find(slot)) address.replace(at, slot.size(), value);
  }
  return address;
}

void expect_no_result_in(const Response& response, const std::string& where) {
  for (const char* words : {"You passed", "did not pass", "합격하셨습니다", "합격하지", "92.00", "89.00", "86.00"})
    EXPECT_THAT(response.body, Not(HasSubstr(words))) << where;
}

// Red when the list is given before the minute, when the waiting page names the outcome, or when a record is not padded.
TEST_F(PublicationPages, BeforeTheMinuteNoAddressTellsPassedFromFailed) {
  armed();
  office.clock.set(minute - std::chrono::milliseconds(1));
  office.desk.look();
  ASSERT_EQ(portal("one", "/en/my/A-1/result").status, 200) << "a sweep of pages that are not there tells nothing";
  for (const Route& route : running.site.routes().routes()) {
    if (route.method != Method::get || route.pattern.find("/slip") != std::string::npos) continue;
    if (route.listener == Listener::portal) {
      const Response passed = portal("one", address_in_sweep(route.pattern, "A-1"));
      const Response failed = portal("two", address_in_sweep(route.pattern, "A-2"));
      EXPECT_EQ(passed.status, failed.status) << route.pattern;
      expect_no_result_in(passed, route.pattern);
      expect_no_result_in(failed, route.pattern);
      if (route.pattern.find("result") != std::string::npos || route.pattern.find("releases") != std::string::npos)
        EXPECT_EQ(passed.body.size(), failed.body.size()) << route.pattern;
      expect_no_result_in(portal("", address_in_sweep(route.pattern, "A-1")), route.pattern + " as nobody");
    } else {
      for (const Role role : {Role::district_coordinator, Role::venue_chief, Role::auditor, Role::administrator})
        expect_no_result_in(by_staff(role, route.listener, address_in_sweep(route.pattern, "A-1")), route.pattern);
    }
  }
}

// Red when officers learn of a newer decision only by being refused.
TEST_F(PublicationPages, TellWhoeverSignsOfANewerDecision) {
  approved();
  const std::string page = published_pages + "/1";
  const std::string api = "/api/v1/exams/seoul-2021-1/publications/1";
  EXPECT_FALSE(nlohmann::json::parse(by_staff(Role::exam_officer, Listener::office, api).body).contains("newer_decision"));
  services::StoredDecision newer = office.results.decisions.front();
  newer.id = "newer";
  newer.package = "another";
  newer.version = 2;
  office.results.decisions.push_back(newer);
  EXPECT_THAT(by_staff(Role::exam_officer, Listener::office, page).body, HasSubstr("Decision 2 was made since this version was ordered"));
  EXPECT_EQ(nlohmann::json::parse(by_staff(Role::exam_officer, Listener::office, api).body)["newer_decision"], 2);
}

TEST_F(PublicationPages, AtTheMinuteEverybodySeesTheOwnResultAndTheList) {
  armed();
  services::FairnessReport report;
  report.exam = published_exam;
  report.version = 1;
  office.publications.add_fairness_report(report, {});
  EXPECT_THAT(portal("one", "/en/my/A-1/result").body, HasSubstr("not released yet"));
  for (const char* name : {"list.csv", "list.en.pdf", "list.ko.xlsx"})
    EXPECT_EQ(portal("", std::string("/api/v1/exams/seoul-2021-1/releases/") + name).status, 404) << name;
  office.clock.set(minute);
  office.desk.look();
  EXPECT_THAT(portal("one", "/en/my/A-1/result").body, HasSubstr("You passed the written exam."));
  EXPECT_THAT(portal("one", "/ko/my/A-1/result").body, HasSubstr("필기시험에 합격하셨습니다."));
  EXPECT_THAT(portal("two", "/en/my/A-2/result").body, HasSubstr("You did not pass the written exam."));
  EXPECT_EQ(portal("two", "/en/my/A-1/result").status, 404) << "somebody else's";
  const Response list = portal("", "/en/exams/seoul-2021-1/result-list");
  EXPECT_THAT(list.body, HasSubstr(passed_number));
  EXPECT_THAT(list.body, Not(HasSubstr(failed_number)));
  EXPECT_THAT(list.body, Not(HasSubstr("김한자"))) << "numbers only";
  EXPECT_THAT(list.body, HasSubstr("/en/exams/seoul-2021-1/seat-fairness"));
  EXPECT_EQ(portal("", "/api/v1/exams/seoul-2021-1/releases/list.csv").body,
            "unit_code,applicant_number\nU,01000001\nU,01000002\n");
  const std::string files = "/api/v1/exams/seoul-2021-1/releases/";
  for (const std::string language : {"en", "ko"}) {
    const std::string page = portal("", "/" + language + "/exams/seoul-2021-1/result-list").body;
    for (const std::string ending : {".pdf", ".xlsx"}) {
      const std::string name = "list." + language + ending;
      EXPECT_THAT(page, HasSubstr("href=\"" + files + name + "\""));
      const Response file = portal("", files + name);
      EXPECT_EQ(file.status, 200) << name;
      EXPECT_TRUE(file.body.starts_with(ending == ".pdf" ? "%PDF-" : "PK")) << name;
      EXPECT_THAT(file.type, HasSubstr(ending == ".pdf" ? "application/pdf" : "spreadsheetml"));
    }
  }
  EXPECT_EQ(portal("", files + "message.en").status, 404);
  const auto release = nlohmann::json::parse(portal("", "/api/v1/exams/seoul-2021-1/releases").body);
  EXPECT_EQ(release.at("key").get<std::string>().size(), 64U);
  EXPECT_EQ(portal("one", "/en/my/A-1/result/proof").status, 200);
}

// Red when rates are there before the minute, when officers sign without them, when a row of few people is shown, and when a unit is
// called by its code.
TEST_F(PublicationPages, RatesByGroupAreSeenByOfficersBeforeAndByEverybodyFromTheMinute) {
  Recruitment notice = hanjari::tests::sample_notice(published_exam.text());
  notice.units.front().unit.code = UnitCode("010");
  office.applying.recruitments.recruitments[published_exam] = std::make_shared<services::StoredRecruitment>(
      services::StoredRecruitment{notice, services::RecruitmentState::closed, 1});
  office.stored.live = services::LivePointer{std::string(64, 'a'), std::string(64, '0'), 1};
  armed();
  const std::string rates = "/exams/seoul-2021-1/result-rates";
  const std::string files = "/api/v1/exams/seoul-2021-1/releases/";
  EXPECT_EQ(portal("", "/en" + rates).status, 404);
  for (const char* name : {"rates.csv", "rates.en.xlsx", "rates.ko.xlsx"}) EXPECT_EQ(portal("", files + name).status, 404) << name;
  Browser officer(running, Listener::office);
  officer.set_cookie("hanjari_session", office.sign_in("kim", Role::exam_officer, ""));
  const std::string signed_by_officers = officer.get(published_pages + "/1").body;
  EXPECT_THAT(signed_by_officers, HasSubstr("Rates of passing by group"));
  EXPECT_THAT(signed_by_officers, HasSubstr("<caption>By sex</caption>"));
  office.clock.set(minute);
  office.desk.look();
  const Response page = portal("", "/en" + rates);
  ASSERT_EQ(page.status, 200);
  for (const char* way : {"Everybody", "By home district", "By sex", "By unit", "By accommodation"})
    EXPECT_THAT(page.body, HasSubstr("<caption>" + std::string(way) + "</caption>"));
  EXPECT_THAT(page.body, HasSubstr("<th scope=\"row\">General administration"));
  EXPECT_THAT(page.body, HasSubstr("<td colspan=\"3\">withheld</td>")) << "six people are too few for any figure";
  EXPECT_THAT(page.body, HasSubstr("href=\"" + files + "rates.csv\""));
  EXPECT_THAT(page.body, HasSubstr("href=\"" + files + "rates.en.xlsx\""));
  EXPECT_THAT(portal("", "/ko" + rates).body, HasSubstr("집단별 합격률"));
  EXPECT_THAT(portal("", "/ko/exams/seoul-2021-1/result-list").body, HasSubstr("/ko" + rates));
  EXPECT_TRUE(portal("", files + "rates.csv").body.starts_with("dimension,value,people,passed,percent\nall,,,,\n"));
  for (const char* name : {"rates.en.xlsx", "rates.ko.xlsx"}) EXPECT_TRUE(portal("", files + name).body.starts_with("PK")) << name;
}

// Red when the certificate is made anew of what the page says instead of being the one that was sealed, when only those who passed get
// one, and when the page that checks takes a changed text or another key's.
TEST_F(PublicationPages, EverybodyGetsACertificateThatAnybodyCanCheck) {
  signer = {*parse_hex(office.applying.signer.public_key()),
            [this](std::string_view text) { return *parse_hex(office.applying.signer.sign_text(text)); }};
  armed();
  EXPECT_EQ(portal("one", "/en/my/A-1/result/certificate").status, 404);
  office.clock.set(minute);
  office.desk.look();
  EXPECT_THAT(portal("two", "/en/my/A-2/result").body, HasSubstr("Download my certificate"));
  const Response pdf = portal("two", "/en/my/A-2/result/certificate");
  ASSERT_EQ(pdf.status, 200);
  const std::string note = portal("two", "/en/my/A-2/result/certificate-text").body;
  EXPECT_THAT(note, HasSubstr("applicant_number: 01000004\n"));
  EXPECT_THAT(note, HasSubstr("outcome: not_passed\n"));
  EXPECT_EQ(proof::find_note(pdf.body), note) << "the PDF carries the very text";
  EXPECT_EQ(portal("one", "/en/my/A-2/result/certificate").status, 404) << "somebody else's";
  const auto check = [&](const std::string& text) {
    Browser browser(running, Listener::portal);
    return browser.post("/en/check-certificate", "/en/check-certificate", {{"text", text}});
  };
  EXPECT_THAT(check(note).body, HasSubstr("This certificate is genuine"));
  EXPECT_THAT(check(note).body, HasSubstr("newest release"));
  EXPECT_THAT(check(note).body, HasSubstr("(KST)")) << "the moment that is printed";
  std::string changed = note;
  changed.replace(changed.find("not_passed"), 10, "passed");
  EXPECT_THAT(check(changed).body, HasSubstr("The signature does not hold"));
  EXPECT_EQ(check("hello").status, 422);
  EXPECT_THAT(check("hello").body, HasSubstr("This is no certificate"));
}

// Red when those who passed and the others get each other's days.
TEST_F(PublicationPages, TheDaysToKeepAreTheOwnOnes) {
  first_days = {"2099-01-02", "2099-03-04", "2099-01-05"};
  armed();
  EXPECT_EQ(portal("one", "/en/my/A-1/result/days").status, 404);
  office.clock.set(minute);
  office.desk.look();
  const std::string passed = portal("one", "/en/my/A-1/result/days").body;
  EXPECT_THAT(passed, HasSubstr("DTSTART;VALUE=DATE:20990102\r\n"));
  EXPECT_THAT(passed, HasSubstr("DESCRIPTION:Register until Friday.\r\n"));
  EXPECT_THAT(passed, HasSubstr("DTSTART;VALUE=DATE:20990105\r\n"));
  const std::string failed = portal("two", "/en/my/A-2/result/days").body;
  EXPECT_THAT(failed, HasSubstr("DTSTART;VALUE=DATE:20990304\r\n"));
  EXPECT_THAT(failed, Not(HasSubstr("20990102")));
  EXPECT_THAT(failed, HasSubstr("DESCRIPTION:Write to us.\r\n"));
}

// Red when every request opens the whole package anew, when the key is kept longer than it says, and when the header field that
// forbids keeping stands there twice.
TEST_F(PublicationPages, WhatEverybodyAsksForIsGivenFromMemoryAndNeverEarly) {
  const std::vector<std::string> asked{"/en/exams/seoul-2021-1/result-list", "/ko/exams/seoul-2021-1/result-list",
                                       "/api/v1/exams/seoul-2021-1/releases"};
  const auto kept = [&](const std::string& path) { return running.edge.find_kept(Listener::portal, false, false, path); };
  armed();
  office.clock.set(minute - std::chrono::milliseconds(100));
  for (const std::string& path : asked) {
    const Response made = portal("", path);
    ASSERT_EQ(made.status, 200) << path;
    ASSERT_TRUE(kept(path)) << path;
    EXPECT_EQ(kept(path)->body, made.body) << path;
  }
  EXPECT_FALSE(kept("/en/my/A-1/result")) << "what is one person's is kept by nobody";
  EXPECT_THAT(std::string(kept(asked[2])->body), HasSubstr("\"released\":false"));
  office.clock.set(minute);
  office.desk.look();
  EXPECT_THAT(std::string(kept(asked[2])->body), HasSubstr("\"released\":false")) << "late by what the rule says, never early";
  office.clock.set(minute + std::chrono::milliseconds(151));
  EXPECT_FALSE(kept(asked[2])) << "one request makes it anew";
  EXPECT_THAT(portal("", asked[2]).body, HasSubstr("\"key\""));
  EXPECT_THAT(std::string(kept(asked[2])->body), HasSubstr("\"key\""));
  const Response own = portal("one", "/en/my/A-1/result");
  EXPECT_EQ(std::count_if(own.headers.begin(), own.headers.end(), [](const auto& one) { return one.first == "Cache-Control"; }), 1);
  EXPECT_EQ(own.header("Cache-Control"), "no-store");
}

TEST_F(PublicationPages, TheWaitingPageSaysWhenTheReleaseIsDelayed) {
  approved();
  office.clock.set(minute + std::chrono::seconds(1));
  office.desk.look();
  EXPECT_THAT(portal("one", "/en/my/A-1/result").body, HasSubstr("The release is delayed"));
  EXPECT_THAT(portal("", "/en/exams/seoul-2021-1/result-list").body, HasSubstr("The release is delayed"));
  EXPECT_FALSE(nlohmann::json::parse(portal("", "/api/v1/exams/seoul-2021-1/releases").body).at("released").get<bool>());
}

TEST_F(PublicationPages, NothingIsAnnouncedBeforeASecondOfficerApproved) {
  sealed();
  EXPECT_THAT(portal("one", "/en/my/A-1/result").body, HasSubstr("No results of this exam are announced yet"));
  EXPECT_EQ(portal("", "/en/exams/seoul-2021-1/result-list").status, 404);
}

TEST_F(PublicationPages, OfficersSeeTheSameSummaryAndDigestAndTheirOwnNextStep) {
  const services::Publication made = sealed();
  Browser browser(running, Listener::office);
  browser.set_cookie("hanjari_session", office.sign_in("kim", Role::exam_officer, ""));
  const std::string page = browser.get(published_pages + "/1").body;
  EXPECT_THAT(page, HasSubstr(made.state.digest));
  EXPECT_THAT(page, HasSubstr("You passed the written exam.")) << "the sample";
  EXPECT_THAT(page, HasSubstr("01000001 (passed)"));
  EXPECT_FALSE(office.access.records.empty()) << "pages of people are read on record";
  EXPECT_EQ(browser.post(published_pages + "/1", published_pages + "/1/steps", {{"step", "propose"}, {"digest", made.state.digest}}).status,
            303);
  EXPECT_THAT(browser.get(published_pages + "/1").body, HasSubstr("Another officer has to approve it"));
  const Response refused = browser.post(published_pages + "/1", published_pages + "/1/steps",
                                        {{"step", "approve"}, {"digest", made.state.digest}, {"code", "000000"}});
  EXPECT_THAT(refused.status, ::testing::AnyOf(403, 409)) << "a wrong code, of the one who ordered";
  EXPECT_EQ(office.publications.publications.front().state.step, ReleaseStep::proposed);
  // Red while a refused step, in the last minutes, ended on a page that led back to the start only.
  EXPECT_THAT(refused.body, HasSubstr(made.state.digest));
  EXPECT_THAT(refused.body, HasSubstr("id=\"errors\""));
  EXPECT_THAT(refused.body, Not(HasSubstr("/ko/exams/seoul-2021-1/publications/1/steps"))) << "a page, in both languages";
}

// Red when a case that was confirmed after the approval is seen only by who opens the decision: the version would be armed as it is.
TEST_F(PublicationPages, OfficersAreToldOfACaseThatAnApprovedVersionDoesNotKnow) {
  approved();
  const auto page = [&](const char* language) {
    return by_staff(Role::exam_officer, Listener::office, std::string("/") + language + "/exams/seoul-2021-1/publications/1").body;
  };
  EXPECT_THAT(page("en"), Not(HasSubstr("does not know special cases")));
  services::enter_case(office.results, published_exam, passed_number, "misconduct", "Used a telephone", by("kim"));
  EXPECT_THAT(page("en"), Not(HasSubstr("does not know special cases"))) << "nobody has confirmed it";
  services::confirm_case(office.results, published_exam, 1, 1, by("lee"));
  EXPECT_THAT(page("en"), HasSubstr("Decision 1 does not know special cases"));
  EXPECT_THAT(page("ko"), HasSubstr("결정 1 이후에 확인되거나 해제된 특별 결정"));
}

// Red while the box that takes a release back was one pixel wide: an officer who touched its words ticked it unseen.
TEST_F(PublicationPages, TheBoxThatTakesAReleaseBackIsSeen) {
  Browser browser(running, Listener::office);
  browser.set_cookie("hanjari_session", office.sign_in("kim", Role::exam_officer, ""));
  EXPECT_THAT(browser.get(published_pages).body, HasSubstr("<label class=\"choice\"><input type=\"checkbox\" name=\"withdrawal\""));
}

// Red while an officer who meant to give a share closed it by typing the passphrase into the form of a new key.
TEST_F(PublicationPages, AKeyIsReplacedOnlyByWhoSaysSo) {
  Browser browser(running, Listener::office);
  browser.set_cookie("hanjari_session", office.sign_in("kim", Role::exam_officer, ""));
  const std::string keys = "/en/exams/seoul-2021-1/release-keys";
  const std::string before = office.publications.keys.at("kim").key.public_half;
  EXPECT_EQ(browser.post(published_pages, keys, {{"passphrase", "another long passphrase"}}).status, 422);
  EXPECT_EQ(office.publications.keys.at("kim").key.public_half, before);
  EXPECT_EQ(browser.post(published_pages, keys, {{"passphrase", "another long passphrase"}, {"replace", "yes"}}).status, 303);
  EXPECT_NE(office.publications.keys.at("kim").key.public_half, before);
}

// Red while the page that had opened a record in the browser offered neither certificate nor proof, and while a link led to a list
// that is not there.
TEST_F(PublicationPages, OffersWhatToTakeAlongOnlyWithTheResult) {
  EXPECT_THAT(portal("one", "/en/my/A-1/result").body, Not(HasSubstr("/result-list"))) << "nothing is announced";
  armed();
  const std::string waiting = portal("one", "/en/my/A-1/result").body;
  EXPECT_THAT(waiting, HasSubstr("id=\"result-links\" hidden"));
  EXPECT_THAT(waiting, HasSubstr("/en/my/A-1/result/certificate"));
  EXPECT_THAT(waiting, HasSubstr("data-left=\"120\">0:02:00<"));
  EXPECT_THAT(waiting, HasSubstr("/result-list"));
  office.clock.set(minute);
  office.desk.look();
  const std::string open = portal("one", "/en/my/A-1/result").body;
  EXPECT_THAT(open, HasSubstr("id=\"result-links\">"));
  EXPECT_THAT(open, HasSubstr("/en/my/A-1/result/proof"));
}

TEST_F(PublicationPages, AnOrderIsRefusedWithEveryFaultAndWhatWasTyped) {
  Browser browser(running, Listener::office);
  browser.set_cookie("hanjari_session", office.sign_in("kim", Role::exam_officer, ""));
  const Response refused = browser.post(published_pages, published_pages,
                                        {{"decision", "1"}, {"release_at", "2020-01-01T10:00"}, {"next_passed_en", "Typed words"}, {"objection_until", "2021-02-29"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("Typed words"));
  EXPECT_THAT(refused.body, HasSubstr("whole minute"));
  EXPECT_THAT(refused.body, HasSubstr("is no day after the release"));
  EXPECT_THAT(refused.body, HasSubstr("three different officers"));
  EXPECT_TRUE(office.publications.publications.empty());
}

}  // namespace
}  // namespace hanjari::web::testing
