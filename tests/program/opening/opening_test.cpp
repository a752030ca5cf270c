// What the program refuses to open, and the schema's steps.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "database/migrations.h"
#include "database/server/own_account.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "stage/test_database.h"
#include "vault/field_cipher.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;

std::string opening_code(const storage::DatabaseSettings& settings,
                         storage::SchemaUpgrade upgrade = storage::SchemaUpgrade::never) {
  HeldClock clock;
  try {
    storage::Database database(settings, upgrade, clock, no_progress());
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().en.empty() || error.message().ko.empty());
    return error.code();
  }
  return "opened";
}

// The private server of a test, seen as an external one.
storage::DatabaseSettings as_external(const TestDatabase& database) {
  storage::DatabaseSettings settings = test_settings(database.folder.path());
  settings.external = storage::ExternalServer{};
  settings.external->socket = database.folder.path() / "mariadb" / "s.sock";
  settings.external->user = storage::own_account_name();
  return settings;
}

TEST(Opening, RefusesAServerThatMayLoseCommits) {
  TestDatabase database;
  const auto connection = database.connect();
  connection->execute("SET GLOBAL innodb_flush_log_at_trx_commit = 2");
  EXPECT_EQ(opening_code(as_external(database)), "unsafe_durability");
  connection->execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
  EXPECT_EQ(opening_code(as_external(database)), "opened");
}

TEST(Opening, RefusesASchemaItDoesNotKnow) {
  TestDatabase database;
  const auto connection = database.connect();
  connection->execute("INSERT INTO schema_versions VALUES (900, 'future', REPEAT('0', 64), '2021-01-01')");
  EXPECT_EQ(opening_code(as_external(database)), "schema_unknown");
  connection->execute("DELETE FROM schema_versions WHERE number = 900");
  connection->execute("UPDATE schema_versions SET sha256 = REPEAT('0', 64) WHERE number = 1");
  EXPECT_EQ(opening_code(as_external(database)), "schema_unknown");
}

TEST(Opening, LeavesAnOldExternalSchemaToItsOperator) {
  TestDatabase database;
  const auto connection = database.connect();
  const std::string last = std::to_string(storage::migrations().back().number);
  connection->execute("DELETE FROM schema_versions WHERE number = " + last);
  EXPECT_EQ(opening_code(as_external(database), storage::SchemaUpgrade::automatic), "schema_old");
  EXPECT_FALSE(storage::load_schema_status(as_external(database), database.clock).current());
  EXPECT_EQ(storage::upgrade_schema(as_external(database), database.clock, no_progress()).size(), 1u);
  EXPECT_TRUE(storage::upgrade_schema(as_external(database), database.clock, no_progress()).empty());
  EXPECT_TRUE(storage::load_schema_status(as_external(database), database.clock).current());
  EXPECT_EQ(opening_code(as_external(database)), "opened");
}

TEST(Opening, RefusesAnotherKeyFileAndAMissingOne) {
  TestDatabase database;
  auto settings = as_external(database);
  settings.key_file = database.folder.path() / "other" / "personal.keys";
  EXPECT_EQ(opening_code(settings), "wrong_key_file");
  EXPECT_FALSE(fs::exists(settings.key_file)) << "no new keys for an old database";
  storage::make_keys(settings.key_file);
  EXPECT_EQ(opening_code(settings), "wrong_key_file");
}

TEST(Opening, RefusesAKeyFileThatOthersMayRead) {
  TestDatabase database;
  const fs::path keys = database.folder.path() / "keys" / "personal.keys";
  fs::permissions(keys, fs::perms::others_read, fs::perm_options::add);
  EXPECT_EQ(opening_code(as_external(database)), "key_file_open_to_others");
}

TEST(Opening, RefusesAnotherMachineWithoutTls) {
  storage::DatabaseSettings settings;
  settings.data = "/nonexistent";
  settings.external = storage::ExternalServer{};
  settings.external->host = "db.example.org";
  EXPECT_EQ(opening_code(settings), "bad_database_settings");
}

TEST(Opening, SaysThatALoginIsRefused) {
  TestDatabase database;
  auto settings = as_external(database);
  settings.external->user = "stranger";
  settings.external->password = "wrong";
  EXPECT_EQ(opening_code(settings), "database_denied");
}

TEST(Migrations, AreNumberedInOrderAndHoldOneStatementThatMayRunTwice) {
  int number = 0;
  for (const storage::Migration& step : storage::migrations()) {
    EXPECT_GT(step.number, number) << step.name;
    number = step.number;
    EXPECT_EQ(step.sql.find(";\n"), std::string::npos) << step.name;
    // A statement that finds its work done must do nothing: by its words, or by a condition that no longer holds.
    const bool may_run_twice = step.sql.find("EXISTS") != std::string::npos ||
                               step.sql.find("ON DUPLICATE KEY") != std::string::npos ||
                               (step.sql.find("UPDATE ") != std::string::npos && step.sql.find("WHERE ") != std::string::npos);
    EXPECT_TRUE(may_run_twice) << step.name;
    EXPECT_EQ(step.sql.find("CASCADE"), std::string::npos) << step.name;
    if (step.sql.find("CREATE TABLE") != std::string::npos) {
      EXPECT_NE(step.sql.find("CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"), std::string::npos) << step.name;
      EXPECT_NE(step.sql.find("PRIMARY KEY"), std::string::npos) << step.name;
    }
  }
  EXPECT_GT(number, 0);
}

TEST(Migrations, RunAgainWhenTheProgramDiedBeforeTheNote) {
  TestDatabase database;
  const auto connection = database.connect();
  connection->execute("DELETE FROM schema_versions");
  const auto applied = storage::apply_migrations(*connection, storage::migrations(), database.clock, no_progress());
  EXPECT_EQ(applied.size(), storage::migrations().size());
}

TEST(FieldCipher, OpensOnlyWhereItSealedAndOnlyUnchanged) {
  TestDatabase database;
  const storage::FieldCipher cipher = cipher_of(database.folder.path());
  const storage::FieldPlace place{7, "A0000001", "name"};
  const std::string sealed = cipher.seal(place, "홍길동");
  EXPECT_EQ(sealed.size(), std::string("홍길동").size() + storage::FieldCipher::overhead);
  EXPECT_EQ(cipher.open(place, sealed), "홍길동");
  EXPECT_NE(cipher.seal(place, "홍길동"), sealed) << "a fresh nonce each time";
  EXPECT_EQ(cipher.open(place, cipher.seal(place, "")), "");
  for (const storage::FieldPlace& other : {storage::FieldPlace{8, "A0000001", "name"},
                                           {7, "A0000002", "name"},
                                           {7, "A0000001", "photo"},
                                           {7, "A000000", "1name"}}) {
    EXPECT_THROW(cipher.open(other, sealed), Unavailable);
  }
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_THROW(cipher.open(place, changed), Error) << at;
  }
  EXPECT_THROW(cipher.open(place, sealed.substr(0, 20)), Unavailable);
}

TEST(FieldCipher, FindsPeopleByAHashThatNeedsTheKey) {
  const TestFolder folder;
  const storage::FieldCipher cipher(storage::make_keys(folder.path() / "k"), nullptr);
  const storage::FieldCipher other(storage::make_keys(folder.path() / "other" / "k"), nullptr);
  const auto hash = cipher.seat_hash(ExamCode("e"), ApplicantNumber("12"), Date{3});
  EXPECT_EQ(hash.size(), 16u);
  EXPECT_EQ(hash, cipher.seat_hash(ExamCode("e"), ApplicantNumber("12"), Date{3}));
  EXPECT_NE(hash, other.seat_hash(ExamCode("e"), ApplicantNumber("12"), Date{3}));
  EXPECT_NE(hash, cipher.seat_hash(ExamCode("e1"), ApplicantNumber("2"), Date{3}));
  EXPECT_NE(hash, cipher.seat_hash(ExamCode("e"), ApplicantNumber("12"), Date{4}));
}

TEST(KeyFile, TellsEveryBadLine) {
  const TestFolder folder;
  fs::create_directories(folder.path());
  const fs::path file = folder.path() / "k";
  std::ofstream(file) << "personal 1 abc\nlookup 1 zz\nnonsense\n";
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  try {
    storage::load_keys(file);
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_EQ(error.faults().count(), 3u);
  }
}

}  // namespace
}  // namespace hanjari::tests
