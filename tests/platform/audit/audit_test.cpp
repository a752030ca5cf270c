// The audit trail: what it keeps, who may touch it, and that every way of spoiling it is seen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <thread>

#include "audit/audit_chain.h"
#include "database/driver_error.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;

services::Change change_by(const std::string& author, Instant at) {
  return {author, "as told by telephone", at, "exam_officer", "192.0.2.7", "req-1"};
}

void record_some(TestDatabase& database, int count) {
  for (int entry = 1; entry <= count; ++entry) {
    services::AuditNote note{"unit.change", "test-1/" + std::to_string(entry), "posts"};
    note.before = std::to_string(entry);
    note.after = std::to_string(entry + 1);
    note.exam = "test-1";
    database->audit().record(change_by("officer", database.clock.now()), note);
  }
}

// The lane that record_some filled: one connection writes to one lane.
int busy_lane(const TestDatabase& database) {
  return static_cast<int>(database.number("SELECT lane FROM audit_lanes ORDER BY entries DESC LIMIT 1"));
}

TEST(Audit, KeepsWhoWhatWhyAndWhereWithTheValuesBeforeAndAfter) {
  TestDatabase database;
  services::AuditNote note{"application.edit", "test-1/000123", "phone"};
  note.before = "010-1111-2222";
  note.after = "010-3333-4444";
  note.exam = "test-1";
  database->audit().record(change_by("p0123", database.clock.now()), note);
  const auto entries = database->audit().list_entries({});
  ASSERT_EQ(entries.size(), 1u);
  const services::AuditEntry& entry = entries.front();
  EXPECT_EQ(entry.change.author, "p0123");
  EXPECT_EQ(entry.change.reason, "as told by telephone");
  EXPECT_EQ(entry.change.role, "exam_officer");
  EXPECT_EQ(entry.change.source, "192.0.2.7");
  EXPECT_EQ(entry.change.request, "req-1");
  EXPECT_EQ(entry.change.at, database.clock.now());
  EXPECT_EQ(entry.note.action, "application.edit");
  EXPECT_EQ(entry.note.subject, "test-1/000123");
  EXPECT_EQ(entry.note.before, "010-1111-2222");
  EXPECT_EQ(entry.note.after, "010-3333-4444");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE CONCAT_WS('|', author, reason, detail, subject, "
                            "content_sealed) LIKE '%3333%' OR content_sealed LIKE '%telephone%' OR content_sealed LIKE "
                            "'%192.0.2%'"),
            0);
}

// Red when an entry of a command looked like that of somebody who had signed in, or a full one was refused with its change.
TEST(Audit, SaysAtWhoseCommandLineAnAuthorWasOnlyNamed) {
  TestDatabase database;
  services::Change named = change_by("officer", database.clock.now());
  named.shell = "root@office-1";
  const std::string full(2'000, 'd');
  for (const std::string& detail : {std::string("posts"), std::string(), full})
    database->audit().record(named, {"unit.change", "test-1/1", detail});
  const auto entries = database->audit().list_entries({});
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[2].note.detail, "posts, at the command line of root@office-1");
  EXPECT_EQ(entries[1].note.detail, "at the command line of root@office-1");
  EXPECT_EQ(entries[0].note.detail, full) << "its sealed source says it alone";
}

TEST(Audit, FindsEntriesByAuthorActionSubjectAndWhoseDataWasRead) {
  TestDatabase database;
  record_some(database, 3);
  services::AuditNote read{"roster.pdf", "test-1/V0001"};
  read.whose = {"A1", "A2"};
  database->accesses().record_access(change_by("coordinator", database.clock.now()), read);
  const auto count = [&](const services::AuditFilter& filter) { return database->audit().list_entries(filter).size(); };
  EXPECT_EQ(count({.author = "officer"}), 3u);
  EXPECT_EQ(count({.action = "roster"}), 1u);
  EXPECT_EQ(count({.action = "unit.change"}), 3u);
  EXPECT_EQ(count({.subject = "test-1/V"}), 1u);
  EXPECT_EQ(count({.subject = "test_1/V"}), 0u) << "an underscore is no wildcard";
  EXPECT_EQ(count({.whose = "A2"}), 1u);
  EXPECT_EQ(count({.whose = "A3"}), 0u);
  EXPECT_THAT(database->audit().list_entries({.whose = "A1"}).front().note.whose, ::testing::ElementsAre("A1", "A2"));
  const auto newest = database->audit().list_entries({.limit = 1});
  EXPECT_EQ(newest.front().note.action, "roster.pdf");
  EXPECT_EQ(database->audit().list_entries({.before_number = newest.front().number, .limit = 1}).front().note.subject,
            "test-1/3");
}

TEST(Audit, HoldsWhenManyWriteAtTheSameTime) {
  TestDatabase database;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 8; ++writer) {
    writers.emplace_back([&database] { record_some(database, 25); });
  }
  for (std::thread& writer : writers) writer.join();
  const auto report = database->audit().verify(no_progress());
  EXPECT_FALSE(report.first_break);
  EXPECT_EQ(report.entries, 200);
  EXPECT_GT(database.number("SELECT COUNT(*) FROM audit_lanes"), 1) << "writers do not wait for one another";
}

TEST(Audit, MayBeAddedToAndReadByTheProgramAndNothingElse) {
  TestDatabase database;
  record_some(database, 2);
  EXPECT_TRUE(database->audit_is_protected());
  const auto program = connect_as_program(database.folder.path());
  for (const char* table : {"audit_entries", "audit_people"}) {
    const std::string name = table;
    for (const std::string& statement :
         {"UPDATE " + name + " SET lane = 1", "DELETE FROM " + name, "TRUNCATE TABLE " + name, "DROP TABLE " + name,
          "ALTER TABLE " + name + " ADD COLUMN more INT", "RENAME TABLE " + name + " TO gone",
          "CREATE TRIGGER t BEFORE INSERT ON " + name + " FOR EACH ROW SET @a = 1",
          "REPLACE INTO " + name + " SELECT * FROM " + name, "GRANT ALL ON " + name + " TO CURRENT_USER",
          "LOAD DATA INFILE '/etc/passwd' REPLACE INTO TABLE " + name}) {
      try {
        program->execute(statement);
        ADD_FAILURE() << statement << " was allowed";
      } catch (const storage::DriverError& error) {
        EXPECT_EQ(error.kind(), storage::DriverError::Kind::denied) << statement << ": " << error.what();
      }
    }
  }
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries"), 2);
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
}

// Spoils the trail of 20 entries with the owner's rights and says what was found.
std::string found_after(
    const std::function<void(TestDatabase&, storage::Connection&, const std::string& lane)>& spoil) {
  TestDatabase database;
  record_some(database, 20);
  database->audit().anchor(database.clock.now());
  const std::string lane = std::to_string(busy_lane(database));
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
  const auto owner = database.connect();
  spoil(database, *owner, lane);
  const auto report = database->audit().verify(no_progress());
  if (!report.first_break) return "nothing";
  return report.first_break->what + " " + std::to_string(report.first_break->place);
}

TEST(Audit, NamesTheFirstEntryThatWasChanged) {
  for (const char* what : {"author = 'other'", "subject = 'test-1/other'", "detail = 'other'", "role = 'auditor'",
                           "at = at + INTERVAL 1 SECOND", "request = 'other'", "action = 'unit.other'",
                           "content_sealed = REVERSE(content_sealed)", "reason = 'because'"}) {
    EXPECT_EQ(found_after([&](TestDatabase&, storage::Connection& owner, const std::string& lane) {
                owner.execute(std::string("UPDATE audit_entries SET ") + what + " WHERE lane = " + lane +
                              " AND place IN (7, 12)");
              }),
              "changed 7")
        << what;
  }
}

TEST(Audit, NamesTheFirstEntryThatIsGone) {
  EXPECT_EQ(found_after([](TestDatabase&, storage::Connection& owner, const std::string& lane) {
              owner.execute("DELETE FROM audit_entries WHERE lane = " + lane + " AND place IN (9, 15)");
            }),
            "missing 9");
  EXPECT_EQ(found_after([](TestDatabase&, storage::Connection& owner, const std::string& lane) {
              owner.execute("DELETE FROM audit_entries WHERE lane = " + lane + " AND place = 1");
            }),
            "missing 1");
}

TEST(Audit, NamesTheFirstOfTwoEntriesThatChangedPlaces) {
  EXPECT_EQ(found_after([](TestDatabase&, storage::Connection& owner, const std::string& lane) {
              owner.execute("UPDATE audit_entries SET place = -1 WHERE lane = " + lane + " AND place = 5");
              owner.execute("UPDATE audit_entries SET place = 5 WHERE lane = " + lane + " AND place = 6");
              owner.execute("UPDATE audit_entries SET place = 6 WHERE lane = " + lane + " AND place = -1");
            }),
            "changed 5");
}

TEST(Audit, SeesEntriesAddedWithoutTheKey) {
  const std::string columns = "at, author, role, request, action, subject, reason, detail, content_sealed, lane";
  EXPECT_EQ(found_after([&](TestDatabase&, storage::Connection& owner, const std::string& lane) {
              owner.execute("INSERT INTO audit_entries (" + columns + ", place, previous_hash, entry_hash) SELECT " +
                            columns + ", 21, entry_hash, REPEAT('x', 32) FROM audit_entries WHERE lane = " + lane +
                            " AND place = 20");
              owner.execute("UPDATE audit_lanes SET entries = 21, head = REPEAT('x', 32) WHERE lane = " + lane);
            }),
            "changed 21");
  EXPECT_EQ(found_after([&](TestDatabase&, storage::Connection& owner, const std::string&) {
              owner.execute(
                  "INSERT INTO audit_entries (at, author, action, subject, reason, detail) VALUES (NOW(), "
                  "'officer', 'unit.change', 'x', '', '')");
            }),
            "unlinked 0");
}

TEST(Audit, SeesThatTheNewestEntriesWereCutOff) {
  EXPECT_EQ(found_after([](TestDatabase&, storage::Connection& owner, const std::string& lane) {
              owner.execute("DELETE FROM audit_entries WHERE lane = " + lane + " AND place > 16");
            }),
            "cut_off 17");
  // The head was corrected too: only the signed head beside the database tells.
  EXPECT_EQ(found_after([](TestDatabase&, storage::Connection& owner, const std::string& lane) {
              owner.execute("DELETE FROM audit_entries WHERE lane = " + lane + " AND place > 16");
              owner.execute(
                  "UPDATE audit_lanes SET entries = 16, head = (SELECT entry_hash FROM audit_entries WHERE "
                  "lane = " +
                  lane + " AND place = 16) WHERE lane = " + lane);
            }),
            "cut_off 17");
  EXPECT_EQ(found_after([](TestDatabase&, storage::Connection& owner, const std::string&) {
              owner.execute("TRUNCATE TABLE audit_entries");
              owner.execute("TRUNCATE TABLE audit_lanes");
            }),
            "cut_off 1");
}

TEST(Audit, SeesThatAllWasWrittenAnewWithTheKeysAtHand) {
  EXPECT_EQ(found_after([](TestDatabase& database, storage::Connection& owner, const std::string& lane) {
              const auto cipher = cipher_of(database.folder.path());
              const storage::Key key = storage::audit_chain_key(cipher);
              owner.execute("UPDATE audit_entries SET author = 'other', previous_hash = NULL, entry_hash = NULL");
              std::string digest = storage::first_digest(key, std::stoi(lane));
              for (int place = 1; place <= 20; ++place) {
                storage::AuditRow row;
                {
                  auto rows = owner.select(
                      "SELECT CAST(at AS CHAR), author, role, request, action, subject, reason, detail, content_sealed, "
                      "people_hash FROM audit_entries WHERE lane = ? AND place = ?",
                      lane, place);
                  rows.next();
                  row.lane = std::stoi(lane);
                  row.place = place;
                  for (std::string* column : {&row.at, &row.author, &row.role, &row.request, &row.action, &row.subject,
                                              &row.reason, &row.detail, &row.content_sealed, &row.people_hash})
                    *column = rows.text();
                }
                const std::string next = storage::digest_entry(key, digest, row);
                owner.change("UPDATE audit_entries SET previous_hash = ?, entry_hash = ? WHERE lane = ? AND place = ?",
                             digest, next, lane, place);
                digest = next;
              }
              owner.change("UPDATE audit_lanes SET head = ? WHERE lane = ?", digest, lane);
            }),
            "rewritten 20");
}

// Red when the newer of two signed heads of one place took the older one's place: whoever cut entries off had the program write
// and sign as many others.
TEST(Audit, SeesThatEntriesWereReplacedByOthersWhoseHeadIsSignedToo) {
  EXPECT_EQ(found_after([](TestDatabase& database, storage::Connection& owner, const std::string& lane) {
              owner.execute("DELETE FROM audit_entries WHERE lane = " + lane + " AND place > 16");
              owner.execute(
                  "UPDATE audit_lanes SET entries = 16, head = (SELECT entry_hash FROM audit_entries WHERE lane = " + lane +
                  " AND place = 16) WHERE lane = " + lane);
              for (int tries = 0; tries < 1'000 && database.number("SELECT entries FROM audit_lanes WHERE lane = " + lane) < 20; ++tries)
                database->audit().record(change_by("other", database.clock.now()), {"unit.change", "test-1/17", "posts"});
              EXPECT_EQ(database.number("SELECT entries FROM audit_lanes WHERE lane = " + lane), 20);
              database->audit().anchor(database.clock.now());
            }),
            "rewritten 20");
}

// Whoever may only add puts in entries that stand in no chain. Red when those were passed over that have a lane and no place, or a
// number before all others.
TEST(Audit, SeesEntriesThatWereAddedBesideEveryChain) {
  const auto add = [](const std::string& number, const std::string& lane, const std::string& place) {
    return found_after([&](TestDatabase&, storage::Connection& owner, const std::string&) {
      owner.execute("SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'");
      owner.execute("INSERT INTO audit_entries (audit_id, at, author, action, subject, reason, detail, lane, place) VALUES (" + number +
                    ", NOW(), 'officer', 'unit.change', 'x', '', '', " + lane + ", " + place + ")");
    });
  };
  EXPECT_EQ(add("1000", "5", "NULL"), "unlinked 0");
  EXPECT_EQ(add("1000", "5", "-9223372036854775808"), "unlinked 0");
  EXPECT_EQ(add("1000", "64", "1"), "unlinked 0");
  EXPECT_EQ(add("0", "64", "1"), "unlinked 0");
  EXPECT_EQ(add("0", "NULL", "NULL"), "unlinked 0");
}

TEST(Audit, SeesAForgedAnchor) {
  EXPECT_EQ(found_after([](TestDatabase& database, storage::Connection&, const std::string&) {
              const fs::path file = database.folder.path() / "audit" / "anchors";
              std::string line = read_file(file);
              line.replace(line.find(":20:"), 4, ":19:");
              std::ofstream(file, std::ios::trunc) << line;
            }),
            "anchor_forged 1");
}

// Red when the rows that say whose data was read were not chained.
TEST(Audit, SeesThatOtherPeopleAreSaidToHaveBeenRead) {
  TestDatabase database;
  services::AuditNote note{"roster.pdf", "test-1/V1"};
  note.whose = {"person-1", "person-2", "person-1"};
  database->audit().record(change_by("officer", database.clock.now()), note);
  record_some(database, 2);
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
  const auto owner = database.connect();
  const auto found = [&] {
    const auto report = database->audit().verify(no_progress());
    return report.first_break ? report.first_break->what + " " + std::to_string(report.first_break->place) : "whole";
  };
  owner->execute("CREATE TABLE kept_people AS SELECT * FROM audit_people");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM kept_people"), 2);
  owner->execute("DELETE FROM audit_people LIMIT 1");
  EXPECT_EQ(found(), "people_changed 1") << "one was taken out";
  owner->execute("DELETE FROM audit_people");
  owner->execute("INSERT INTO audit_people SELECT * FROM kept_people");
  EXPECT_EQ(found(), "whole");
  owner->execute("INSERT INTO audit_people SELECT REPEAT('x', 16), lane, place + 1 FROM kept_people LIMIT 1");
  EXPECT_EQ(found(), "people_changed 2") << "one was added to an entry that tells of nobody";
  owner->execute("UPDATE audit_entries SET people_hash = NULL WHERE place = 2");
  EXPECT_EQ(found(), "changed 2") << "as if it were from before";
}

// Red when only lines that began with an anchor were read: the log's own lines compared nothing.
TEST(Audit, ComparesWithTheLinesAsTheLogHoldsThem) {
  TestDatabase database;
  record_some(database, 20);
  const std::string line = database->audit().anchor(database.clock.now());
  const fs::path file = database.folder.path() / "audit" / "anchors";
  const auto compared = [&](const std::string& text) {
    std::ofstream(file, std::ios::trunc) << text;
    const auto report = database->audit().verify(no_progress());
    return std::to_string(report.anchors) + (report.first_break ? " " + report.first_break->what : "");
  };
  EXPECT_EQ(compared(line + "\n"), "1");
  EXPECT_EQ(compared(R"({"at":"2021-06-05T00:00:00Z","level":"info","event":"audit_anchor","line":")" + line + "\"}\n"), "1");
  EXPECT_EQ(compared(R"(Jun 05 09:00:00 host hanjari[7]: {"event":"audit_anchor","line":")" + line + "\"}\r\n"), "1");
  EXPECT_EQ(compared(""), "0");
  EXPECT_EQ(compared("{\"event\":\"request\"}\n"), "0");
  EXPECT_EQ(compared(line.substr(0, 60)), "0") << "half a line at the end";
  EXPECT_EQ(compared(line.substr(0, 60) + line + "\n"), "1") << "and the next one went on in it";
  std::string foreign = line;
  foreign.back() = foreign.back() == '0' ? '1' : '0';
  EXPECT_EQ(compared(foreign + "\n"), "0 anchor_forged");
  EXPECT_EQ(compared(line + "\n" + foreign), "1 anchor_forged") << "a whole line at the end is no half one";
  EXPECT_EQ(compared(line + " \t\r\n"), "1") << "blanks behind it";
  EXPECT_EQ(compared("<line>" + line + "</line>&quot;\n" + line + " host=a\n"), "2") << "other words behind it";
}

TEST(Audit, IsPartOfTheChangeItTellsOf) {
  TestDatabase database;
  const Exam exam = small_exam();
  database->exams().save_exam(exam, nullptr, change_of(database.clock), no_progress());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'exam.import'"), 1);
  // What the database refuses leaves no entry either.
  const auto owner = database.connect();
  owner->execute("ALTER TABLE units ADD CONSTRAINT nothing_new CHECK (population_id < 2)");
  Exam other = exam;
  other.header.name_en = "another version";
  other.input_sha256 = std::string(64, 'a');
  EXPECT_THROW(database->exams().save_exam(other, nullptr, change_of(database.clock), no_progress()), Error);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries"), 1);
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
}

}  // namespace
}  // namespace hanjari::tests
