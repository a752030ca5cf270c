// Databases of every level of the schema, with rows of their time, brought up to date by programs that are killed after every step. Nothing
// that stood in them may change, except what a step says it changes. HANJARI_ALL_LEVELS=yes asks every level; without it some do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <regex>
#include <set>

#include <fmt/format.h>

#include "database/migrations.h"
#include "database/server/database_server.h"
#include "database/server/own_account.h"
#include "hanjari/base/file.h"
#include "places.h"
#include "stage/machine.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

struct EarlierRows {
  int from = 0;
  int to = 0;
  std::string sql;
};

std::vector<EarlierRows> read_earlier_rows() {
  const std::string text = read_file(std::filesystem::path(source_dir) / "tests/platform/database/earlier_rows.sql");
  const std::string mark = "-- from ";
  std::vector<EarlierRows> rows;
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const std::size_t line_end = text.find('\n', at);
    const std::size_t end = text.find(";\n", line_end);
    const std::string head = text.substr(at + mark.size(), line_end - at - mark.size());
    const std::size_t to = head.find(" to ");
    rows.push_back({std::stoi(head), to == std::string::npos ? 999 : std::stoi(head.substr(to + 4)),
                    text.substr(line_end + 1, end - line_end - 1)});
  }
  return rows;
}

// What steps change in rows that are there, as their files say.
bool is_changed_by_a_step(const std::string& table, const std::string& column) {
  static const std::set<std::string> changed{
      "data_keys.master_check", "data_keys.lost",      "messages.exam_code", "payments.account",   "payments.expires_at",
      "payments.to_ask",        "payments.next_ask_at", "plans.used_venues",  "plans.travel_m",
      "messages.urgency",       "messages.account_id",  "messages.application_id",
      // The row of a step that goes on while a notice has it already.
      "notice_days.exam_code"};
  return changed.contains(table + "." + column);
}

std::vector<std::string> texts_of(storage::Connection& connection, const std::string& select) {
  std::vector<std::string> texts;
  storage::Rows rows = connection.select(select);
  while (rows.next()) texts.push_back(rows.text());
  return texts;
}

std::vector<std::string> columns_of(storage::Connection& connection, const std::string& table) {
  return texts_of(connection, fmt::format("SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "
                                          "DATABASE() AND TABLE_NAME = '{}' ORDER BY COLUMN_NAME",
                                          table));
}

// Every row of a table as one text each, of the columns that are given.
std::vector<std::string> rows_of(storage::Connection& connection, const std::string& table,
                                 const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns) list += fmt::format(", IFNULL(HEX(`{}`), 'NULL')", column);
  return texts_of(connection, fmt::format("SELECT CONCAT_WS('|'{}) FROM `{}`", list, table));
}

struct KeptTable {
  std::vector<std::string> columns;
  std::vector<std::string> rows;
};

std::map<std::string, KeptTable> read_all(storage::Connection& connection) {
  std::map<std::string, KeptTable> tables;
  for (const std::string& table :
       texts_of(connection, "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND "
                            "TABLE_TYPE = 'BASE TABLE' AND TABLE_NAME <> 'schema_versions'")) {
    KeptTable kept;
    for (const std::string& column : columns_of(connection, table)) {
      if (!is_changed_by_a_step(table, column)) kept.columns.push_back(column);
    }
    kept.rows = rows_of(connection, table, kept.columns);
    tables.emplace(table, std::move(kept));
  }
  return tables;
}

std::int64_t number_of(storage::Connection& connection, const std::string& select) {
  storage::Rows rows = connection.select(select);
  return rows.next() ? rows.integer() : -1;
}

// A running private server whose schema is made anew for every level. The key file is that of the prepared folder.
class Upgrade : public ::testing::Test {
 protected:
  Upgrade() {
    copy_prepared_data(folder.path());
    server = std::make_unique<storage::DatabaseServer>(test_settings(folder.path()), no_progress());
    keys = texts_of(*server->open_owner(), "SELECT CONCAT('(''', purpose, ''', ', key_number, ', UNHEX(''', HEX(key_check), "
                                           "'''))') FROM key_checks ORDER BY purpose, key_number");
  }

  // The schema with the steps up to `last`, and the rows of its time.
  void make_level(std::size_t last) {
    const auto& steps = storage::migrations();
    {
      const auto connection = server->open_owner();
      connection->execute("DROP DATABASE hanjari");
      connection->execute("CREATE DATABASE hanjari CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
    }
    const auto connection = server->open_owner();
    const std::vector<storage::Migration> known(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    storage::apply_migrations(*connection, known, clock, no_progress());
    const int level = known.back().number;
    for (const EarlierRows& one : rows) {
      if (one.from <= level && level <= one.to) connection->execute(one.sql);
    }
    if (level >= 20) {
      for (const std::string& key : keys)
        connection->execute("INSERT INTO key_checks (purpose, key_number, key_check) VALUES " + key);
    }
  }

  // Each program takes one step and dies; every other one dies between the step and its note, so that it is taken twice.
  int upgrade_killed_at_every_step() {
    int kills = 0;
    const auto one_program = [this](Progress& dying) {
      const auto connection = connect_to_data(folder.path());
      storage::apply_migrations(*connection, storage::migrations(), clock, dying);
    };
    for (bool noted = true; killed_at_step(1, one_program); ++kills) {
      noted = !noted;
      if (noted) continue;
      const auto connection = server->open_owner();
      const auto last = number_of(*connection, "SELECT MAX(number) FROM schema_versions");
      connection->execute(fmt::format("DELETE FROM schema_versions WHERE number = {}", last));
    }
    return kills;
  }

  void expect_kept(const std::map<std::string, KeptTable>& before, int level) {
    const auto connection = server->open_owner();
    for (const auto& [table, kept] : before) {
      std::vector<std::string> after = rows_of(*connection, table, kept.columns);
      // Steps may add rows, such as the approval of a plan that was live; none may be lost or changed.
      EXPECT_THAT(after, ::testing::IsSupersetOf(kept.rows)) << table << " from level " << level;
    }
  }

  void expect_done(int level) {
    const auto connection = server->open_owner();
    const auto number = [&](const char* select) { return number_of(*connection, select); };
    if (level >= 14) {
      EXPECT_EQ(number("SELECT COUNT(*) FROM live_plans WHERE plan_id = 1 AND version = 3"), 1);
      if (level < 185) EXPECT_EQ(number("SELECT COUNT(*) FROM plan_approvals WHERE plan_id = 1 AND step = 'published'"), 1) << level;
      if (level < 186) EXPECT_EQ(number("SELECT COUNT(*) FROM live_changes WHERE version = 3 AND plan_id = 1"), 1) << level;
    }
    if (level >= 13 && level < 206) EXPECT_EQ(number("SELECT travel_m FROM plans WHERE plan_id = 1 AND used_venues = 1"), 1234) << level;
    if (level >= 49 && level < 128) EXPECT_EQ(number("SELECT COUNT(*) FROM messages WHERE exam_code = 'round-1'"), 1) << level;
    if (level >= 49 && level < 217)
      EXPECT_EQ(number("SELECT COUNT(*) FROM messages WHERE account_id = 'p0123456789abcdef0124' AND application_id = 'app-open'"), 1) << level;
    if (level >= 47 && level < 131)
      EXPECT_EQ(number("SELECT COUNT(*) FROM payments WHERE account = 'p0123456789abcdef0123' AND to_ask = 0"), 1) << level;
    if (level >= 40 && level < 139)
      EXPECT_EQ(number("SELECT COUNT(*) FROM notice_days WHERE day_code = 'round-1-late'"), 1) << level;
    if (level >= 40 && level < 306)
      EXPECT_EQ(number("SELECT COUNT(*) FROM setup_versions WHERE row_id = 'round-1/notice/2' AND author = ''"), 1) << level;
  }

  // As the program meets it.
  void expect_opens(int level) {
    server->grant_rights(*server->open_owner());
    storage::DatabaseSettings settings = test_settings(folder.path());
    settings.external = storage::ExternalServer{};
    settings.external->socket = folder.path() / "mariadb" / "s.sock";
    settings.external->user = storage::own_account_name();
    storage::Database database(settings, storage::SchemaUpgrade::never, clock, no_progress());
    EXPECT_NO_THROW(database.check_ready()) << level;
    EXPECT_EQ(database.exams().list_plans(ExamCode("old-1")).size(), level >= 9 ? 2U : 0U) << level;
  }

  TestFolder folder;
  HeldClock clock;
  std::unique_ptr<storage::DatabaseServer> server;
  std::vector<std::string> keys;
  const std::vector<EarlierRows> rows = read_earlier_rows();
};

TEST_F(Upgrade, OfEachEarlierLevelKeepsItsRowsWhenKilledAtEveryStep) {
  ASSERT_GT(rows.size(), 50U);
  const std::size_t count = storage::migrations().size();
  const bool all = std::getenv("HANJARI_ALL_LEVELS") != nullptr;
  // The first, one of the time of the first applications, and one of the time of jobs and plans.
  std::size_t asked = 0;
  int all_kills = 0;
  for (std::size_t last = 0; last < count; last += all ? 1 : 29) {
    const int level = storage::migrations()[last].number;
    make_level(last);
    const auto before = read_all(*server->open_owner());
    const int kills = upgrade_killed_at_every_step();
    EXPECT_EQ(kills, static_cast<int>(2 * (count - last - 1))) << "every step, once with and once without its note";
    all_kills += kills;
    expect_kept(before, level);
    expect_done(level);
    expect_opens(level);
    ++asked;
  }
  EXPECT_GE(asked, 3U);
  RecordProperty("tried", all_kills);
}

// A step that makes a table which no row here fills would be upgraded untried.
TEST_F(Upgrade, HasRowsForEveryTableThatKeepsSomething) {
  make_level(storage::migrations().size() - 1);
  // Filled by the program when it opens, or only while keys change, or by an edit that moved people.
  const std::set<std::string> empty{"data_keys", "key_changes", "moved_seats", "notice_days"};
  for (const auto& [table, kept] : read_all(*server->open_owner()))
    EXPECT_TRUE(!kept.rows.empty() || empty.contains(table)) << table << ": add a row to earlier_rows.sql";
}

}  // namespace
}  // namespace hanjari::tests
