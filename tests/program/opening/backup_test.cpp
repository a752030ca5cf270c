// Backups: whole, sealed, restored to the same, and refused when they would do harm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;

std::string code_of(const std::function<void()>& attempt) {
  try {
    attempt();
  } catch (const Error& error) {
    return error.code();
  }
  return "";
}

class Backup : public ::testing::Test {
 protected:
  Backup() {
    exam = small_exam();
    plan = plan_of(exam);
    database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  }

  static void copy_keys(const fs::path& from, const fs::path& to) {
    fs::create_directories(to / "keys");
    fs::permissions(to / "keys", fs::perms::owner_all);
    fs::copy_file(from / "keys/personal.keys", to / "keys/personal.keys");
  }

  TestDatabase database;
  Exam exam;
  Plan plan;
  TestFolder other{"other"};
  fs::path file = database.folder.path().parent_path() / "backup.sql";
};

TEST_F(Backup, IsRestoredToTheSame) {
  storage::back_up(test_settings(database.folder.path()), file, no_progress());
  struct stat rights {};
  ASSERT_EQ(::stat(file.c_str(), &rights), 0);
  EXPECT_EQ(rights.st_mode & 0777, 0600U);

  copy_keys(database.folder.path(), other.path());
  const auto settings = test_settings(other.path());
  storage::restore(settings, file, database.clock, no_progress());
  storage::Database restored(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
  const auto found = restored.exams().find_exam(exam.header.code, "");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->applicants.size(), exam.applicants.size());
  for (std::size_t at = 0; at < exam.applicants.size(); ++at) {
    EXPECT_EQ(found->applicants[at].name, exam.applicants[at].name) << "opened with the keys";
    EXPECT_EQ(found->applicants[at].id, exam.applicants[at].id);
  }
  const auto plans = restored.exams().list_plans(exam.header.code);
  ASSERT_EQ(plans.size(), 1U);
  const auto seats = restored.exams().find_plan(*found, plans.front().digest);
  ASSERT_TRUE(seats);
  EXPECT_EQ(seats->placements.size(), plan.placements.size());
}

TEST_F(Backup, HoldsNoNameAndNoKey) {
  storage::back_up(test_settings(database.folder.path()), file, no_progress());
  const std::string text = read_file(file);
  const std::string keys = read_file(database.folder.path() / "keys/personal.keys");
  EXPECT_NE(text.find(exam.applicants.front().id.text()), std::string::npos) << "it is the backup of this exam";
  for (const Applicant& applicant : exam.applicants) EXPECT_EQ(text.find(applicant.name), std::string::npos);
  for (auto at = keys.find_first_of("0123456789abcdef"); at + 64 <= keys.size(); ++at) {
    const std::string part = keys.substr(at, 64);
    if (part.find_first_not_of("0123456789abcdef") == std::string::npos) {
      EXPECT_EQ(text.find(part), std::string::npos);
      EXPECT_EQ(text.find(part.substr(0, 32)), std::string::npos);
    }
  }
}

TEST_F(Backup, IsOfOneMomentWhileOthersWrite) {
  std::atomic<bool> over{false};
  std::atomic<int> written{0};
  std::thread writing([&] {
    while (!over) {
      database->exams().save_exam(small_exam("more-" + std::to_string(++written), 60), nullptr,
                                  change_of(database.clock), no_progress());
    }
  });
  while (written < 2) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  storage::back_up(test_settings(database.folder.path()), file, no_progress());
  over = true;
  writing.join();
  copy_keys(database.folder.path(), other.path());
  storage::restore(test_settings(other.path()), file, database.clock, no_progress());
  storage::Database restored(test_settings(other.path()), storage::SchemaUpgrade::never, database.clock, no_progress());
  for (int number = 1; number <= written; ++number) {
    const auto found = restored.exams().find_exam(ExamCode("more-" + std::to_string(number)), "");
    if (found) {
      EXPECT_EQ(found->applicants.size(), 60U) << "an exam is there whole or not at all";
    }
  }
}

TEST_F(Backup, NeedsItsKeys) {
  storage::back_up(test_settings(database.folder.path()), file, no_progress());
  const auto settings = test_settings(other.path());
  EXPECT_EQ(code_of([&] { storage::restore(settings, file, database.clock, no_progress()); }), "wrong_key_file");
  copy_keys(database.folder.path(), other.path());
  storage::Database opened(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
  EXPECT_TRUE(opened.exams().find_exam(exam.header.code, "")) << "the data was put back all the same";
}

// Red when a restore says that all is well although no mark opens any more.
TEST_F(Backup, NeedsTheKeyOfTheOfficeToo) {
  database->prepare_office_key();
  storage::back_up(test_settings(database.folder.path()), file, no_progress());
  copy_keys(database.folder.path(), other.path());
  const auto settings = test_settings(other.path());
  EXPECT_EQ(code_of([&] { storage::restore(settings, file, database.clock, no_progress()); }), "office_key_missing");
  fs::copy_file(database.folder.path() / "keys/office.key", other.path() / "keys/office.key");
  storage::Database opened(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
  EXPECT_EQ(code_of([&] { opened.require_office_key(); }), "") << "the data was put back all the same";
}

TEST_F(Backup, IsNeverPutOverData) {
  const auto settings = test_settings(database.folder.path());
  storage::back_up(settings, file, no_progress());
  EXPECT_EQ(code_of([&] { storage::restore(settings, file, database.clock, no_progress()); }), "database_not_empty");
}

TEST_F(Backup, IsRefusedWhenItIsNotWhole) {
  storage::back_up(test_settings(database.folder.path()), file, no_progress());
  const std::string text = read_file(file);
  std::ofstream(file, std::ios::trunc) << text.substr(0, text.size() / 2);
  const auto settings = test_settings(other.path());
  EXPECT_EQ(code_of([&] { storage::restore(settings, file, database.clock, no_progress()); }), "bad_backup");
  EXPECT_EQ(code_of([&] { storage::restore(settings, "/nonexistent", database.clock, no_progress()); }), "bad_backup");
}

TEST_F(Backup, LeavesNothingBehindWhenItCannotBeWritten) {
  const fs::path folder = database.folder.path().parent_path() / "missing";
  EXPECT_EQ(
      code_of([&] { storage::back_up(test_settings(database.folder.path()), folder / "backup.sql", no_progress()); }),
      "file_not_written");
  EXPECT_FALSE(fs::exists(folder));
}

}  // namespace
}  // namespace hanjari::tests
