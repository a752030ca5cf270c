// What a program that serves the portal alone cannot open: marks, decisions, grades, special cases, summaries and files of jobs.
#include <filesystem>
#include <functional>
#include <memory>

#include <gmock/gmock.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/domain/unreadable.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/rekeying/keys.h"
#include "hanjari/results/special_cases.h"
#include "stage/code_thrown.h"
#include "stage/machine.h"
#include "stage/test_database.h"
#include "vault/field_cipher.h"
#include "vault/key_file.h"
#include "vault/office_key.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using ::testing::HasSubstr;
using ::testing::Not;

class OfficeKeyStore : public testing::Test {
 protected:
  OfficeKeyStore() { database->exams().save_exam(hanjari::tests::small_exam(), nullptr, change_of(database.clock), no_progress()); }
  Change by(const std::string& author) {
    Change change = change_of(database.clock);
    change.author = author;
    return change;
  }
  ResultPackage add_marks() {
    ResultPackage package;
    package.id = "package";
    package.exam = code;
    package.package_sha256 = package.input_sha256 = package.rules_sha256 = std::string(64, 'a');
    return database->results().add_package(package, "marks of everybody", by("kim"));
  }
  RecordedCase add_case(ResultRepository& results, const char* number) {
    return enter_case(results, code, number, "misconduct", "Used a telephone", by("kim"));
  }
  std::unique_ptr<storage::Database> open(storage::OfficeKeyUse use) {
    storage::DatabaseSettings settings = hanjari::tests::test_settings(database.folder.path());
    settings.office_key = use;
    return std::make_unique<storage::Database>(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
  }
  std::filesystem::path key_file() const { return database.folder.path() / "keys" / "office.key"; }
  // As whoever has the key file of the exams and the database reads it.
  std::string opened_with_exams_key(const std::string& table, const std::string& key, const std::string& column) {
    const auto connection = database.connect();
    std::string row;
    std::string sealed;
    {
      storage::Rows rows = connection->select("SELECT " + key + ", content_sealed FROM " + table + " ORDER BY " + key + " LIMIT 1");
      if (!rows.next()) return "no row";
      row = rows.text();
      sealed = rows.text();
    }
    storage::FieldPlace place;
    place.row = row;
    place.column = column;
    return hanjari::tests::cipher_of(database.folder.path()).open(place, sealed);
  }

  hanjari::tests::TestDatabase database;
  const ExamCode code{"test-1"};
};

// Red when marks, decisions and special cases stand under the exam's key alone.
TEST_F(OfficeKeyStore, OpensNothingOfTheOfficeForThePortalAlone) {
  const ResultPackage marks = add_marks();
  const RecordedCase entered = add_case(database->results(), "P1");
  confirm_case(database->results(), code, entered.case_no, entered.version, by("lee"));
  const auto portal = open(storage::OfficeKeyUse::none);
  EXPECT_EQ(code_thrown([&] { portal->results().load_package(marks); }), "personal_data_damaged");
  const auto cases = portal->results().list_cases(code, {});
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases.front().reason, unreadable_name);
  EXPECT_EQ(cases.front().kind, selection::SpecialCase::none);
  EXPECT_EQ(code_thrown([&] { portal->results().list_counting_cases(code); }), "personal_data_damaged");
  EXPECT_EQ(code_thrown([&] { add_case(portal->results(), "P2"); }), "office_key_missing") << "nor does it seal any";
  const auto office = open(storage::OfficeKeyUse::read);
  EXPECT_EQ(office->results().load_package(marks), "marks of everybody");
  EXPECT_EQ(office->results().list_counting_cases(code).front().reason, "Used a telephone");
}

TEST_F(OfficeKeyStore, ClosesWhatTheExamsKeyOpens) {
  add_marks();
  add_case(database->results(), "P1");
  EXPECT_THAT(opened_with_exams_key("result_parts", "part_id", "result_parts.content"), Not(HasSubstr("marks")));
  EXPECT_THAT(opened_with_exams_key("special_cases", "case_id", "special_cases.content"), Not(HasSubstr("telephone")));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM key_checks WHERE purpose = 'office'"), 1);
}

// Red when the file that an officer sent stands open to every program until its job is over.
TEST_F(OfficeKeyStore, ClosesFilesOfJobsOnResults) {
  const Job sent =
      database->jobs().add_job_with_file({result_import_job_kind, code.text(), "{}"}, "job-1", "marks of everybody", by("kim"));
  EXPECT_THAT(opened_with_exams_key("job_files", "part_id", "job_files.content"), Not(HasSubstr("marks")));
  EXPECT_EQ(database->jobs().load_job_file(sent), "marks of everybody");
  EXPECT_NE(code_thrown([&] { open(storage::OfficeKeyUse::none)->jobs().load_job_file(sent); }), "nothing");
}

// Red when an upgrade closes what was sealed before there was such a key.
TEST_F(OfficeKeyStore, OpensWhatWasSealedBeforeIt) {
  const RecordedCase entered = add_case(database->results(), "P1");
  RecordedCase before = entered;
  before.reason = "Sealed before";
  storage::FieldPlace place;
  place.row = entered.id;
  place.column = "special_cases.content";
  place.exam = code.text();
  const std::string sealed = hanjari::tests::cipher_of(database.folder.path()).seal(place, write_sealed_case(before));
  database.connect()->change("UPDATE special_cases SET content_sealed = ? WHERE case_id = ?", sealed, entered.id);
  EXPECT_EQ(database->results().find_case(code, entered.case_no)->reason, "Sealed before");
}

// Red when a second machine makes a key of its own, so that the first cannot open what it seals.
TEST_F(OfficeKeyStore, IsOneForAllMachines) {
  add_marks();
  const std::filesystem::path kept = database.folder.path() / "kept.key";
  std::filesystem::rename(key_file(), kept);
  const auto without = open(storage::OfficeKeyUse::read);
  EXPECT_EQ(code_thrown([&] { add_case(without->results(), "P1"); }), "office_key_missing");
  EXPECT_FALSE(std::filesystem::exists(key_file())) << "none was made without a word";
  storage::make_office_key(key_file());
  const auto other = open(storage::OfficeKeyUse::read);
  EXPECT_EQ(code_thrown([&] { add_case(other->results(), "P1"); }), "wrong_office_key");
  std::filesystem::rename(kept, key_file());
  const auto again = open(storage::OfficeKeyUse::read);
  EXPECT_EQ(add_case(again->results(), "P1").case_no, 1);
}

// Red when a program that found a wrong file goes on with it until somebody starts it anew.
TEST_F(OfficeKeyStore, IsReadAgainOnceTheRightFileIsThere) {
  const ResultPackage marks = add_marks();
  const std::filesystem::path kept = database.folder.path() / "kept.key";
  std::filesystem::rename(key_file(), kept);
  storage::make_office_key(key_file());
  const auto office = open(storage::OfficeKeyUse::read);
  EXPECT_EQ(code_thrown([&] { office->results().load_package(marks); }), "personal_data_damaged");
  write_file(key_file(), "office 1 abc\n");
  std::filesystem::permissions(key_file(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(code_thrown([&] { office->results().load_package(marks); }), "bad_key_file");
  EXPECT_THROW(office->results().load_package(marks), Unavailable) << "the machine's fault, not that of who asks";
  std::filesystem::rename(kept, key_file());
  EXPECT_EQ(office->results().load_package(marks), "marks of everybody");
}

// Red while a program of the office could not say that it has not the key, and claimed work on marks that could only fail.
TEST_F(OfficeKeyStore, IsSaidToBeMissingUntilTheFileIsThere) {
  add_marks();
  EXPECT_TRUE(database->has_office_key());
  EXPECT_FALSE(database->find_office_fault());
  const std::filesystem::path kept = database.folder.path() / "kept.key";
  std::filesystem::rename(key_file(), kept);
  const auto office = open(storage::OfficeKeyUse::read);
  EXPECT_FALSE(office->has_office_key());
  ASSERT_TRUE(office->find_office_fault());
  EXPECT_EQ(office->find_office_fault()->code, "office_key_missing");
  storage::make_office_key(key_file());
  database.clock.advance(storage::OfficeKey::looked_for);
  EXPECT_FALSE(office->has_office_key());
  EXPECT_EQ(office->find_office_fault()->code, "wrong_office_key");
  std::filesystem::rename(kept, key_file());
  database.clock.advance(storage::OfficeKey::looked_for);
  EXPECT_TRUE(office->has_office_key());
  EXPECT_FALSE(office->find_office_fault());
  const auto portal = open(storage::OfficeKeyUse::none);
  EXPECT_FALSE(portal->has_office_key());
  EXPECT_FALSE(portal->find_office_fault()) << "it is to have none";
}

// Red while the database was asked for each kind of work in each second, over a connection that was opened for the question.
TEST_F(OfficeKeyStore, IsAskedForOnceInFiveSecondsHoweverManyWantToKnow) {
  database->prepare_office_key();
  hanjari::tests::HeldClock clock;
  int lent = 0;
  int beside = 0;
  const auto key_of = [&](const std::filesystem::path& file) {
    return std::make_unique<storage::OfficeKey>(
        [&] {
          ++beside;
          return database.connect();
        },
        [&](const std::function<void(storage::Connection&)>& work) {
          ++lent;
          work(*database.connect());
        },
        file, storage::OfficeKeyUse::read, clock);
  };
  const auto key = key_of(key_file());
  const auto missing = key_of(database.folder.path() / "keys" / "nowhere.key");
  for (int round = 1; round <= 3; ++round) {
    for (int kind = 0; kind < 20; ++kind) {
      EXPECT_TRUE(key->is_there());
      EXPECT_FALSE(missing->is_there());
    }
    EXPECT_EQ(lent, 2 * round);
    clock.advance(storage::OfficeKey::looked_for);
  }
  EXPECT_EQ(beside, 0);
  // Whoever seals learns of another key sooner, over no connection of the pool.
  const storage::FieldCipher cipher = hanjari::tests::cipher_of(database.folder.path());
  storage::FieldPlace place;
  place.row = "1";
  place.column = "result_parts.content";
  for (int part = 0; part < 20; ++part) EXPECT_EQ(key->open(cipher, place, key->seal(cipher, place, "marks")), "marks");
  EXPECT_EQ(beside, 1);
  EXPECT_EQ(lent, 6);
}

// Red when the key is there only once marks are: whoever copied the keys at the start would have a copy without it.
TEST_F(OfficeKeyStore, IsMadeAtTheStartOfAProgramOfTheOffice) {
  open(storage::OfficeKeyUse::none)->prepare_office_key();
  EXPECT_FALSE(std::filesystem::exists(key_file())) << "a program of the portal alone makes none";
  EXPECT_EQ(code_thrown([&] { database->require_office_key(); }), "nothing") << "none is named yet";
  database->prepare_office_key();
  const storage::Key made = storage::load_office_key(key_file());
  open(storage::OfficeKeyUse::read)->prepare_office_key();
  EXPECT_EQ(storage::load_office_key(key_file()), made);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM key_checks WHERE purpose = 'office'"), 1);
  std::filesystem::remove(key_file());
  EXPECT_EQ(code_thrown([&] { open(storage::OfficeKeyUse::read)->prepare_office_key(); }), "office_key_missing");
  EXPECT_EQ(code_thrown([&] { database->require_office_key(); }), "office_key_missing");
  storage::make_office_key(key_file());
  EXPECT_EQ(code_thrown([&] { open(storage::OfficeKeyUse::read)->prepare_office_key(); }), "wrong_office_key");
  EXPECT_EQ(code_thrown([&] { database->require_office_key(); }), "wrong_office_key");
}

// Red when new keys of the exams leave behind what is closed for the office.
TEST_F(OfficeKeyStore, OpensTheSameAfterTheKeysOfTheExamsChanged) {
  const ResultPackage marks = add_marks();
  const RecordedCase entered = add_case(database->results(), "P1");
  storage::rotate_keys(hanjari::tests::hasty_settings(database), change_of(database.clock), system_clock(), no_progress());
  const auto office = open(storage::OfficeKeyUse::read);
  EXPECT_EQ(office->results().load_package(marks), "marks of everybody");
  EXPECT_EQ(office->results().find_case(code, entered.case_no)->reason, "Used a telephone");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM key_checks WHERE purpose = 'office'"), 1);
}

// Red when marks stay under a key that somebody knows, and when a program that runs meanwhile goes on closing under it.
TEST_F(OfficeKeyStore, ClosesEverythingUnderItsNextKey) {
  const ResultPackage marks = add_marks();
  const RecordedCase entered = add_case(database->results(), "P1");
  const Job sent =
      database->jobs().add_job_with_file({result_import_job_kind, code.text(), "{}"}, "job-1", "marks of everybody", by("kim"));
  const std::filesystem::path before = database.folder.path() / "before.key";
  std::filesystem::copy_file(key_file(), before);
  const storage::DatabaseSettings settings = hanjari::tests::hasty_settings(database);
  EXPECT_EQ(storage::prepare_office_key_change(settings, no_progress()), 2);
  EXPECT_EQ(storage::prepare_office_key_change(settings, no_progress()), 2) << "once";
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM key_checks WHERE purpose = 'office'"), 1) << "it is not named yet";
  const auto report = storage::rotate_office_key(settings, by("kim"), system_clock(), no_progress());
  EXPECT_EQ(report.number, 2);
  EXPECT_EQ(report.values, 3) << "marks, case and file";
  EXPECT_EQ(report.unopened, 0);
  EXPECT_FALSE(report.resumed);
  EXPECT_EQ(database.number("SELECT key_number FROM key_checks WHERE purpose = 'office'"), 2);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'keys.rotate_office'"), 1);
  // The program that ran all the while, and one that begins.
  database.clock.advance(std::chrono::seconds(3));
  EXPECT_EQ(database->results().load_package(marks), "marks of everybody");
  EXPECT_EQ(add_case(database->results(), "P2").case_no, 2);
  const auto office = open(storage::OfficeKeyUse::read);
  EXPECT_EQ(office->results().find_case(code, entered.case_no)->reason, "Used a telephone");
  EXPECT_EQ(office->results().find_case(code, 2)->reason, "Used a telephone");
  EXPECT_EQ(office->jobs().load_job_file(sent), "marks of everybody");
  // Whoever has the earlier key opens nothing any more.
  std::filesystem::rename(before, key_file());
  const auto old = open(storage::OfficeKeyUse::read);
  EXPECT_EQ(code_thrown([&] { old->results().load_package(marks); }), "personal_data_damaged");
  EXPECT_EQ(code_thrown([&] { add_case(old->results(), "P3"); }), "wrong_office_key");
  EXPECT_FALSE(old->has_office_key());
}

// Red when a run that broke off after the new key was named draws yet another one.
TEST_F(OfficeKeyStore, GoesOnWithAChangeOfItsKeyThatBrokeOff) {
  const ResultPackage marks = add_marks();
  EXPECT_EQ(storage::add_office_key(key_file()), 2);
  database.connect()->change("INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('office', 2, ?)",
                             storage::FieldCipher::key_check(storage::load_office_keys(key_file()).at(2)));
  const auto report =
      storage::rotate_office_key(hanjari::tests::hasty_settings(database), by("kim"), system_clock(), no_progress());
  EXPECT_TRUE(report.resumed);
  EXPECT_EQ(report.number, 2);
  EXPECT_EQ(report.values, 1);
  EXPECT_EQ(storage::load_office_keys(key_file()).size(), 2U);
  EXPECT_EQ(open(storage::OfficeKeyUse::read)->results().load_package(marks), "marks of everybody");
}

// Red when one value that opens with no key, and keeps the name of an earlier one, stood in the way of every further key.
TEST_F(OfficeKeyStore, TakesAFurtherKeyBesideTheNameOfAnEarlierOne) {
  const ResultPackage marks = add_marks();
  storage::add_office_key(key_file());
  database.connect()->change("INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('office', 2, ?)",
                             storage::FieldCipher::key_check(storage::load_office_keys(key_file()).at(2)));
  const storage::DatabaseSettings settings = hanjari::tests::hasty_settings(database);
  EXPECT_EQ(storage::prepare_office_key_change(settings, no_progress()), 3);
  const auto report = storage::rotate_office_key(settings, by("kim"), system_clock(), no_progress());
  EXPECT_FALSE(report.resumed);
  EXPECT_EQ(report.number, 3);
  EXPECT_EQ(database.number("SELECT key_number FROM key_checks WHERE purpose = 'office'"), 3);
  EXPECT_EQ(open(storage::OfficeKeyUse::read)->results().load_package(marks), "marks of everybody");
}

TEST_F(OfficeKeyStore, ChangesNoKeyWhereNoneIsInUse) {
  const storage::DatabaseSettings settings = hanjari::tests::hasty_settings(database);
  EXPECT_EQ(code_thrown([&] { storage::rotate_office_key(settings, by("kim"), system_clock(), no_progress()); }), "no_office_key");
  EXPECT_FALSE(std::filesystem::exists(key_file()));
  add_marks();
  std::filesystem::remove(key_file());
  EXPECT_EQ(code_thrown([&] { storage::rotate_office_key(settings, by("kim"), system_clock(), no_progress()); }), "office_key_missing");
}

TEST(OfficeKeyFile, HoldsEarlierKeysBesideTheNewest) {
  const hanjari::tests::TestFolder folder;
  const std::filesystem::path file = folder.path() / "keys" / "office.key";
  const storage::Key first = storage::make_office_key(file);
  EXPECT_EQ(storage::add_office_key(file), 2);
  const storage::OfficeKeys keys = storage::load_office_keys(file);
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys.at(1), first);
  EXPECT_NE(keys.at(2), first);
  EXPECT_EQ(storage::load_office_key(file), keys.at(2));
  const auto rights = std::filesystem::status(file).permissions();
  EXPECT_EQ(rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all), std::filesystem::perms::none);
}

TEST(OfficeKeyFile, IsReadByItsOwnerOnly) {
  const hanjari::tests::TestFolder folder;
  const std::filesystem::path file = folder.path() / "keys" / "office.key";
  const storage::Key made = storage::make_office_key(file);
  EXPECT_EQ(storage::load_office_key(file), made);
  EXPECT_EQ(storage::make_office_key(file), made) << "whoever was first";
  std::filesystem::permissions(file, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  EXPECT_EQ(code_thrown([&] { storage::load_office_key(file); }), "key_file_open_to_others");
  const std::filesystem::path other = folder.path() / "other.key";
  write_file(other, "office 1 abc\n");
  std::filesystem::permissions(other, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(code_thrown([&] { storage::load_office_key(other); }), "bad_key_file");
}

}  // namespace
}  // namespace hanjari::services
