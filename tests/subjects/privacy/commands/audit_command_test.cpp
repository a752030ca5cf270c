// What `audit verify` says of the signed heads that it is told to compare with.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "hanjari/base/error.h"
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
  std::filesystem::remove(data.path() / "audit" / "anchors");
  EXPECT_EQ(verify(), "done") << "a program that never served has signed nothing";
}

// Red when a trail whose file of heads was taken away was reported like one that has none yet.
TEST_F(AuditVerifyCommand, MissesTheHeadsOfAProgramThatServed) {
  const auto record_request = [&](std::chrono::seconds ago) {
    storage::Database database(hanjari::tests::test_settings(data.path()), storage::SchemaUpgrade::never, clock, no_progress());
    services::Change change{"officer", "", system_clock().now() - ago, "exam_officer"};
    change.request = "0123456789abcdef";
    database.audit().record(change, {"unit.change", "test-1/7"});
  };
  std::filesystem::remove(data.path() / "audit" / "anchors");
  record_request(std::chrono::seconds(30));
  EXPECT_EQ(verify(), "done") << "the first head is signed a minute after the start";
  record_request(std::chrono::minutes(10));
  EXPECT_EQ(verify(), "findings");
  const std::filesystem::path log = data.path() / "log";
  std::ofstream(log) << "{\"event\":\"audit_anchor\",\"line\":\"" + line + "\"}\n";
  EXPECT_EQ(verify({{"anchors", log.string()}}), "done") << "the lines that the log kept";
}

}  // namespace
}  // namespace hanjari::cli
