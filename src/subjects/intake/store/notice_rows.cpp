#include "intake/store/notice_rows.h"

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "database/transaction.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/text.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/store/claims.h"

namespace hanjari::storage {
namespace {

[[noreturn]] void throw_destroyed_notice(const std::string& code) {
  throw Conflict("exam_destroyed",
                 {fmt::format("the personal data of exam '{}' is destroyed; nothing more can be stored for it", code),
                  fmt::format("시험 '{}'의 개인정보가 파기되어 더 이상 저장할 수 없습니다", code)});
}

// Also of withdrawn ones: what was received stays readable.
[[noreturn]] void throw_unit_in_use(Connection& connection, const std::string& code, const std::string& unit) {
  Rows rows = connection.select("SELECT COUNT(*) FROM applications WHERE exam_code = ? AND unit_code = ?", code, unit);
  const std::int64_t received = rows.next() ? rows.integer() : 0;
  throw services::NoticeContradicts(
      "unit_in_use",
      {fmt::format("unit {} has {} and cannot be taken away; leave it in the notice and, to take no more for it, give it a "
                   "calendar whose applications are over",
                   unit, count_of(received, "application", "applications")),
       fmt::format("모집단위 {}에 접수된 원서가 {}건 있어 뺄 수 없습니다. 모집단위를 공고에 그대로 두고, 더 받지 않으려면 접수 기간이 "
                   "끝난 일정을 지정하십시오",
                   unit, group_digits(received))});
}

// Units that are in the notice and no others; one with applications cannot go.
void save_units(Connection& connection, const Recruitment& notice) {
  const std::string& code = notice.header.code.text();
  std::set<std::string> wanted;
  for (const NoticeUnit& unit : notice.units) wanted.insert(unit.unit.code.text());
  std::vector<std::string> gone;
  Rows rows = connection.select("SELECT unit_code FROM recruitment_units WHERE exam_code = ?", code);
  while (rows.next()) {
    std::string unit = rows.text();
    if (wanted.erase(unit) == 0) gone.push_back(std::move(unit));
  }
  for (const std::string& unit : wanted)
    connection.change("INSERT INTO recruitment_units (exam_code, unit_code) VALUES (?, ?)", code, unit);
  for (const std::string& unit : gone) {
    try {
      connection.change("DELETE FROM recruitment_units WHERE exam_code = ? AND unit_code = ?", code, unit);
    } catch (const DriverError& error) {
      if (error.kind() != DriverError::Kind::refused) throw;
      throw_unit_in_use(connection, code, unit);
    }
  }
}

[[noreturn]] void throw_code_taken(const std::string& code, const std::string& holder) {
  throw services::NoticeContradicts(
      "exam_code_taken",
      {fmt::format("the exam code {} belongs to the notice {}; give this notice another code, or its "
                   "calendar another name",
                   code, holder),
       in_korean("시험 코드 {}[은/는] 공고 {}에서 쓰고 있습니다. 공고 코드나 일정 이름을 바꾸십시오", code, holder)});
}

// The notice's other exams, which are destroyed with it: no code is of two notices.
void save_days(Connection& connection, const Recruitment& notice) {
  const std::string& code = notice.header.code.text();
  Rows of_another = connection.select("SELECT exam_code FROM notice_days WHERE day_code = ? LOCK IN SHARE MODE", code);
  if (of_another.next()) throw_code_taken(code, of_another.text());
  for (const Calendar& calendar : notice.calendars) {
    const std::string day = services::exam_of(notice, calendar).text();
    if (day == code) continue;
    Rows taken = connection.select(
        "SELECT exam_code FROM notice_days WHERE day_code = ? AND exam_code <> ? UNION SELECT exam_code FROM "
        "recruitments WHERE exam_code = ?",
        day, code, day);
    if (taken.next()) throw_code_taken(day, taken.text());
    // A day that the notice had already may have been destroyed alone; no other begins with the code of a destroyed exam.
    if (insert_unless_there(connection, "INSERT INTO notice_days (day_code, exam_code) VALUES (?, ?)", day, code))
      refuse_destroyed_notice(connection, day);
  }
}

}  // namespace

void refuse_destroyed_notice(Connection& connection, const std::string& code) {
  Rows rows = connection.select(
      "SELECT 1 FROM destructions WHERE exam_code = ? AND begun_at IS NOT NULL LOCK IN SHARE MODE", code);
  if (rows.next()) throw_destroyed_notice(code);
}

bool insert_notice_row(Connection& connection, const Recruitment& notice, const std::string& definition, Instant at) {
  return insert_unless_there(
      connection,
      "INSERT INTO recruitments (exam_code, state, version, exam_on, definition, changed_at) VALUES "
      "(?, 'prepared', 1, ?, ?, ?)",
      notice.header.code.text(), format_date(notice.header.exam_on), definition, sql_time(at));
}

bool update_notice_row(Connection& connection, const Recruitment& notice, const std::string& definition,
                       std::string_view state, std::int64_t expected_version, Instant at) {
  return connection.change(
             "UPDATE recruitments SET state = ?, version = version + 1, exam_on = ?, definition = ?, changed_at = ? WHERE "
             "exam_code = ? AND version = ?",
             state, format_date(notice.header.exam_on), definition, sql_time(at), notice.header.code.text(),
             expected_version) > 0;
}

bool is_notice_written(Connection& connection, const ExamCode& exam, std::int64_t version,
                       const std::string& definition, Instant at) {
  Rows now = connection.select(
      "SELECT version = ? AND changed_at = ? AND definition = ? FROM recruitments WHERE exam_code = ?", version,
      sql_time(at), definition, exam.text());
  return now.next() && now.integer() != 0;
}

bool means_the_same(const std::string& stored, const std::string& definition) {
  if (stored == definition) return true;
  try {
    std::vector<Fault> warnings;
    return package::render_recruitment(package::parse_recruitment(stored, "recruitment.json", warnings)) == definition;
  } catch (const InvalidInput&) {
    return false;
  }
}

void save_units_and_days(Connection& connection, const Recruitment& notice) {
  save_units(connection, notice);
  save_days(connection, notice);
  follow_exam_days(connection, notice);
}

void check_units_and_days(Connection& connection, const Recruitment& notice) {
  try_out(connection, [&] {
    save_units(connection, notice);
    save_days(connection, notice);
  });
  refuse_meeting_days(connection, notice);
}

}  // namespace hanjari::storage
