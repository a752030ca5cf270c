// Searching a large audit trail reads what it shows, and not the whole table.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <fmt/format.h>

#include "audit/audit_chain.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

constexpr int entries = 120'000;

// Rows read by all connections so far.
std::int64_t rows_read(const TestDatabase& database) {
  return database.number(
      "SELECT SUM(CAST(VARIABLE_VALUE AS SIGNED)) FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN "
      "('HANDLER_READ_FIRST', 'HANDLER_READ_KEY', 'HANDLER_READ_LAST', 'HANDLER_READ_NEXT', 'HANDLER_READ_PREV', "
      "'HANDLER_READ_RND', 'HANDLER_READ_RND_NEXT')");
}

// A trail of many entries outside of the chain: one author, action and subject are rare, the others stand everywhere.
void fill(TestDatabase& database) {
  const auto connection = database.connect();
  connection->execute(fmt::format(
      "INSERT INTO audit_entries (at, author, role, request, action, subject, reason, detail, lane, place) SELECT "
      "'2021-06-05', IF(seq = 500, 'rare.author', CONCAT('officer.', seq % 5)), '', '', IF(seq = 700, 'plan.live', "
      "IF(seq % 2 = 0, 'roster.pdf', 'application.submit')), IF(seq = 900, 'rare_exam/V1', CONCAT(IF(seq < 12000, 'old-1/', 'seoul-2021-1/'), seq)), "
      "'', '', 64 + seq % 64, seq FROM seq_1_to_{}",
      entries));
  const std::string hash = cipher_of(database.folder.path()).blind_index("audit person", "person-1");
  connection->change("INSERT INTO audit_people (person_hash, lane, place) SELECT ?, lane, place FROM audit_entries WHERE "
                     "place IN (10, 20, 30)",
                     hash);
  connection->execute("ANALYZE TABLE audit_entries, audit_people");
}

TEST(AuditSearch, ReadsWhatItShows) {
  TestDatabase database;
  fill(database);
  struct Search {
    const char* name;
    services::AuditFilter filter;
    std::size_t found;
  };
  const Search searches[] = {{"everything", {}, 50},
                             {"a page further", {.before_number = 60'000}, 50},
                             {"a rare author", {.author = "rare.author"}, 1},
                             {"a common author", {.author = "officer.3"}, 50},
                             {"a rare action", {.action = "plan.live"}, 1},
                             {"a rare kind of action", {.action = "plan"}, 1},
                             {"a common kind of action", {.action = "roster"}, 50},
                             {"a rare subject", {.subject = "rare_exam"}, 1},
                             {"a subject that only a pattern would match", {.subject = "rareXexam"}, 0},
                             {"a common subject", {.subject = "seoul-2021-1/"}, 50},
                             {"a person", {.whose = "person-1"}, 3},
                             {"nobody", {.author = "nobody", .action = "roster"}, 0}};
  for (const Search& search : searches) {
    database->audit().list_entries({.author = "warm", .limit = 1});
    const std::int64_t before = rows_read(database);
    EXPECT_EQ(database->audit().list_entries(search.filter).size(), search.found) << search.name;
    const std::int64_t read = rows_read(database) - before;
    EXPECT_LT(read, entries / 20) << search.name << " read " << read << " rows";
  }
}

std::int64_t rows_sorted(const TestDatabase& database) {
  return database.number(
      "SELECT CAST(VARIABLE_VALUE AS SIGNED) FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'SORT_ROWS'");
}

// Every search that the pages can ask for: who, what, on what, whose, and how far back, each missing, rare, common or
// unknown. Red when the database chose by itself: for an earlier exam, for a further page and for two common words it read
// the whole table.
TEST(AuditSearch, ReadsNoMoreThanAPartWhateverIsCombined) {
  TestDatabase database;
  fill(database);
  int searches = 0;
  for (const char* author : {"", "rare.author", "officer.3", "nobody"}) {
    for (const char* action : {"", "plan.live", "roster.pdf", "roster", "application"}) {
      for (const char* subject : {"", "rare_exam", "seoul-2021-1/", "old-1", "old-1/5", "seoul-2021-1/77", "none"}) {
        for (const char* whose : {"", "person-1"}) {
          for (const std::int64_t before : {0, 60'000}) {
            const services::AuditFilter filter{author, action, subject, whose, before, 50};
            const std::int64_t read_before = rows_read(database);
            const std::int64_t sorted_before = rows_sorted(database);
            database->audit().list_entries(filter);
            const std::int64_t read = rows_read(database) - read_before;
            const std::int64_t sorted = rows_sorted(database) - sorted_before;
            const std::string told = fmt::format("by '{}', '{}', on '{}', of '{}', before {}: {} read, {} sorted",
                                                 author, action, subject, whose, before, read, sorted);
            EXPECT_LT(read, entries / 6) << told;
            EXPECT_LT(sorted, entries / 20) << told;
            ++searches;
          }
        }
      }
    }
  }
  EXPECT_EQ(searches, 4 * 5 * 7 * 2 * 2);
}

// Red while the trail could not be asked when something was done: a time is found among the numbers, also of work that began long
// before it was written, and without reading what is older or newer.
TEST(AuditSearch, FindsATimeAmongTheNumbers) {
  TestDatabase database;
  // A minute between two entries; every hundredth is of a job that had waited for twenty hours.
  database.connect()->execute(fmt::format(
      "INSERT INTO audit_entries (at, author, role, request, action, subject, reason, detail, lane, place) SELECT "
      "'2021-01-01' + INTERVAL seq MINUTE - INTERVAL IF(seq % 100 = 0, 20, 0) HOUR, CONCAT('officer.', seq % 5), '', '', 'job.done', "
      "'seoul-2021-1/V1', '', '', 64 + seq % 64, seq FROM seq_1_to_{}",
      entries));
  database.connect()->execute("ANALYZE TABLE audit_entries");
  services::AuditFilter day;
  day.from = parse_instant("2021-02-01T00:00:00Z");
  day.until = parse_instant("2021-02-02T00:00:00Z");
  for (const char* author : {"", "officer.0", "officer.3"}) {
    services::AuditFilter filter = day;
    filter.author = author;
    filter.limit = 500;
    const std::int64_t expected = database.number(fmt::format(
        "SELECT COUNT(*) FROM audit_entries WHERE at >= '2021-02-01' AND at < '2021-02-02' AND author LIKE '{}%'", author));
    ASSERT_GT(expected, 100) << author;
    database->audit().list_entries({.author = "warm", .limit = 1});
    std::int64_t found = 0;
    for (bool more = true; more;) {
      const std::int64_t before = rows_read(database);
      const auto listed = database->audit().list_entries(filter);
      const std::int64_t read = rows_read(database) - before;
      EXPECT_LT(read, entries / 12) << author << " read " << read << " rows";
      for (const services::AuditEntry& entry : listed)
        EXPECT_TRUE(entry.change.at >= *day.from && entry.change.at < *day.until) << entry.number;
      found += static_cast<std::int64_t>(listed.size());
      more = listed.size() == filter.limit;
      if (more) filter.before_number = listed.back().number;
    }
    EXPECT_EQ(found, expected) << author;
  }
  services::AuditFilter never;
  never.from = parse_instant("2020-01-01T00:00:00Z");
  never.until = parse_instant("2020-06-01T00:00:00Z");
  EXPECT_TRUE(database->audit().list_entries(never).empty());
  services::AuditFilter since = day;
  since.until.reset();
  EXPECT_EQ(database->audit().list_entries(since).size(), 50U) << "an open end";
}

// What the database itself says of the statements as they were executed.
TEST(AuditSearch, IsPlannedWithoutAScanOfEverything) {
  TestDatabase database;
  fill(database);
  const auto owner = database.connect();
  owner->execute("SET GLOBAL log_output = 'TABLE'");
  owner->execute("SET GLOBAL general_log = 1");
  for (const char* author : {"", "officer.3"}) {
    for (const char* action : {"", "roster.pdf"}) {
      for (const char* subject : {"", "old-1/", "seoul-2021-1/77"}) {
        for (const std::int64_t before : {0, 60'000})
          database->audit().list_entries({author, action, subject, "", before, 50});
      }
    }
  }
  owner->execute("SET GLOBAL general_log = 0");
  std::vector<std::string> executed;
  {
    auto rows = owner->select(
        "SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE command_type = 'Execute' AND argument LIKE "
        "'SELECT e.audit_id%'");
    while (rows.next()) executed.push_back(rows.text());
  }
  EXPECT_GE(executed.size(), 24U);
  for (const std::string& statement : executed) {
    auto plan = owner->prepare("EXPLAIN " + statement).select();
    while (plan.next()) {
      plan.text();  // id
      plan.text();  // select_type
      plan.maybe_text();
      const std::string type = plan.maybe_text().value_or("");
      plan.maybe_text();  // possible_keys
      const std::string key = plan.maybe_text().value_or("");
      // Along the primary key it reads the newest fifty, and stops.
      EXPECT_TRUE(type == "ref" || type == "range" || type == "eq_ref" || type == "const" || key == "PRIMARY")
          << type << " " << key << ": " << statement;
      EXPECT_NE(type, "ALL") << statement;
    }
  }
}

}  // namespace
}  // namespace hanjari::tests
