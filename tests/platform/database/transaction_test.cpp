// The connector's traps, and what the program does instead.
#include "database/transaction.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include "database/server/own_account.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "places.h"
#include "stage/links/sick_link.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using storage::Connection;
using storage::DriverError;

std::int64_t id_of(Connection& connection) {
  storage::Rows rows = connection.select("SELECT CONNECTION_ID()");
  rows.next();
  return rows.integer();
}

constexpr const char* insert_exam = "INSERT INTO exams (exam_code, created_at) VALUES (?, '2021-01-01')";

TEST(Transaction, ThrowsWhenTheLinkIsCutBeforeCommit) {
  TestDatabase database;
  const auto connection = database.connect();
  storage::Transaction transaction(*connection);
  connection->change(insert_exam, "cut");
  database.connect()->execute("KILL " + std::to_string(id_of(*connection)));
  EXPECT_THROW(transaction.commit(), DriverError);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM exams"), 0);
}

TEST(Transaction, LeavesNothingWithoutCommit) {
  TestDatabase database;
  const auto connection = database.connect();
  {
    const storage::Transaction transaction(*connection);
    connection->change(insert_exam, "left");
  }
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM exams"), 0);
}

TEST(Transaction, IsDoneAgainOnANewConnectionWhenTheLinkIsCut) {
  TestDatabase database;
  int opened = 0;
  storage::ConnectionPool pool(
      [&] {
        ++opened;
        return database.connect();
      },
      4);
  const int attempts = storage::in_transaction(pool, {}, [&](Connection& connection, storage::Attempt attempt) {
    connection.change(insert_exam, "again");
    if (attempt.number == 1) database.connect()->execute("KILL " + std::to_string(id_of(connection)));
    return attempt.number;
  });
  EXPECT_EQ(attempts, 2);
  EXPECT_EQ(opened, 2);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM exams WHERE exam_code = 'again'"), 1);
}

// Red while who waited for a server that had fallen silent waited for its next silence too, twice as long as is promised.
TEST(Transaction, IsNotDoneAgainAfterAWholeSilence) {
  TestDatabase database;
  storage::ConnectTo to;
  to.socket = database.folder.path() / "mariadb" / "s.sock";
  to.user = storage::own_account_name();
  to.schema = "hanjari";
  to.answer_seconds = 1;
  storage::ConnectionPool pool([&] { return std::make_unique<Connection>(to); }, 4);
  int attempts = 0;
  const auto wait_for_it = [&](const storage::RetryPolicy& policy) {
    attempts = 0;
    EXPECT_THROW(storage::in_reading(pool, policy,
                                     [&](Connection& connection) {
                                       ++attempts;
                                       return connection.select("SELECT SLEEP(30)").next();
                                     }),
                 Unavailable);
    return attempts;
  };
  using std::chrono::milliseconds;
  EXPECT_EQ(wait_for_it({milliseconds(4'000), milliseconds(20), milliseconds(900)}), 1);
  EXPECT_GE(wait_for_it({milliseconds(4'000), milliseconds(20)}), 2) << "a command waits on";
}

TEST(Transaction, IsDoneAgainAfterADeadlock) {
  TestDatabase database;
  database.connect()->execute(
      "INSERT INTO exams (exam_code, created_at) VALUES ('a', '2021-01-01'), ('b', '2021-01-01')");
  storage::ConnectionPool pool([&] { return database.connect(); }, 4);
  std::atomic<int> inside{0};
  std::atomic<int> attempts{0};
  const auto work = [&](const char* first, const char* second) {
    storage::in_transaction(pool, {}, [&](Connection& connection, storage::Attempt attempt) {
      ++attempts;
      constexpr const char* touch = "UPDATE exams SET created_at = created_at + INTERVAL 1 SECOND WHERE exam_code = ?";
      connection.change(touch, first);
      if (attempt.number == 1) {
        ++inside;
        for (int wait = 0; inside < 2 && wait < 2000; ++wait) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      connection.change(touch, second);
    });
  };
  std::thread other([&] { work("b", "a"); });
  work("a", "b");
  other.join();
  EXPECT_GE(attempts, 3) << "one of the two must have been rolled back and done again";
  EXPECT_EQ(database.number("SELECT SUM(SECOND(created_at)) FROM exams"), 4) << "each row touched exactly twice";
}

TEST(Transaction, GivesUpWithUnavailableWhenTheServerStaysAway) {
  storage::ConnectionPool pool(
      []() -> std::unique_ptr<Connection> {
        storage::ConnectTo to;
        to.socket = "/nonexistent/s.sock";
        to.user = "nobody";
        return std::make_unique<Connection>(to);
      },
      1);
  try {
    storage::in_reading(pool, {std::chrono::milliseconds(100), std::chrono::milliseconds(10)},
                        [](Connection& connection) { return connection.select("SELECT 1").next(); });
    FAIL();
  } catch (const Unavailable& error) {
    EXPECT_EQ(error.code(), "database_lost");
  }
}

TEST(Connection, ReadsBackKoreanRareSyllablesAndBytesAsTheyWere) {
  TestDatabase database;
  const auto connection = database.connect();
  const std::string name = "홍길동 뷁쀍 南宮 😀";
  connection->change("INSERT INTO exams (exam_code, created_at) VALUES (?, '2021-01-01')", name);
  storage::Rows rows = connection->select("SELECT exam_code, CHAR_LENGTH(exam_code) FROM exams");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(), name);
  EXPECT_EQ(rows.integer(), 11);
}

TEST(Connection, TellsIdentifiersApartByTheirBytes) {
  TestDatabase database;
  const auto connection = database.connect();
  for (const char* code : {"a", "A", "a ", "ａ", "a\u200b", "1", "１"}) {
    EXPECT_NO_THROW(connection->change(insert_exam, code)) << code;
  }
  EXPECT_THROW(connection->change(insert_exam, "a"), DriverError);
}

TEST(Connection, KeepsDoublesToTheLastBit) {
  TestDatabase database;
  const auto connection = database.connect();
  for (const double value : {37.5922258123456789, 0.1, 1.0 / 3, 126.99953100000001, 1e15 + 0.3}) {
    storage::Rows rows = connection->select("SELECT CAST(? AS DOUBLE)", value);
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.real(), value);
  }
}

TEST(Connection, RefusesToReadFilesOfThisMachineForTheServer) {
  TestDatabase database;
  const auto connection = database.connect();
  EXPECT_THROW(connection->execute("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE exams (exam_code)"), DriverError);
}

// Red when everybody who opened a connection to a hung server waited for all who had begun before: the eighth for 40 s.
TEST(Connection, ToAHungServerIsGivenUpByEverybodyInTheTimeOfTwo) {
  TestDatabase database;
  HungServer hung(database.folder.path());
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::thread> crowd;
  for (int one = 0; one < 8; ++one)
    crowd.emplace_back([&] { EXPECT_THROW(database.connect(), DriverError); });
  for (std::thread& one : crowd) one.join();
  const storage::ConnectTo usual;
  EXPECT_LT(std::chrono::steady_clock::now() - began, 3 * std::chrono::seconds(usual.connect_seconds));
}

TEST(Connection, IsStrictAboutWhatDoesNotFit) {
  TestDatabase database;
  const auto connection = database.connect();
  try {
    connection->change(insert_exam, std::string(200, 'x'));
    FAIL();
  } catch (const DriverError& error) {
    EXPECT_EQ(error.code(), 1406);
    EXPECT_EQ(error.kind(), DriverError::Kind::refused);
  }
}

// commit(), rollback() and setAutoCommit() of the connector return as if all were well when the link is cut, and a
// reconnected session has lost its settings.
TEST(Connector, IsNeverUsedByItsTransactionMethods) {
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(hanjari::tests::source_dir) / "src")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
    const std::string text = read_file(entry.path());
    for (const char* forbidden : {"driver_->commit", "driver_->rollback", "setAutoCommit", "setSavepoint",
                                  "OPT_RECONNECT", "->reconnect(", "LOAD DATA", "GET_LOCK"}) {
      EXPECT_EQ(text.find(forbidden), std::string::npos) << entry.path() << ": " << forbidden;
    }
    const bool sees_connector = text.find("#include <cppconn") != std::string::npos;
    const std::string name = entry.path().filename();
    EXPECT_TRUE(!sees_connector || name == "connection.cpp" || name == "driver_error.cpp") << name;
  }
}

}  // namespace
}  // namespace hanjari::tests
