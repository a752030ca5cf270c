// What applicants meet on their way in: sign-up with a code, sign-in, a forgotten password.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "accounts/sign_in_limits.h"
#include "hanjari/intake/notice_of_exam.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* password = "blue kettle on a roof";

class PortalEntry : public ::testing::Test {
 protected:
  // The six digits of the newest message.
  std::string sent_code() {
    const std::string& body = office.applying.outbox.waiting.back().message.body;
    const auto at = body.find_first_of("0123456789");
    return body.substr(at, 6);
  }
  // Signs up with the contact, to the end.
  void sign_up(Browser& browser, const std::string& contact) {
    const Response asked =
        browser.post("/ko/sign-up", "/ko/sign-up", {{"contact", contact}, {"new_password", password}});
    const std::string page(asked.header("Location"));
    const Response done = browser.post(page, page, {{"code", sent_code()}});
    EXPECT_EQ(done.status, 303) << done.body;
  }

  Office office;
  Running running{office};
};

TEST_F(PortalEntry, SignsUpWithACodeAndIsInThen) {
  Browser browser(running, Listener::portal);
  EXPECT_EQ(browser.get("/ko/account").header("Location"), "/ko/sign-in?next=%2Fko%2Faccount");
  sign_up(browser, "hong@example.kr");
  EXPECT_EQ(browser.get("/ko/account").status, 200);
  EXPECT_EQ(office.accounts.applicants.size(), 1u);
  const Response out = browser.post("/ko/account", "/ko/sign-out", {});
  EXPECT_EQ(out.header("Location"), "/ko");
  EXPECT_EQ(browser.get("/ko/account").status, 303);
}

// Red while a character that can stand in no field of an answer was sent back in one: whoever signed in got 500.
TEST_F(PortalEntry, LeadsToNoAddressWithCharactersThatNobodySees) {
  {
    Browser browser(running, Listener::portal);
    sign_up(browser, "hong@example.kr");
  }
  const auto led_to = [&](const std::string& next) {
    Browser browser(running, Listener::portal);
    const Response entered =
        browser.post("/ko/sign-in", "/ko/sign-in", {{"contact", "hong@example.kr"}, {"password", password}, {"next", next}});
    EXPECT_EQ(entered.status, 303);
    return std::string(entered.header("Location"));
  };
  EXPECT_EQ(led_to("/ko/account?a=b"), "/ko/account?a=b");
  for (const char control : {'\0', '\x01', '\x0b', '\x1f', '\x7f', '\n'})
    EXPECT_EQ(led_to(std::string("/ko/account?a=") + control), "/ko/my") << static_cast<int>(control);
}

// Red while an applicant read "2021-03-02 03:00 (Etc/UTC)", because the machine stands on that clock.
TEST_F(PortalEntry, TellsMomentsByTheClockOfTheExamsOnThePortal) {
  office.clock.set(hanjari::tests::at("2021-03-02T23:30:00+09:00"));
  office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(), services::RecruitmentState::published, 0, {});
  Browser browser(running, Listener::portal);
  sign_up(browser, "hong@example.kr");
  EXPECT_THAT(browser.get("/ko/account").body, HasSubstr("2021년 3월 2일 23:30 (한국시간)"));
  EXPECT_THAT(browser.get("/en/account").body, HasSubstr("2 March 2021 23:30 (KST)"));
  EXPECT_THAT(browser.get("/en/account").body, Not(HasSubstr("UTC")));
}

// Red while whoever was refused because of the neighbours lost the form: behind one address thirty codes wait to be entered.
TEST_F(PortalEntry, KeepsWhatWasTypedWhereTooManyHaveAskedForCodes) {
  Browser browser(running, Listener::portal);
  const auto ask = [&](int person) {
    return browser.post("/ko/forgotten", "/ko/forgotten", {{"contact", "pupil" + std::to_string(person) + "@example.kr"}});
  };
  for (int person = 0; person < 30; ++person) ASSERT_EQ(ask(person).status, 303) << person;
  const Response refused = ask(30);
  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(refused.body, HasSubstr("value=\"pupil30@example.kr\""));
  EXPECT_THAT(refused.body, HasSubstr("1분 뒤"));
  const Response other = browser.post("/ko/forgotten", "/ko/forgotten", {{"contact", "010-1234-5678"}});
  EXPECT_EQ(other.status, 303) << "text messages are counted by themselves";
}

// Red while a second city's notice, by another clock, put everybody's moments on the machine's, and while an exam without a
// notice told nothing of its clock.
TEST_F(PortalEntry, TellsMomentsByTheClockOfMostExams) {
  office.clock.set(hanjari::tests::at("2021-03-02T23:30:00+09:00"));
  const std::string zone = services::zone_of_service(nullptr, &office.stored);
  EXPECT_EQ(zone, "Asia/Seoul") << "of the exams that are stored";
  auto notice = hanjari::tests::sample_notice();
  office.applying.recruitments.save_recruitment(notice, services::RecruitmentState::published, 0, {});
  notice.header.code = ExamCode("busan-2021-1");
  office.applying.recruitments.save_recruitment(notice, services::RecruitmentState::published, 0, {});
  notice.header.code = ExamCode("elsewhere-2021-1");
  notice.header.time_zone = "America/New_York";
  office.applying.recruitments.save_recruitment(notice, services::RecruitmentState::published, 0, {});
  Browser browser(running, Listener::portal);
  sign_up(browser, "hong@example.kr");
  EXPECT_THAT(browser.get("/ko/account").body, HasSubstr("2021년 3월 2일 23:30 (한국시간)"));
}

// Red while the header said nobody's name: on a shared computer that is how people notice whose account is open.
TEST_F(PortalEntry, SaysInTheHeaderWhoseAccountIsOpen) {
  Browser browser(running, Listener::portal);
  EXPECT_THAT(browser.get("/ko/sign-in").body, HasSubstr("<a class=\"top-link\" href=\"/ko/my\">로그인</a>"));
  sign_up(browser, "hong@example.kr");
  EXPECT_THAT(browser.get("/ko/account").body,
              HasSubstr("<a class=\"top-link own\" href=\"/ko/my\"><span class=\"own-name\" title=\"h***@example.kr\">h***@example.kr</span> "
                        "<span>내 원서</span></a>"));
}

TEST_F(PortalEntry, NamesDevicesAndTheOwnContactAsPeopleWould) {
  const auto shown = [&](const std::string& agent) {
    Browser browser(running, Listener::portal);
    const auto account = office.accounts.applicants.empty() ? std::string{} : office.accounts.applicants.begin()->first;
    browser.set_cookie("hanjari_applicant",
                       services::open_session(office.accounts, {account, services::Role::applicant},
                                              {.source = "192.0.2.7", .agent = agent}, office.clock.now())
                           .token);
    return browser.get("/en/account").body;
  };
  Browser browser(running, Listener::portal);
  sign_up(browser, "hong@example.kr");
  EXPECT_THAT(shown("Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) "
                    "SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36"),
              HasSubstr("<strong>Samsung Internet, Android</strong>"));
  EXPECT_THAT(shown("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                    "Version/17.4 Mobile/15E148 Safari/604.1"),
              HasSubstr("<strong>Safari, iPhone</strong>"));
  const std::string unknown = shown("<b>nobody knows");
  EXPECT_THAT(unknown, HasSubstr("<strong>Unknown device</strong>"));
  EXPECT_THAT(unknown, HasSubstr("h***@example.kr"));
}

TEST_F(PortalEntry, KeepsContactAndCodeOutOfAddressesAndTheLog) {
  Browser browser(running, Listener::portal);
  const Response asked =
      browser.post("/ko/sign-up", "/ko/sign-up", {{"contact", "hong@example.kr"}, {"new_password", password}});
  EXPECT_THAT(std::string(asked.header("Location")), Not(HasSubstr("hong")));
  for (const AccessEntry& line : running.log)
    EXPECT_THAT(format_access_entry(line), Not(HasSubstr("hong"))) << format_access_entry(line);
}

TEST_F(PortalEntry, SaysTheSameToAKnownContact) {
  Browser first(running, Listener::portal);
  sign_up(first, "hong@example.kr");
  Browser second(running, Listener::portal);
  const Response known =
      second.post("/ko/sign-up", "/ko/sign-up", {{"contact", "hong@example.kr"}, {"new_password", password}});
  const Response fresh =
      second.post("/ko/sign-up", "/ko/sign-up", {{"contact", "kim@example.kr"}, {"new_password", password}});
  EXPECT_EQ(known.status, fresh.status);
  EXPECT_EQ(known.header("Location").size(), fresh.header("Location").size());
}

TEST_F(PortalEntry, TellsWhatIsWrongInTheForm) {
  Browser browser(running, Listener::portal);
  EXPECT_EQ(browser.post("/en/sign-up", "/en/sign-up", {{"contact", "nobody"}, {"new_password", password}}).status,
            422);
  const Response known =
      browser.post("/en/sign-up", "/en/sign-up", {{"contact", "a@example.kr"}, {"new_password", "password1234"}});
  EXPECT_EQ(known.status, 422);
  EXPECT_THAT(known.body, HasSubstr("tried first"));
  EXPECT_THAT(known.body, Not(HasSubstr("password1234"))) << "a password never comes back";
  const Response asked =
      browser.post("/en/sign-up", "/en/sign-up", {{"contact", "a@example.kr"}, {"new_password", password}});
  const std::string page(asked.header("Location"));
  EXPECT_EQ(browser.post(page, page, {{"code", "1"}}).status, 422);
}

// Red when the form says one fault at a time, or says it without the way to its field.
TEST_F(PortalEntry, LeadsFromEveryFaultToItsFieldAndMarksIt) {
  Browser browser(running, Listener::portal);
  const auto expect_marked = [](const std::string& page, const std::string& field) {
    EXPECT_THAT(page, HasSubstr("<a href=\"#" + field + "\">")) << field;
    EXPECT_THAT(page, HasSubstr("id=\"" + field + "-error\"")) << field;
    EXPECT_THAT(page, HasSubstr("aria-describedby=\"" + field + "-error")) << field;
  };
  const Response both = browser.post("/ko/sign-up", "/ko/sign-up", {{"contact", "nobody"}, {"new_password", "short"}});
  EXPECT_EQ(both.status, 422);
  expect_marked(both.body, "contact");
  expect_marked(both.body, "new_password");
  EXPECT_THAT(both.body, HasSubstr("입력 내용을 확인해 주십시오"));
  EXPECT_THAT(both.body, Not(HasSubstr("로그인하지 못했습니다")));
  const Response empty = browser.post("/ko/sign-in", "/ko/sign-in", {});
  expect_marked(empty.body, "contact");
  expect_marked(empty.body, "password");
  const Response asked = browser.post("/ko/sign-up", "/ko/sign-up", {{"contact", "a@example.kr"}, {"new_password", password}});
  const std::string page(asked.header("Location"));
  expect_marked(browser.post(page, page, {{"code", "1"}}).body, "code");
}

TEST_F(PortalEntry, SignsInAndGoesOnWhereItWas) {
  Browser browser(running, Listener::portal);
  sign_up(browser, "010-1234-5678");
  Browser other(running, Listener::portal);
  EXPECT_EQ(other.post("/ko/sign-in", "/ko/sign-in", {{"contact", "01012345678"}, {"password", "wrong"}}).status, 422);
  const auto next_of = [&](const std::string& next) {
    return std::string(other
                           .post("/ko/sign-in", "/ko/sign-in",
                                 {{"contact", "+82 10-1234-5678"}, {"password", password}, {"next", next}})
                           .header("Location"));
  };
  EXPECT_EQ(next_of("/ko/account"), "/ko/account");
  Browser third(running, Listener::portal);
  const Response elsewhere = third.post(
      "/ko/sign-in", "/ko/sign-in", {{"contact", "01012345678"}, {"password", password}, {"next", "//evil.example"}});
  EXPECT_EQ(elsewhere.header("Location"), "/ko/my");
}

TEST_F(PortalEntry, SetsAForgottenPasswordAndEndsWhatWasOpen) {
  Browser browser(running, Listener::portal);
  sign_up(browser, "hong@example.kr");
  Browser other(running, Listener::portal);
  const Response asked = other.post("/ko/forgotten", "/ko/forgotten", {{"contact", "hong@example.kr"}});
  const std::string page(asked.header("Location"));
  EXPECT_EQ(other.post(page, page, {{"code", sent_code()}, {"new_password", "green lamp under water"}}).status, 303);
  EXPECT_EQ(other.get("/ko/account").status, 200);
  EXPECT_EQ(browser.get("/ko/account").status, 303);
}

}  // namespace
}  // namespace hanjari::web::testing
