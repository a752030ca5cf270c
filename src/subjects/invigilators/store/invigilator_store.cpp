#include "invigilators/store/invigilator_store.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "database/legible.h"
#include "database/sql_time.h"
#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/domain/unreadable.h"
#include "invigilators/store/invigilator_parts.h"
#include "messages/store/message_store.h"

namespace hanjari::storage {
namespace {

using services::DutyBoard;
using services::DutySwap;
using services::ListedPerson;
using services::Staffing;

// clang-format off
constexpr const char* select_invigilators =
    "SELECT row_id, invigilator_id, state, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', invited_until), person_sealed, version FROM "
    "invigilators WHERE exam_code = ? ";
constexpr const char* insert_invigilator =
    "INSERT INTO invigilators (row_id, exam_code, invigilator_id, state, invited_until, code_hash, person_sealed, version) VALUES "
    "(?, ?, ?, ?, ?, ?, ?, 1)";
constexpr const char* update_invigilator =
    "UPDATE invigilators SET state = ?, invited_until = ?, code_hash = COALESCE(?, code_hash), person_sealed = ?, version = "
    "version + 1 WHERE exam_code = ? AND invigilator_id = ? AND version = ?";
constexpr const char* select_staffings =
    "SELECT staffing_id, exam_code, version, before_version, made_by, plan_digest, duties_sha256, places, unfilled, job_id, "
    "author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', made_at) FROM staffings WHERE exam_code = ? ORDER BY version DESC";
constexpr const char* insert_staffing =
    "INSERT INTO staffings (staffing_id, exam_code, version, before_version, made_by, plan_digest, duties_sha256, places, "
    "unfilled, job_id, author, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* select_swaps =
    "SELECT swap_id, first_id, second_id, state, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', asked_at), "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', agreed_at), version FROM duty_swaps WHERE exam_code = ? ORDER BY asked_at, swap_id";
constexpr const char* select_board =
    "SELECT definition, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', rooms_open_at), version FROM invigilator_boards WHERE exam_code = ?";
// clang-format on

FieldPlace place_of_invigilator(std::string_view row, std::string_view exam) {
  FieldPlace place;
  place.row = row;
  place.column = "invigilators.person";
  place.exam = exam;
  return place;
}

std::optional<Instant> maybe_moment(Rows& rows) {
  const auto microseconds = rows.maybe_integer();
  if (!microseconds) return std::nullopt;
  return from_microseconds(*microseconds);
}

std::optional<std::string> maybe_sql_time(const std::optional<Instant>& moment) {
  if (!moment) return std::nullopt;
  return sql_time(*moment);
}

// Everything about the invigilators of one exam follows one another: whoever changes any of it holds the exam's row.
void hold_exam_of_invigilators(Connection& connection, const Store& store, const ExamCode& exam) {
  store.cipher.data_keys().refuse_destroyed(exam.text());
  Rows rows = connection.select("SELECT exam_id FROM exams WHERE exam_code = ? FOR UPDATE", exam.text());
  if (rows.next()) return;
  throw NotFound("exam_not_found", {fmt::format("there is no exam {} in the database", exam.text()),
                                    in_korean("데이터베이스에 시험 {}[이/가] 없습니다", exam.text())});
}

struct InvigilatorRow {
  std::string row;
  ListedPerson person;
  Legible legible = Legible::yes;
};

// Nothing for people of a destroyed exam. Somebody whose row does not open has a number and a state, and can be reached by
// nobody until the list is imported anew.
std::optional<InvigilatorRow> read_invigilator_row(Rows& rows, const FieldCipher& cipher) {
  InvigilatorRow read;
  read.row = rows.text();
  ListedPerson& person = read.person;
  person.facts.id = InvigilatorId(rows.text());
  person.state = services::parse_person_state(rows.text()).value_or(services::PersonState::listed);
  person.invited_until = maybe_moment(rows);
  const std::string sealed = rows.text();
  person.version = rows.integer();
  std::string opened;
  read.legible = read_legibly([&] { opened = cipher.open(place_of_invigilator(read.row, {}), sealed); });
  if (read.legible == Legible::destroyed) return std::nullopt;
  services::read_person(opened, person);
  if (read.legible == Legible::damaged) person.facts.name = unreadable_name;
  return read;
}

std::optional<InvigilatorRow> find_invigilator_row(Connection& connection, const FieldCipher& cipher,
                                                   const ExamCode& exam, const InvigilatorId& id) {
  Rows rows = connection.select(std::string(select_invigilators) + "AND invigilator_id = ?", exam.text(), id.text());
  if (!rows.next()) return std::nullopt;
  return read_invigilator_row(rows, cipher);
}

void refuse_changed_people() {
  throw Conflict("invigilators_changed", {"Somebody else changed this list meanwhile. Look again.",
                                          "그사이 다른 사람이 명단을 바꾸었습니다. 다시 확인하십시오."});
}

std::optional<std::string> code_hash_of(const FieldCipher& cipher, const std::string& code) {
  if (code.empty()) return std::nullopt;
  return cipher.blind_index("invigilator code", code);
}

void put_invigilator(Connection& connection, const FieldCipher& cipher, const ExamCode& exam,
                     const ListedPerson& next) {
  const auto now = find_invigilator_row(connection, cipher, exam, next.facts.id);
  const std::int64_t known = now ? now->person.version : 0;
  if (known != next.version - 1) refuse_changed_people();
  const std::string row = now ? now->row : services::draw_token();
  const std::string sealed = cipher.seal(place_of_invigilator(row, exam.text()), services::write_person(next));
  const std::string state(services::spell(next.state));
  const auto hash = code_hash_of(cipher, next.new_code);
  const auto until = maybe_sql_time(next.invited_until);
  if (now) {
    if (connection.change(update_invigilator, state, until, hash, sealed, exam.text(), next.facts.id.text(), known) == 0)
      refuse_changed_people();
  } else {
    connection.change(insert_invigilator, row, exam.text(), next.facts.id.text(), state, until, hash, sealed);
  }
}

// Whether a commit that nobody heard of has done it already.
bool people_are_there(Connection& connection, const FieldCipher& cipher, const ExamCode& exam,
                      const services::PeopleStep& step) {
  for (const ListedPerson& next : step.people) {
    const auto now = find_invigilator_row(connection, cipher, exam, next.facts.id);
    if (!now || now->person.version != next.version || services::write_person(now->person) != services::write_person(next))
      return false;
  }
  if (!step.people.empty()) return true;
  if (!step.beside) return false;
  const auto files = read_invigilator_files(connection, cipher, exam.text(), owner_of_people);
  return std::all_of(step.beside->begin(), step.beside->end(), [&](const auto& one) {
    const auto now = files.find(one.first);
    return now != files.end() && now->second == one.second;
  });
}

Staffing read_staffing_row(Rows& rows) {
  Staffing staffing;
  staffing.id = rows.text();
  staffing.exam = ExamCode(rows.text());
  staffing.version = rows.integer();
  staffing.before = rows.integer();
  staffing.by_hand = rows.text() == "hand";
  staffing.plan_digest = rows.text();
  staffing.duties_sha256 = rows.text();
  staffing.places = rows.integer();
  staffing.unfilled = rows.integer();
  staffing.job = rows.maybe_text().value_or("");
  staffing.author = rows.text();
  staffing.at = from_microseconds(rows.integer());
  return staffing;
}

std::vector<Staffing> list_staffing_rows(Connection& connection, const ExamCode& exam) {
  std::vector<Staffing> staffings;
  Rows rows = connection.select(select_staffings, exam.text());
  while (rows.next()) staffings.push_back(read_staffing_row(rows));
  return staffings;
}

std::vector<DutySwap> list_swap_rows(Connection& connection, const ExamCode& exam) {
  std::vector<DutySwap> swaps;
  Rows rows = connection.select(select_swaps, exam.text());
  while (rows.next()) {
    DutySwap swap;
    swap.exam = exam;
    swap.id = rows.text();
    swap.first = InvigilatorId(rows.text());
    swap.second = InvigilatorId(rows.text());
    swap.state = services::parse_swap_state(rows.text()).value_or(services::SwapState::asked);
    swap.asked_at = from_microseconds(rows.integer());
    swap.agreed_at = maybe_moment(rows);
    swap.version = rows.integer();
    swaps.push_back(std::move(swap));
  }
  return swaps;
}

void put_swap(Connection& connection, const DutySwap& next) {
  const std::string state(services::spell(next.state));
  const auto agreed = maybe_sql_time(next.agreed_at);
  if (next.version == 1) {
    // The exam is held, so that of two wishes that one person sends at once the second finds the first.
    if (connection
            .select("SELECT 1 FROM duty_swaps WHERE exam_code = ? AND state IN ('asked', 'agreed') AND (first_id = ? OR second_id "
                    "= ?) LIMIT 1",
                    next.exam.text(), next.first.text(), next.first.text())
            .next()) {
      throw Conflict("wrong_swap", {"Another exchange of yours is not settled yet.", "아직 처리되지 않은 교대 요청이 있습니다."});
    }
    connection.change(
        "INSERT INTO duty_swaps (swap_id, exam_code, first_id, second_id, state, asked_at, agreed_at, version) VALUES (?, "
        "?, ?, ?, ?, ?, ?, 1)",
        next.id, next.exam.text(), next.first.text(), next.second.text(), state, sql_time(next.asked_at), agreed);
    return;
  }
  const std::uint64_t changed = connection.change(
      "UPDATE duty_swaps SET state = ?, agreed_at = ?, version = version + 1 WHERE swap_id = ? AND exam_code = ? AND "
      "version = ?",
      state, agreed, next.id, next.exam.text(), next.version - 1);
  if (changed == 0) {
    throw Conflict("duty_swap_changed", {"This exchange was changed meanwhile. Look again.",
                                         "그사이 교대 요청이 바뀌었습니다. 다시 확인하십시오."});
  }
}

services::AuditNote note_of_swap(const DutySwap& swap) {
  services::AuditNote note{"duties.swap", fmt::format("{}/{}", swap.exam.text(), swap.id),
                           std::string(services::spell(swap.state))};
  note.exam = swap.exam.text();
  note.whose = {swap.first.text(), swap.second.text()};
  return note;
}

// Nobody is ever taken out, and every change of a person raises the version: the sum grows with each.
std::string count_versions(Connection& connection, const ExamCode& exam) {
  Rows rows = connection.select(
      "SELECT COUNT(*), CAST(COALESCE(SUM(version), 0) AS SIGNED) FROM invigilators WHERE exam_code = ?", exam.text());
  rows.next();
  const std::int64_t people = rows.integer();
  return fmt::format("{} {}", people, rows.integer());
}

std::string read_people_mark(Connection& connection, const ExamCode& exam) {
  std::string mark = count_versions(connection, exam);
  // Files that take the place of others are new parts.
  Rows parts = connection.select(
      "SELECT part_id FROM invigilator_parts WHERE exam_code = ? AND owner_id = ? ORDER BY part_id", exam.text(),
      owner_of_people);
  while (parts.next()) mark += " " + parts.text();
  return mark;
}

// The people as they are now; opened are those of whom `known` has another version.
OutlinesByNumber read_outlines(Connection& connection, const FieldCipher& cipher, const ExamCode& exam,
                               const OutlinesByNumber& known) {
  // One after the other while they are few: somebody has answered; otherwise a list was read in.
  constexpr std::size_t most_asked_singly = 50;
  OutlinesByNumber now;
  std::vector<InvigilatorId> changed;
  {
    Rows versions = connection.select("SELECT invigilator_id, version FROM invigilators WHERE exam_code = ?", exam.text());
    while (versions.next()) {
      const InvigilatorId id(versions.text());
      const std::int64_t version = versions.integer();
      const auto kept = known.find(id);
      if (kept != known.end() && kept->second.version == version) {
        now.insert(*kept);
      } else {
        changed.push_back(id);
      }
    }
  }
  const auto take = [&](const std::optional<InvigilatorRow>& read) {
    if (!read) return;
    // What did not open is no outline to be kept: a key may be back the next time.
    const std::int64_t version = read->legible == Legible::yes ? read->person.version : 0;
    now[read->person.facts.id] = {version, services::outline_of(read->person)};
  };
  if (changed.size() <= most_asked_singly) {
    for (const InvigilatorId& id : changed) take(find_invigilator_row(connection, cipher, exam, id));
    return now;
  }
  Rows rows = connection.select(select_invigilators, exam.text());
  while (rows.next()) take(read_invigilator_row(rows, cipher));
  return now;
}

DutyBoard read_board_row(Connection& connection, const ExamCode& exam) {
  Rows rows = connection.select(select_board, exam.text());
  if (!rows.next()) return {};
  DutyBoard board = services::read_board(rows.text());
  board.rooms_open_at = maybe_moment(rows);
  board.version = rows.integer();
  return board;
}

}  // namespace

DutyBoard InvigilatorStore::find_board(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) { return read_board_row(connection, exam); });
}

void InvigilatorStore::save_board(const ExamCode& exam, const DutyBoard& next, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_invigilators(connection, store_, exam);
    const DutyBoard now = read_board_row(connection, exam);
    const std::string definition = services::write_board(next);
    const std::string before = services::write_board(now);
    if (attempt.number > 1 && now.version == next.version && before == definition) return;
    if (now.version != next.version - 1) {
      throw Conflict("duty_board_changed", {"Somebody else changed these settings meanwhile. Look again.",
                                            "그사이 다른 사람이 설정을 바꾸었습니다. 다시 확인하십시오."});
    }
    connection.change(
        "INSERT INTO invigilator_boards (exam_code, definition, rooms_open_at, changed_at, version) VALUES (?, ?, ?, ?, 1) ON "
        "DUPLICATE KEY UPDATE definition = VALUES(definition), rooms_open_at = VALUES(rooms_open_at), changed_at = "
        "VALUES(changed_at), version = version + 1",
        exam.text(), definition, maybe_sql_time(next.rooms_open_at), sql_time(change.at));
    services::AuditNote note{"duties.settings", exam.text(),
                             next.rooms_open_at ? "rooms from " + format_instant(*next.rooms_open_at) : "rooms closed"};
    note.exam = exam.text();
    if (now.version > 0) note.before = before;
    note.after = definition;
    write_audit(connection, store_, change, note);
  });
}

std::vector<ListedPerson> InvigilatorStore::list_people(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<ListedPerson> people;
    Rows rows = connection.select(std::string(select_invigilators) + "ORDER BY invigilator_id", exam.text());
    while (rows.next()) {
      if (auto read = read_invigilator_row(rows, store_.cipher)) people.push_back(std::move(read->person));
    }
    return people;
  });
}

std::vector<services::PersonOutline> InvigilatorStore::list_outlines(const ExamCode& exam) {
  if (store_.cipher.data_keys().is_destroyed(exam.text())) {
    kept_.forget(exam);
    return {};
  }
  const auto known = kept_.of(exam);
  auto now = in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return std::make_shared<const OutlinesByNumber>(read_outlines(connection, store_.cipher, exam, *known));
  });
  std::vector<services::PersonOutline> outlines;
  for (const auto& [id, kept] : *now) outlines.push_back(kept.outline);
  kept_.put(exam, std::move(now));
  return outlines;
}

std::vector<ListedPerson> InvigilatorStore::find_people(const ExamCode& exam, const std::vector<InvigilatorId>& ids) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<ListedPerson> people;
    for (const InvigilatorId& id : ids) {
      if (auto read = find_invigilator_row(connection, store_.cipher, exam, id)) people.push_back(std::move(read->person));
    }
    return people;
  });
}

std::string InvigilatorStore::mark_of_people(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) { return read_people_mark(connection, exam); });
}

std::optional<ListedPerson> InvigilatorStore::find_person(const ExamCode& exam, const InvigilatorId& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<ListedPerson> {
    auto read = find_invigilator_row(connection, store_.cipher, exam, id);
    if (!read) return std::nullopt;
    require_legible(read->legible);
    return std::move(read->person);
  });
}

std::vector<ExamCode> InvigilatorStore::list_exams_of(const InvigilatorId& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<ExamCode> exams;
    Rows rows = connection.select("SELECT exam_code FROM invigilators WHERE invigilator_id = ? ORDER BY exam_code", id.text());
    while (rows.next()) exams.emplace_back(rows.text());
    return exams;
  });
}

std::optional<services::CodeOwner> InvigilatorStore::find_code(const std::string& code) {
  const std::string hash = store_.cipher.blind_index("invigilator code", code);
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<services::CodeOwner> {
    Rows rows = connection.select("SELECT exam_code, invigilator_id FROM invigilators WHERE code_hash = ?", hash);
    if (!rows.next()) return std::nullopt;
    services::CodeOwner owner;
    owner.exam = ExamCode(rows.text());
    owner.person = InvigilatorId(rows.text());
    return owner;
  });
}

void InvigilatorStore::save_people(const ExamCode& exam, const services::PeopleStep& step,
                                   const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_invigilators(connection, store_, exam);
    if (attempt.number > 1 && people_are_there(connection, store_.cipher, exam, step)) return;
    if (step.seen_mark && *step.seen_mark != read_people_mark(connection, exam)) refuse_changed_people();
    for (const ListedPerson& next : step.people) put_invigilator(connection, store_.cipher, exam, next);
    if (step.beside) put_invigilator_files(connection, store_.cipher, exam.text(), owner_of_people, *step.beside);
    if (!step.messages.empty()) write_messages(connection, store_.cipher, step.messages, change.at);
    write_audit(connection, store_, change, step.note);
  });
}

package::PackedFiles InvigilatorStore::load_beside(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_invigilator_files(connection, store_.cipher, exam.text(), owner_of_people);
  });
}

Staffing InvigilatorStore::add_staffing(const Staffing& staffing, const package::PackedFiles& files,
                                        const DutySwap* swap, const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_exam_of_invigilators(connection, store_, staffing.exam);
    const auto there = list_staffing_rows(connection, staffing.exam);
    for (const Staffing& one : there) {
      if (one.id == staffing.id || (!staffing.job.empty() && one.job == staffing.job)) return one;
    }
    const std::int64_t newest = there.empty() ? 0 : there.front().version;
    if (newest != staffing.before) {
      throw Conflict("staffings_changed", {"The duties were changed meanwhile. Look again.",
                                           "그사이 배치가 바뀌었습니다. 다시 확인하십시오."});
    }
    Staffing kept = staffing;
    kept.version = newest + 1;
    const std::string& exam = kept.exam.text();
    std::optional<std::string> job;
    if (!kept.job.empty()) job = kept.job;
    connection.change(insert_staffing, kept.id, exam, kept.version, kept.before, kept.by_hand ? "hand" : "run",
                      kept.plan_digest, kept.duties_sha256, kept.places, kept.unfilled, job, kept.author,
                      sql_time(kept.at));
    put_invigilator_files(connection, store_.cipher, exam, kept.id, files);
    if (swap != nullptr) put_swap(connection, *swap);
    services::AuditNote note{kept.by_hand ? "duties.edit" : "duties.make", fmt::format("{}/duties-{}", exam, kept.version),
                             fmt::format("duties {}, plan {}", kept.duties_sha256, kept.plan_digest)};
    note.exam = exam;
    write_audit(connection, store_, change, note);
    return kept;
  });
}

std::vector<Staffing> InvigilatorStore::list_staffings(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return list_staffing_rows(connection, exam); });
}

package::PackedFiles InvigilatorStore::load_staffing(const Staffing& staffing) {
  auto files = in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_invigilator_files(connection, store_.cipher, staffing.exam.text(), staffing.id);
  });
  if (files.contains("duties.csv")) return files;
  throw NotFound("duties_destroyed", {"These duties were destroyed with their exam.", "이 배치는 시험과 함께 파기되었습니다."});
}

std::vector<DutySwap> InvigilatorStore::list_swaps(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) { return list_swap_rows(connection, exam); });
}

void InvigilatorStore::save_swap(const DutySwap& next, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_invigilators(connection, store_, next.exam);
    if (attempt.number > 1) {
      for (const DutySwap& now : list_swap_rows(connection, next.exam)) {
        if (now.id == next.id && now.version == next.version && now.state == next.state) return;
      }
    }
    put_swap(connection, next);
    write_audit(connection, store_, change, note_of_swap(next));
  });
}

}  // namespace hanjari::storage
