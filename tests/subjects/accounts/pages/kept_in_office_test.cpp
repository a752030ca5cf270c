// What an officer had typed when a session ended, on the ways into the office that are no straight one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using services::Role;
using ::testing::HasSubstr;
using ::testing::Not;

class KeptInTheOffice : public ::testing::Test {
 protected:
  KeptInTheOffice() {
    services::add_account(office.accounts, {"kim", Role::exam_officer, {}}, password, {"administrator", "", office.clock.now()});
    browser.set_cookie("hanjari_session", std::string(64, '0'));
    sent = {{"kept", kept}, {"next", edits}};
  }

  // The page has what was typed, and the button for the other language brings it along to `address`.
  static void expect_kept(const Response& page, int status, const std::string& address) {
    EXPECT_EQ(page.status, status);
    const std::string words(page.content());
    EXPECT_THAT(words, HasSubstr("the lift is broken"));
    const auto at = words.find("<form method=\"post\" action=\"" + address + "\">");
    ASSERT_NE(at, std::string::npos) << address;
    EXPECT_THAT(words.substr(at, words.find("</form>", at) - at), HasSubstr("the lift is broken"));
    EXPECT_THAT(words, Not(HasSubstr("error-summary"))) << "nothing was tried";
  }

  const std::string password = "blue kettle on a roof";
  const std::string edits = "/en/exams/seoul-2021-1/edits/s1";
  const std::string kept = R"({"files":false,"path":"/en/exams/seoul-2021-1/edits/s1","values":{"reason":"the lift is broken"}})";
  std::map<std::string, std::string> sent;
  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
};

// Red while these pages had a link to the other language, behind which it was gone.
TEST_F(KeptInTheOffice, StaysInTheOtherLanguageOfEveryStepOfTheSignIn) {
  expect_kept(browser.post("/ko/sign-in", "/ko/sign-in", sent), 200, "/en/sign-in");
  std::map<std::string, std::string> entry = sent;
  entry["account"] = "kim";
  entry["password"] = password;
  expect_kept(browser.post("/en/sign-in", "/en/sign-in", entry), 200, "/ko/second-step");
  const Response in_korean = browser.post("/ko/second-step", "/ko/second-step", sent);
  expect_kept(in_korean, 200, "/en/second-step");
  EXPECT_THAT(std::string(in_korean.content()), HasSubstr("<svg class=\"qr\""));
}

// Red while the way back to the password was all that was left.
TEST_F(KeptInTheOffice, StaysWhereTheSecondStepTookTooLong) {
  std::map<std::string, std::string> late = sent;
  late["code"] = "123456";
  expect_kept(browser.post("/en/sign-in", "/en/second-step", late), 401, "/ko/sign-in");
}

}  // namespace
}  // namespace hanjari::web::testing
