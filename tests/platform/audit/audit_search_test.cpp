// Searching a large audit trail reads what it shows, and not the whole table.
#include <gtest/gtest.h>

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
      "IF(seq % 2 = 0, 'roster.pdf', 'application.submit')), IF(seq = 900, 'rare_exam/V1', CONCAT('seoul-2021-1/', seq)), "
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

}  // namespace
}  // namespace hanjari::tests
