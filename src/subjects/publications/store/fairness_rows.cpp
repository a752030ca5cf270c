// Reports by group that were published with seats, in the database.
#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "publications/store/publication_rows.h"
#include "publications/store/publication_store.h"

namespace hanjari::storage {
namespace {

using services::FairnessReport;

std::vector<FairnessReport> read_fairness_rows(Connection& connection, const ExamCode& exam) {
  std::vector<FairnessReport> reports;
  Rows rows = connection.select(
      "SELECT version, plan_digest, input_sha256, report, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', published_at) FROM "
      "fairness_reports WHERE exam_code = ? ORDER BY version DESC",
      exam.text());
  while (rows.next()) {
    FairnessReport& report = reports.emplace_back();
    report.exam = exam;
    report.version = rows.integer();
    report.plan_digest = rows.text();
    report.input_sha256 = rows.text();
    report.csv = rows.text();
    report.author = rows.text();
    report.at = from_microseconds(rows.integer());
  }
  return reports;
}

}  // namespace

FairnessReport PublicationStore::add_fairness_report(const FairnessReport& made, const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_exam_of_publications(connection, store_, made.exam);
    const std::vector<FairnessReport> there = read_fairness_rows(connection, made.exam);
    for (const FairnessReport& one : there) {
      if (one.plan_digest == made.plan_digest && one.input_sha256 == made.input_sha256) return one;
    }
    if (made.version != (there.empty() ? 1 : there.front().version + 1)) {
      throw Conflict("fairness_changed", {"Another report was published meanwhile. Order this one again.",
                                          "그사이 다른 보고서가 공표되었습니다. 다시 요청하십시오."});
    }
    connection.change(
        "INSERT INTO fairness_reports (exam_code, version, plan_digest, input_sha256, report, author, published_at) VALUES (?, ?, ?, ?, "
        "?, ?, ?)",
        made.exam.text(), made.version, made.plan_digest, made.input_sha256, made.csv, made.author, sql_time(made.at));
    services::AuditNote note{"fairness.publish", fmt::format("{}/fairness-{}", made.exam.text(), made.version),
                             fmt::format("plan {}, report {}", made.plan_digest, sha256(made.csv).hex())};
    note.exam = made.exam.text();
    write_audit(connection, store_, change, note);
    return made;
  });
}

std::vector<FairnessReport> PublicationStore::list_fairness_reports(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) { return read_fairness_rows(connection, exam); });
}

}  // namespace hanjari::storage
