// Sign-ins that are on their way while what they prove changes, and who can use up whose guesses at the second factor.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>

#include "accounts/account_repository_contract.h"
#include "hanjari/accounts/passwords.h"
#include "stage/code_thrown.h"
#include "stage/memory_repositories.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;
using services::Role;

const Instant changing_day{std::chrono::hours(24 * 18'000)};
const std::string first_password = "seventeen small cats";
const std::string second_password = "nineteen quiet geese";

// Something happens in the moment before a session is stored, or before the account is changed.
struct AccountsOnTheWay : MemoryAccounts {
  void save_session(const std::string& hash, const services::Session& session, Instant at) override {
    if (const auto work = std::exchange(before_session, nullptr)) work();
    MemoryAccounts::save_session(hash, session, at);
  }
  void change_account(const std::string& name, const services::AccountChange& what,
                      const services::Change& change) override {
    if (const auto work = std::exchange(before_change, nullptr)) work();
    MemoryAccounts::change_account(name, what, change);
  }
  std::function<void()> before_session;
  std::function<void()> before_change;
};

class ChangesOnTheWay : public testing::Test {
 protected:
  ChangesOnTheWay() {
    services::add_account(accounts, {"officer", Role::exam_officer}, first_password, change);
    give_second_factor(accounts, "officer", std::string(20, 's'), 0, {accounts.hash_secret("recovery", "abcdefgh2345")}, change);
  }
  std::string code() const { return services::totp_code(std::string(20, 's'), services::totp_step_at(at)); }
  std::string wrong_code() const { return code() == "111111" ? "222222" : "111111"; }
  std::string enter_half(const services::Visitor& visitor) {
    return services::sign_in(accounts, attempts, "officer", first_password, "", visitor, at).token;
  }
  std::string confirm(const std::string& half, const std::string& with, const services::Visitor& visitor) {
    return code_thrown([&] { services::confirm_code(accounts, attempts, half, with, visitor, at); });
  }
  // Whoever knows the password takes all thirty guesses of the account, five from each place.
  void use_up_the_guesses() {
    for (int place = 0; place < 6; ++place) {
      const services::Visitor thief{"thief " + std::to_string(place)};
      const std::string half = enter_half(thief);
      for (int miss = 0; miss < 5; ++miss) ASSERT_EQ(confirm(half, wrong_code(), thief), "wrong_code") << place;
    }
  }
  void set_second_password() { services::set_password(accounts, "officer", second_password, change); }

  AccountsOnTheWay accounts;
  MemoryAttempts attempts;
  CodeMailbox outbox;
  services::Change change{"administrator", "", changing_day};
  Instant at = changing_day + 1min;
};

// Red as long as only half-open sessions were looked at again: a whole one stood for hours after the change.
TEST_F(ChangesOnTheWay, OfThePasswordEndTheSessionsThatTheyDidNotSee) {
  const services::Visitor home{"home"};
  const std::string half = enter_half(home);
  accounts.before_session = [&] { set_second_password(); };
  EXPECT_EQ(confirm(half, code(), home), "not_signed_in");
  EXPECT_TRUE(accounts.sessions.empty());
  EXPECT_TRUE(accounts.devices.empty());

  // The password and the code in one step.
  for (int miss = 0; miss < 21; ++miss) attempts.record_miss("sign_in/account/officer", at);
  at += 1min;
  accounts.before_session = [&] { services::set_password(accounts, "officer", first_password, change); };
  EXPECT_EQ(code_thrown([&] {
              services::sign_in(accounts, attempts, "officer", second_password, code(), home, at);
            }),
            "wrong_credentials");
  EXPECT_TRUE(accounts.sessions.empty());
}

TEST_F(ChangesOnTheWay, OfAnApplicantsPasswordEndTheSessionsThatTheyDidNotSee) {
  const auto ticket = services::begin_sign_up(accounts, attempts, outbox, "a@example.kr", "blue kettle on a roof",
                                              Language::korean, {"home"}, at);
  const auto own = services::finish_sign_up(accounts, attempts, ticket, outbox.newest_code(), {"home"}, at);
  const std::string id = own.session.actor.account;
  accounts.before_session = [&] {
    accounts.change_applicant_password(id, services::hash_password("green lamp under water"), change);
  };
  EXPECT_EQ(code_thrown([&] {
              services::sign_in_applicant(accounts, attempts, outbox, "a@example.kr", "blue kettle on a roof",
                                          Language::korean, {"thief"}, at);
            }),
            "wrong_credentials");
  EXPECT_TRUE(services::list_own_sessions(accounts, own.session.actor, at).empty());
  EXPECT_TRUE(accounts.devices.empty()) << "nor is its device believed";
  EXPECT_TRUE(services::sign_in_applicant(accounts, attempts, outbox, "a@example.kr", "green lamp under water",
                                          Language::korean, {"home"}, at)
                  .signed_in);
}

// Red while the old password that was compared before the owner's change took the account back after it.
TEST_F(ChangesOnTheWay, AreNotUndoneByWhoGaveTheOldPasswordBefore) {
  const services::Actor officer{"officer", Role::exam_officer, {}, "thief"};
  accounts.before_change = [&] { set_second_password(); };
  EXPECT_EQ(code_thrown([&] {
              services::change_own_password(accounts, attempts, officer, first_password, "eleven wooden chairs",
                                            {"thief"}, at);
            }),
            "password_changed");
  EXPECT_TRUE(services::matches_password(accounts.find_account("officer")->password_hash, second_password));
  EXPECT_TRUE(accounts.sessions.empty());
}

// Red while the step with password and code counted its codes for source and account only: 500 places made ten thousand
// guesses an hour at the code.
TEST_F(ChangesOnTheWay, AndCodesBesideThePasswordAreGuessedThirtyTimesAnHourFromAllPlaces) {
  for (int miss = 0; miss < 21; ++miss) attempts.record_miss("sign_in/account/officer", at);
  int judged = 0;
  for (int place = 0; place < 40; ++place) {
    const std::string answer = code_thrown([&] {
      services::sign_in(accounts, attempts, "officer", first_password, wrong_code(), {"bot " + std::to_string(place)}, at);
    });
    if (answer == "wrong_credentials") ++judged;
    else EXPECT_EQ(answer, "too_many_attempts");
  }
  EXPECT_EQ(judged, 30);
}

// Red while the thirty guesses of the account were those of everybody: who knew the password kept the owner out, and an
// officer who was in from approving anything.
TEST_F(ChangesOnTheWay, AndGuessesOfWhoKnowsThePasswordKeepTheOwnerOutNowhere) {
  const services::Visitor home{"home"};
  const auto in = services::confirm_code(accounts, attempts, enter_half(home), code(), home, at);
  use_up_the_guesses();
  at += 1min;
  const services::Visitor own{"a train", in.device};
  EXPECT_EQ(confirm(enter_half(own), code(), own), "nothing") << "the own device";
  const services::Visitor elsewhere{"library"};
  const std::string unknown = enter_half(elsewhere);
  at += 1min;
  EXPECT_EQ(confirm(unknown, code(), elsewhere), "too_many_attempts") << "a code alone is guessed no further";
  EXPECT_EQ(confirm(unknown, "abcd-efgh-2345", elsewhere), "nothing") << "a recovery code is nobody's guess";
  const services::Actor officer{"officer", Role::exam_officer, {}, "home"};
  EXPECT_EQ(code_thrown([&] { services::confirm_step(accounts, attempts, officer, code(), in.token, at); }), "nothing");
}

// And yet each of these ways bears no more guesses than before.
TEST_F(ChangesOnTheWay, AndKnownDevicesAndSessionsHaveFiveGuessesEach) {
  const services::Visitor home{"home"};
  const auto in = services::confirm_code(accounts, attempts, enter_half(home), code(), home, at);
  at += 1min;
  const services::Visitor own{"a train", in.device};
  const std::string half = enter_half(own);
  for (int miss = 0; miss < 5; ++miss) EXPECT_EQ(confirm(half, wrong_code(), own), "wrong_code");
  EXPECT_EQ(confirm(half, code(), own), "too_many_attempts");
  const services::Visitor elsewhere{"library"};
  const std::string recovering = enter_half(elsewhere);
  for (int miss = 0; miss < 5; ++miss) EXPECT_EQ(confirm(recovering, "zzzz-zzzz-zzzz", elsewhere), "wrong_code");
  EXPECT_EQ(confirm(recovering, "abcd-efgh-2345", elsewhere), "too_many_attempts");
  const services::Actor officer{"officer", Role::exam_officer, {}, "home"};
  const auto step = [&](const std::string& with) {
    return code_thrown([&] { services::confirm_step(accounts, attempts, officer, with, in.token, at); });
  };
  for (int miss = 0; miss < 5; ++miss) EXPECT_EQ(step(wrong_code()), "wrong_code");
  EXPECT_EQ(step(code()), "too_many_attempts");
}

}  // namespace
}  // namespace hanjari::tests
