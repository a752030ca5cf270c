// What `audit verify` says of the signed heads that it is told to compare with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "places.h"
#include "privacy/commands/commands.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

class AuditVerifyCommand : public testing::Test {
 protected:
  AuditVerifyCommand() {
    hanjari::tests::copy_prepared_data(data.path());
    storage::Database database(hanjari::tests::test_settings(data.path()), storage::SchemaUpgrade::never, clock,
                               no_progress());
    database.audit().record({"officer", "", clock.now()}, {"unit.change", "test-1/7"});
    line = database.audit().anchor(clock.now());
  }

  // "done", "findings", or the code of the refusal.
  std::string verify(std::map<std::string, std::string> options = {}) {
    Arguments arguments;
    arguments.options = std::move(options);
    arguments.options["data"] = data.path().string();
    const Terminal terminal{Language::english, no_progress()};
    try {
      const Exit exit = audit_verify_command().run(arguments, terminal);
      return exit == Exit::done ? "done" : exit == Exit::findings ? "findings" : "something else";
    } catch (const Error& error) {
      return error.code();
    }
  }
  std::string verify_with(const std::string& text) {
    const std::filesystem::path file = data.path() / "given";
    std::ofstream(file, std::ios::trunc) << text;
    return verify({{"anchors", file.string()}});
  }

  hanjari::tests::TestFolder data;
  hanjari::tests::HeldClock clock;
  std::string line;
};

// Red when nothing compared was "whole".
TEST_F(AuditVerifyCommand, ComparesWithWhatItIsGivenOrSaysThatItCouldNot) {
  EXPECT_EQ(verify(), "done") << "with the heads beside the database";
  EXPECT_EQ(verify({{"anchors", (data.path() / "nowhere").string()}}), "no_anchor_file");
  EXPECT_EQ(verify({{"anchors", data.path().string()}}), "no_anchor_file") << "a folder";
  EXPECT_EQ(verify_with(""), "findings");
  EXPECT_EQ(verify_with("a file of somebody else\n"), "findings");
  EXPECT_EQ(verify_with("{\"event\":\"request\"}\n"), "findings") << "a log without heads";
  EXPECT_EQ(verify_with("{\"event\":\"audit_anchor\",\"line\":\"" + line + "\"}\n"), "done") << "the log's own line";
  std::string foreign = line;
  foreign.back() = foreign.back() == '0' ? '1' : '0';
  EXPECT_EQ(verify_with(foreign + "\n"), "findings") << "signed by somebody else";
  EXPECT_EQ(verify_with(line + "\n" + foreign), "findings") << "a whole line at the end, though it has no line break";
  EXPECT_EQ(verify_with("\xEF\xBB\xBF" + line + " \r\n"), "done") << "as an editor saves it";
  std::filesystem::remove(data.path() / "audit" / "anchors");
  EXPECT_EQ(verify(), "done") << "a program that never served has signed nothing";
}

// Red when missing heads were no finding unless a file was named: whoever cut entries off took the file of heads away too.
TEST_F(AuditVerifyCommand, MissesTheHeadsOfAProgramThatHasServed) {
  {
    storage::Database database(hanjari::tests::test_settings(data.path()), storage::SchemaUpgrade::never, clock, no_progress());
    database.audit().record({"officer", "", clock.now(), "exam_officer", "192.0.2.7", "req-1"}, {"unit.change", "test-1/8"});
    database.audit().anchor(clock.now());
  }
  EXPECT_EQ(verify(), "done");
  std::filesystem::remove(data.path() / "audit" / "anchors");
  EXPECT_EQ(verify(), "findings");
}

// Heads of a history that a restore took away contradict the trail. Red when they were told as those of a trail that somebody had
// written anew, and the operator's page did not say what to do.
TEST_F(AuditVerifyCommand, SaysOfHeadsOfALostHistoryWhereTheStepsAfterARestoreStand) {
  hanjari::tests::TestFolder lost;
  hanjari::tests::copy_prepared_data(lost.path());
  std::string later;
  {
    storage::Database database(hanjari::tests::test_settings(lost.path()), storage::SchemaUpgrade::never, clock, no_progress());
    for (int entry = 0; entry < 3; ++entry) database.audit().record({"other", "", clock.now()}, {"unit.change", "test-1/9"});
    later = database.audit().anchor(clock.now());
  }
  testing::internal::CaptureStderr();
  EXPECT_EQ(verify_with(line + "\n" + later + "\n"), "findings");
  EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::HasSubstr("docs/operations.md, After a restore"));
  const std::string page = read_file(std::filesystem::path(hanjari::tests::source_dir) / "docs" / "operations.md");
  EXPECT_THAT(page, testing::AllOf(testing::HasSubstr("**After a restore.**"), testing::HasSubstr("move `DATA/audit/anchors` away")));
  EXPECT_EQ(verify_with(line + "\n"), "done") << "the heads from before the backup still hold";
}

// Red when the newest entries were cut off, the own heads were not looked at beside an old one, and that was "whole".
TEST_F(AuditVerifyCommand, LooksAtItsOwnHeadsBesideAnOldOneThatIsNamed) {
  {
    storage::Database database(hanjari::tests::test_settings(data.path()), storage::SchemaUpgrade::never, clock, no_progress());
    clock.advance(std::chrono::minutes(33));
    for (int entry = 0; entry < 200; ++entry)
      database.audit().record({"officer", "", clock.now(), "exam_officer", "192.0.2.7", "req-1"}, {"unit.change", "test-1/8"});
    database.audit().anchor(clock.now());
  }
  EXPECT_EQ(verify_with(line + "\n"), "done") << "with the own heads beside it";
  {
    storage::Database running(hanjari::tests::test_settings(data.path()), storage::SchemaUpgrade::never, clock, no_progress());
    const auto owner = hanjari::tests::connect_to_data(data.path());
    const auto number = [&](const std::string& select) {
      auto rows = owner->select(select);
      rows.next();
      return std::to_string(rows.integer());
    };
    const std::string lane = number("SELECT lane FROM audit_lanes ORDER BY entries DESC LIMIT 1");
    owner->execute("DELETE FROM audit_entries WHERE lane = " + lane + " AND place > 1");
    owner->execute("UPDATE audit_lanes SET entries = 1, head = (SELECT entry_hash FROM audit_entries WHERE lane = " + lane +
                   " AND place = 1) WHERE lane = " + lane);
  }
  EXPECT_EQ(verify_with(line + "\n"), "findings") << "cut off, as the own file shows";
  std::filesystem::remove(data.path() / "audit" / "anchors");
  EXPECT_EQ(verify_with(line + "\n"), "findings") << "33 minutes of heads are missing, and the command says so";
}

}  // namespace
}  // namespace hanjari::cli
