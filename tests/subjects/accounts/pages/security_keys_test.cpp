// Security keys on the pages of the office: registered on the own account's page, used at the second step, removed with a code.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "accounts/software_key.h"
#include "hanjari/accounts/accounts.h"
#include "hanjari/accounts/totp.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/hex.h"
#include "hanjari/package/recruitment_file.h"
#include "stage/browser.h"
#include "stage/memory_accounts.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using hanjari::tests::SoftwareKey;
using Fields = std::map<std::string, std::string>;

// As the pages are asked for; the key is made for it.
const std::string host_of_tests = "office.example.kr";

class SecurityKeyPages : public ::testing::Test {
 protected:
  SecurityKeyPages() {
    const services::Change change{"administrator", "", office.clock.now()};
    services::add_account(office.accounts, {"officer", services::Role::exam_officer}, password, change);
    hanjari::tests::give_second_factor(office.accounts, "officer", secret, 0, {}, change);
  }
  static std::string attribute(const Response& page, const std::string& form, const std::string& name) {
    const std::string text(page.content());
    const auto at = text.find("data-key=\"" + form + "\"");
    if (at == std::string::npos) return {};
    const std::string head = name + "=\"";
    const auto value = text.find(head, at) + head.size();
    return text.substr(value, text.find('"', value) - value);
  }
  std::string challenge_in(const Response& page, const std::string& form) const {
    return parse_hex(attribute(page, form, "data-challenge")).value_or("");
  }
  // As the browser of a person: with the Host of the office, and the form's token.
  Response send(const std::string& page, const std::string& action, Fields fields) {
    Request request;
    fields["form_token"] = Browser::form_token_in(std::string(browser.get(page).content()));
    request.method = Method::post;
    request.path = action;
    request.headers.set("host", host_of_tests);
    request.headers.set("content-type", "application/x-www-form-urlencoded");
    request.body = Browser::encode_form(fields);
    return browser.send(std::move(request));
  }
  std::string code() {
    office.clock.pass(std::chrono::seconds(30));
    return services::totp_code(secret, services::totp_step_at(office.clock.now()));
  }
  std::string enter() {
    office.clock.pass(std::chrono::seconds(30));
    return std::string(browser.post("/en/sign-in", "/en/sign-in", {{"account", "officer"}, {"password", password}}).header("Location"));
  }
  Response use(const std::string& challenge) {
    const auto answer = key.sign(SoftwareKey::client_data("webauthn.get", challenge, "http://" + host_of_tests), key.head(1, ++key.uses));
    return send("/en/second-step", "/en/second-step/key",
                {{"id", to_hex(answer.id)},
                 {"client_data", to_hex(answer.client_data)},
                 {"authenticator_data", to_hex(answer.authenticator_data)},
                 {"signature", to_hex(answer.signature)}});
  }

  const std::string password = "blue kettle on a roof";
  const std::string secret = std::string(20, 's');
  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
  SoftwareKey key{"a key", host_of_tests};
};

TEST_F(SecurityKeyPages, RegisterUseAndRemoveAKey) {
  EXPECT_EQ(enter(), "/en/second-step");
  EXPECT_THAT(std::string(browser.get("/en/second-step").content()), Not(HasSubstr("data-key"))) << "the account has none";
  EXPECT_EQ(browser.post("/en/second-step", "/en/second-step", {{"code", code()}}).status, 303);

  const Response own = browser.get("/en/account");
  EXPECT_THAT(std::string(own.content()), HasSubstr("You have registered no security key"));
  services::MadeKey made = key.make(challenge_in(own, "make"));
  made.client_data = SoftwareKey::client_data("webauthn.create", challenge_in(own, "make"), "http://" + host_of_tests);
  Fields fields{{"id", to_hex(made.id)},
                {"public_key", to_hex(made.public_key)},
                {"client_data", to_hex(made.client_data)},
                {"authenticator_data", to_hex(made.authenticator_data)},
                {"code", "000000"}};
  EXPECT_EQ(send("/en/account", "/en/account/security-keys", fields).status, 422);
  fields["code"] = code();
  EXPECT_EQ(send("/en/account", "/en/account/security-keys", fields).header("Location"), "/en/account");
  EXPECT_THAT(std::string(browser.get("/en/account").content()), HasSubstr("Security key 1"));
  EXPECT_EQ(browser.post("/en/account", "/en/sign-out", {}).status, 303);

  // The next time by the key.
  EXPECT_EQ(enter(), "/en/second-step");
  const Response step = browser.get("/en/second-step");
  EXPECT_EQ(attribute(step, "use", "data-ids"), to_hex("a key"));
  EXPECT_EQ(use("another challenge").header("Location"), "/en/second-step?key=wrong");
  EXPECT_THAT(std::string(browser.get("/en/second-step?key=wrong").content()), HasSubstr("was not recognised"));
  EXPECT_EQ(use(challenge_in(step, "use")).header("Location"), "/en/exams");
  EXPECT_EQ(browser.get("/en/account").status, 200);

  EXPECT_EQ(send("/en/account", "/en/account/security-keys/remove", {{"id", to_hex("a key")}, {"code", "000000"}}).status, 422);
  EXPECT_EQ(send("/en/account", "/en/account/security-keys/remove", {{"id", to_hex("a key")}, {"code", code()}}).header("Location"), "/en/account");
  EXPECT_TRUE(office.accounts.list_security_keys("officer").empty());
}

// Red while the step asked for a code, which an account with keys alone has not.
TEST_F(SecurityKeyPages, ConfirmAStepWithoutACode) {
  office.clock.set(hanjari::tests::at("2021-02-01T09:00:00+09:00"));
  const ExamCode exam("seoul-2021-1");
  const services::Change by_kim{"kim", "first", office.clock.now()};
  office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(), services::RecruitmentState::published, 0,
                                                by_kim);
  office.applying.setups.rules[exam] = {true, false, 1};
  Recruitment more = hanjari::tests::sample_notice();
  more.units[0].unit.posts = 11;
  services::NoticeProposal proposal;
  proposal.base_version = 1;
  proposal.definition = package::render_recruitment(more);
  proposal.digest = sha256(proposal.definition).hex();
  proposal.proposed_by = "kim";
  proposal.at = office.clock.now();
  office.applying.proposals.proposals[exam] = proposal;
  browser.set_cookie("hanjari_session", office.sign_in("lee", services::Role::exam_officer, ""));
  office.accounts.accounts.at("lee").totp_secret.clear();
  office.accounts.add_security_key("lee", {key.id, key.public_key(), key.site, 0, office.clock.now(), std::nullopt}, by_kim);

  const std::string address = "/en/recruitments/seoul-2021-1/proposal";
  const std::string page(browser.get(address).content());
  const std::string head = "data-factor data-challenge=\"";
  ASSERT_THAT(page, HasSubstr(head));
  const auto from = page.find(head) + head.size();
  const std::string challenge = parse_hex(page.substr(from, page.find('"', from) - from)).value_or("");
  const auto confirm = [&](const std::string& signed_for) {
    const auto answer =
        key.sign(SoftwareKey::client_data("webauthn.get", signed_for, "http://" + host_of_tests), key.head(1, ++key.uses));
    return send(address, address,
                {{"step", "confirm"},
                 {"digest", proposal.digest},
                 {"version", "1"},
                 {"concerned", "0"},
                 {"key_id", to_hex(answer.id)},
                 {"key_client_data", to_hex(answer.client_data)},
                 {"key_authenticator_data", to_hex(answer.authenticator_data)},
                 {"key_signature", to_hex(answer.signature)}});
  };
  EXPECT_EQ(confirm("another challenge").status, 403);
  const auto shown_posts = [&] { return office.applying.recruitments.find_recruitment(exam)->notice.units[0].unit.posts; };
  EXPECT_EQ(shown_posts(), 10);
  EXPECT_EQ(confirm(challenge).status, 303);
  EXPECT_EQ(shown_posts(), 11);
}

TEST_F(SecurityKeyPages, LeadBackToTheSignInWithoutAHalfSession) {
  EXPECT_EQ(send("/en/sign-in", "/en/second-step/key", {{"id", "00"}}).header("Location"), "/en/sign-in");
}

}  // namespace
}  // namespace hanjari::web::testing
