#include "results/store/result_store.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "results/store/result_parts.h"
#include "results/store/special_case_rows.h"

namespace hanjari::storage {
namespace {

using services::ResultPackage;
using services::RulesApproval;
using services::RulesStep;
using services::StoredDecision;

// clang-format off
constexpr const char* select_packages =
    "SELECT package_id, exam_code, version, package_sha256, input_sha256, rules_sha256, rules, encoding, people, units, "
    "warnings, job_id, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', imported_at) FROM result_packages WHERE exam_code = ? ";
constexpr const char* insert_package =
    "INSERT INTO result_packages (package_id, exam_code, version, package_sha256, input_sha256, rules_sha256, rules, "
    "encoding, people, units, warnings, job_id, author, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* select_decisions =
    "SELECT d.decision_id, d.exam_code, d.version, d.package_id, p.version, p.package_sha256, d.rules_sha256, "
    "d.decision_sha256, d.cases_sha256, d.before_version, d.job_id, d.author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', d.decided_at) FROM "
    "result_decisions d JOIN result_packages p ON p.package_id = d.package_id WHERE d.exam_code = ? ";
constexpr const char* insert_decision =
    "INSERT INTO result_decisions (decision_id, exam_code, version, package_id, rules_sha256, decision_sha256, "
    "cases_sha256, before_version, job_id, author, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* select_rules =
    "SELECT step, rules_sha256, rules, proposed_by, frozen_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at), version "
    "FROM result_rules WHERE exam_code = ?";
constexpr const char* insert_rules =
    "INSERT INTO result_rules (exam_code, step, rules_sha256, rules, proposed_by, frozen_by, changed_at, version) VALUES "
    "(?, ?, ?, ?, ?, ?, ?, 1)";
constexpr const char* update_rules =
    "UPDATE result_rules SET step = ?, rules_sha256 = ?, rules = ?, proposed_by = ?, frozen_by = ?, changed_at = ?, version "
    "= version + 1 WHERE exam_code = ? AND version = ?";
// clang-format on

const std::string package_file = "package.zip";

ResultPackage read_package_row(Rows& rows) {
  ResultPackage package;
  package.id = rows.text();
  package.exam = ExamCode(rows.text());
  package.version = rows.integer();
  package.package_sha256 = rows.text();
  package.input_sha256 = rows.text();
  package.rules_sha256 = rows.text();
  package.rules = rows.text();
  package.encoding = rows.text() == "cp949" ? package::Encoding::cp949 : package::Encoding::utf8;
  package.people = rows.integer();
  package.units = rows.integer();
  package.warnings = rows.integer();
  package.job = rows.text();
  package.author = rows.text();
  package.at = from_microseconds(rows.integer());
  return package;
}

std::vector<ResultPackage> list_package_rows(Connection& connection, const ExamCode& exam) {
  std::vector<ResultPackage> packages;
  Rows rows = connection.select(std::string(select_packages) + "ORDER BY version DESC", exam.text());
  while (rows.next()) packages.push_back(read_package_row(rows));
  return packages;
}

StoredDecision read_decision_row(Rows& rows) {
  StoredDecision decision;
  decision.id = rows.text();
  decision.exam = ExamCode(rows.text());
  decision.version = rows.integer();
  decision.package = rows.text();
  decision.package_version = rows.integer();
  decision.package_sha256 = rows.text();
  decision.rules_sha256 = rows.text();
  decision.decision_sha256 = rows.text();
  decision.cases_sha256 = rows.text();
  decision.before = rows.integer();
  decision.job = rows.text();
  decision.author = rows.text();
  decision.at = from_microseconds(rows.integer());
  return decision;
}

std::vector<StoredDecision> list_decision_rows(Connection& connection, const ExamCode& exam) {
  std::vector<StoredDecision> decisions;
  Rows rows = connection.select(std::string(select_decisions) + "ORDER BY d.version DESC", exam.text());
  while (rows.next()) decisions.push_back(read_decision_row(rows));
  return decisions;
}

RulesStep parse_rules_step(const std::string& word) {
  for (const RulesStep step : {RulesStep::proposed, RulesStep::frozen}) {
    if (services::spell(step) == word) return step;
  }
  return RulesStep::open;
}

RulesApproval read_rules_row(Connection& connection, const ExamCode& exam) {
  RulesApproval approval;
  Rows rows = connection.select(select_rules, exam.text());
  if (!rows.next()) return approval;
  approval.step = parse_rules_step(rows.text());
  approval.rules_sha256 = rows.text();
  approval.rules = rows.text();
  approval.proposed_by = rows.text();
  approval.frozen_by = rows.text();
  approval.changed_at = from_microseconds(rows.integer());
  approval.version = rows.integer();
  return approval;
}

void require_undecided(Connection& connection, const ExamCode& exam) {
  if (list_decision_rows(connection, exam).empty()) return;
  throw Conflict("already_decided",
                 {"Marks of this exam have been decided on by the frozen rules, which nobody changes any more.",
                  "동결된 규칙으로 이미 결정을 낸 시험이므로 규칙을 바꿀 수 없습니다."});
}

void require_frozen_as(const RulesApproval& now, const StoredDecision& decision) {
  if (now.step == RulesStep::frozen && now.rules_sha256 == decision.rules_sha256) return;
  throw Conflict("rules_not_frozen", {"The rules were taken back before the decision was made.",
                                      "결정을 내기 전에 규칙의 동결이 취소되었습니다."});
}

void require_cases_as(Connection& connection, const Store& store, const StoredDecision& decision) {
  if (services::digest_recorded_cases(read_counting_cases(connection, store, decision.exam)) == decision.cases_sha256) return;
  throw Conflict("special_cases_changed", {"A special case was confirmed or taken back meanwhile. Order the decision again.",
                                           "그사이 특별 결정이 확인되거나 철회되었습니다. 다시 요청하십시오."});
}

// The decision that stands on the package and the same special cases already.
std::optional<StoredDecision> find_same(const std::vector<StoredDecision>& there, const StoredDecision& decision) {
  const auto found = std::find_if(there.begin(), there.end(),
                                  [&](const StoredDecision& one) {
                                    return one.package == decision.package && one.cases_sha256 == decision.cases_sha256;
                                  });
  if (found == there.end()) return std::nullopt;
  if (found->decision_sha256 == decision.decision_sha256) return *found;
  throw Conflict(
      "decision_differs",
      {"These results were decided before, with another outcome. Do not publish either; tell whoever maintains the "
       "program.",
       "같은 결과 자료로 낸 이전 결정과 다릅니다. 발표하지 말고 프로그램 관리자에게 알리십시오."});
}

}  // namespace

ResultPackage ResultStore::add_package(const ResultPackage& package, std::string_view zip,
                                       const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_exam_of_results(connection, store_, package.exam);
    const auto there = list_package_rows(connection, package.exam);
    for (const ResultPackage& one : there) {
      if (one.package_sha256 == package.package_sha256) return one;
    }
    ResultPackage kept = package;
    kept.version = there.empty() ? 1 : there.front().version + 1;
    const std::string& exam = kept.exam.text();
    connection.change(insert_package, kept.id, exam, kept.version, kept.package_sha256, kept.input_sha256,
                      kept.rules_sha256, kept.rules, kept.encoding == package::Encoding::cp949 ? "cp949" : "utf8",
                      kept.people, kept.units, kept.warnings, kept.job, kept.author, sql_time(kept.at));
    insert_result_file(connection, store_, kept.id, exam, package_file, zip);
    services::AuditNote note{"results.import", fmt::format("{}/results-{}", exam, kept.version),
                             fmt::format("package {}, rules {}", kept.package_sha256, kept.rules_sha256)};
    note.exam = exam;
    write_audit(connection, store_, change, note);
    return kept;
  });
}

std::vector<ResultPackage> ResultStore::list_packages(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return list_package_rows(connection, exam); });
}

std::string ResultStore::load_package(const ResultPackage& package) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_result_file(connection, store_, package.id, package_file);
  });
}

RulesApproval ResultStore::find_rules(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return read_rules_row(connection, exam); });
}

void ResultStore::save_rules(const ExamCode& exam, const RulesApproval& next, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_results(connection, store_, exam);
    const RulesApproval now = read_rules_row(connection, exam);
    const bool done_before = attempt.number > 1 && now.version == next.version && now.step == next.step &&
                             now.rules_sha256 == next.rules_sha256 && now.changed_at == next.changed_at;
    if (done_before) return;
    require_undecided(connection, exam);
    const std::string step(services::spell(next.step));
    std::uint64_t changed = 0;
    if (next.version == 1 && now.version == 0) {
      changed = connection.change(insert_rules, exam.text(), step, next.rules_sha256, next.rules, next.proposed_by,
                                  next.frozen_by, sql_time(next.changed_at));
    } else {
      changed = connection.change(update_rules, step, next.rules_sha256, next.rules, next.proposed_by, next.frozen_by,
                                  sql_time(next.changed_at), exam.text(), next.version - 1);
    }
    if (changed == 0) {
      throw Conflict("rules_step_changed", {"Somebody else changed the step of these rules meanwhile. Look again.",
                                            "그사이 다른 사람이 규칙의 단계를 바꾸었습니다. 다시 확인하십시오."});
    }
    services::AuditNote note{"rules." + step, exam.text(),
                             "rules " + (next.rules_sha256.empty() ? now.rules_sha256 : next.rules_sha256)};
    note.exam = exam.text();
    write_audit(connection, store_, change, note);
  });
}

StoredDecision ResultStore::add_decision(const StoredDecision& decision, const services::DecisionFiles& files,
                                         const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_exam_of_results(connection, store_, decision.exam);
    const auto there = list_decision_rows(connection, decision.exam);
    if (const auto same = find_same(there, decision)) return *same;
    require_frozen_as(read_rules_row(connection, decision.exam), decision);
    require_cases_as(connection, store_, decision);
    const std::int64_t newest = there.empty() ? 0 : there.front().version;
    if (newest != decision.before) {
      throw Conflict("decisions_changed", {"Another decision on this exam was made meanwhile. Order this one again.",
                                           "그사이 이 시험에 다른 결정이 나왔습니다. 다시 요청하십시오."});
    }
    StoredDecision kept = decision;
    kept.version = newest + 1;
    const std::string& exam = kept.exam.text();
    connection.change(insert_decision, kept.id, exam, kept.version, kept.package, kept.rules_sha256,
                      kept.decision_sha256, kept.cases_sha256, kept.before, kept.job, kept.author, sql_time(kept.at));
    note_cases_used(connection, kept.exam, kept.version);
    for (const auto& [name, content] : files)
      insert_result_file(connection, store_, kept.id, exam, name, content);
    services::AuditNote note{
        "decision.make", fmt::format("{}/decision-{}", exam, kept.version),
        fmt::format("decision {}, package {}, rules {}{}", kept.decision_sha256, kept.package_sha256, kept.rules_sha256,
                    kept.cases_sha256.empty() ? "" : ", special cases " + kept.cases_sha256)};
    note.exam = exam;
    write_audit(connection, store_, change, note);
    return kept;
  });
}

std::vector<StoredDecision> ResultStore::list_decisions(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return list_decision_rows(connection, exam); });
}

std::string ResultStore::load_file(const StoredDecision& decision, const std::string& name) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_result_file(connection, store_, decision.id, name);
  });
}

std::vector<std::string> ResultStore::list_files(const StoredDecision& decision) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<std::string> names;
    Rows rows = connection.select("SELECT DISTINCT name FROM result_parts WHERE owner_id = ? ORDER BY name", decision.id);
    while (rows.next()) names.push_back(rows.text());
    return names;
  });
}

}  // namespace hanjari::storage
