// The machine's clock is set forward or back by an hour while people are signed in, limits are reached and jobs run: nobody is let in, or let
// guess, who would not have been, and no work is done twice.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "accounts/account_repository_contract.h"
#include "accounts/sign_in_limits.h"
#include "hanjari/accounts/totp.h"
#include "hanjari/base/digest.h"
#include "hanjari/jobs/job_runner.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;
using Reserved = services::AttemptLimit::Reserved;

struct ClockJumps : testing::Test {
  ClockJumps() {
    services::add_account(accounts, coordinator_of("11110"), password, {"tester", "", start});
  }
  std::string word(int number) const { return sha256("jump " + std::to_string(number)).hex().substr(0, 32); }
  Instant now() const { return database.clock.now(); }
  // With a second factor whose newest step is that of `start`.
  void enrol() {
    give_second_factor(accounts, name, secret, services::totp_step_at(start), {accounts.hash_secret("recovery", "abcdefghjkmn")},
                       {"tester", "", start});
  }
  services::SignIn half() { return services::sign_in(accounts, database->attempts(), name, password, "", {"home"}, now()); }
  std::string confirm(const std::string& token, const std::string& code) {
    return code_thrown([&] { services::confirm_code(accounts, database->attempts(), token, code, {"home"}, now()); });
  }
  std::string code_at(Instant at) const { return services::totp_code(secret, services::totp_step_at(at)); }

  TestDatabase database;
  services::AccountRepository& accounts = database->accounts();
  const Instant start = database.clock.now();
  const std::string name = "coordinator.11110";
  const std::string password = "seventeen small cats";
  const std::string secret = std::string(20, 's');
};

// Red when the end of a session is counted from its last use by a clock that went back.
TEST_F(ClockJumps, ProlongNoSessionBeyondItsEndAndEndNoneByGoingBack) {
  const auto entered = services::open_session(accounts, coordinator_of("11110"), {"home"}, now());
  const auto found = [&] { return services::find_session(accounts, entered.token, now()).has_value(); };
  EXPECT_TRUE(found());
  database.clock.advance(-1h);
  EXPECT_TRUE(found()) << "back by an hour";
  // In use all the time, until its end as it was set at the beginning.
  const Instant end = start + services::session_limits(services::Role::district_coordinator).length;
  while (now() + 10min < end) {
    database.clock.advance(10min);
    ASSERT_TRUE(found());
  }
  database.clock.advance(10min);
  EXPECT_FALSE(found());
}

TEST_F(ClockJumps, EndASessionThatTheClockCallsIdle) {
  const auto entered = services::open_session(accounts, coordinator_of("11110"), {"home"}, now());
  database.clock.advance(1h);
  EXPECT_FALSE(services::find_session(accounts, entered.token, now())) << "half an hour without use, as far as anybody can tell";
}

// Red when guesses that seem to come from the future do not count.
TEST_F(ClockJumps, ForgetNoWrongGuessByGoingBack) {
  const std::vector<services::GuessLimit> limits{{"pair/jump", 5, 15min}};
  int number = 0;
  const auto guess = [&] {
    const std::string own = word(++number);
    const Reserved reserved = database->attempts().reserve(own, limits, now());
    if (reserved == Reserved::yes) database->attempts().settle(own, true);
    return reserved;
  };
  for (int turn = 0; turn < 5; ++turn) EXPECT_EQ(guess(), Reserved::yes);
  EXPECT_EQ(guess(), Reserved::full);
  database.clock.advance(-1h);
  EXPECT_EQ(guess(), Reserved::full) << "back by an hour";
  database.clock.advance(1h);
  EXPECT_EQ(guess(), Reserved::full) << "and as it was";
  // Forward by an hour it bears what an hour bears, and no more.
  database.clock.advance(1h);
  int allowed = 0;
  for (int turn = 0; turn < 12; ++turn) allowed += guess() == Reserved::yes ? 1 : 0;
  EXPECT_EQ(allowed, 5);
  database.clock.advance(-1h);
  EXPECT_EQ(guess(), Reserved::full);
}

// Red when only the step before is compared: a code that somebody saw an hour ago would open the account once more.
TEST_F(ClockJumps, TakeNoCodeOfTheAuthenticatorASecondTime) {
  enrol();
  database.clock.advance(2min);
  const Instant used = now();
  EXPECT_EQ(confirm(half().token, code_at(used)), "nothing");
  EXPECT_EQ(confirm(half().token, code_at(used)), "wrong_code");
  database.clock.advance(-1h);
  const std::string half_back = half().token;
  EXPECT_EQ(confirm(half_back, code_at(used)), "wrong_code") << "not of this time";
  EXPECT_EQ(confirm(half_back, code_at(now())), "wrong_code") << "an earlier step than the newest that was taken";
  EXPECT_EQ(confirm(half_back, "ABCD-EFGH-JKMN"), "nothing") << "the owner comes in with a recovery code meanwhile";
  database.clock.advance(1h);
  EXPECT_EQ(confirm(half().token, code_at(used)), "wrong_code");
  database.clock.advance(1min);
  EXPECT_EQ(confirm(half().token, code_at(now())), "nothing") << "the clock is right again";
}

TEST_F(ClockJumps, GiveAJobToOneProgramOnly) {
  constexpr std::chrono::seconds lease{30};
  services::JobRepository& jobs = database->jobs();
  const services::Change asked{"officer", "", start};
  jobs.add_job({"plan", "E1", "{}"}, "a", asked);
  const auto first = jobs.claim_job({"plan"}, "one", now(), lease);
  ASSERT_TRUE(first);
  database.clock.advance(-1h);
  EXPECT_FALSE(jobs.claim_job({"plan"}, "two", now(), lease)) << "back by an hour the lease still stands";
  EXPECT_EQ(jobs.keep_job(*first, {}, now(), lease), services::JobRepository::Kept::yes);
  EXPECT_FALSE(jobs.claim_job({"plan"}, "two", now(), lease));
  // Forward by an hour another takes it over, and whoever had it is told so at the next word and ends nothing.
  database.clock.advance(2h);
  const auto second = jobs.claim_job({"plan"}, "two", now(), lease);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->id, "a");
  EXPECT_EQ(jobs.keep_job(*first, {}, now(), lease), services::JobRepository::Kept::lost);
  services::Job ended = *first;
  ended.state = services::JobState::done;
  EXPECT_FALSE(jobs.end_job(ended, asked));
  ended = *second;
  ended.state = services::JobState::done;
  EXPECT_TRUE(jobs.end_job(ended, asked));
  database.clock.advance(-1h);
  EXPECT_FALSE(jobs.claim_job({"plan"}, "three", now(), lease)) << "what is done is done";
}

}  // namespace
}  // namespace hanjari::tests
