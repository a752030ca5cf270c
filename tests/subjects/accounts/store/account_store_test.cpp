// Accounts, sessions and limits on the database: the same suite as in memory, and what only a database can get wrong.
#include <gtest/gtest.h>

#include "accounts/account_repository_contract.h"
#include "hanjari/base/digest.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

TEST(AccountStore, DoesWhatAccountRepositoriesDo) {
  TestDatabase database;
  check_account_repository(database->accounts(), database->attempts(), database.clock.now());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.add' AND author = 'tester'"),
            1);
}

TEST(AccountStore, DoesWhatApplicantAccountsNeed) {
  TestDatabase database;
  CodeMailbox outbox;
  check_applicant_accounts(database->accounts(), database->attempts(), outbox, database.clock.now());
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
}

TEST(AccountStore, LetsAnEnrolmentTakeNothingOver) {
  TestDatabase database;
  check_enrolments(database->accounts(), database->attempts(), database.clock.now());
}

TEST(AccountStore, LetsNobodyTakeWhatSomebodyElseTook) {
  TestDatabase database;
  check_taking_once(database->accounts(), database.clock.now());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.recovery_code'"), 1)
      << "taken again it is the same use";
}

TEST(AccountStore, StoresNeitherTokensNorGuessesNorContactsInPlain) {
  TestDatabase database;
  services::add_account(database->accounts(), coordinator_of("11110"), "seventeen small cats",
                        {"tester", "", database.clock.now()});
  const auto signed_in = services::sign_in(database->accounts(), database->attempts(), "coordinator.11110",
                                           "seventeen small cats", "", {"192.0.2.7"}, database.clock.now());
  services::begin_enrolment(database->accounts(), signed_in.token, database.clock.now());
  database->attempts().record_miss("seat/source/192.0.2.7", database.clock.now());
  CodeMailbox outbox;
  services::begin_sign_up(database->accounts(), database->attempts(), outbox, "planted.mark@example.kr",
                          "blue kettle on a roof", Language::korean, {"192.0.2.7"}, database.clock.now());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM sessions WHERE token_hash = '" + signed_in.token + "'"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM sessions WHERE token_hash = '" + sha256(signed_in.token).hex() + "'"),
            1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM sessions WHERE visitor_sealed LIKE '%192.0.2%'"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM missed_attempts WHERE key_hash LIKE '%192.0.2%'"), 0);
  EXPECT_EQ(
      database.number("SELECT COUNT(*) FROM sent_codes WHERE contact_sealed LIKE '%planted%' OR code_hash LIKE '%" +
                      outbox.newest_code() + "%'"),
      0);
}

// Red while everybody who was signed in was refused every page, because the moment of the visit could not be kept.
TEST(AccountStore, FindsSessionsWhileTheDatabaseTakesNoChanges) {
  TestDatabase database;
  services::add_account(database->accounts(), coordinator_of("11110"), "seventeen small cats",
                        {"tester", "", database.clock.now()});
  const auto signed_in = services::sign_in(database->accounts(), database->attempts(), "coordinator.11110",
                                           "seventeen small cats", "", {"192.0.2.7"}, database.clock.now());
  database.clock.advance(std::chrono::minutes(2));
  const auto find = [&] {
    return database->accounts().find_session(sha256(signed_in.token).hex(), database.clock.now());
  };
  const auto owner = database.connect();
  for (const char* error : {"1290", "1114"}) {
    owner->execute(std::string("CREATE TRIGGER no_changes BEFORE UPDATE ON sessions FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET "
                               "MYSQL_ERRNO = ") +
                   error);
    EXPECT_TRUE(find()) << error;
    owner->execute("DROP TRIGGER no_changes");
  }
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM sessions WHERE last_seen_at > created_at"), 0);
  EXPECT_TRUE(find());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM sessions WHERE last_seen_at > created_at"), 1);
}

TEST(AccountStore, RemovesWhatIsPastItsTimeAndNothingElse) {
  TestDatabase database;
  services::add_account(database->accounts(), coordinator_of("11110"), "seventeen small cats",
                        {"tester", "", database.clock.now()});
  const auto sign_in = [&] {
    return services::sign_in(database->accounts(), database->attempts(), "coordinator.11110", "seventeen small cats", "",
                             {"192.0.2.7"}, database.clock.now());
  };
  const auto old = sign_in();
  database->accounts().remember_device("coordinator.11110", std::string(64, 'a'), database.clock.now());
  CodeMailbox outbox;
  services::begin_sign_up(database->accounts(), database->attempts(), outbox, "somebody@example.kr",
                          "blue kettle on a roof", Language::korean, {"192.0.2.7"}, database.clock.now());
  EXPECT_FALSE(database->accounts().remove_expired(database.clock.now()));
  EXPECT_TRUE(database->accounts().find_session(sha256(old.token).hex(), database.clock.now()));
  database.clock.advance(std::chrono::hours(24) * 7);
  const auto young = sign_in();
  EXPECT_FALSE(database->accounts().remove_expired(database.clock.now()));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM sessions"), 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM sent_codes"), 0);
  EXPECT_TRUE(database->accounts().find_session(sha256(young.token).hex(), database.clock.now()));
  EXPECT_TRUE(database->accounts().knows_device("coordinator.11110", std::string(64, 'a'), database.clock.now()));
  database.clock.advance(std::chrono::hours(24) * 366);
  EXPECT_FALSE(database->accounts().remove_expired(database.clock.now()));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM known_devices"), 0);
}

}  // namespace
}  // namespace hanjari::tests
