// Special cases in the database. Number, kind and reason stand sealed for the office alone; a keyed hash finds the number.
#include "results/store/special_case_rows.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "database/legible.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/domain/unreadable.h"
#include "results/store/result_store.h"

namespace hanjari::storage {
namespace {

using services::CaseQuery;
using services::CaseStep;
using services::RecordedCase;

// clang-format off
constexpr const char* select_cases =
    "SELECT case_id, exam_code, case_no, step, content_sealed, taking_back_sealed, entered_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', "
    "entered_at), confirmed_by, taken_back_by, lifted_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at), used_in, version FROM "
    "special_cases WHERE exam_code = ? ";
constexpr const char* insert_case =
    "INSERT INTO special_cases (case_id, exam_code, case_no, number_hash, step, content_sealed, taking_back_sealed, entered_by, "
    "entered_at, confirmed_by, taken_back_by, lifted_by, changed_at, used_in, version) VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, '', '', '', "
    "?, 0, 1)";
constexpr const char* update_case =
    "UPDATE special_cases SET step = ?, taking_back_sealed = ?, confirmed_by = ?, taken_back_by = ?, lifted_by = ?, changed_at = ?, "
    "version = version + 1 WHERE case_id = ? AND version = ?";
constexpr const char* use_cases =
    "UPDATE special_cases SET used_in = ?, version = version + 1 WHERE exam_code = ? AND step IN ('confirmed', 'lifting') AND used_in = 0";
// clang-format on

// A page is never longer, whatever was asked for.
constexpr std::size_t most_cases_listed = 500;

FieldPlace place_of_case(const std::string& id, const ExamCode& exam, std::string_view column) {
  FieldPlace place;
  place.row = id;
  place.column = column;
  place.exam = exam.text();
  return place;
}

FieldPlace place_of_content(const RecordedCase& one) {
  return place_of_case(one.id, one.exam, "special_cases.content");
}

FieldPlace place_of_taking_back(const RecordedCase& one) {
  return place_of_case(one.id, one.exam, "special_cases.taking_back");
}

std::string hash_of_case_number(const FieldCipher& cipher, const ExamCode& exam, const ApplicantNumber& number) {
  return cipher.blind_index("special case", exam.text() + "\n" + number.text());
}

// A row without what is sealed in it.
struct CaseRow {
  RecordedCase one;
  std::string content;
  std::optional<std::string> taking_back;
};

CaseRow read_case_row(Rows& rows) {
  CaseRow row;
  row.one.id = rows.text();
  row.one.exam = ExamCode(rows.text());
  row.one.case_no = rows.integer();
  row.one.step = services::parse_case_step(rows.text()).value_or(CaseStep::taken_back);
  row.content = rows.text();
  row.taking_back = rows.maybe_text();
  row.one.entered_by = rows.text();
  row.one.entered_at = from_microseconds(rows.integer());
  row.one.confirmed_by = rows.text();
  row.one.taken_back_by = rows.text();
  row.one.lifted_by = rows.text();
  row.one.changed_at = from_microseconds(rows.integer());
  row.one.used_in = rows.integer();
  row.one.version = rows.integer();
  return row;
}

// For lists: one that does not open says so and leaves the others as they are.
RecordedCase open_listed_case(const Store& store, CaseRow row) {
  RecordedCase one = std::move(row.one);
  const Legible legible = read_legibly([&] { services::read_sealed_case(store.open_of_office(place_of_content(one), row.content), one); });
  if (legible != Legible::yes) {
    one.number = ApplicantNumber(std::string(unreadable_name));
    one.kind = selection::SpecialCase::none;
    one.reason = unreadable_name;
  }
  if (row.taking_back) {
    const Legible words = read_legibly([&] { one.taking_back = store.open_of_office(place_of_taking_back(one), *row.taking_back); });
    if (words != Legible::yes) one.taking_back = unreadable_name;
  }
  return one;
}

bool has_standing_case(Connection& connection, const std::string& exam, const std::string& hash) {
  return connection
      .select("SELECT 1 FROM special_cases WHERE exam_code = ? AND number_hash = ? AND step <> 'taken_back' LIMIT 1", exam, hash)
      .next();
}

std::int64_t next_case_no(Connection& connection, const std::string& exam) {
  Rows rows = connection.select("SELECT COALESCE(MAX(case_no), 0) + 1 FROM special_cases WHERE exam_code = ?", exam);
  return rows.next() ? rows.integer() : 1;
}

std::optional<RecordedCase> find_stored_case(Connection& connection, const Store& store, const ExamCode& exam,
                                             const std::string& id) {
  Rows rows = connection.select(std::string(select_cases) + "AND case_id = ?", exam.text(), id);
  if (!rows.next()) return std::nullopt;
  return open_listed_case(store, read_case_row(rows));
}

const char* action_of_case(CaseStep step) {
  switch (step) {
    case CaseStep::entered:
      return "special_case.enter";
    case CaseStep::confirmed:
      return "special_case.confirm";
    case CaseStep::lifting:
      return "special_case.ask_to_lift";
    case CaseStep::taken_back:
      break;
  }
  return "special_case.take_back";
}

// Whose it is, but neither kind nor reason: every program reads the trail, and those are the office's. The case itself keeps them.
void audit_case(Connection& connection, const Store& store, const RecordedCase& one, const services::Change& change) {
  services::AuditNote note{action_of_case(one.step), fmt::format("{}/special-case-{}", one.exam.text(), one.case_no),
                           fmt::format("version {}", one.version)};
  note.exam = one.exam.text();
  // Of one that does not open any more nobody knows whose it is.
  if (one.kind != selection::SpecialCase::none) note.whose = {one.number.text()};
  write_audit(connection, store, change, note);
}

}  // namespace

void hold_exam_of_results(Connection& connection, const Store& store, const ExamCode& exam) {
  store.cipher.data_keys().refuse_destroyed(exam.text());
  Rows rows = connection.select("SELECT exam_id FROM exams WHERE exam_code = ? FOR UPDATE", exam.text());
  if (rows.next()) return;
  throw NotFound("exam_not_found", {fmt::format("there is no exam {} in the database", exam.text()),
                                    in_korean("데이터베이스에 시험 {}[이/가] 없습니다", exam.text())});
}

std::vector<RecordedCase> read_counting_cases(Connection& connection, const Store& store, const ExamCode& exam) {
  std::vector<CaseRow> found;
  {
    Rows rows = connection.select(std::string(select_cases) + "AND step IN ('confirmed', 'lifting') ORDER BY case_no", exam.text());
    while (rows.next()) found.push_back(read_case_row(rows));
  }
  std::vector<RecordedCase> cases;
  for (CaseRow& row : found) {
    require_legible(read_legibly([&] { services::read_sealed_case(store.open_of_office(place_of_content(row.one), row.content), row.one); }));
    cases.push_back(std::move(row.one));
  }
  return cases;
}

void note_cases_used(Connection& connection, const ExamCode& exam, std::int64_t decision) {
  connection.change(use_cases, decision, exam.text());
}

RecordedCase ResultStore::add_case(const RecordedCase& entered, const services::Change& change) {
  const std::string& exam = entered.exam.text();
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_results(connection, store_, entered.exam);
    if (attempt.number > 1) {
      if (auto stored = find_stored_case(connection, store_, entered.exam, entered.id)) return std::move(*stored);
    }
    const std::string hash = hash_of_case_number(store_.cipher, entered.exam, entered.number);
    if (has_standing_case(connection, exam, hash)) {
      throw Conflict("special_case_there",
                     {"This applicant number has a special case already. Take that one back before you enter another.",
                      "이 응시번호에는 이미 특별 결정이 있습니다. 그 결정을 철회한 뒤 새로 적으십시오."});
    }
    RecordedCase kept = entered;
    kept.case_no = next_case_no(connection, exam);
    connection.change(insert_case, kept.id, exam, kept.case_no, hash, std::string(services::spell(kept.step)),
                      store_.seal_for_office(place_of_content(kept), services::write_sealed_case(kept)), kept.entered_by, sql_time(kept.entered_at),
                      sql_time(kept.changed_at));
    audit_case(connection, store_, kept, change);
    return kept;
  });
}

void ResultStore::save_case(const RecordedCase& next, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_results(connection, store_, next.exam);
    if (attempt.number > 1) {
      const auto now = find_stored_case(connection, store_, next.exam, next.id);
      if (now && now->version == next.version && now->step == next.step && now->changed_at == next.changed_at) return;
    }
    std::optional<std::string> taking_back;
    if (!next.taking_back.empty()) taking_back = store_.seal_for_office(place_of_taking_back(next), next.taking_back);
    if (connection.change(update_case, std::string(services::spell(next.step)), taking_back, next.confirmed_by, next.taken_back_by,
                          next.lifted_by, sql_time(next.changed_at), next.id, next.version - 1) == 0) {
      throw Conflict("special_case_changed", {"This special case was changed meanwhile, or a decision was made with it. Look at it again.",
                                              "그사이 특별 결정이 바뀌었거나 이를 반영한 결정이 나왔습니다. 다시 확인하십시오."});
    }
    audit_case(connection, store_, next, change);
  });
}

std::optional<RecordedCase> ResultStore::find_case(const ExamCode& exam, std::int64_t case_no) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<RecordedCase> {
    Rows rows = connection.select(std::string(select_cases) + "AND case_no = ?", exam.text(), case_no);
    if (!rows.next()) return std::nullopt;
    return open_listed_case(store_, read_case_row(rows));
  });
}

std::vector<RecordedCase> ResultStore::list_cases(const ExamCode& exam, const CaseQuery& query) {
  const std::string before = query.before_no > 0 ? fmt::format("AND case_no < {} ", query.before_no) : std::string();
  const std::string end = fmt::format("ORDER BY case_no DESC LIMIT {}", std::min(query.limit, most_cases_listed));
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = query.number ? connection.select(select_cases + ("AND number_hash = ? " + before + end), exam.text(),
                                                 hash_of_case_number(store_.cipher, exam, *query.number))
                             : connection.select(select_cases + (before + end), exam.text());
    std::vector<RecordedCase> cases;
    while (rows.next()) cases.push_back(open_listed_case(store_, read_case_row(rows)));
    return cases;
  });
}

std::vector<RecordedCase> ResultStore::list_counting_cases(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return read_counting_cases(connection, store_, exam); });
}

}  // namespace hanjari::storage
