// Guesses counted before they are made, and codes taken once, also when the answer to a commit is not heard.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "accounts/account_repository_contract.h"
#include "hanjari/actor/attempts.h"
#include "hanjari/base/digest.h"
#include "stage/links/cutting_link.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;
using Reserved = services::AttemptLimit::Reserved;

std::string word_of(int number) {
  return sha256(std::to_string(number)).hex().substr(0, 32);
}

TEST(Attempts, OfOneMomentExceedNoLimitWhicheverProgramMakesThem) {
  TestDatabase database;
  const auto socket = database.folder.path() / "mariadb" / "s.sock";
  storage::Database second(beside(database, socket), storage::SchemaUpgrade::never, database.clock, no_progress());
  const std::array<services::AttemptLimit*, 2> programs{&database->attempts(), &second.attempts()};
  const std::vector<services::GuessLimit> limits{{"pair/a", 5, 15min}, {"source/b", 30, 10min}};
  std::atomic<int> allowed{0};
  std::vector<std::thread> guessers;
  for (int guesser = 0; guesser < 12; ++guesser) {
    guessers.emplace_back([&, guesser] {
      auto& attempts = *programs[static_cast<std::size_t>(guesser % 2)];
      if (attempts.reserve(word_of(guesser), limits, database.clock.now()) != Reserved::yes) return;
      ++allowed;
      attempts.settle(word_of(guesser), true);
    });
  }
  for (std::thread& guesser : guessers) guesser.join();
  EXPECT_EQ(allowed, 5);
  EXPECT_EQ(database->attempts().count_misses("pair/a", database.clock.now() - 1min), 5);
  EXPECT_EQ(database->attempts().count_misses("source/b", database.clock.now() - 1min), 5);
  EXPECT_EQ(database->attempts().reserve(word_of(99), limits, database.clock.now()), Reserved::full);
}

TEST(Attempts, WaitForThoseThatAreBeingJudgedAndForgetTheRightOnes) {
  TestDatabase database;
  auto& attempts = database->attempts();
  const std::vector<services::GuessLimit> limits{{"pair/a", 2, 15min}};
  const Instant now = database.clock.now();
  EXPECT_EQ(attempts.reserve(word_of(1), limits, now), Reserved::yes);
  EXPECT_EQ(attempts.reserve(word_of(2), limits, now), Reserved::yes);
  EXPECT_EQ(attempts.reserve(word_of(3), limits, now), Reserved::busy) << "both may still turn out right";
  attempts.settle(word_of(1), false);
  EXPECT_EQ(attempts.reserve(word_of(3), limits, now), Reserved::yes);
  attempts.settle(word_of(2), true);
  attempts.settle(word_of(3), true);
  EXPECT_EQ(attempts.reserve(word_of(4), limits, now), Reserved::full);
  EXPECT_EQ(attempts.reserve(word_of(4), limits, now + 16min), Reserved::yes);
  // Its program died: it counts as wrong, so that nobody waits for it.
  EXPECT_EQ(attempts.reserve(word_of(5), limits, now + 16min), Reserved::yes);
  EXPECT_EQ(attempts.reserve(word_of(6), limits, now + 18min), Reserved::full);
}

// A code that was sent counts at once; entered minutes later, it is taken back.
TEST(Attempts, ThatWereCountedAreTakenBackWhenTheyTurnOutToBeWanted) {
  TestDatabase database;
  auto& attempts = database->attempts();
  const Instant now = database.clock.now();
  const std::vector<services::GuessLimit> limits{{"source/a", 2, 60min}};
  services::count_use(attempts, word_of(1), limits, now);
  services::count_use(attempts, word_of(2), limits, now);
  EXPECT_EQ(attempts.reserve(word_of(3), limits, now + 5min), Reserved::full);
  attempts.settle(word_of(1), false);
  EXPECT_EQ(attempts.count_misses("source/a", now - 1min), 1);
  EXPECT_EQ(attempts.reserve(word_of(3), limits, now + 5min), Reserved::yes);
}

struct UnheardCommits : testing::Test {
  UnheardCommits()
      : link(database.folder.path(), database.folder.path() / "mariadb" / "s.sock"),
        program(beside(database, link.socket()), storage::SchemaUpgrade::never, database.clock, no_progress()) {
    services::add_account(database->accounts(), coordinator_of("11110"), "seventeen small cats",
                          {"tester", "", database.clock.now()});
    program.accounts().list_accounts();  // a connection is open before the first cut
  }

  TestDatabase database;
  CuttingLink link;
  storage::Database program;
  const std::string name = "coordinator.11110";
};

TEST_F(UnheardCommits, OfAReservedGuessCountItOnce) {
  link.swallow_commits(1);
  EXPECT_EQ(program.attempts().reserve(word_of(1), {{"pair/a", 1, 15min}}, database.clock.now()), Reserved::yes);
  EXPECT_EQ(link.swallowed(), 1);
  EXPECT_EQ(database->attempts().count_misses("pair/a", database.clock.now() - 1min), 1);
}

TEST_F(UnheardCommits, OfATakenStepAreNoWrongCode) {
  link.swallow_commits(1);
  EXPECT_TRUE(program.accounts().take_totp_step(name, 7, ""));
  EXPECT_EQ(link.swallowed(), 1);
  EXPECT_FALSE(program.accounts().take_totp_step(name, 7, "")) << "by another call it is taken";
}

TEST_F(UnheardCommits, OfARecoveryCodeAreNoWrongCode) {
  const services::Change change{name, "", database.clock.now()};
  const std::string code(16, 'c');
  give_second_factor(database->accounts(), name, std::string(20, 's'), 1, {code}, change);
  link.swallow_commits(1);
  EXPECT_TRUE(program.accounts().take_recovery_code(name, code, "", change));
  EXPECT_EQ(link.swallowed(), 1);
  EXPECT_FALSE(program.accounts().take_recovery_code(name, code, "", change));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.recovery_code'"), 1);
}

// Red while the counter that the first attempt had written made the key look like a copy of itself.
TEST_F(UnheardCommits, OfASecurityKeyAreNoWrongCodeAndNoUnknownKey) {
  const services::Change change{name, "", database.clock.now()};
  services::SecurityKey key;
  key.id = "key-of-the-test";
  key.public_key = std::string(77, 'p');
  key.site = "seats.example.kr";
  key.added_at = database.clock.now();
  database->accounts().add_security_key(name, key, change);
  link.swallow_commits(1);
  EXPECT_TRUE(program.accounts().take_security_key(name, key, 5, database.clock.now()));
  EXPECT_EQ(link.swallowed(), 1);
  EXPECT_FALSE(program.accounts().take_security_key(name, key, 5, database.clock.now())) << "by another call";
  link.swallow_commits(1);
  EXPECT_TRUE(program.accounts().remove_security_key(name, key.id, change));
  EXPECT_EQ(link.swallowed(), 2);
  EXPECT_FALSE(program.accounts().remove_security_key(name, key.id, change));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.remove_security_key'"), 1);
}

TEST_F(UnheardCommits, OfASentCodeAreNoWrongCode) {
  services::SentCode sent;
  sent.ticket_hash = std::string(64, 'a');
  sent.contact = "sky@example.com";
  sent.code_hash = std::string(16, 'h');
  sent.expires_at = database.clock.now() + 10min;
  database->accounts().save_code(sent);
  link.swallow_commits(1);
  EXPECT_TRUE(program.accounts().reserve_code_try(sent.ticket_hash, ""));
  EXPECT_EQ(database.number("SELECT misses FROM sent_codes"), 1) << "one try was made";
  link.swallow_commits(1);
  EXPECT_TRUE(program.accounts().take_code(sent.ticket_hash, ""));
  EXPECT_EQ(link.swallowed(), 2);
  EXPECT_FALSE(program.accounts().take_code(sent.ticket_hash, ""));
}

TEST(SentCodes, BearAsManyTriesAtOnceAsOneAfterTheOther) {
  TestDatabase database;
  services::SentCode sent;
  sent.ticket_hash = std::string(64, 'a');
  sent.contact = "sky@example.com";
  sent.code_hash = std::string(16, 'h');
  sent.expires_at = database.clock.now() + 10min;
  database->accounts().save_code(sent);
  std::atomic<int> allowed{0};
  std::vector<std::thread> guessers;
  for (int guesser = 0; guesser < 16; ++guesser) {
    guessers.emplace_back([&] {
      if (database->accounts().reserve_code_try(sent.ticket_hash, "")) ++allowed;
    });
  }
  for (std::thread& guesser : guessers) guesser.join();
  EXPECT_EQ(allowed, services::most_code_misses);
}

}  // namespace
}  // namespace hanjari::tests
