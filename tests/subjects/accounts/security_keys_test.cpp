// Security keys: what is signed for another site, session or call, by nobody or by a copy, opens nothing.
#include <gtest/gtest.h>

#include <string>

#include "accounts/key_answers.h"
#include "accounts/security_key_contract.h"
#include "stage/memory_repositories.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;

const Instant key_day{std::chrono::hours(24 * 18'000)};

struct SecurityKeys : testing::Test {
  SecurityKeys() {
    const services::Change change{"administrator", "", at};
    services::add_account(accounts, {"officer", services::Role::exam_officer}, password, change);
    give_second_factor(accounts, "officer", std::string(20, 's'), 0, {}, change);
    accounts.add_security_key("officer", {key.id, key.public_key(), key.site, 0, at, std::nullopt}, change);
    half = services::sign_in(accounts, attempts, "officer", password, "", {"home"}, at).token;
    challenge = services::key_challenge(accounts, half);
  }
  // Each try from another place, so that the limit of one place does not answer first.
  std::string confirm(const services::KeyAnswer& answer, const std::string& origin) {
    const std::string source = "place " + std::to_string(++places);
    return code_thrown([&] { services::confirm_key(accounts, attempts, half, answer, origin, {source}, at); });
  }
  std::string confirm(const std::string& client, const std::string& data) { return confirm(key.sign(client, data), key.origin()); }

  MemoryAccounts accounts;
  MemoryAttempts attempts;
  Instant at = key_day;
  const std::string password = "seventeen small cats";
  SoftwareKey key{"a key"};
  std::string half;
  std::string challenge;
  int places = 0;
};

TEST_F(SecurityKeys, OpenForTheirOwnSessionAtTheirOwnSite) {
  EXPECT_EQ(confirm(key.answer(challenge), key.origin()), "nothing");
}

TEST_F(SecurityKeys, OpenNothingForAFalsePage) {
  // The false page asks for our challenge; the browser names the page's own origin, and the key its own site.
  SoftwareKey lured = key;
  lured.site = "office.example.evil";
  EXPECT_EQ(confirm(lured.answer(challenge), key.origin()), "wrong_code");
  EXPECT_EQ(confirm(lured.answer(challenge), lured.origin()), "wrong_code") << "also when it passes on its own Host";
  EXPECT_EQ(confirm(SoftwareKey::client_data("webauthn.get", challenge, "https://office.example.evil"), key.head(1, 1)), "wrong_code");
  EXPECT_EQ(confirm(SoftwareKey::client_data("webauthn.get", challenge, "http://office.example.kr"), key.head(1, 1)), "wrong_code");
  EXPECT_EQ(confirm(SoftwareKey::client_data("webauthn.get", challenge, key.origin()), lured.head(1, 1)), "wrong_code");
}

TEST_F(SecurityKeys, OpenNothingForAnotherCallOrSession) {
  EXPECT_EQ(confirm(SoftwareKey::client_data("webauthn.create", challenge, key.origin()), key.head(1, 1)), "wrong_code");
  EXPECT_EQ(confirm(key.answer(services::key_challenge(accounts, std::string(64, 'b'))), key.origin()), "wrong_code");
  EXPECT_EQ(confirm(key.answer(""), key.origin()), "wrong_code");
  EXPECT_EQ(confirm(SoftwareKey::client_data("webauthn.get", challenge, key.origin()), key.head(0, 9)), "wrong_code") << "nobody touched it";
  std::string framed = SoftwareKey::client_data("webauthn.get", challenge, key.origin());
  framed.replace(framed.find("false"), 5, "true");
  EXPECT_EQ(confirm(framed, key.head(1, 9)), "wrong_code") << "asked inside of a foreign page";
}

TEST_F(SecurityKeys, OpenNothingWhenOneByteDiffers) {
  const services::KeyAnswer good = key.answer(challenge);
  const auto spoilt = [&](std::string services::KeyAnswer::*part) {
    for (std::size_t byte = 0; byte < (good.*part).size(); byte += 7) {
      services::KeyAnswer bad = good;
      (bad.*part)[byte] = static_cast<char>((bad.*part)[byte] ^ 0x20);
      ASSERT_NE(confirm(bad, key.origin()), "nothing") << byte;
      attempts.misses.clear();
      (bad.*part).resize(byte);
      ASSERT_NE(confirm(bad, key.origin()), "nothing") << "cut at " << byte;
      attempts.misses.clear();
    }
  };
  spoilt(&services::KeyAnswer::client_data);
  spoilt(&services::KeyAnswer::authenticator_data);
  spoilt(&services::KeyAnswer::signature);
  spoilt(&services::KeyAnswer::id);
  EXPECT_EQ(confirm(good, key.origin()), "nothing") << "none of them used it up";
}

TEST_F(SecurityKeys, ThatDoNotCountStayAtZero) {
  key.counts = false;
  EXPECT_EQ(confirm(key.answer(challenge), key.origin()), "nothing");
  half = services::sign_in(accounts, attempts, "officer", password, "", {"home"}, at).token;
  EXPECT_EQ(confirm(key.answer(services::key_challenge(accounts, half)), key.origin()), "nothing");
}

// Guesses count under the same limits as codes.
TEST_F(SecurityKeys, AreTriedNoMoreOftenThanCodes) {
  const services::KeyAnswer bad = key.answer("another challenge");
  const auto from_home = [&] {
    return code_thrown([&] { services::confirm_key(accounts, attempts, half, bad, key.origin(), {"home"}, at); });
  };
  for (int miss = 0; miss < 5; ++miss) EXPECT_EQ(from_home(), "wrong_code");
  EXPECT_EQ(from_home(), "too_many_attempts");
}

// Red when a step took codes alone, or an answer that was given for another step, session or a second time.
TEST_F(SecurityKeys, ConfirmTheStepThatTheyWereAskedForOnce) {
  const services::Actor officer{"officer", services::Role::exam_officer, {}};
  const std::string session(64, 'd');
  key.counts = false;
  services::StepFactor factor;
  factor.origin = key.origin();
  factor.key = key.answer(services::step_challenge(accounts, "officer", session, "approve the first"));
  const auto confirm_as = [&](const std::string& what, const std::string& token) {
    factor.what = what;
    return code_thrown([&] { services::confirm_step(accounts, attempts, officer, factor, token, at); });
  };
  EXPECT_EQ(confirm_as("approve the second", session), "wrong_code");
  EXPECT_EQ(confirm_as("approve the first", std::string(64, 'e')), "wrong_code");
  EXPECT_EQ(confirm_as("approve the first", session), "nothing");
  at += 1s;
  EXPECT_EQ(confirm_as("approve the first", session), "wrong_code") << "taken once, though the key does not count";
  factor.key.reset();
  factor.code = services::totp_code(std::string(20, 's'), services::totp_step_at(at));
  EXPECT_EQ(confirm_as("approve the first", session), "nothing") << "the code of the authenticator as well";
  EXPECT_EQ(confirm_as("approve the first", std::string(64, 'e')), "wrong_code");
}

TEST_F(SecurityKeys, RenewRecoveryCodes) {
  const services::Actor officer{"officer", services::Role::exam_officer, {}};
  const std::string session(64, 'd');
  services::StepFactor factor;
  factor.origin = key.origin();
  factor.what = "renew";
  factor.key = key.answer(services::step_challenge(accounts, "officer", session, "renew"));
  EXPECT_EQ(services::renew_recovery_codes(accounts, attempts, officer, factor, session, at).size(), 10U);
  EXPECT_EQ(code_thrown([&] { services::renew_recovery_codes(accounts, attempts, officer, factor, session, at); }),
            "wrong_code");
}

// Red while a code of the authenticator, for which a false page can ask, opened an account that has a key: at the second step, and
// together with the password where many try the account.
TEST_F(SecurityKeys, AloneOpenTheAccountWhereTheInstallationSaysSo) {
  const auto code = [&] { return services::totp_code(std::string(20, 's'), services::totp_step_at(at)); };
  const auto confirm_typed = [&](const std::string& typed) {
    return code_thrown([&] { services::confirm_code(accounts, attempts, half, typed, {"home"}, at); });
  };
  key.counts = false;
  accounts.keys_alone = true;
  for (int time = 0; time < 7; ++time) EXPECT_EQ(confirm_typed(code()), "wrong_code") << "it counts as no guess";
  const std::string session(64, 'd');
  services::StepFactor factor;
  factor.origin = key.origin();
  factor.what = "renew";
  factor.key = key.answer(services::step_challenge(accounts, "officer", session, "renew"));
  const auto recovery = services::renew_recovery_codes(accounts, attempts, {"officer", services::Role::exam_officer, {}}, factor, session, at);
  EXPECT_EQ(confirm_typed(recovery.front()), "nothing") << "who has lost the key comes in by a recovery code";
  for (int miss = 0; miss < 20; ++miss)
    code_thrown([&] { services::sign_in(accounts, attempts, "officer", "wrong", "", {"bot " + std::to_string(miss)}, at); });
  at += 1min;
  const auto entered = services::sign_in(accounts, attempts, "officer", password, code(), {"new place"}, at);
  EXPECT_EQ(entered.session.stage, services::SessionStage::second_factor);
  half = entered.token;
  at += 1min;
  EXPECT_EQ(confirm_typed(code()), "wrong_code");
  EXPECT_EQ(confirm(key.answer(services::key_challenge(accounts, half)), key.origin()), "nothing");
}

TEST_F(SecurityKeys, LeaveAccountsWithoutAnyToTheirCodes) {
  accounts.keys_alone = true;
  const services::Change change{"administrator", "", at};
  services::add_account(accounts, {"auditor", services::Role::auditor}, password, change);
  give_second_factor(accounts, "auditor", std::string(20, 't'), 0, {}, change);
  const std::string token = services::sign_in(accounts, attempts, "auditor", password, "", {"home"}, at).token;
  const std::string code = services::totp_code(std::string(20, 't'), services::totp_step_at(at));
  EXPECT_EQ(code_thrown([&] { services::confirm_code(accounts, attempts, token, code, {"home"}, at); }), "nothing");
}

TEST_F(SecurityKeys, ThatAreNoneAreNotRegistered) {
  const std::string session(64, 'c');
  const std::string asked = services::key_challenge(accounts, session);
  const SoftwareKey fresh("another key");
  const auto add = [&](services::MadeKey made, const std::string& origin = "https://office.example.kr") {
    at += 30s;
    const std::string code = services::totp_code(std::string(20, 's'), services::totp_step_at(at));
    return code_thrown([&] {
      services::add_security_key(accounts, attempts, {"officer", services::Role::exam_officer}, code, made, origin, session, at);
    });
  };
  services::MadeKey made = fresh.make(asked);
  made.public_key = "no key";
  EXPECT_EQ(add(made), "bad_security_key");
  made = fresh.make(asked);
  made.public_key += '\0';
  EXPECT_EQ(add(made), "bad_security_key");
  made = fresh.make(asked);
  made.id = "a third key";
  EXPECT_EQ(add(made), "bad_security_key") << "another id than the authenticator's own";
  EXPECT_EQ(add(fresh.make("another challenge")), "bad_security_key");
  EXPECT_EQ(add(fresh.make(asked), "https://office.example.evil"), "bad_security_key");
  EXPECT_EQ(accounts.list_security_keys("officer").size(), 1U);
  EXPECT_EQ(add(fresh.make(asked)), "nothing");
}

TEST(SecurityKeyStores, InMemoryAreAsInTheDatabase) {
  MemoryAccounts accounts;
  MemoryAttempts attempts;
  check_security_keys(accounts, attempts, key_day);
}

TEST(AuthenticatorData, IsReadWithinItsBytes) {
  const std::string whole = SoftwareKey("id").make("challenge").authenticator_data;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const auto data = services::read_authenticator_data(std::string_view(whole).substr(0, size));
    if (data && !data->made_id.empty()) EXPECT_EQ(data->made_id, "id");
    EXPECT_EQ(data.has_value(), size >= 37 + 16 + 2 + 2) << size;
  }
}

}  // namespace
}  // namespace hanjari::tests
