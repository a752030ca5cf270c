// Destroying the personal data of an exam: rows, keys, and with a new master key whatever old copies hold.
#include <algorithm>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/store_errors.h"
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
  for (const char* from : {"exams WHERE exam_code = ?", "recruitments WHERE exam_code = ?",
                           "destructions WHERE exam_code = ?", "data_keys WHERE scope = CONCAT('exam/', ?)"}) {
    if (count(connection, from, exam) > 0) return;
  }
  throw ExamUnknown({"there is no such exam", "그런 시험이 없습니다"});
}

// The order stays as it is until the end of the transaction.
bool has_begun(Connection& connection, const std::string& exam) {
  Rows rows = connection.select("SELECT begun_at IS NOT NULL FROM destructions WHERE exam_code = ? FOR UPDATE", exam);
  return rows.next() && rows.integer() != 0;
}

// Exams of the notice's other days. Its people sit them, so that they are destroyed with it.
std::vector<std::string> list_days(Connection& connection, const std::string& exam) {
  std::vector<std::string> days;
  Rows rows = connection.select("SELECT day_code FROM notice_days WHERE exam_code = ? ORDER BY day_code", exam);
  while (rows.next()) days.push_back(rows.text());
  return days;
}

// The order of a notice is one for each of its days; of a day that is being destroyed already nothing changes.
constexpr const char* order_days =
    "INSERT INTO destructions (exam_code, due_at, ordered_by, ordered_day) SELECT n.day_code, d.due_at, d.ordered_by, "
    "d.ordered_day FROM notice_days n JOIN destructions d ON d.exam_code = n.exam_code WHERE d.done_at IS NULL AND (? = '' "
    "OR d.exam_code = ?) ON DUPLICATE KEY UPDATE due_at = IF(destructions.begun_at IS NULL, VALUES(due_at), "
    "destructions.due_at), ordered_day = IF(destructions.begun_at IS NULL, VALUES(ordered_day), destructions.ordered_day)";

// What is deleted or emptied, in portions: in the order in which nothing refers to what is gone. Each takes the exam's
// code once. Public notices, units, schools and rooms stay, and so do the money of payments and, of applications, what
// the counts and the books need.
std::vector<std::string> statements() {
  const std::string population = of_exam;
  const std::string plan = plans_of_exam;
  const std::string application =
      " WHERE application_id IN (SELECT a.application_id FROM applications a WHERE a.exam_code = ?)";
  return {
      "DELETE FROM live_plans WHERE exam_id IN (SELECT exam_id FROM exams WHERE exam_code = ?)",
      "DELETE FROM withdrawn_plans WHERE exam_id IN (SELECT exam_id FROM exams WHERE exam_code = ?)",
      "DELETE FROM withdrawal_proposals WHERE exam_code = ?",
      "DELETE FROM notice_proposals WHERE exam_code = ?",
      "DELETE FROM keep_apart_broken WHERE plan_id" + plan,
      "DELETE FROM plan_steps WHERE plan_id" + plan,
      "DELETE FROM plan_summaries WHERE plan_id" + plan,
      "DELETE FROM plan_edits WHERE exam_code = ?",
      "DELETE FROM plan_edit_sessions WHERE exam_code = ?",
      "DELETE FROM over_detour WHERE plan_id" + plan,
      "DELETE FROM moved_seats WHERE plan_id" + plan,
      "DELETE FROM unseated WHERE plan_id" + plan,
      "DELETE FROM placements WHERE plan_id" + plan,
      "DELETE FROM pins WHERE population_id" + population,
      "DELETE FROM travel_rows WHERE population_id" + population,
      "DELETE FROM applicants WHERE population_id" + population,
      "DELETE FROM job_files WHERE exam_code = ?",
      "UPDATE jobs SET request = '{}' WHERE exam_code = ? AND state IN ('done', 'failed', 'cancelled') AND request <> "
      "'{}'",
      "DELETE FROM messages WHERE exam_code = ?",
      "DELETE FROM self_reports WHERE exam_code = ?",
      "DELETE FROM seat_views" + application,
      "DELETE FROM attachments WHERE exam_code = ?",
      "DELETE FROM paper_parts WHERE file_id IN (SELECT f.file_id FROM paper_files f WHERE f.exam_code = ?)",
      "DELETE FROM paper_files WHERE exam_code = ?",
      "DELETE FROM result_parts WHERE exam_code = ?",
      "DELETE FROM special_cases WHERE exam_code = ?",
      "DELETE FROM objections WHERE exam_code = ?",
      "DELETE FROM invigilator_parts WHERE exam_code = ?",
      "DELETE FROM duty_swaps WHERE exam_code = ?",
      "DELETE FROM invigilators WHERE exam_code = ?",
      "UPDATE setup_versions SET reason_sealed = NULL WHERE exam_code = ? AND reason_sealed IS NOT NULL",
      "DELETE FROM checker_declarations WHERE exam_code = ?",
      "DELETE FROM venue_letter_files WHERE exam_code = ?",
      "DELETE FROM venue_letters WHERE exam_code = ?",
      "DELETE FROM venue_files WHERE exam_code = ?",
      "DELETE FROM briefing_notes WHERE exam_code = ?",
      "UPDATE material_signers SET name_sealed = '' WHERE exam_code = ? AND name_sealed <> ''",
      "UPDATE venue_offers SET contact_sealed = '' WHERE exam_code = ? AND contact_sealed <> ''",
      "UPDATE venue_requests SET city_email_sealed = NULL WHERE exam_code = ? AND city_email_sealed IS NOT NULL",
      // What was said with steps may name people.
      "UPDATE venue_offers SET told = '', note = '' WHERE exam_code = ? AND (told <> '' OR note <> '')",
      "UPDATE venue_offer_steps SET told = '' WHERE offer_id IN (SELECT o.offer_id FROM venue_offers o WHERE o.exam_code = ?) "
      "AND told <> ''",
      "UPDATE venue_request_districts SET email_sealed = '' WHERE exam_code = ? AND email_sealed <> ''",
      "DELETE FROM publication_records WHERE exam_code = ?",
      "DELETE FROM publication_parts WHERE exam_code = ?",
      "DELETE FROM application_drafts WHERE exam_code = ?",
      "DELETE FROM application_events" + application,
      "DELETE FROM submissions WHERE exam_code = ?",
      "DELETE FROM application_figures WHERE exam_code = ?",
      "UPDATE payments SET account = '' WHERE exam_code = ? AND account <> ''",
      "UPDATE applications SET account = '', claim_hash = NULL, form_sealed = '', decisions_sealed = NULL, "
      "district_hash = NULL, name_hash = NULL, person_hash = NULL, photo = NULL, accommodation = NULL, twin = 0, "
      "destroyed_at = UTC_TIMESTAMP(6) WHERE exam_code = ? AND destroyed_at IS NULL"};
}

constexpr std::uint64_t rows_at_once = 5'000;
// Of rows with photos and documents, and of portions of a megabyte each: what the server keeps of a transaction, to
// undo it or to copy it, stays small.
constexpr std::uint64_t attachments_at_once = 500;
constexpr std::uint64_t parts_at_once = 50;

std::uint64_t portion_of(const std::string& statement) {
  if (statement.starts_with("DELETE FROM attachments")) return attachments_at_once;
  const bool of_parts = statement.starts_with("DELETE FROM paper_parts") ||
                        statement.starts_with("DELETE FROM result_parts") ||
                        statement.starts_with("DELETE FROM invigilator_parts") ||
                        statement.starts_with("DELETE FROM venue_files") ||
                        statement.starts_with("DELETE FROM publication_parts") ||
                        statement.starts_with("DELETE FROM venue_letter_files") ||
                        statement.starts_with("DELETE FROM job_files");
  return of_parts ? parts_at_once : rows_at_once;
}

void destroy_rows(KeyWork& work, const std::string& exam) {
  work.progress.stage({"Destroying personal data", "개인정보 파기"}, 0);
  for (const std::string& statement : statements()) {
    const std::uint64_t portion = portion_of(statement);
    const std::string some = statement + fmt::format(" LIMIT {}", portion);
    for (bool more = true; more;) {
      more = in_transaction(work.pool, work.store.retry,
                            [&](Connection& connection, Attempt) { return connection.change(some, exam) == portion; });
    }
    work.step();
  }
}

// Where and when the exam is held: an imported population says so, and so does the notice with its calendars.
void add_days(Connection& connection, const std::string& exam, DestructionPreview& preview) {
  for (const char* held :
       {"SELECT DATE_FORMAT(MAX(p.exam_on), '%Y-%m-%d'), MAX(p.time_zone) FROM populations p JOIN exams e ON e.exam_id "
        "= p.exam_id WHERE e.exam_code = ?",
        "SELECT DATE_FORMAT(MAX(exam_on), '%Y-%m-%d'), MAX(JSON_VALUE(definition, '$.time_zone')) FROM recruitments "
        "WHERE exam_code = ?",
        "SELECT MAX(c.exam_on), NULL FROM recruitments r, JSON_TABLE(IF(JSON_VALID(r.definition), r.definition, '{}'), "
        "'$.calendars[*]' COLUMNS (exam_on VARCHAR(10) PATH '$.exam_on')) c WHERE r.exam_code = ?"}) {
    Rows rows = connection.select(held, exam);
    if (!rows.next()) continue;
    const auto day = parse_date(rows.maybe_text().value_or(""));
    const std::string zone = rows.maybe_text().value_or("");
    if (day) preview.last_day = std::max(preview.last_day.value_or(*day), *day);
    if (preview.time_zone.empty()) preview.time_zone = zone;
  }
}

// Whether people still have to sit one of the exams that were to be over on the ordered day: a notice may have moved
// its exam since.
bool is_still_to_be_held(Connection& connection, const std::string& exam, Date ordered_day, Instant now) {
  std::string notice = exam;
  {
    Rows rows = connection.select("SELECT exam_code FROM notice_days WHERE day_code = ?", exam);
    if (rows.next()) notice = rows.text();
  }
  std::vector<std::string> exams = list_days(connection, notice);
  exams.push_back(notice);
  DestructionPreview held;
  for (const std::string& one : exams) add_days(connection, one, held);
  return held.last_day && *held.last_day >= ordered_day && local_time(now, held.time_zone).day <= *held.last_day;
}

// An order that is due, and how far it has come.
struct Due {
  std::string exam;
  bool keys_gone = false;
  std::optional<Date> ordered_day;  // of an order that is not begun: see is_still_to_be_held
};

std::vector<Due> list_due(KeyWork& work, Instant now) {
  return in_reading(work.pool, work.store.retry, [&](Connection& connection) {
    std::vector<Due> due;
    {
      Rows rows = connection.select(
          "SELECT exam_code, keys_gone_at IS NOT NULL, IF(begun_at IS NULL, DATE_FORMAT(ordered_day, '%Y-%m-%d'), NULL) "
          "FROM destructions WHERE done_at IS NULL AND due_at <= ? ORDER BY due_at, exam_code",
          sql_time(now));
      while (rows.next()) {
        Due one;
        one.exam = rows.text();
        one.keys_gone = rows.integer() != 0;
        one.ordered_day = parse_date(rows.maybe_text().value_or(""));
        due.push_back(std::move(one));
      }
    }
    std::erase_if(due, [&](const Due& one) {
      return one.ordered_day && is_still_to_be_held(connection, one.exam, *one.ordered_day, now);
    });
    return due;
  });
}

// Whoever sits several of the exams, or stands in several populations of one, is one person.
std::int64_t count_people_of(Connection& connection, const std::vector<std::string>& exams) {
  std::string list;
  for (std::size_t at = 0; at < exams.size(); ++at) list += at == 0 ? "?" : ", ?";
  Statement& statement = connection.statement(fmt::format(
      "SELECT COUNT(DISTINCT a.applicant_id) FROM applicants a JOIN populations p ON p.population_id = a.population_id "
      "JOIN exams e ON e.exam_id = p.exam_id WHERE e.exam_code IN ({})",
      list));
  for (const std::string& exam : exams) statement.bind(exam);
  Rows rows = statement.select();
  rows.next();
  return rows.integer();
}

// The form of somebody who has not submitted it yet holds name, number and photo all the same.
std::int64_t count_beginners(Connection& connection, const std::vector<std::string>& exams) {
  std::string list;
  for (std::size_t at = 0; at < exams.size(); ++at) list += at == 0 ? "?" : ", ?";
  Statement& statement = connection.statement(fmt::format(
      "SELECT COUNT(DISTINCT begun.account) FROM (SELECT account FROM application_drafts WHERE exam_code IN ({0}) UNION "
      "SELECT account FROM attachments WHERE exam_code IN ({0})) begun WHERE NOT EXISTS (SELECT 1 FROM applications a "
      "WHERE a.account = begun.account AND a.exam_code IN ({0}) AND a.destroyed_at IS NULL)",
      list));
  for (int turn = 0; turn < 3; ++turn) {
    for (const std::string& exam : exams) statement.bind(exam);
  }
  Rows rows = statement.select();
  rows.next();
  return rows.integer();
}

// What there is of people, for the record: codes and numbers only.
std::string describe(Connection& connection, const std::string& exam) {
  std::string text = fmt::format("people {}", count_people_of(connection, {exam}));
  Rows rows = connection.select(
      "SELECT state, COUNT(*) FROM applications WHERE exam_code = ? GROUP BY state ORDER BY state", exam);
  while (rows.next()) {
    text += ", applications " + rows.text();
    text += fmt::format(" {}", rows.integer());
  }
  if (const std::int64_t beginners = count_beginners(connection, {exam}); beginners > 0)
    text += fmt::format(", begun forms {}", beginners);
  return text;
}

// From here on nobody seals anything for these exams. Their notices say that applications are over.
void begin_destruction(KeyWork& work, const std::vector<std::string>& exams, const services::Change& change,
                       const Clock& clock) {
  const bool begun = work.in_locked([&](Connection& connection, Attempt) {
    std::vector<AuditLine> lines;
    for (const std::string& exam : exams) {
      if (connection.change(
              "UPDATE recruitments SET state = 'closed', version = version + 1 WHERE exam_code = ? AND state <> 'closed'",
              exam) > 0) {
        // A version as any other, so that its officers see that it is closed, and can take that one off the portal.
        connection.change(
            "INSERT INTO setup_versions (row_id, exam_code, part, version, state, copied_from, author, saved_at, "
            "definition) SELECT CONCAT(exam_code, '/notice/', version), exam_code, 'notice', version, state, '', ?, ?, "
            "definition FROM recruitments WHERE exam_code = ?",
            change.author, sql_time(clock.now()), exam);
      }
      if (connection.change("UPDATE destructions SET begun_at = ? WHERE exam_code = ? AND begun_at IS NULL",
                            sql_time(clock.now()), exam) > 0)
        lines.push_back({change, {"exam.begin_destruction", exam, describe(connection, exam)}});
    }
    write_audits(connection, work.store, lines);
    return !lines.empty();
  });
  work.step();
  // Others learn of it within this time.
  if (begun) std::this_thread::sleep_for(DataKeys::others_learn_within);
}

// In one transaction: what came in at the last moment, the keys, the record.
void take_keys(Connection& connection, const KeyWork& work, const std::vector<std::string>& exams,
               const services::Change& change, const Clock& clock) {
  std::vector<AuditLine> lines;
  for (const std::string& exam : exams) {
    for (const std::string& statement : statements()) connection.change(statement, exam);
    connection.change("DELETE FROM data_keys WHERE scope IN (?, ?)", scope_of_exam(exam), scope_of_audit(exam));
    connection.change("UPDATE destructions SET keys_gone_at = ? WHERE exam_code = ?", sql_time(clock.now()), exam);
    lines.push_back({change, {"exam.destroy", exam}});
  }
  write_audits(connection, work.store, lines);
}

void end_destruction(KeyWork& work, const std::vector<std::string>& exams, const Clock& clock) {
  if (const auto places = work.retire_masters(); !places.empty()) {
    std::string list;
    for (const std::string& place : places) list += (list.empty() ? "" : ", ") + place;
    throw Unavailable(
        "old_key_held",
        {fmt::format("the rows and keys are gone; the old master key still stands at: {}; take its line out there", list),
         fmt::format("행과 키는 삭제되었으나 이전 마스터 키가 남아 있습니다: {}. 그곳에서 해당 줄을 지우십시오", list)});
  }
  // Whoever began to write before and could not finish until now has left what opens nowhere.
  for (const std::string& exam : exams) destroy_rows(work, exam);
  work.in_locked([&](Connection& connection, Attempt) {
    for (const std::string& exam : exams)
      connection.change("UPDATE destructions SET done_at = ? WHERE exam_code = ?", sql_time(clock.now()), exam);
  });
  work.step();
}

}  // namespace

namespace {

void add_figures(Connection& connection, const std::string& exam, DestructionPreview& preview) {
  preview.populations += count(connection, std::string("populations WHERE population_id") + of_exam, exam);
  preview.placements += count(connection, std::string("placements WHERE plan_id") + plans_of_exam, exam);
  preview.applications += count(connection, "applications WHERE exam_code = ? AND destroyed_at IS NULL", exam);
  preview.attachments += count(connection, "attachments WHERE exam_code = ?", exam);
}

}  // namespace

DestructionPreview preview_destruction(const DatabaseSettings& settings, const std::string& exam) {
  KeyWork work(settings, no_progress());
  return in_reading(work.pool, work.store.retry, [&](Connection& connection) {
    check_exam(connection, exam);
    DestructionPreview preview;
    preview.exam = exam;
    preview.days = list_days(connection, exam);
    std::vector<std::string> exams = preview.days;
    exams.insert(exams.begin(), exam);
    for (const std::string& one : exams) {
      add_figures(connection, one, preview);
      add_days(connection, one, preview);
    }
    preview.people = count_people_of(connection, exams);
    preview.beginners = count_beginners(connection, exams);
    Rows rows = connection.select(
        "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', due_at), begun_at IS NOT NULL, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', done_at) FROM destructions WHERE exam_code = ?",
        exam);
    if (rows.next()) {
      preview.due_at = from_microseconds(rows.integer());
      preview.begun = rows.integer() != 0;
      if (const auto done = rows.maybe_integer()) preview.done_at = from_microseconds(*done);
    }
    return preview;
  });
}

DestructionRecord load_destruction(const DatabaseSettings& settings, const std::string& exam) {
  KeyWork work(settings, no_progress());
  return in_reading(work.pool, work.store.retry, [&](Connection& connection) {
    check_exam(connection, exam);
    DestructionRecord record;
    record.exam = exam;
    {
      // Those of earlier versions say no more than when they were due and done.
      Rows rows = connection.select(
          "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', due_at), TIMESTAMPDIFF(MICROSECOND, '1970-01-01', COALESCE(begun_at, "
          "due_at)), TIMESTAMPDIFF(MICROSECOND, '1970-01-01', COALESCE(keys_gone_at, done_at)), TIMESTAMPDIFF(MICROSECOND, "
          "'1970-01-01', done_at) FROM destructions WHERE exam_code = ?",
          exam);
      if (!rows.next()) throw NotFound("no_destruction", {"no destruction of this exam is ordered", "예정된 파기가 없습니다"});
      record.due_at = from_microseconds(rows.integer());
      record.begun_at = from_microseconds(rows.integer());
      const auto keys_gone = rows.maybe_integer();
      const auto done = rows.maybe_integer();
      if (!keys_gone || !done) {
        throw Conflict("not_destroyed", {"the destruction of this exam is not done yet, so nothing can be certified",
                                         "이 시험의 파기가 아직 끝나지 않아 확인서를 만들 수 없습니다"});
      }
      record.keys_gone_at = from_microseconds(*keys_gone);
      record.done_at = from_microseconds(*done);
    }
    Rows rows = connection.select(
        "SELECT detail FROM audit_entries WHERE action = 'exam.begin_destruction' AND subject = ? ORDER BY audit_id DESC LIMIT 1", exam);
    if (rows.next()) record.destroyed = rows.text();
    // At whose command line it began is the trail's alone.
    record.destroyed = record.destroyed.substr(0, record.destroyed.find(", at the command line of "));
    return record;
  });
}

void order_destruction(const DatabaseSettings& settings, const std::string& exam, Instant due,
                       const services::Change& change, std::optional<Date> ordered_day) {
  KeyWork work(settings, no_progress());
  std::optional<std::string> day;
  if (ordered_day) day = format_date(*ordered_day);
  in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
    check_exam(connection, exam);
    if (has_begun(connection, exam)) {
      throw Conflict("exam_destroyed",
                     {"the destruction of this exam has begun already", "이 시험의 파기는 이미 시작되었습니다"});
    }
    connection.change(
        "INSERT INTO destructions (exam_code, due_at, ordered_by, ordered_day) VALUES (?, ?, ?, ?) ON DUPLICATE KEY "
        "UPDATE due_at = VALUES(due_at), ordered_by = VALUES(ordered_by), ordered_day = VALUES(ordered_day), done_at = NULL",
        exam, sql_time(due), change.author, day);
    connection.change(order_days, exam, exam);
    write_audit(connection, work.store, change, {"exam.order_destruction", exam, "due " + format_instant(due)});
  });
}

void cancel_destruction(const DatabaseSettings& settings, const std::string& exam, const services::Change& change) {
  KeyWork work(settings, no_progress());
  bool taken_back = false;  // by an attempt whose commit was not heard
  in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
    if (has_begun(connection, exam)) {
      throw Conflict("destruction_begun", {"the destruction has begun and cannot be taken back",
                                           "파기가 이미 시작되어 취소할 수 없습니다"});
    }
    if (connection.change("DELETE FROM destructions WHERE exam_code = ? AND done_at IS NULL", exam) == 0) {
      if (taken_back) return;
      throw NotFound("no_destruction", {"no destruction of this exam is ordered", "예정된 파기가 없습니다"});
    }
    taken_back = true;
    for (const std::string& day : list_days(connection, exam))
      connection.change("DELETE FROM destructions WHERE exam_code = ? AND begun_at IS NULL", day);
    write_audit(connection, work.store, change, {"exam.cancel_destruction", exam});
  });
}

bool is_destruction_due(const DatabaseSettings& settings, Instant now) {
  KeyWork work(settings, no_progress());
  return !list_due(work, now).empty();
}

std::vector<std::string> destroy_due(const DatabaseSettings& settings, const services::Change& change,
                                     const Clock& clock, Progress& progress) {
  KeyWork work(settings, progress);
  if (list_due(work, clock.now()).empty()) return {};
  work.lock();
  // A day may have joined the notice since the order.
  in_transaction(work.pool, work.store.retry,
                 [&](Connection& connection, Attempt) { connection.change(order_days, "", ""); });
  std::vector<std::string> exams;
  std::vector<std::string> with_keys;
  for (const Due& due : list_due(work, clock.now())) {
    exams.push_back(due.exam);
    if (!due.keys_gone) with_keys.push_back(due.exam);
  }
  if (!with_keys.empty()) {
    begin_destruction(work, with_keys, change, clock);
    for (const std::string& exam : with_keys) destroy_rows(work, exam);
    seal_values_under_masters(work);
    // Backups and the database's own leavings hold the exams' keys as the present master key wraps them: it goes too.
    work.change_master(KeyWork::Carry::wrapped, [&](Connection& connection, const MasterKey&) {
      take_keys(connection, work, with_keys, change, clock);
    });
  }
  // Done only when nothing is left that opens: a run that was killed before is done again.
  end_destruction(work, exams, clock);
  return exams;
}

}  // namespace hanjari::storage
