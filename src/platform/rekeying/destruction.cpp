// Destroying the personal data of an exam: rows, keys, and with a new master key whatever old copies hold.
#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "rekeying/key_work.h"

namespace hanjari::storage {
namespace {

constexpr const char* of_exam =
    " IN (SELECT p.population_id FROM populations p JOIN exams e ON e.exam_id = p.exam_id WHERE "
    "e.exam_code = ?)";
constexpr const char* plans_of_exam =
    " IN (SELECT n.plan_id FROM plans n JOIN exams e ON e.exam_id = n.exam_id WHERE e.exam_code = ?)";

std::int64_t count(Connection& connection, const std::string& from, const std::string& exam) {
  Rows rows = connection.select("SELECT COUNT(*) FROM " + from, exam);
  rows.next();
  return rows.integer();
}

void check_exam(Connection& connection, const std::string& exam) {
  const bool known = count(connection, "exams WHERE exam_code = ?", exam) > 0 ||
                     count(connection, "data_keys WHERE scope = CONCAT('exam/', ?)", exam) > 0;
  if (!known) throw NotFound("exam_not_found", {"there is no such exam", "그런 시험이 없습니다"});
}

// In the order in which nothing refers to what is gone.
std::vector<std::string> deletions() {
  const std::string population = of_exam;
  const std::string plan = plans_of_exam;
  return {"DELETE FROM live_plans WHERE exam_id IN (SELECT exam_id FROM exams WHERE exam_code = ?)",
          "DELETE FROM keep_apart_broken WHERE plan_id" + plan,
          "DELETE FROM over_detour WHERE plan_id" + plan,
          "DELETE FROM unseated WHERE plan_id" + plan,
          "DELETE FROM placements WHERE plan_id" + plan,
          "DELETE FROM pins WHERE population_id" + population,
          "DELETE FROM travel_rows WHERE population_id" + population,
          "DELETE FROM applicants WHERE population_id" + population,
          "DELETE FROM self_reports WHERE exam_code = ?",
          "DELETE FROM attachments WHERE exam_code = ?",
          "DELETE FROM application_drafts WHERE exam_code = ?"};
}

constexpr std::uint64_t rows_at_once = 5'000;

void destroy_rows(KeyWork& work, const std::string& exam, Progress& progress) {
  const auto statements = deletions();
  progress.stage({"Destroying personal data", "개인정보 파기"}, statements.size());
  std::uint64_t done = 0;
  for (const std::string& statement : statements) {
    for (bool more = true; more;) {
      more = in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
        return connection.change(statement + fmt::format(" LIMIT {}", rows_at_once), exam) == rows_at_once;
      });
    }
    progress.report(++done);
  }
}

}  // namespace

DestructionPreview preview_destruction(const DatabaseSettings& settings, const std::string& exam) {
  KeyWork work(settings, no_progress());
  return in_reading(work.pool, work.store.retry, [&](Connection& connection) {
    check_exam(connection, exam);
    DestructionPreview preview;
    preview.exam = exam;
    preview.populations = count(connection, std::string("populations WHERE population_id") + of_exam, exam);
    preview.people = count(connection, std::string("applicants WHERE population_id") + of_exam, exam);
    preview.placements = count(connection, std::string("placements WHERE plan_id") + plans_of_exam, exam);
    preview.applications = count(connection, "applications WHERE exam_code = ?", exam);
    preview.attachments = count(connection, "attachments WHERE exam_code = ?", exam);
    Rows rows = connection.select(
        "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', due_at), TIMESTAMPDIFF(MICROSECOND, '1970-01-01', done_at) "
        "FROM "
        "destructions WHERE exam_code = ?",
        exam);
    if (rows.next()) {
      preview.due_at = from_microseconds(rows.integer());
      if (const auto done = rows.maybe_integer()) preview.done_at = from_microseconds(*done);
    }
    return preview;
  });
}

void order_destruction(const DatabaseSettings& settings, const std::string& exam, Instant due,
                       const services::Change& change) {
  KeyWork work(settings, no_progress());
  in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
    check_exam(connection, exam);
    connection.change(
        "INSERT INTO destructions (exam_code, due_at, ordered_by) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE due_at = "
        "VALUES(due_at), ordered_by = VALUES(ordered_by), done_at = NULL",
        exam, sql_time(due), change.author);
    write_audit(connection, work.store, change, {"exam.order_destruction", exam, "due " + format_instant(due)});
  });
}

void cancel_destruction(const DatabaseSettings& settings, const std::string& exam, const services::Change& change) {
  KeyWork work(settings, no_progress());
  in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
    if (connection.change("DELETE FROM destructions WHERE exam_code = ? AND done_at IS NULL", exam) == 0)
      throw NotFound("no_destruction", {"no destruction of this exam is ordered", "예정된 파기가 없습니다"});
    write_audit(connection, work.store, change, {"exam.cancel_destruction", exam});
  });
}

std::vector<std::string> destroy_due(const DatabaseSettings& settings, const services::Change& change,
                                     const Clock& clock, Progress& progress) {
  KeyWork work(settings, progress);
  std::vector<std::string> due;
  in_reading(work.pool, work.store.retry, [&](Connection& connection) {
    due.clear();
    Rows rows = connection.select(
        "SELECT exam_code FROM destructions WHERE done_at IS NULL AND due_at <= ? ORDER BY due_at, exam_code",
        sql_time(clock.now()));
    while (rows.next()) due.push_back(rows.text());
    return true;
  });
  if (due.empty()) return due;
  work.lock();
  for (const std::string& exam : due) destroy_rows(work, exam, progress);
  // Backups and the database's own leavings hold the exams' keys as the present master key wraps them: it goes too.
  const int master = work.add_master();
  in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
    std::vector<AuditLine> lines;
    for (const std::string& exam : due) {
      connection.change("UPDATE applications SET claim_hash = NULL WHERE exam_code = ?", exam);
      connection.change("DELETE FROM data_keys WHERE scope IN (?, ?)", scope_of_exam(exam), scope_of_audit(exam));
      lines.push_back({change, {"exam.destroy", exam}});
    }
    write_audits(connection, work.store, lines);
  });
  work.rewrap(master);
  // Done only when nothing is left that opens: a run that was killed before is done again.
  in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
    for (const std::string& exam : due)
      connection.change("UPDATE destructions SET done_at = ? WHERE exam_code = ?", sql_time(clock.now()), exam);
  });
  return due;
}

}  // namespace hanjari::storage
