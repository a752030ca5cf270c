// What officers and coordinators meet: sign-in, venues, rosters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "accounts/sign_in_limits.h"
#include "hanjari/accounts/passwords.h"
#include "hanjari/accounts/totp.h"
#include "hanjari/base/digest.h"
#include "hanjari/domain/application_number.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using services::Role;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string roster = "/api/v1/exams/seoul-2021-1/venues/V1/rosters";

class OfficePages : public ::testing::Test {
 protected:
  Browser signed_in(Role role, const std::string& district) {
    Browser browser(running, Listener::office);
    browser.set_cookie("hanjari_session", office.sign_in("staff" + std::to_string(++accounts), role, district));
    return browser;
  }

  int accounts = 0;
  Office office;
  Running running{office};
};

// The code that the authenticator of an account shows now; of an enrolment under way before there is one.
std::string code_of(Office& office, const std::string& account) {
  std::string secret = office.accounts.find_account(account)->totp_secret;
  for (const auto& [hash, session] : office.accounts.sessions) {
    if (session.actor.account == account && secret.empty()) secret = session.pending_secret;
  }
  return services::totp_code(secret, services::totp_step_at(office.clock.now()));
}

class ByProvider : public OfficePages {
 protected:
  ByProvider() {
    const services::Change change{"administrator", "", office.clock.now()};
    services::add_account(office.accounts, {"officer", Role::exam_officer}, "", change);
    services::link_account(office.accounts, "officer", office.provider.issuer(), "person-1", change);
    office.provider.second_factor = true;
  }
  // To the provider and back with its answer.
  Response come_back(const std::string& next = "") {
    browser.get("/en/sign-in");
    const std::string asked = "/en/sign-in/provider" + (next.empty() ? next : "?next=" + encode_percent(next));
    question = browser.get(asked);
    return browser.get("/sign-in/provider?state=s&code=c");
  }

  Browser browser{running, Listener::office};
  Response question;
};

TEST_F(ByProvider, ComesInWhereItWantedTo) {
  EXPECT_THAT(browser.get("/en/sign-in?next=%2Fen%2Fexams").body, HasSubstr("/en/sign-in/provider?next=%2Fen%2Fexams"));
  const Response answer = come_back("/en/exams/seoul-2021-1/venues?page=2");
  EXPECT_EQ(question.header("Location"), "https://id.example.kr/auth?state=s");
  EXPECT_THAT(std::string(question.header("Set-Cookie")), HasSubstr("HttpOnly; SameSite=Lax"));
  // No redirect: the session's cookie does not go along with one that another site began.
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Refresh"), "0; url=/en/exams/seoul-2021-1/venues?page=2");
  EXPECT_THAT(answer.body, HasSubstr("href=\"/en/exams/seoul-2021-1/venues?page=2\""));
  EXPECT_EQ(browser.get("/en/exams/seoul-2021-1/venues").status, 200);
  EXPECT_EQ(browser.get("/sign-in/provider?state=s&code=c").status, 422) << "the keepsake is good once";
}

TEST_F(ByProvider, GoesNowhereElse) {
  for (const char* next :
       {"https://other.example.kr/", "//other.example.kr", "/en/audit", "/en/nothing", "/en/exams\r\nX: y"})
    EXPECT_EQ(come_back(next).header("Refresh"), "0; url=/en/exams") << next;
  EXPECT_EQ(come_back("/en/exams/" + std::string(2000, 'x')).header("Refresh"), "0; url=/en/exams");
}

TEST_F(ByProvider, IsAskedForOurOwnCodeWhenTheProviderDidNotAsk) {
  office.provider.second_factor = false;
  EXPECT_EQ(come_back().header("Refresh"), "0; url=/en/second-step");
  EXPECT_EQ(browser.get("/en/exams/seoul-2021-1/venues").status, 303) << "half a sign-in opens nothing";
  EXPECT_EQ(browser.get("/en/second-step").status, 200);
}

TEST_F(ByProvider, LetsNobodyInWhomItDoesNotKnow) {
  office.provider.subject = "<b>person-2";
  const Response stranger = come_back();
  EXPECT_EQ(stranger.status, 422);
  EXPECT_THAT(stranger.body, HasSubstr("&lt;b&gt;person-2"));
  office.provider.subject = "person-1";
  services::set_disabled(office.accounts, "officer", true, {"administrator", "", office.clock.now()});
  EXPECT_EQ(come_back().status, 422);
  services::set_disabled(office.accounts, "officer", false, {"administrator", "", office.clock.now()});
  Browser other(running, Listener::office);
  EXPECT_EQ(other.get("/sign-in/provider?state=s&code=c").status, 422) << "without the keepsake";
  EXPECT_EQ(browser.post("/en/sign-in", "/en/sign-in", {{"account", "officer"}, {"password", ""}}).status, 422);
  EXPECT_EQ(come_back().status, 200);
}

TEST_F(OfficePages, LetsStaffInWithPasswordAndSecondFactorAndOut) {
  const std::string password = "blue kettle on a roof";
  services::add_account(office.accounts, {"jongno", Role::district_coordinator, DistrictCode("11110")}, password,
                        {"administrator", "", office.clock.now()});
  Browser browser(running, Listener::office);
  EXPECT_EQ(browser.get("/ko").header("Location"), "/ko/sign-in?next=%2Fko");
  const Response wrong =
      browser.post("/ko/sign-in", "/ko/sign-in", {{"account", "jongno"}, {"password", "another password"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("계정 또는 비밀번호가 맞지 않습니다"));
  const Response entered = browser.post("/ko/sign-in", "/ko/sign-in", {{"account", "jongno"}, {"password", password}});
  EXPECT_EQ(entered.header("Location"), "/ko/second-step");
  EXPECT_THAT(std::string(entered.header("Set-Cookie")), HasSubstr("HttpOnly; SameSite=Strict"));
  EXPECT_EQ(browser.get("/ko").header("Location"), "/ko/sign-in?next=%2Fko") << "the password alone opens nothing";

  // The first time the authenticator is set up.
  const Response enrolment = browser.get("/ko/second-step");
  EXPECT_THAT(enrolment.body, HasSubstr("<svg class=\"qr\""));
  EXPECT_EQ(browser.post("/ko/second-step", "/ko/second-step", {{"code", "000000"}}).status, 422);
  const Response codes = browser.post("/ko/second-step", "/ko/second-step", {{"code", code_of(office, "jongno")}});
  EXPECT_EQ(codes.status, 200);
  EXPECT_THAT(codes.body, HasSubstr("복구 코드"));
  EXPECT_EQ(browser.get("/ko").header("Location"), "/ko/exams/seoul-2021-1/venues");
  const Response left = browser.post("/ko/exams/seoul-2021-1/venues", "/ko/sign-out", {});
  EXPECT_EQ(left.header("Location"), "/ko/sign-in");
  EXPECT_TRUE(office.accounts.sessions.empty());
  EXPECT_EQ(browser.get("/ko/exams").status, 303);

  // Later it is asked for, and a code that was taken is not taken again.
  browser.post("/en/sign-in", "/en/sign-in", {{"account", "jongno"}, {"password", password}});
  EXPECT_EQ(browser.post("/en/second-step", "/en/second-step", {{"code", code_of(office, "jongno")}}).status, 422);
  office.clock.pass(std::chrono::seconds(30));
  EXPECT_EQ(
      browser.post("/en/second-step", "/en/second-step", {{"code", code_of(office, "jongno")}}).header("Location"),
      "/en/exams");
}

// The value of a hidden field, as a browser sends it.
std::string hidden_value(const std::string& page, const std::string& name) {
  const std::string begin = "name=\"" + name + "\" value=\"";
  const std::size_t at = page.find(begin);
  if (at == std::string::npos) return "";
  std::string value = page.substr(at + begin.size(), page.find('"', at + begin.size()) - at - begin.size());
  for (std::size_t quote = value.find("&quot;"); quote != std::string::npos; quote = value.find("&quot;", quote))
    value.replace(quote, 6, "\"");
  return value;
}

// Red while only applicants kept what they had typed: an officer's words were gone with the session.
TEST_F(OfficePages, KeepWhatWasTypedInASessionThatHasEndedAndSendItAfterBothSteps) {
  const std::string password = "blue kettle on a roof";
  services::add_account(office.accounts, {"kim", Role::exam_officer, {}}, password, {"administrator", "", office.clock.now()});
  Browser browser(running, Listener::office);
  browser.post("/en/sign-in", "/en/sign-in", {{"account", "kim"}, {"password", password}});
  ASSERT_EQ(browser.get("/en/second-step").status, 200);
  ASSERT_EQ(browser.post("/en/second-step", "/en/second-step", {{"code", code_of(office, "kim")}}).status, 200);
  office.clock.pass(std::chrono::seconds(30));
  browser.set_cookie("hanjari_session", std::string(64, '0'));
  const std::string edits = "/en/exams/seoul-2021-1/edits/s1";
  const Response asked = browser.post("/en/sign-in", edits, {{"kind", "lock"}, {"reason", "the lift is broken"}, {"passphrase", "blue"}});
  ASSERT_EQ(asked.status, 401) << asked.body;
  EXPECT_THAT(std::string(asked.content()), HasSubstr("It is kept on this page: sign in, then send it again."));
  const std::string kept = hidden_value(std::string(asked.content()), "kept");
  EXPECT_THAT(kept, HasSubstr("the lift is broken"));
  EXPECT_THAT(kept, Not(HasSubstr("blue"))) << "what is secret is typed again";
  const std::string next = hidden_value(std::string(asked.content()), "next");
  EXPECT_EQ(next, edits);
  const Response wrong = browser.post("/en/sign-in", "/en/sign-in",
                                      {{"account", "kim"}, {"password", "another one"}, {"next", next}, {"kept", kept}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(hidden_value(std::string(wrong.content()), "kept"), kept);
  const Response half = browser.post("/en/sign-in", "/en/sign-in",
                                     {{"account", "kim"}, {"password", password}, {"next", next}, {"kept", kept}});
  EXPECT_EQ(half.status, 200);
  EXPECT_EQ(hidden_value(std::string(half.content()), "kept"), kept);
  const Response entered = browser.post("/en/second-step", "/en/second-step",
                                        {{"code", code_of(office, "kim")}, {"next", next}, {"kept", kept}});
  EXPECT_EQ(entered.status, 200);
  EXPECT_THAT(std::string(entered.content()), HasSubstr("action=\"" + edits + "\""));
  EXPECT_THAT(std::string(entered.content()), HasSubstr("name=\"reason\" value=\"the lift is broken\""));
}

// What was sent to a page with a session that has ended: the sign-in page, which keeps it.
struct TypedAfterTheEnd {
  TypedAfterTheEnd(Browser& browser, const std::string& reason) {
    browser.set_cookie("hanjari_session", std::string(64, '0'));
    browser.get("/en/sign-in");
    asked = browser.post("/en/sign-in", edits, {{"kind", "lock"}, {"reason", reason}});
    kept = hidden_value(std::string(asked.content()), "kept");
  }

  const std::string edits = "/en/exams/seoul-2021-1/edits/s1";
  Response asked;
  std::string kept;
};

// Red while the words were kept by a password only: whoever signed in by the institution's provider typed them again.
TEST_F(ByProvider, KeepsWhatWasTypedInASessionThatHasEnded) {
  const TypedAfterTheEnd typed(browser, "the lift is broken");
  ASSERT_EQ(typed.asked.status, 401) << typed.asked.body;
  EXPECT_THAT(std::string(typed.asked.content()), HasSubstr("method=\"post\" action=\"/en/sign-in/provider\""));
  const Response away = browser.post("/en/sign-in", "/en/sign-in/provider", {{"next", typed.edits}, {"kept", typed.kept}});
  EXPECT_EQ(away.status, 200) << "no redirect, which a form may not follow to another site";
  EXPECT_EQ(away.header("Refresh"), "0; url=https://id.example.kr/auth?state=s");
  EXPECT_TRUE(browser.has_cookie("hanjari_typed0"));
  EXPECT_FALSE(browser.has_cookie("hanjari_typed1")) << "one is enough for a few words";
  for (const auto& [name, value] : away.headers) {
    if (name == "Set-Cookie" && value.starts_with("hanjari_typed")) EXPECT_THAT(value, HasSubstr("; HttpOnly; SameSite=Lax; Max-Age=600"));
  }
  const Response back = browser.get("/sign-in/provider?state=s&code=c");
  EXPECT_EQ(back.status, 200);
  EXPECT_THAT(std::string(back.content()), HasSubstr("action=\"" + typed.edits + "\""));
  EXPECT_THAT(std::string(back.content()), HasSubstr("name=\"reason\" value=\"the lift is broken\""));
  EXPECT_EQ(browser.get("/en/exams/seoul-2021-1/venues").status, 200) << "and signed in";
  EXPECT_FALSE(browser.has_cookie("hanjari_typed0"));
  EXPECT_THAT(come_back().body, Not(HasSubstr("the lift is broken"))) << "kept for one time";
}

TEST_F(ByProvider, KeepsWhatWasTypedOverOurOwnSecondStepToo) {
  office.provider.second_factor = false;
  const TypedAfterTheEnd typed(browser, "the lift is broken");
  browser.post("/en/sign-in", "/en/sign-in/provider", {{"next", typed.edits}, {"kept", typed.kept}});
  const Response half = browser.get("/sign-in/provider?state=s&code=c");
  EXPECT_EQ(half.status, 200);
  EXPECT_EQ(hidden_value(std::string(half.content()), "kept"), typed.kept);
  EXPECT_THAT(std::string(half.content()), HasSubstr("<svg class=\"qr\"")) << "this account has no second factor yet";
  const Response entered =
      browser.post("/en/second-step", "/en/second-step", {{"code", code_of(office, "officer")}, {"next", typed.edits}, {"kept", typed.kept}});
  EXPECT_EQ(entered.status, 200);
  EXPECT_THAT(std::string(entered.content()), HasSubstr("name=\"reason\" value=\"the lift is broken\""));
}

// Red while whoever came back to a provider that did not answer had lost what was typed.
TEST_F(ByProvider, GivesBackWhatWasTypedWhenTheProviderDoesNotAnswer) {
  const TypedAfterTheEnd typed(browser, "the lift is broken");
  browser.post("/en/sign-in", "/en/sign-in/provider", {{"next", typed.edits}, {"kept", typed.kept}});
  office.provider.answers = false;
  const Response silent = browser.get("/sign-in/provider?state=s&code=c");
  EXPECT_EQ(silent.status, 503);
  EXPECT_EQ(hidden_value(std::string(silent.content()), "kept"), typed.kept);
  EXPECT_FALSE(browser.has_cookie("hanjari_typed0"));
}

TEST_F(ByProvider, SaysWhatIsTooLongToBeKeptBeforeItIsLost) {
  std::string reason;
  std::uint32_t draw = 12345;  // letters that cannot be packed into half their length
  while (reason.size() < 7'000) reason += "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"[(draw = draw * 1'664'525U + 1'013'904'223U) >> 26];
  const std::string edits = "/en/exams/seoul-2021-1/edits/s1";
  const std::string kept = R"({"files":false,"path":")" + edits + R"(","values":{"reason":")" + reason + "\"}}";
  const Response told = browser.post("/en/sign-in", "/en/sign-in/provider", {{"next", edits}, {"kept", kept}});
  EXPECT_EQ(told.status, 422);
  EXPECT_THAT(std::string(told.content()), HasSubstr("too long to be kept over the sign-in of your organisation"));
  EXPECT_EQ(hidden_value(std::string(told.content()), "kept"), kept) << "the password still keeps it";
}

// Red while a first enrolment led away from the page: whoever set up the authenticator lost what was typed.
TEST_F(OfficePages, KeepWhatWasTypedOverTheFirstEnrolment) {
  const std::string password = "blue kettle on a roof";
  services::add_account(office.accounts, {"kim", Role::exam_officer, {}}, password, {"administrator", "", office.clock.now()});
  Browser browser(running, Listener::office);
  const TypedAfterTheEnd typed(browser, "the lift is broken");
  const Response enrolment = browser.post("/en/sign-in", "/en/sign-in",
                                          {{"account", "kim"}, {"password", password}, {"next", typed.edits}, {"kept", typed.kept}});
  EXPECT_EQ(enrolment.status, 200);
  EXPECT_THAT(std::string(enrolment.content()), HasSubstr("<svg class=\"qr\""));
  EXPECT_EQ(hidden_value(std::string(enrolment.content()), "kept"), typed.kept);
  const Response wrong = browser.post("/en/second-step", "/en/second-step", {{"code", "000000"}, {"next", typed.edits}, {"kept", typed.kept}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(hidden_value(std::string(wrong.content()), "kept"), typed.kept);
  const Response codes =
      browser.post("/en/second-step", "/en/second-step", {{"code", code_of(office, "kim")}, {"next", typed.edits}, {"kept", typed.kept}});
  EXPECT_EQ(codes.status, 200);
  EXPECT_THAT(std::string(codes.content()), HasSubstr("<ol class=\"figures\">")) << "the recovery codes, once";
  EXPECT_THAT(std::string(codes.content()), HasSubstr("action=\"" + typed.edits + "\""));
  EXPECT_THAT(std::string(codes.content()), HasSubstr("name=\"reason\" value=\"the lift is broken\""));
}

std::vector<std::string> codes_on(const Response& page) {
  const std::string body(page.content());
  std::vector<std::string> codes;
  for (std::size_t at = body.find("<li><code>"); at != std::string::npos; at = body.find("<li><code>", at + 1))
    codes.push_back(body.substr(at + 10, body.find("</code>", at) - at - 10));
  return codes;
}

// Red while the language switch led away from codes that nobody had read.
TEST_F(OfficePages, ShowRecoveryCodesUntilTheyAreSaidToBeKept) {
  const std::string password = "blue kettle on a roof";
  services::add_account(office.accounts, {"kim", Role::exam_officer, {}}, password, {"administrator", "", office.clock.now()});
  Browser browser(running, Listener::office);
  browser.post("/en/sign-in", "/en/sign-in", {{"account", "kim"}, {"password", password}});
  browser.get("/en/second-step");  // the page that draws the secret of the authenticator
  const Response drawn = browser.post("/en/second-step", "/en/second-step", {{"code", code_of(office, "kim")}});
  const std::vector<std::string> codes = codes_on(drawn);
  ASSERT_EQ(codes.size(), 10U);
  EXPECT_THAT(std::string(drawn.content()), HasSubstr("href=\"/ko/account/codes\"")) << "the other language";
  for (const auto& [name, value] : drawn.headers) EXPECT_THAT(value, Not(HasSubstr(codes[0]))) << name;
  EXPECT_EQ(codes_on(browser.get("/ko/account/codes")), codes);
  EXPECT_EQ(codes_on(browser.get("/en/account/codes")), codes) << "and again";
  EXPECT_THAT(browser.get("/en/account").body, HasSubstr("href=\"/en/account/codes\""));
  for (const AccessEntry& entry : running.log) EXPECT_THAT(std::string(entry.route), Not(HasSubstr(codes[0])));
  const Response kept = browser.post("/ko/account/codes", "/ko/account/codes", {{"kept_codes", "yes"}, {"next", "/en/exams"}});
  EXPECT_EQ(kept.status, 303);
  EXPECT_EQ(kept.header("Location"), "/ko/exams") << "in the language that is read now";
  EXPECT_FALSE(browser.has_cookie("hanjari_codes"));
  EXPECT_EQ(browser.get("/ko/account/codes").header("Location"), "/ko/account");
  EXPECT_THAT(browser.get("/en/account").body, Not(HasSubstr("/en/account/codes")));
}

TEST_F(OfficePages, ShowNoRecoveryCodesToAnotherAccountNorThoseThatWereReplaced) {
  const std::string password = "blue kettle on a roof";
  for (const char* name : {"kim", "lee"})
    services::add_account(office.accounts, {name, Role::exam_officer, {}}, password, {"administrator", "", office.clock.now()});
  const auto enter = [&](Browser& browser, const std::string& name) {
    browser.post("/en/sign-in", "/en/sign-in", {{"account", name}, {"password", password}});
    browser.get("/en/second-step");
    return browser.post("/en/second-step", "/en/second-step", {{"code", code_of(office, name)}});
  };
  Browser of_kim(running, Listener::office);
  Browser of_lee(running, Listener::office);
  const Response drawn = enter(of_kim, "kim");
  enter(of_lee, "lee");
  std::string sealed;
  for (const auto& [name, value] : drawn.headers) {
    if (name == "Set-Cookie" && value.starts_with("hanjari_codes=")) sealed = value.substr(14, value.find(';') - 14);
  }
  ASSERT_FALSE(sealed.empty());
  EXPECT_EQ(codes_on(of_lee.get("/en/account/codes")).size(), 10U) << "lee's own";
  of_lee.set_cookie("hanjari_codes", sealed);
  EXPECT_EQ(of_lee.get("/en/account/codes").status, 303) << "sealed for another account";
  EXPECT_EQ(codes_on(of_kim.get("/en/account/codes")).size(), 10U);
  office.accounts.recovery_codes["kim"].clear();  // as after fresh ones were drawn on another device
  EXPECT_EQ(of_kim.get("/en/account/codes").status, 303);
}

// What was typed before the session ended goes along with the codes into the other language.
TEST_F(OfficePages, KeepRecoveryCodesAndWhatWasTypedInEitherLanguage) {
  const std::string password = "blue kettle on a roof";
  services::add_account(office.accounts, {"kim", Role::exam_officer, {}}, password, {"administrator", "", office.clock.now()});
  Browser browser(running, Listener::office);
  const TypedAfterTheEnd typed(browser, "the lift is broken");
  browser.post("/en/sign-in", "/en/sign-in", {{"account", "kim"}, {"password", password}, {"next", typed.edits}, {"kept", typed.kept}});
  const Response drawn =
      browser.post("/en/second-step", "/en/second-step", {{"code", code_of(office, "kim")}, {"next", typed.edits}, {"kept", typed.kept}});
  const std::vector<std::string> codes = codes_on(drawn);
  ASSERT_EQ(codes.size(), 10U);
  EXPECT_THAT(std::string(drawn.content()), HasSubstr("action=\"/ko/account/codes\"")) << "a form: a link would lose what was typed";
  const std::string kept = hidden_value(std::string(drawn.content()), "kept");
  const Response switched = browser.post("/en/account/codes", "/ko/account/codes", {{"kept", kept}, {"next", typed.edits}});
  EXPECT_EQ(codes_on(switched), codes);
  EXPECT_THAT(std::string(switched.content()), HasSubstr("name=\"reason\" value=\"the lift is broken\""));
  const Response done = browser.post("/en/account/codes", "/en/account/codes", {{"kept", kept}, {"kept_codes", "yes"}});
  EXPECT_THAT(std::string(done.content()), HasSubstr("name=\"reason\" value=\"the lift is broken\""));
  EXPECT_FALSE(browser.has_cookie("hanjari_codes"));
}

// Lets so many wait for password work, for as long as the test takes.
struct PatientQueue {
  explicit PatientQueue(int waiting) { services::set_password_limits({usual.at_once, waiting, 600'000}); }
  ~PatientQueue() { services::set_password_limits(usual); }
  PatientQueue(const PatientQueue&) = delete;
  PatientQueue& operator=(const PatientQueue&) = delete;

  const services::PasswordLimits usual = services::password_limits();
};

// Red with a gate of eight in front of the queue: the ninth was refused and nobody ever waited.
TEST_F(OfficePages, LetsAsManyWaitAtTheSignInAsItSaysAndTellsTheNextWhenToComeAgain) {
  constexpr int waiting = 20;
  const std::string password = "blue kettle on a roof";
  const auto name_of = [](int person) { return "staff." + std::to_string(person % 5); };  // under the limit of each
  for (int person = 0; person < 5; ++person) {
    services::add_account(office.accounts, {name_of(person), Role::exam_officer}, password,
                          {"administrator", "", office.clock.now()});
  }
  const PatientQueue queue(waiting);
  std::vector<std::unique_ptr<services::PasswordPlace>> running_now;
  for (int place = 0; place < queue.usual.at_once; ++place)
    running_now.push_back(std::make_unique<services::PasswordPlace>(services::password_limits()));
  std::vector<int> statuses(waiting, 0);
  std::vector<std::thread> people;
  for (int person = 0; person < waiting; ++person) {
    people.emplace_back([&, person] {
      Browser browser(running, Listener::office);
      statuses[static_cast<std::size_t>(person)] =
          browser.post("/ko/sign-in", "/ko/sign-in", {{"account", name_of(person)}, {"password", password}}).status;
    });
  }
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(10);
  while (services::password_work().waiting < waiting && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(services::password_work().waiting, waiting);

  Browser late(running, Listener::office);
  const Response told = late.post("/ko/sign-in", "/ko/sign-in", {{"account", name_of(0)}, {"password", password}});
  EXPECT_EQ(told.status, 503);
  EXPECT_THAT(told.body, HasSubstr("20명이 차례를 기다리고 있습니다"));
  EXPECT_THAT(told.body, HasSubstr("value=\"staff.0\"")) << "the form, with what was typed";
  EXPECT_THAT(told.body, Not(HasSubstr(password)));
  // The same time for people and for programs. Red when the header was always the same.
  EXPECT_THAT(told.body, HasSubstr("약 " + std::string(told.header("Retry-After")) + "초 뒤"));

  running_now.clear();
  for (std::thread& person : people) person.join();
  EXPECT_THAT(statuses, ::testing::Each(303)) << "whoever waited came in";
}

// Red when only the forms of passwords said so: at the second step a page of errors came, and the code was to be found
// again.
TEST_F(OfficePages, ShowsTheSecondStepAgainWhenItIsBusyAndTakesTheSameCode) {
  const std::string password = "blue kettle on a roof";
  const services::Change change{"administrator", "", office.clock.now()};
  services::add_account(office.accounts, {"jongno", Role::exam_officer}, password, change);
  give_second_factor(office.accounts, "jongno", std::string(20, 's'), 0, {}, change);
  Browser browser(running, Listener::office);
  browser.post("/en/sign-in", "/en/sign-in", {{"account", "jongno"}, {"password", password}});
  // As many as the account may get wrong are being judged at this moment.
  constexpr int most = 30;
  for (int guess = 0; guess < most; ++guess) {
    office.attempts.reserve("guess " + std::to_string(guess), {{"code/account/jongno", most, std::chrono::minutes(60)}},
                            office.clock.now());
  }
  const std::string code = code_of(office, "jongno");
  const Response told = browser.post("/en/second-step", "/en/second-step", {{"code", code}});
  EXPECT_EQ(told.status, 503);
  EXPECT_FALSE(told.header("Retry-After").empty());
  EXPECT_THAT(told.body, HasSubstr("name=\"code\""));
  for (int guess = 0; guess < most; ++guess) office.attempts.settle("guess " + std::to_string(guess), false);
  EXPECT_EQ(browser.post("/en/second-step", "/en/second-step", {{"code", code}}).header("Location"), "/en/exams");
}

TEST_F(OfficePages, HoldsMoreAtTheGateOfEverySignInThanTheQueueHolds) {
  const services::PasswordLimits limits = services::password_limits();
  EXPECT_GE(limits.waiting, 32);
  int gates = 0;
  for (const Route& route : running.site.routes().routes()) {
    if (route.limits.at_once == 0 || route.pattern.find("sign-in/provider") != std::string::npos) continue;
    if (route.pattern.find("sign-") == std::string::npos && route.pattern.find("forgotten") == std::string::npos) continue;
    ++gates;
    EXPECT_GT(route.limits.at_once, limits.at_once + limits.waiting) << route.pattern;
  }
  EXPECT_GE(gates, 4);
}

TEST_F(OfficePages, GoesBackToThePageThatWasAskedForAndNowhereElse) {
  services::add_account(office.accounts, {"jongno", Role::district_coordinator, DistrictCode("11110")},
                        "blue kettle on a roof", {"administrator", "", office.clock.now()});
  const auto next_of = [&](const std::string& next) {
    Browser browser(running, Listener::office);
    browser.set_cookie("hanjari_session", office.open_session({"jongno", Role::district_coordinator}));
    return std::string(browser.get("/ko/sign-in?next=" + encode_percent(next)).header("Location"));
  };
  EXPECT_EQ(next_of("/ko/exams/seoul-2021-1/venues?search=a"), "/ko/exams/seoul-2021-1/venues?search=a");
  for (const char* elsewhere : {"//evil.example/ko/exams", "https://evil.example", "/\\evil.example", "/ko/sign-out",
                                "/ko/exams\r\nX: y", "/ko/audit", ""}) {
    EXPECT_EQ(next_of(elsewhere), "/ko/exams") << elsewhere;
  }
}

TEST_F(OfficePages, ShowTheOwnSessionsAndEndThem) {
  Browser browser = signed_in(Role::administrator, "");
  const std::string account = "staff1";
  Browser elsewhere(running, Listener::office);
  elsewhere.set_cookie("hanjari_session", office.open_session({account, Role::administrator}));
  EXPECT_EQ(elsewhere.get("/en/account").status, 200);
  const Response page = browser.get("/en/account");
  EXPECT_THAT(page.body, HasSubstr("Sign out everywhere else"));
  EXPECT_EQ(browser.post("/en/account", "/en/account/sessions/others", {}).status, 303);
  EXPECT_EQ(elsewhere.get("/en/account").status, 303);
  EXPECT_EQ(browser.get("/en/account").status, 200);
  EXPECT_EQ(browser
                .post("/en/account", "/en/account/password",
                      {{"old_password", "wrong"}, {"new_password", "green lamp under water"}})
                .status,
            422);
  const Response changed =
      browser.post("/en/account", "/en/account/password",
                   {{"old_password", "twelve letters at least"}, {"new_password", "green lamp under water"}});
  EXPECT_EQ(changed.header("Location"), "/en/account");
  EXPECT_EQ(browser.get("/en/account").status, 200) << "under a new token";
}

TEST_F(OfficePages, ShowTheAuditTrailToAuditorsAndRecordThatTheyReadIt) {
  services::AuditNote note{"roster.pdf", "seoul-2021-1/V1"};
  note.whose = {"A1", "A2"};
  office.trail.record({"officer", "<b>because</b>", office.clock.now()}, note);
  Browser browser = signed_in(Role::auditor, "");
  const Response page = browser.get("/en/audit");
  EXPECT_THAT(page.body, HasSubstr("seoul-2021-1/V1"));
  EXPECT_THAT(page.body, HasSubstr("&lt;b&gt;because"));
  EXPECT_THAT(page.body, HasSubstr("People: 2"));
  EXPECT_EQ(office.trail.entries.back().note.action, "audit.read");
  // Seen by auditors: codes of actions and times of another zone.
  const std::string again = browser.get("/ko/audit").body;
  EXPECT_THAT(again, HasSubstr("감사 기록 열람 <span class=\"venue-code\">audit.read</span>"));
  EXPECT_THAT(again, Not(HasSubstr("00:00Z")));
  EXPECT_EQ(office.trail.entries.back().change.author, "staff1");
  EXPECT_EQ(office.trail.entries.back().change.source, "192.0.2.7");
  const Response list = browser.get("/api/v1/audit-entries?author=officer");
  EXPECT_THAT(std::string(list.content()), HasSubstr("\"whose\":[\"A1\",\"A2\"]"));
}

// Red when only the stored name of an application and the code of an action were found: an auditor who typed what papers and
// this very page show was told that nobody had opened the person.
TEST_F(OfficePages, FindInTheAuditTrailWhatPapersAndTheTrailItselfShow) {
  services::AuditNote note{"application.correct", "3f2a9c1b0d4e77c0"};
  note.whose = {"3f2a9c1b0d4e77c0"};
  office.trail.record({"officer", "", office.clock.now(), "exam_officer"}, note);
  Browser browser = signed_in(Role::auditor, "");
  const std::string shown = write_application_number(ApplicationId("3f2a9c1b0d4e77c0"));
  const std::string of_person = browser.get("/ko/audit?whose=" + shown).body;
  EXPECT_THAT(of_person, HasSubstr("<span class=\"venue-code\">application.correct</span>"));
  EXPECT_THAT(of_person, HasSubstr("officer · 시험담당관"));
  EXPECT_EQ(office.trail.entries.back().note.whose, std::vector<std::string>{"3f2a9c1b0d4e77c0"});
  for (const char* typed : {"%EC%9B%90%EC%84%9C%20%EC%A0%95%EC%A0%95", "application%20corrected", "application.correct"})
    EXPECT_THAT(browser.get(std::string("/ko/audit?action=") + typed).body, HasSubstr(">application.correct</span>")) << typed;
}

// Red while the file was bounded by its lines alone: some hundred entries that name everybody filled the memory of all.
TEST_F(OfficePages, GiveNoMoreOfTheAuditTrailAtATimeThanAFileBears) {
  services::AuditNote note{"roster.pdf", "seoul-2021-1/V1"};
  note.before = std::string(1'000'000, 'x');
  for (int entry = 0; entry < 70; ++entry) office.trail.record({"officer", "because", office.clock.now()}, note);
  Browser browser = signed_in(Role::auditor, "");
  const std::string file(browser.post("/en/audit", "/en/audit-exports", {{"author", "officer"}}).content());
  EXPECT_GT(file.size(), 60'000'000U);
  EXPECT_LT(file.size(), 65'000'000U);
  const std::string last = file.substr(file.rfind('\n', file.size() - 2) + 1);
  EXPECT_THAT(last, HasSubstr("\"entries\":63"));
  EXPECT_THAT(last, HasSubstr("\"whole\":false"));
  for (int entry = 0; entry < 130; ++entry) office.trail.record({"other", "because", office.clock.now()}, {"roster.pdf", "V1"});
  const std::string all(browser.post("/en/audit", "/en/audit-exports", {{"author", "other"}}).content());
  EXPECT_THAT(all, HasSubstr("\"entries\":130,\"whole\":true")) << "more than are read at first";
}

// Red while nobody could ask when something was done.
TEST_F(OfficePages, FindInTheAuditTrailWhatWasDoneInATime) {
  const auto record = [&](const char* subject, const char* moment) {
    office.trail.record({"officer", "", parse_instant(moment).value()}, {"roster.pdf", subject});
  };
  record("exam-early", "2021-05-01T00:00:00Z");
  record("exam-late", "2021-05-03T23:00:00Z");
  record("exam-after", "2021-05-06T00:00:00Z");
  Browser browser = signed_in(Role::auditor, "");
  const auto is_late_alone = [](const std::string& text) {
    EXPECT_THAT(text, HasSubstr("exam-late"));
    EXPECT_THAT(text, Not(HasSubstr("exam-early")));
    EXPECT_THAT(text, Not(HasSubstr("exam-after")));
  };
  is_late_alone(browser.get("/en/audit?from=2021-05-03&until=2021-05-04").body);
  is_late_alone(std::string(browser.get("/api/v1/audit-entries?from=2021-05-03T22:00:00Z&until=2021-05-03T23:30:00Z").content()));
  is_late_alone(std::string(
      browser.post("/en/audit", "/en/audit-exports", {{"from", "2021-05-03"}, {"until", "2021. 5. 4."}}).content()));
  const Response wrong = browser.get("/ko/audit?from=yesterday");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, ::testing::AllOf(HasSubstr("2027-06-12"), HasSubstr("value=\"yesterday\""))) << "what was typed stays";
  EXPECT_EQ(browser.get("/api/v1/audit-entries?from=yesterday").status, 422);
}

// Red when the trail was signed before it knew of the file.
TEST_F(OfficePages, GiveTheAuditTrailAsAFileWhoseDigestTheTrailSigns) {
  services::AuditNote note{"roster.pdf", "seoul-2021-1/V1"};
  note.whose = {"A1"};
  office.trail.record({"officer", "because", office.clock.now()}, note);
  Browser browser = signed_in(Role::auditor, "");
  const Response taken = browser.post("/en/audit", "/en/audit-exports", {{"author", "officer"}});
  EXPECT_EQ(taken.status, 200);
  const std::string file(taken.content());
  const auto last = file.rfind('\n', file.size() - 2) + 1;
  const std::string digest = sha256(file.substr(0, last)).hex();
  EXPECT_THAT(file.substr(0, last), HasSubstr("\"whose\":[\"A1\"]"));
  EXPECT_THAT(file.substr(last), HasSubstr("\"sha256\":\"" + digest + "\""));
  EXPECT_THAT(file.substr(last), HasSubstr("signed after audit.export")) << "with the digest in it";
  EXPECT_EQ(office.trail.entries.back().note.action, "audit.export");
  EXPECT_EQ(office.trail.entries.back().note.subject, digest);
  EXPECT_EQ(signed_in(Role::exam_officer, "").post("/en", "/en/audit-exports", {}).status, 403);
}

TEST_F(OfficePages, ListsTheVenuesOfTheOwnDistrictOnly) {
  const Response own = signed_in(Role::district_coordinator, "11110").get("/ko/exams/seoul-2021-1/venues");
  EXPECT_THAT(own.body, HasSubstr("경복고등학교"));
  EXPECT_THAT(own.body, HasSubstr("경신고등학교"));
  EXPECT_THAT(own.body, Not(HasSubstr("성동고등학교")));
  EXPECT_THAT(own.body, HasSubstr("배정된 응시자 없음"));
  EXPECT_THAT(own.body, HasSubstr("담당: 종로구(11110)")) << "seen red: the code alone";
  const Response all = signed_in(Role::exam_officer, "").get("/ko/exams/seoul-2021-1/venues");
  EXPECT_THAT(all.body, HasSubstr("성동고등학교"));
  EXPECT_THAT(all.body, HasSubstr("name=\"district\""));
  const Response none = signed_in(Role::district_coordinator, "11999").get("/ko/exams/seoul-2021-1/venues");
  EXPECT_THAT(none.body, HasSubstr("담당하는 시험장이 없습니다"));
}

TEST_F(OfficePages, SearchesByNameAddressAndCode) {
  Browser browser = signed_in(Role::exam_officer, "");
  const std::string page = "/ko/exams/seoul-2021-1/venues?search=";
  EXPECT_THAT(browser.get(page + encode_percent("퇴계로")).body, HasSubstr("성동고등학교"));
  EXPECT_THAT(browser.get(page + encode_percent("퇴계로")).body, Not(HasSubstr("경복고등학교")));
  EXPECT_THAT(browser.get(page + "v2").body, HasSubstr("성동고등학교"));
  EXPECT_THAT(browser.get(page + "nothing").body, HasSubstr("찾는 시험장이 없습니다"));
  EXPECT_THAT(browser.get("/ko/exams/seoul-2021-1/venues?district=11140").body, Not(HasSubstr("경복고등학교")));
}

TEST_F(OfficePages, PagesLongLists) {
  office.plans.more_venues = 60;
  Browser browser = signed_in(Role::exam_officer, "");
  const std::string page = "/ko/exams/seoul-2021-1/venues";
  EXPECT_THAT(browser.get(page).body, HasSubstr("3쪽 중 1쪽"));
  EXPECT_THAT(browser.get(page + "?page=3").body, HasSubstr("제59중학교"));
  EXPECT_THAT(browser.get(page + "?page=99").body, HasSubstr("3쪽 중 3쪽"));
  EXPECT_THAT(browser.get(page + "?page=x").body, HasSubstr("3쪽 중 1쪽"));
}

TEST_F(OfficePages, GivesRostersByExtensionAndByAccept) {
  Browser browser = signed_in(Role::district_coordinator, "11110");
  EXPECT_THAT(browser.get(roster + ".pdf").body, StartsWith("%PDF-"));
  const Response csv = browser.get(roster + ".csv");
  EXPECT_EQ(csv.type, "text/csv; charset=utf-8");
  EXPECT_THAT(csv.body, HasSubstr("김한자"));
  EXPECT_EQ(csv.header("Content-Disposition"), "attachment; filename=\"roster.csv\"; filename*=UTF-8''roster-V1.csv");
  EXPECT_EQ(browser.get(roster, {{"accept", "text/csv"}}).type, "text/csv; charset=utf-8");
  EXPECT_EQ(browser.get(roster, {{"accept", "text/html,*/*;q=0.8"}}).type, "application/pdf");
  EXPECT_EQ(browser.get(roster).type, "application/pdf");
  EXPECT_THAT(browser.get(roster + ".xlsx").body, StartsWith("PK"));
  EXPECT_EQ(browser.get(roster, {{"accept", "image/png"}}).status, 406);
  EXPECT_EQ(browser.get(roster + ".exe").status, 406);
}

TEST_F(OfficePages, RecordsWhoTookARoster) {
  signed_in(Role::district_coordinator, "11110").get(roster + ".csv");
  ASSERT_EQ(office.access.records.size(), 1U);
  EXPECT_EQ(office.access.records.front().account, "staff1");
  EXPECT_THAT(office.access.records.front().subject, HasSubstr("V1"));
}

TEST_F(OfficePages, RefusesRostersOfOtherDistricts) {
  const Response refused = signed_in(Role::district_coordinator, "11140").get(roster + ".csv");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.type, "application/problem+json");
  EXPECT_TRUE(office.access.records.empty());
}

TEST_F(OfficePages, DescribesProblemsToPrograms) {
  Browser nobody(running, Listener::office);
  const Response refused = nobody.get(roster + ".csv", {{"accept-language", "en"}});
  EXPECT_EQ(refused.status, 401);
  const auto problem = nlohmann::json::parse(refused.body);
  EXPECT_EQ(problem.at("status"), 401);
  EXPECT_EQ(problem.at("code"), "not_signed_in");
  EXPECT_EQ(problem.at("type"), "urn:hanjari:problem:not_signed_in");
  EXPECT_EQ(problem.at("title"), "Unauthorized");
  EXPECT_EQ(problem.at("detail"), "Please sign in first.");
  // A browser that followed a link is led to the sign-in page instead.
  EXPECT_EQ(nobody.get(roster + ".csv", {{"accept", "text/html,*/*"}}).status, 303);
}

TEST_F(OfficePages, DropsSessionsThatAreIdleOrOver) {
  const std::string page = "/ko/exams/seoul-2021-1/venues";
  const services::SessionLimits limits = services::session_limits(Role::exam_officer);
  const auto enter = [&] {
    Browser browser(running, Listener::office);
    browser.set_cookie(
        "hanjari_session",
        services::open_session(office.accounts, {"officer", Role::exam_officer}, {}, office.clock.now()).token);
    return browser;
  };
  Browser idle = enter();
  EXPECT_EQ(idle.get(page).status, 200);
  office.clock.pass(limits.idle + std::chrono::seconds(1));
  EXPECT_EQ(idle.get(page).status, 303);
  Browser busy = enter();
  const Instant began = office.clock.now();
  for (; office.clock.now() < began + limits.length; office.clock.pass(limits.idle - std::chrono::seconds(1)))
    EXPECT_EQ(busy.get(page).status, 200) << format_instant(office.clock.now());
  EXPECT_EQ(busy.get(page).status, 303);
}

}  // namespace
}  // namespace hanjari::web::testing
