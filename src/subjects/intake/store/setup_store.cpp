#include "intake/store/setup_store.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/unreadable.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/store/notice_rows.h"
#include "vault/listed_value.h"

namespace hanjari::storage {
namespace {

using services::CheckerDeclaration;
using services::NoticeApproval;
using services::NoticeRule;
using services::SetupPart;
using services::SetupVersion;

constexpr std::string_view setup_reason_column = "setup_versions.reason";

std::string setup_row_id(const ExamCode& exam, SetupPart part, std::int64_t version) {
  return fmt::format("{}/{}/{}", exam.text(), services::spell(part), version);
}

[[noreturn]] void throw_setup_changed() {
  throw services::SetupChanged("setup_changed", {"somebody else changed this meanwhile; look at it again",
                                                 "그사이 다른 사람이 바꾸었습니다. 다시 확인하십시오"});
}

// Held until the end of the transaction, so that savings and declarations of one exam follow one another.
void hold_notice(Connection& connection, const ExamCode& exam) {
  Rows rows = connection.select("SELECT version FROM recruitments WHERE exam_code = ? FOR UPDATE", exam.text());
  if (!rows.next()) {
    throw NotFound("unknown_recruitment", {"There is no such recruitment.", "해당 채용 공고가 없습니다."});
  }
  refuse_destroyed_notice(connection, exam.text());
}

void refuse_relatives(Connection& connection, const ExamCode& exam, const std::vector<std::string>& checkers) {
  Rows rows = connection.select(
      "SELECT checker FROM checker_declarations WHERE exam_code = ? AND has_relative = 1 ORDER BY checker",
      exam.text());
  while (rows.next()) {
    const std::string barred = rows.text();
    if (std::find(checkers.begin(), checkers.end(), barred) == checkers.end()) continue;
    throw Conflict("checker_has_relative",
                   {fmt::format("{} has declared a relative among the applicants and cannot check a subject", barred),
                    fmt::format("{}: 응시자 가운데 친족이 있다고 신고하여 검토자가 될 수 없습니다", barred)});
  }
}

// Whether an attempt before this one, whose outcome was not known, has written the very row.
bool is_written(Connection& connection, const SetupRow& row) {
  Rows rows =
      connection.select("SELECT author = ? AND saved_at = ? AND definition = ? FROM setup_versions WHERE row_id = ?",
                        row.version.author, sql_time(row.version.saved_at), row.version.definition, row.row_id);
  return rows.next() && rows.integer() != 0;
}

}  // namespace

SetupRow make_setup_row(const Store& store, const ExamCode& exam, SetupPart part, std::int64_t version,
                        const std::string& definition, const services::Change& change) {
  SetupRow row;
  row.row_id = setup_row_id(exam, part, version);
  row.exam = exam;
  row.part = part;
  row.version.version = version;
  row.version.author = change.author;
  row.version.saved_at = change.at;
  row.version.definition = definition;
  // With the program's own key, as the audit trail's: a notice is taken off the portal after its people are destroyed too.
  if (!change.reason.empty())
    row.reason_sealed = store.cipher.seal({0, row.row_id, setup_reason_column}, change.reason);
  return row;
}

void insert_setup_row(Connection& connection, const SetupRow& row) {
  const SetupVersion& version = row.version;
  const bool added = insert_unless_there(connection,
                                         "INSERT INTO setup_versions (row_id, exam_code, part, version, state, "
                                         "copied_from, author, reason_sealed, saved_at, "
                                         "definition, confirmed_by, emergency) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                         row.row_id, row.exam.text(), services::spell(row.part), version.version,
                                         version.state, version.copied_from, version.author, row.reason_sealed,
                                         sql_time(version.saved_at), version.definition, version.confirmed_by,
                                         version.emergency);
  if (!added) throw_setup_changed();
}

void require_second_officer(Connection& connection, const ExamCode& exam, std::int64_t notice_version,
                            const std::string& author) {
  Rows rule = connection.select(
      "SELECT second_officer, waived_by FROM notice_rules WHERE exam_code = ? LOCK IN SHARE MODE", exam.text());
  if (!rule.next()) return;
  if (rule.integer() == 0) {
    if (rule.text() != author) return;
    throw Conflict("waived_by_yourself",
                   {"you did without the second officer for this notice; somebody else has to put it onto the portal",
                    "본인이 승인 없이 게시하도록 설정한 공고입니다. 다른 담당자가 게시해야 합니다"});
  }
  Rows approval = connection.select(
      "SELECT notice_version = ? AND confirmed_by <> '' FROM notice_approvals WHERE exam_code = ? LOCK IN SHARE MODE",
      notice_version, exam.text());
  if (approval.next() && approval.integer() != 0) return;
  throw Conflict("notice_not_confirmed",
                 {"a second officer has to confirm this version of the notice before it goes onto the portal",
                  "이 버전의 공고를 다른 담당자가 승인해야 게시할 수 있습니다"});
}

void require_confirmed_change(Connection& connection, const ExamCode& exam, const std::string& author) {
  Rows rows = connection.select(
      "SELECT second_officer, waived_by FROM notice_rules WHERE exam_code = ? LOCK IN SHARE MODE", exam.text());
  if (!rows.next()) return;
  NoticeRule rule;
  rule.second_officer = rows.integer() != 0;
  rule.waived_by = rows.text();
  if (!services::asks_another(rule, author)) return;
  if (rule.second_officer) {
    throw Conflict("notice_change_not_confirmed",
                   {"applicants see this notice: what changes there has to be proposed, and confirmed by another officer",
                    "지원자에게 게시된 공고입니다. 변경은 상신하여 다른 담당자의 승인을 받아야 합니다"});
  }
  throw Conflict("waived_by_yourself",
                 {"you did without the second officer for this notice; somebody else has to confirm what changes there",
                  "본인이 승인 없이 게시하도록 설정한 공고입니다. 변경은 다른 담당자가 승인해야 합니다"});
}

std::vector<SetupVersion> SetupStore::read_versions(const ExamCode& exam, SetupPart part, const std::string& columns,
                                                    const std::string& which, std::int64_t version) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<SetupVersion> versions;
    Rows rows = connection.select(
        "SELECT row_id, version, state, copied_from, author, reason_sealed, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', saved_at), confirmed_by, emergency, " +
            columns + " FROM setup_versions WHERE exam_code = ? AND part = ? AND " + which + " ORDER BY version DESC",
        exam.text(), services::spell(part), version);
    while (rows.next()) {
      SetupVersion& one = versions.emplace_back();
      const std::string row = rows.text();
      one.version = rows.integer();
      one.state = rows.text();
      one.copied_from = rows.text();
      one.author = rows.text();
      if (const auto sealed = rows.maybe_text())
        one.reason = open_listed(store_.cipher, {0, row, setup_reason_column}, *sealed, unreadable_name);
      one.saved_at = from_microseconds(rows.integer());
      one.confirmed_by = rows.text();
      one.emergency = rows.integer() != 0;
      one.definition = rows.text();
    }
    return versions;
  });
}

std::vector<SetupVersion> SetupStore::list_versions(const ExamCode& exam, SetupPart part) {
  return read_versions(exam, part, "''", "version > ?", 0);
}

std::optional<SetupVersion> SetupStore::find_version(const ExamCode& exam, SetupPart part, std::int64_t version) {
  const std::string which =
      version > 0 ? "version = ?"
                  : "version > ? AND version = (SELECT MAX(n.version) FROM setup_versions n WHERE n.exam_code = "
                    "setup_versions.exam_code AND n.part = setup_versions.part)";
  std::vector<SetupVersion> found = read_versions(exam, part, "definition", which, version);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

void SetupStore::save_part(const ExamCode& exam, SetupPart part, const std::string& definition,
                           std::int64_t expected_version, const std::vector<std::string>& checkers,
                           const services::Change& change) {
  const SetupRow row = make_setup_row(store_, exam, part, expected_version + 1, definition, change);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_notice(connection, exam);
    if (attempt.number > 1 && is_written(connection, row)) return;
    Rows newest =
        connection.select("SELECT COALESCE(MAX(version), 0) FROM setup_versions WHERE exam_code = ? AND part = ?",
                          exam.text(), services::spell(part));
    if (!newest.next() || newest.integer() != expected_version) throw_setup_changed();
    refuse_relatives(connection, exam, checkers);
    insert_setup_row(connection, row);
    services::AuditNote note{"setup.save", exam.text(),
                             fmt::format("{}, version {}", services::spell(part), expected_version + 1)};
    note.after = definition;
    write_audit(connection, store_, change, note);
  });
}

void SetupStore::save_copy(const Recruitment& notice, const ExamCode& source,
                           const std::map<SetupPart, std::string>& parts, const services::Change& change) {
  const ExamCode& exam = notice.header.code;
  const std::string definition = package::render_recruitment(notice);
  std::vector<SetupRow> rows{make_setup_row(store_, exam, SetupPart::notice, 1, definition, change)};
  rows.front().version.state = "prepared";
  for (const auto& [part, text] : parts) rows.push_back(make_setup_row(store_, exam, part, 1, text, change));
  for (SetupRow& row : rows) row.version.copied_from = source.text();
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    refuse_destroyed_notice(connection, exam.text());
    if (!insert_notice_row(connection, notice, definition, change.at)) {
      if (attempt.number > 1 && is_written(connection, rows.front())) return;
      throw Conflict("recruitment_exists",
                     {"There is a notice with this code already.", "같은 코드의 공고가 이미 있습니다."});
    }
    save_units_and_days(connection, notice);
    for (const SetupRow& row : rows) insert_setup_row(connection, row);
    // Read first: MariaDB refuses a prepared INSERT of a SELECT that sums up when it is executed again (error 1140).
    Rows rule = connection.select("SELECT second_officer FROM notice_rules WHERE exam_code = ?", source.text());
    const std::int64_t second_officer = rule.next() ? rule.integer() : 0;
    connection.change(
        "INSERT INTO notice_rules (exam_code, second_officer, dates_to_confirm, version, waived_by) VALUES (?, ?, 1, 1, '')",
        exam.text(), second_officer);
    services::AuditNote note{"recruitment.copy", exam.text(), "from " + source.text()};
    note.after = definition;
    write_audit(connection, store_, change, note);
  });
}

NoticeRule SetupStore::find_notice_rule(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    NoticeRule rule;
    Rows rows = connection.select(
        "SELECT second_officer, dates_to_confirm, version, waived_by FROM notice_rules WHERE exam_code = ?",
        exam.text());
    if (rows.next()) {
      rule.second_officer = rows.integer() != 0;
      rule.dates_to_confirm = rows.integer() != 0;
      rule.version = rows.integer();
      rule.waived_by = rows.text();
    }
    return rule;
  });
}

NoticeApproval SetupStore::find_notice_approval(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    NoticeApproval approval;
    Rows rows = connection.select(
        "SELECT notice_version, proposed_by, confirmed_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at), "
        "version "
        "FROM notice_approvals WHERE exam_code = ?",
        exam.text());
    if (rows.next()) {
      approval.notice_version = rows.integer();
      approval.proposed_by = rows.text();
      approval.confirmed_by = rows.text();
      approval.changed_at = from_microseconds(rows.integer());
      approval.version = rows.integer();
    }
    return approval;
  });
}

void SetupStore::save_notice_rule(const ExamCode& exam, const NoticeRule& next, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_notice(connection, exam);
    const bool changed =
        next.version == 1
            ? insert_unless_there(connection,
                                  "INSERT INTO notice_rules (exam_code, second_officer, dates_to_confirm, version, "
                                  "waived_by) VALUES (?, ?, ?, 1, ?)",
                                  exam.text(), next.second_officer, next.dates_to_confirm, next.waived_by)
            : connection.change(
                  "UPDATE notice_rules SET second_officer = ?, dates_to_confirm = ?, waived_by = ?, version = version + 1 "
                  "WHERE exam_code = ? AND version = ?",
                  next.second_officer, next.dates_to_confirm, next.waived_by, exam.text(), next.version - 1) > 0;
    if (!changed) {
      Rows now = connection.select(
          "SELECT version = ? AND second_officer = ? AND dates_to_confirm = ? AND waived_by = ? FROM notice_rules WHERE "
          "exam_code = ?",
          next.version, next.second_officer, next.dates_to_confirm, next.waived_by, exam.text());
      if (attempt.number > 1 && now.next() && now.integer() != 0) return;
      throw_setup_changed();
    }
    write_audit(connection, store_, change,
                {"recruitment.rule", exam.text(),
                 fmt::format("{}, {}", next.second_officer ? "second officer" : "no second officer",
                             next.dates_to_confirm ? "dates to confirm" : "dates confirmed")});
  });
}

void SetupStore::save_notice_approval(const ExamCode& exam, const NoticeApproval& next,
                                      const services::Change& change) {
  const std::string time = sql_time(next.changed_at);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_notice(connection, exam);
    const bool changed =
        next.version == 1
            ? insert_unless_there(connection,
                                  "INSERT INTO notice_approvals (exam_code, notice_version, proposed_by, confirmed_by, "
                                  "changed_at, version) VALUES (?, ?, ?, ?, ?, 1)",
                                  exam.text(), next.notice_version, next.proposed_by, next.confirmed_by, time)
            : connection.change(
                  "UPDATE notice_approvals SET notice_version = ?, proposed_by = ?, confirmed_by = ?, changed_at = ?, "
                  "version = version + 1 WHERE exam_code = ? AND version = ?",
                  next.notice_version, next.proposed_by, next.confirmed_by, time, exam.text(), next.version - 1) > 0;
    if (!changed) {
      Rows now = connection.select(
          "SELECT version = ? AND changed_at = ? AND confirmed_by = ? FROM notice_approvals WHERE exam_code = ?",
          next.version, time, next.confirmed_by, exam.text());
      if (attempt.number > 1 && now.next() && now.integer() != 0) return;
      throw_setup_changed();
    }
    write_audit(connection, store_, change,
                {next.confirmed_by.empty() ? "recruitment.propose" : "recruitment.confirm", exam.text(),
                 fmt::format("version {}", next.notice_version)});
  });
}

std::vector<CheckerDeclaration> SetupStore::list_declarations(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<CheckerDeclaration> declarations;
    Rows rows = connection.select(
        "SELECT checker, has_relative, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', declared_at) FROM checker_declarations "
        "WHERE exam_code = ? ORDER BY checker",
        exam.text());
    while (rows.next()) {
      CheckerDeclaration& one = declarations.emplace_back();
      one.checker = rows.text();
      one.has_relative = rows.integer() != 0;
      one.declared_at = from_microseconds(rows.integer());
    }
    return declarations;
  });
}

void SetupStore::save_declaration(const ExamCode& exam, const CheckerDeclaration& declaration,
                                  const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_notice(connection, exam);
    connection.change(
        "INSERT INTO checker_declarations (exam_code, checker, has_relative, declared_at) VALUES (?, ?, ?, ?) ON "
        "DUPLICATE "
        "KEY UPDATE has_relative = VALUES(has_relative), declared_at = VALUES(declared_at)",
        exam.text(), declaration.checker, declaration.has_relative, sql_time(declaration.declared_at));
    // Whether there is a relative is personal: it stands sealed, and not in the detail that everybody reads.
    services::AuditNote note{"setup.declare", exam.text(), declaration.checker};
    note.after = declaration.has_relative ? "a relative among the applicants" : "no relative among the applicants";
    note.exam = exam.text();
    write_audit(connection, store_, change, note);
  });
}

}  // namespace hanjari::storage
