// Changing keys while others work, and destroying an exam's data for good.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/rekeying/keys.h"
#include "rekeying/sealed_tables.h"
#include "stage/machine.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;

TEST(SealedTables, NameEverySealedColumnOfTheSchema) {
  TestDatabase database;
  std::set<std::string> known;
  for (const storage::SealedTable& table : storage::sealed_tables()) {
    for (const storage::SealedColumn& column : table.columns) known.insert(table.table + "." + column.column);
  }
  const auto owner = database.connect();
  auto rows = owner->select(
      "SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_NAME "
      "LIKE '%\\_sealed'");
  std::set<std::string> there;
  while (rows.next()) {
    std::string name = rows.text() + ".";
    name += rows.text();
    // The trail is never written again; its keys stay.
    if (name != "audit_entries.content_sealed") there.insert(name);
  }
  EXPECT_EQ(known, there) << "a sealed column that rotation does not know would become unreadable";
}

class KeyRotation : public ::testing::Test {
 protected:
  KeyRotation() : exam(small_exam()), plan(plan_of(exam)) {
    database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
    services::add_account(database->accounts(), {"officer", services::Role::exam_officer}, "seventeen small cats",
                          change_of(database.clock));
  }
  std::int64_t values_under_newest_key() {
    return database.number(
        "SELECT COUNT(*) FROM applicants WHERE SUBSTR(name_sealed, 1, 5) = CONCAT(CHAR(0), UNHEX(LPAD(HEX((SELECT "
        "data_key_id FROM data_keys WHERE scope = 'exam/test-1' ORDER BY generation DESC LIMIT 1)), 8, '0')))");
  }
  storage::RotationReport rotate() {
    return storage::rotate_keys(hasty_settings(database), change_of(database.clock), system_clock(),
                                no_progress());
  }

  TestDatabase database;
  Exam exam;
  Plan plan;
};

TEST_F(KeyRotation, SealsEverythingAnewAndForgetsTheOldKeys) {
  const std::string before = read_file(database.folder.path() / "keys" / "personal.keys");
  const auto people = static_cast<std::int64_t>(exam.applicants.size());
  const auto report = rotate();
  EXPECT_GE(report.records, people);
  EXPECT_EQ(report.master_number, 2);
  EXPECT_EQ(values_under_newest_key(), people);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope = 'exam/test-1'"), 1);
  const std::string after = read_file(database.folder.path() / "keys" / "personal.keys");
  EXPECT_EQ(after.find(before.substr(before.find("personal 1"), 75)), std::string::npos)
      << "the old master key is gone";
  EXPECT_EQ(database->exams().find_exam(exam.header.code, "")->applicants[7].name, exam.applicants[7].name)
      << "a program that was open reads on";
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
  EXPECT_FALSE(database->audit().list_entries({.action = "exam.import"}).front().destroyed)
      << "the trail stays readable";
  storage::Database again(test_settings(database.folder.path()), storage::SchemaUpgrade::never, database.clock,
                          no_progress());
  EXPECT_EQ(again.exams().find_exam(exam.header.code, "")->applicants[7].name, exam.applicants[7].name);
}

TEST_F(KeyRotation, FailsNoReadAndLosesNoWriteMeanwhile) {
  std::atomic<bool> stop{false};
  std::atomic<int> reads{0};
  std::string failure;
  std::thread reader([&] {
    try {
      while (!stop) {
        const auto found = database->exams().find_exam(exam.header.code, exam.input_sha256);
        if (!found || found->applicants[3].name != exam.applicants[3].name) failure = "another name";
        ++reads;
      }
    } catch (const std::exception& error) {
      failure = error.what();
    }
  });
  Exam corrected = exam;
  corrected.input_sha256 = std::string(64, 'c');
  std::thread writer(
      [&] { database->exams().save_exam(corrected, nullptr, change_of(database.clock), no_progress()); });
  rotate();
  rotate();
  stop = true;
  reader.join();
  writer.join();
  EXPECT_EQ(failure, "");
  EXPECT_GT(reads.load(), 2);
  storage::Database again(test_settings(database.folder.path()), storage::SchemaUpgrade::never, database.clock,
                          no_progress());
  EXPECT_EQ(again.exams().find_exam(exam.header.code, corrected.input_sha256)->applicants.size(),
            corrected.applicants.size());
}

TEST_F(KeyRotation, GoesOnWhereItWasKilled) {
  // When the new keys are there, and when the first values are sealed with them.
  for (const int step : {4, 1}) {
    ASSERT_TRUE(killed_at_step(step, [&](Progress& progress) {
      storage::rotate_keys(hasty_settings(database), change_of(database.clock), system_clock(), progress);
    })) << step;
    storage::Database between(test_settings(database.folder.path()), storage::SchemaUpgrade::never, database.clock,
                              no_progress());
    EXPECT_EQ(between.exams().find_exam(exam.header.code, "")->applicants[5].name, exam.applicants[5].name);
  }
  const auto report = rotate();
  EXPECT_TRUE(report.resumed);
  EXPECT_EQ(values_under_newest_key(), static_cast<std::int64_t>(exam.applicants.size()));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM key_rotations WHERE finished_at IS NULL"), 0);
}

// Red while the number of values that open with no key was all that was told of them, and while a key of no scope at all
// stopped the whole change.
TEST_F(KeyRotation, NamesTheRowsThatOpenWithNoKey) {
  const auto owner = database.connect();
  owner->execute("UPDATE applicants SET home_sealed = INSERT(home_sealed, LENGTH(home_sealed), 1, CHAR(ASCII(RIGHT(home_sealed, 1)) ^ 1)) "
                 "WHERE applicant_position = 3");
  owner->execute("SET STATEMENT check_constraint_checks = 0 FOR INSERT INTO data_keys (scope, generation, wrapped, made_at, lost, master_check) "
                 "SELECT 'zzz/', 1, '', UTC_TIMESTAMP(6), 0, master_check FROM data_keys WHERE scope = 'program'");
  const auto report = rotate();
  EXPECT_EQ(report.unopened, 1);
  ASSERT_EQ(report.unopened_values.size(), 1U);
  EXPECT_EQ(report.unopened_values[0].table, "applicants");
  EXPECT_EQ(report.unopened_values[0].column, "home_sealed");
  EXPECT_EQ(report.unopened_values[0].exam, exam.header.code.text());
  EXPECT_EQ(report.unopened_values[0].row, exam.applicants[3].id.text());
}

// Red when the change of keys drew a new key into the place of a lost one, which then could not be put back.
TEST_F(KeyRotation, DrawsNoKeyIntoThePlaceOfALostOne) {
  const Exam sound = small_exam("sound-1");
  database->exams().save_exam(sound, nullptr, change_of(database.clock), no_progress());
  database.connect()->execute("DELETE FROM data_keys WHERE scope = 'exam/test-1'");
  const auto report = rotate();
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope = 'exam/test-1'"), 0);
  EXPECT_GE(report.unopened, static_cast<std::int64_t>(exam.applicants.size())) << "the values of everybody are said to stay";
  ASSERT_FALSE(report.unopened_values.empty());
  for (const storage::UnopenedValue& value : report.unopened_values) EXPECT_EQ(value.exam, "test-1") << value.table;
  EXPECT_GE(report.records, static_cast<std::int64_t>(sound.applicants.size())) << "and the others are sealed anew";
  storage::Database again(test_settings(database.folder.path()), storage::SchemaUpgrade::never, database.clock, no_progress());
  EXPECT_EQ(again.exams().find_exam(sound.header.code, "")->applicants[2].name, sound.applicants[2].name);
}

TEST_F(KeyRotation, DestroysAnExamOnItsDayAndLeavesNothingThatOpens) {
  const auto settings = test_settings(database.folder.path());
  const Exam kept = small_exam("kept-1");
  database->exams().save_exam(kept, nullptr, change_of(database.clock), no_progress());
  services::AuditNote note{"application.edit", "test-1/1"};
  note.before = "planted mark";
  note.exam = "test-1";
  database->audit().record(change_of(database.clock), note);

  const auto preview = storage::preview_destruction(settings, "test-1");
  EXPECT_EQ(preview.people, static_cast<std::int64_t>(exam.applicants.size()));
  EXPECT_FALSE(preview.due_at);
  EXPECT_THROW(storage::preview_destruction(settings, "nothing"), NotFound);
  const Instant due = database.clock.now() + std::chrono::hours(24);
  storage::order_destruction(settings, "test-1", due, change_of(database.clock));
  EXPECT_TRUE(storage::destroy_due(settings, change_of(database.clock), database.clock, no_progress()).empty());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants WHERE population_id = 1"), preview.people);

  // A copy from before, with the key file as it is afterwards.
  const fs::path backup = database.folder.path().parent_path() / "backup.sql";
  storage::back_up(settings, backup, no_progress());
  database.clock.advance(std::chrono::hours(25));
  EXPECT_THAT(storage::destroy_due(settings, change_of(database.clock), database.clock, no_progress()),
              ::testing::ElementsAre("test-1"));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants a JOIN populations p ON p.population_id = a.population_id "
                            "JOIN exams e ON e.exam_id = p.exam_id WHERE e.exam_code = 'test-1'"),
            0);
  EXPECT_TRUE(storage::preview_destruction(settings, "test-1").done_at);
  storage::Database again(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
  EXPECT_EQ(again.exams().find_exam(kept.header.code, "")->applicants[2].name, kept.applicants[2].name);
  const auto entries = again.audit().list_entries({.action = "application.edit"});
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_TRUE(entries.front().destroyed);
  EXPECT_FALSE(entries.front().note.before);
  EXPECT_FALSE(again.audit().verify(no_progress()).first_break);
  EXPECT_EQ(again.audit().list_entries({.action = "exam.destroy"}).size(), 1u);

  const TestFolder other("r");
  fs::create_directories(other.path() / "keys");
  fs::copy_file(database.folder.path() / "keys" / "personal.keys", other.path() / "keys" / "personal.keys");
  fs::permissions(other.path() / "keys" / "personal.keys", fs::perms::owner_read | fs::perms::owner_write);
  const auto restored = test_settings(other.path());
  try {
    storage::restore(restored, backup, database.clock, no_progress());
    storage::Database old_copy(restored, storage::SchemaUpgrade::never, database.clock, no_progress());
    old_copy.exams().find_exam(exam.header.code, "");
    ADD_FAILURE() << "the backup from before opens";
  } catch (const Unavailable& error) {
    EXPECT_THAT(error.code(), ::testing::AnyOf("wrong_key_file", "personal_data_damaged"));
  }
}

}  // namespace
}  // namespace hanjari::tests
