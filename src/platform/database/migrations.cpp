#include "database/migrations.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "database/sql_time.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"

namespace hanjari::storage {
namespace {

bool has_table(Connection& connection) {
  Rows rows = connection.select(
      "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = "
      "'schema_versions'");
  rows.next();
  return rows.integer() > 0;
}

[[noreturn]] void throw_unknown(int number, const std::string& name, int last) {
  throw Unavailable(
      "schema_unknown",
      {fmt::format("the database has schema step {} ({}), which this program does not know (it knows 1 to "
                   "{}): use the program version that made it, or a newer one",
                   number, name, last),
       in_korean("데이터베이스의 스키마 단계 {}({})[을/를] 이 프로그램이 알지 못합니다(1~{}만 앎). 그 단계를 "
                   "만든 버전 이상의 프로그램을 쓰십시오",
                   number, name, last)});
}

}  // namespace

std::vector<MigrationStatus> load_migration_status(Connection& connection, const std::vector<Migration>& known) {
  std::vector<MigrationStatus> status;
  for (const Migration& step : known) status.push_back({step.number, step.name, false});
  if (!has_table(connection)) return status;
  Rows rows = connection.select("SELECT number, name, sha256 FROM schema_versions ORDER BY number");
  while (rows.next()) {
    const auto number = static_cast<int>(rows.integer());
    const std::string name = rows.text();
    const std::string digest = rows.text();
    const auto step =
        std::find_if(known.begin(), known.end(), [&](const Migration& one) { return one.number == number; });
    if (step == known.end() || step->name != name || sha256(step->sql).hex() != digest) {
      throw_unknown(number, name, known.back().number);
    }
    status[static_cast<std::size_t>(step - known.begin())].applied = true;
  }
  return status;
}

std::vector<int> apply_migrations(Connection& connection, const std::vector<Migration>& known, const Clock& clock,
                                  Progress& progress) {
  connection.execute(
      "CREATE TABLE IF NOT EXISTS schema_versions (number INT NOT NULL, name VARCHAR(128) NOT NULL, sha256 CHAR(64) "
      "NOT "
      "NULL, applied_at DATETIME(6) NOT NULL, PRIMARY KEY (number)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 "
      "COLLATE utf8mb4_nopad_bin");
  const auto status = load_migration_status(connection, known);
  std::vector<int> applied;
  progress.stage({"Upgrading the database", "데이터베이스 갱신"}, known.size());
  for (std::size_t at = 0; at < known.size(); ++at) {
    if (status[at].applied) continue;
    const Migration& step = known[at];
    // DDL commits by itself. If the program dies between the step and its note, the step runs again, which it allows.
    connection.execute(step.sql);
    connection.change(
        "INSERT INTO schema_versions (number, name, sha256, applied_at) VALUES (?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE number = number",
        step.number, step.name, sha256(step.sql).hex(), sql_time(clock.now()));
    applied.push_back(step.number);
    progress.report(at + 1);
  }
  return applied;
}

}  // namespace hanjari::storage
