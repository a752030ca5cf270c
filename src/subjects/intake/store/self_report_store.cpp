#include "intake/store/self_report_store.h"

#include <fmt/format.h>

#include "database/legible.h"
#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "intake/store/application_rows.h"
#include "intake/store/intake_seal.h"
#include "plans/store/exam_store.h"

namespace hanjari::storage {
namespace {

using services::SelfReport;

constexpr const char* report_columns =
    "report_id, application_id, exam_code, health_sealed, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', reported_at), "
    "decision, reason_sealed, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', decided_at), officer, old_place, new_place";

SelfReport read_report_row(Rows& rows, const FieldCipher& cipher) {
  SelfReport report;
  report.id = rows.integer();
  report.application = ApplicationId(rows.text());
  report.exam = ExamCode(rows.text());
  const std::string health = rows.text();
  report.reported_at = from_microseconds(rows.integer());
  const auto decision = services::parse_report_decision(rows.text());
  report.decision = decision.value_or(services::ReportDecision::asked);
  const auto reason = rows.maybe_text();
  report.legible = read_legibly([&] {
    known_word(decision, "self_reports.decision");
    open_health(cipher, health, report);
    if (reason) report.reason = open_reason(cipher, report, *reason);
  });
  if (const auto at = rows.maybe_integer()) report.decided_at = from_microseconds(*at);
  report.officer = rows.text();
  report.old_place = rows.text();
  report.new_place = rows.text();
  return report;
}

template <class... Values>
std::vector<SelfReport> list_where(const Store& store, const std::string& where, const Values&... values) {
  return in_reading(store.pool, store.retry, [&](Connection& connection) {
    std::vector<SelfReport> reports;
    Rows rows =
        connection.select(fmt::format("SELECT {} FROM self_reports WHERE {}", report_columns, where), values...);
    while (rows.next()) reports.push_back(read_report_row(rows, store.cipher));
    return reports;
  });
}

}  // namespace

std::int64_t SelfReportStore::add_report(const SelfReport& report, const std::vector<services::Message>& messages,
                                         const services::Change& change) {
  const std::string sealed = seal_health(store_.cipher, report);
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const bool added = insert_unless_there(
        connection,
        "INSERT INTO self_reports (application_id, exam_code, health_sealed, reported_at, decision, officer, "
        "old_place, new_place) VALUES (?, ?, ?, ?, 'asked', '', '', '')",
        report.application.text(), report.exam.text(), sealed, sql_time(report.reported_at));
    Rows rows = connection.select("SELECT report_id, health_sealed = ? FROM self_reports WHERE waiting_application = ?",
                                  sealed, report.application.text());
    if (!rows.next()) throw DatabaseUnavailable("database_busy", {"please try again", "다시 시도해 주십시오"});
    const std::int64_t id = rows.integer();
    if (!added) {
      if (attempt.number > 1 && rows.integer() != 0) return id;
      throw Conflict("report_waiting",
                     {"Your earlier report is still being examined.", "먼저 하신 신고를 아직 심사하고 있습니다."});
    }
    write_messages(connection, store_.cipher, messages, change.at);
    services::AuditNote note{"self_report.add", fmt::format("{}", id), report.application.text()};
    note.exam = report.exam.text();
    write_audit(connection, store_, change, note);
    return id;
  });
}

std::optional<SelfReport> SelfReportStore::find_report(std::int64_t id) {
  auto found = list_where(store_, "report_id = ?", id);
  if (found.empty()) return std::nullopt;
  require_legible(found.front().legible);
  return std::move(found.front());
}

std::vector<SelfReport> SelfReportStore::list_reports(const ApplicationId& application) {
  return list_where(store_, "application_id = ? ORDER BY report_id DESC", application.text());
}

std::vector<SelfReport> SelfReportStore::list_waiting(const ExamCode& exam) {
  return list_where(store_, "exam_code = ? AND decision = 'asked' ORDER BY report_id", exam.text());
}

void SelfReportStore::decide_report(const SelfReport& report, const std::optional<services::NextPlan>& plan,
                                    const std::vector<services::Message>& messages, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const auto changed = connection.change(
        "UPDATE self_reports SET decision = ?, reason_sealed = ?, decided_at = ?, officer = ?, old_place = ?, "
        "new_place = ? WHERE report_id = ? AND decision = 'asked'",
        services::spell(report.decision), seal_reason(store_.cipher, report), sql_time(change.at), report.officer,
        report.old_place, report.new_place, report.id);
    if (changed == 0) {
      Rows now = connection.select(
          "SELECT decision, officer, decision = ? AND decided_at = ? AND officer = ? FROM self_reports WHERE report_id "
          "= ?",
          services::spell(report.decision), sql_time(change.at), report.officer, report.id);
      SelfReport decided;
      if (now.next()) {
        decided.decision = known_word(services::parse_report_decision(now.text()), "self_reports.decision");
        decided.officer = now.text();
        if (attempt.number > 1 && now.integer() != 0) return;
      }
      services::throw_report_decided(decided);
    }
    if (plan) {
      const services::MovedPlan& moved = plan->moved;
      write_moved(connection, store_, attempt, moved, change);
      services::StoredPlan stored;
      stored.digest = moved.plan.digest;
      stored.input_sha256 = moved.exam.input_sha256;
      write_live_plan(connection, store_, attempt, moved.exam.header.code, stored, plan->live_version, change,
                      LiveRight::health);
    }
    write_messages(connection, store_.cipher, messages, change.at);
    services::AuditNote note{"self_report.decide", fmt::format("{}", report.id),
                             fmt::format("{} {}", report.application.text(), services::spell(report.decision))};
    note.exam = report.exam.text();
    note.before = report.old_place;
    note.after = report.new_place;
    note.whose = {report.application.text()};
    write_audit(connection, store_, change, note);
  });
}

}  // namespace hanjari::storage
