#include "plans/store/exam_store.h"

#include <fmt/format.h>

#include "database/snapshot.h"
#include "database/sql_time.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/plans/refusals.h"
#include "plans/store/exam_rows.h"
#include "plans/store/kept_plans.h"
#include "plans/store/live_turn.h"
#include "plans/store/moved_plan.h"
#include "plans/store/plan_steps.h"

namespace hanjari::storage {
namespace {

using services::ImportOutcome;
using services::Stored;

[[noreturn]] void throw_live_plan_changed() {
  throw services::LivePlanChanged({"somebody else changed the live plan of this exam meanwhile; look again",
                                   "그사이 다른 사람이 이 시험의 확정 배정안을 바꾸었습니다. 다시 확인하십시오"});
}

// The exam's number, made if need be. Its row stays locked until the end of the transaction, so that two imports of one
// exam follow one another.
std::uint64_t lock_exam(Connection& connection, const ExamCode& code, const std::string& time) {
  connection.change(
      "INSERT INTO exams (exam_code, created_at) VALUES (?, ?) ON DUPLICATE KEY UPDATE exam_id = "
      "LAST_INSERT_ID(exam_id)",
      code.text(), time);
  return connection.last_insert_id();
}

struct Found {
  std::uint64_t id = 0;
  bool own = false;  // stored by this very change, in an earlier attempt whose commit was not heard of
};

std::optional<Found> find_population(Connection& connection, std::uint64_t exam_id, const Exam& exam,
                                     const std::string& time) {
  Rows rows = connection.select(
      "SELECT population_id, imported_at = ? FROM populations WHERE exam_id = ? AND input_sha256 = ? LOCK IN SHARE "
      "MODE",
      time, exam_id, exam.input_sha256);
  if (!rows.next()) return std::nullopt;
  Found found;
  found.id = static_cast<std::uint64_t>(rows.integer());
  found.own = rows.integer() != 0;
  return found;
}

std::optional<Found> find_stored_plan(Connection& connection, std::uint64_t population, const Plan& plan,
                                      const std::string& time) {
  Rows rows = connection.select(
      "SELECT plan_id, stored_at = ? FROM plans WHERE population_id = ? AND digest = ? LOCK IN SHARE MODE", time,
      population, plan.digest);
  if (!rows.next()) return std::nullopt;
  Found found;
  found.id = static_cast<std::uint64_t>(rows.integer());
  found.own = rows.integer() != 0;
  return found;
}

Stored told(const std::optional<Found>& found, Attempt attempt) {
  return !found || (found->own && attempt.number > 1) ? Stored::added : Stored::already_there;
}

// The plan that gives way; 0 for none. One that was moved in its place gives way to itself: it is the newest of those
// that are kept in it.
std::int64_t find_before(Connection& connection, std::int64_t exam_id, std::int64_t plan_id) {
  Rows live = connection.select("SELECT plan_id FROM live_plans WHERE exam_id = ?", exam_id);
  if (!live.next()) {
    // Whoever was told seats that were withdrawn since compares with them.
    Rows withdrawn = connection.select("SELECT plan_id FROM withdrawn_plans WHERE exam_id = ?", exam_id);
    return withdrawn.next() ? withdrawn.integer() : 0;
  }
  const std::int64_t before = live.integer();
  if (before != plan_id) return before;
  Rows kept = connection.select("SELECT MAX(plan_id) FROM plans WHERE kept_in_plan_id = ?", plan_id);
  return kept.next() ? kept.maybe_integer().value_or(before) : before;
}

}  // namespace

ImportOutcome write_exam(Connection& connection, const Store& store, const Attempt& attempt, const Exam& exam,
                         const Plan* plan, const services::Change& change, Progress& progress) {
  const std::string time = sql_time(change.at);
  const std::string& code = exam.header.code.text();
  // A package whose people were destroyed is there and yet is not.
  store.cipher.data_keys().refuse_destroyed(code);
  ImportOutcome outcome;
  const std::uint64_t exam_id = lock_exam(connection, exam.header.code, time);
  const auto stored = find_population(connection, exam_id, exam, time);
  outcome.population = told(stored, attempt);
  const std::uint64_t population =
      stored ? stored->id : insert_population(connection, store.cipher, exam_id, exam, time, progress);
  if (!stored) {
    write_audit(connection, store, change,
                {"exam.import", code,
                 fmt::format("input_sha256 {}, {}", exam.input_sha256, count_of(std::ssize(exam.applicants), "applicant", "applicants"))});
  }
  if (plan == nullptr) return outcome;
  outcome.plan_digest = plan->digest;
  const auto stored_plan = find_stored_plan(connection, population, *plan, time);
  outcome.plan = told(stored_plan, attempt);
  if (!stored_plan) {
    if (stored) give_rows_to_population(connection, store.cipher, population, exam);
    insert_plan(connection, store.cipher, exam_id, population, exam, *plan, time, progress);
    write_audit(connection, store, change,
                {"plan.import", code,
                 fmt::format("plan {}, input_sha256 {}, {} seated, {} unseated", plan->digest, exam.input_sha256,
                             plan->placements.size(), plan->unseated.size())});
  }
  return outcome;
}

ImportOutcome ExamStore::save_exam(const Exam& exam, const Plan* plan, const services::Change& change,
                                   Progress& progress) {
  store_.cipher.data_keys().make_for_import(exam.header.code.text());
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    return write_exam(connection, store_, attempt, exam, plan, change, progress);
  });
}

void write_moved(Connection& connection, const Store& store, const Attempt& attempt, const services::MovedPlan& moved,
                 const services::Change& change) {
  const std::string time = sql_time(change.at);
  const ExamCode& code = moved.exam.header.code;
  store.cipher.data_keys().refuse_destroyed(code.text());
  const std::uint64_t exam_id = lock_exam(connection, code, time);
  // Somebody may have brought the same package or plan already: then there is nothing to copy.
  if (find_population(connection, exam_id, moved.exam, time)) {
    write_exam(connection, store, attempt, moved.exam, &moved.plan, change, no_progress());
    return;
  }
  Rows rows = connection.select(
      "SELECT p.population_id, n.plan_id FROM live_plans l JOIN plans n ON n.plan_id = l.plan_id JOIN populations p ON "
      "p.population_id = n.population_id WHERE l.exam_id = ? AND p.input_sha256 = ? AND n.digest = ? FOR UPDATE",
      exam_id, moved.from_exam, moved.from_plan);
  if (!rows.next()) throw_live_plan_changed();
  MoveFrom from{exam_id};
  from.population = static_cast<std::uint64_t>(rows.integer());
  from.plan_id = static_cast<std::uint64_t>(rows.integer());
  if (may_move_in_place(connection, from, moved)) {
    move_in_place(connection, store.cipher, from, moved, time);
  } else {
    const std::uint64_t population =
        copy_population(connection, store.cipher, exam_id, from.population, moved.exam, moved.people, time);
    copy_plan(connection, store.cipher, exam_id, {population, from.plan_id}, moved.exam, moved.plan, moved.people, time);
  }
  write_audit(connection, store, change,
              {"plan.move", code.text(),
               fmt::format("input_sha256 {}, plan {}, {} of {}", moved.exam.input_sha256, moved.plan.digest,
                           moved.people.size(), count_people(std::ssize(moved.exam.applicants)))});
}

std::optional<Exam> ExamStore::find_exam(const ExamCode& code, const std::string& input_sha256) {
  return find_population(code, input_sha256, Unopened::refused);
}

std::optional<Exam> ExamStore::find_listed_exam(const ExamCode& code, const std::string& input_sha256) {
  return find_population(code, input_sha256, Unopened::named);
}

std::optional<Exam> ExamStore::find_population(const ExamCode& code, const std::string& input_sha256, Unopened unopened) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Exam> {
    Rows rows = connection.select(
        "SELECT p.population_id FROM populations p JOIN exams e ON e.exam_id = p.exam_id "
        "LEFT JOIN live_plans l ON l.exam_id = e.exam_id LEFT JOIN plans n ON n.plan_id = l.plan_id "
        "WHERE e.exam_code = ? AND (? = '' OR p.input_sha256 = ?) "
        "ORDER BY n.population_id <=> p.population_id DESC, COALESCE(p.listed_no, p.population_id) DESC LIMIT 1",
        code.text(), input_sha256, input_sha256);
    if (!rows.next()) return std::nullopt;
    return read_exam(connection, store_.cipher, static_cast<std::uint64_t>(rows.integer()), unopened);
  });
}

std::vector<services::StoredPopulation> ExamStore::list_populations(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select(
        "SELECT p.input_sha256, p.applicant_count, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', p.imported_at), "
        "EXISTS (SELECT 1 FROM live_changes c JOIN plans n ON n.plan_id = c.plan_id WHERE c.exam_id = p.exam_id AND "
        "n.population_id = p.population_id AND c.by_decision = 1) "
        "FROM populations p JOIN exams e ON e.exam_id = p.exam_id WHERE e.exam_code = ? ORDER BY "
        "COALESCE(p.listed_no, p.population_id) DESC",
        code.text());
    std::vector<services::StoredPopulation> populations;
    while (rows.next()) {
      services::StoredPopulation population;
      population.input_sha256 = rows.text();
      population.people = rows.integer();
      population.imported_at = from_microseconds(rows.integer());
      population.by_decision = rows.integer() != 0;
      populations.push_back(std::move(population));
    }
    return populations;
  });
}

std::vector<services::StoredPlan> ExamStore::list_plans(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select(
        "SELECT n.digest, p.input_sha256, n.status, n.seated, n.unseated, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', n.stored_at), n.used_venues, n.travel_m, "
        "EXISTS (SELECT 1 FROM live_changes c WHERE c.plan_id = n.plan_id AND c.by_decision = 1) FROM plans n "
        "JOIN populations p ON p.population_id = n.population_id JOIN exams e ON e.exam_id = p.exam_id "
        "WHERE e.exam_code = ? ORDER BY COALESCE(n.listed_no, n.plan_id) DESC",
        code.text());
    std::vector<services::StoredPlan> plans;
    while (rows.next()) {
      services::StoredPlan plan;
      plan.digest = rows.text();
      plan.input_sha256 = rows.text();
      plan.status = parse_word<PlanStatus>(rows.text()).value_or(PlanStatus::gave_up);
      plan.seated = rows.integer();
      plan.unseated = rows.integer();
      plan.stored_at = from_microseconds(rows.integer());
      plan.venues = rows.maybe_integer().value_or(0);
      plan.travel_m = rows.maybe_integer().value_or(0);
      plan.by_decision = rows.integer() != 0;
      plans.push_back(std::move(plan));
    }
    return plans;
  });
}

std::optional<Plan> ExamStore::find_plan(const Exam& exam, const std::string& digest) {
  return find_stored(exam, digest, Unopened::refused);
}

std::optional<Plan> ExamStore::find_listed_plan(const Exam& exam, const std::string& digest) {
  return find_stored(exam, digest, Unopened::named);
}

std::optional<Plan> ExamStore::find_stored(const Exam& exam, const std::string& digest, Unopened unopened) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Plan> {
    Rows rows = connection.select(
        "SELECT n.plan_id FROM plans n JOIN populations p ON p.population_id = n.population_id "
        "JOIN exams e ON e.exam_id = p.exam_id WHERE e.exam_code = ? AND p.input_sha256 = ? AND n.digest = ?",
        exam.header.code.text(), exam.input_sha256, digest);
    if (!rows.next()) return std::nullopt;
    return read_plan(connection, store_.cipher, static_cast<std::uint64_t>(rows.integer()), exam, unopened);
  });
}

namespace {

// Of the first row: digest of the plan, digest of what was planned, version. Nothing without a row.
std::optional<services::LivePointer> read_pointer(Rows& rows) {
  if (!rows.next()) return std::nullopt;
  services::LivePointer pointer;
  pointer.plan_digest = rows.text();
  pointer.input_sha256 = rows.text();
  pointer.version = rows.integer();
  return pointer;
}

}  // namespace

std::optional<services::LivePointer> ExamStore::find_live_plan(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<services::LivePointer> {
    Rows rows = connection.select(
        "SELECT n.digest, p.input_sha256, l.version FROM live_plans l JOIN plans n ON n.plan_id = l.plan_id "
        "JOIN populations p ON p.population_id = n.population_id JOIN exams e ON e.exam_id = l.exam_id "
        "WHERE e.exam_code = ?",
        code.text());
    return read_pointer(rows);
  });
}

std::optional<services::LivePointer> ExamStore::find_withdrawn_plan(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<services::LivePointer> {
    Rows rows = connection.select(
        "SELECT n.digest, p.input_sha256, w.version FROM withdrawn_plans w JOIN plans n ON n.plan_id = w.plan_id "
        "JOIN populations p ON p.population_id = n.population_id JOIN exams e ON e.exam_id = w.exam_id "
        "WHERE e.exam_code = ?",
        code.text());
    return read_pointer(rows);
  });
}

std::optional<services::Destroyed> ExamStore::find_destruction(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<services::Destroyed> {
    Rows rows = connection.select(
        "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', d.begun_at), COALESCE((SELECT MAX(p.time_zone) FROM populations p "
        "JOIN exams e ON e.exam_id = p.exam_id WHERE e.exam_code = d.exam_code), (SELECT MAX(JSON_VALUE(r.definition, "
        "'$.time_zone')) FROM recruitments r WHERE r.exam_code = d.exam_code OR r.exam_code IN (SELECT n.exam_code FROM "
        "notice_days n WHERE n.day_code = d.exam_code))) FROM destructions d WHERE d.exam_code = ? AND d.begun_at IS NOT NULL",
        code.text());
    if (!rows.next()) return std::nullopt;
    services::Destroyed destroyed;
    destroyed.at = from_microseconds(rows.integer());
    destroyed.time_zone = rows.maybe_text().value_or("");
    return destroyed;
  });
}

namespace {

// Moves the pointer from `expected` to `expected` + 1 if it stands there, be it at a live plan, at one that was withdrawn,
// or, of 0, nowhere yet. Returns how many rows say so.
std::uint64_t move_pointer(Connection& connection, std::int64_t exam_id, std::int64_t plan_id, std::int64_t expected,
                           const std::string& time) {
  if (expected == 0) {
    // Refused by the primary key if somebody was first.
    return connection.change(
        "INSERT INTO live_plans (exam_id, plan_id, version, live_since) SELECT ?, ?, 1, ? FROM DUAL "
        "WHERE NOT EXISTS (SELECT 1 FROM live_plans WHERE exam_id = ?) AND NOT EXISTS (SELECT 1 FROM withdrawn_plans "
        "WHERE exam_id = ?)",
        exam_id, plan_id, time, exam_id, exam_id);
  }
  const std::uint64_t moved = connection.change(
      "UPDATE live_plans SET plan_id = ?, version = version + 1, live_since = ? WHERE exam_id = ? AND version = ?",
      plan_id, time, exam_id, expected);
  if (moved != 0) return moved;
  if (connection.change("DELETE FROM withdrawn_plans WHERE exam_id = ? AND version = ?", exam_id, expected) == 0) return 0;
  return connection.change("INSERT INTO live_plans (exam_id, plan_id, version, live_since) VALUES (?, ?, ?, ?)", exam_id,
                           plan_id, expected + 1, time);
}

}  // namespace

void write_live_plan(Connection& connection, const Store& store, const Attempt& attempt, const ExamCode& code,
                     const services::StoredPlan& plan, std::int64_t expected_version, const services::Change& change,
                     LiveRight right) {
  const std::string time = sql_time(change.at);
  Rows rows = connection.select(
      "SELECT n.plan_id, n.exam_id FROM plans n JOIN populations p ON p.population_id = n.population_id "
      "JOIN exams e ON e.exam_id = p.exam_id WHERE e.exam_code = ? AND p.input_sha256 = ? AND n.digest = ?",
      code.text(), plan.input_sha256, plan.digest);
  if (!rows.next()) {
    throw NotFound("plan_not_found", {"the plan is not in the database", "배정안이 데이터베이스에 없습니다"});
  }
  const std::int64_t plan_id = rows.integer();
  const std::int64_t exam_id = rows.integer();
  give_rows_to_plan(connection, store.cipher, static_cast<std::uint64_t>(plan_id));
  const LiveNote note{exam_id, plan_id, find_before(connection, exam_id, plan_id), expected_version + 1};
  if (move_pointer(connection, exam_id, plan_id, expected_version, time) == 0) {
    Rows now = connection.select(
        "SELECT version = ? AND plan_id = ? AND live_since = ? FROM live_plans WHERE exam_id = ? LOCK IN SHARE MODE",
        expected_version + 1, plan_id, time, exam_id);
    const bool done_before = attempt.number > 1 && now.next() && now.integer() != 0;
    if (!done_before) throw_live_plan_changed();
    return;
  }
  // After the pointer, so that a repeated attempt that finds its own work done does not ask again.
  require_right(connection, note, right);
  note_live_change(connection, note, right, change);
  write_audit(connection, store, change,
              {right == LiveRight::emergency ? "plan.live_in_emergency" : "plan.live", code.text(), fmt::format("plan {}, version {}", plan.digest, expected_version + 1)});
}

std::optional<services::LiveMoves> ExamStore::find_live_moves(const Exam& exam, const services::LivePointer& known) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) {
    return read_live_moves(connection, store_.cipher, exam, known);
  });
}

std::unique_ptr<services::LiveTurn> ExamStore::wait_for_turn(const ExamCode& code, std::chrono::seconds timeout) {
  return take_live_turn(store_.pool, code, timeout);
}

std::vector<HistoryStep> ExamStore::find_history(const ExamCode& code, const services::StoredPlan& plan) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) -> std::vector<HistoryStep> {
    Rows rows = connection.select(
        "SELECT n.plan_id FROM plans n JOIN populations p ON p.population_id = n.population_id "
        "JOIN exams e ON e.exam_id = p.exam_id WHERE e.exam_code = ? AND p.input_sha256 = ? AND n.digest = ?",
        code.text(), plan.input_sha256, plan.digest);
    if (!rows.next()) return {};
    return read_steps(connection, store_.cipher, static_cast<std::uint64_t>(rows.integer()));
  });
}

void ExamStore::set_live_plan(const ExamCode& code, const services::StoredPlan& plan, std::int64_t expected_version,
                              const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    write_live_plan(connection, store_, attempt, code, plan, expected_version, change, LiveRight::by_steps);
  });
}

void ExamStore::set_live_plan_in_emergency(const ExamCode& code, const services::StoredPlan& plan,
                                           std::int64_t expected_version, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    write_live_plan(connection, store_, attempt, code, plan, expected_version, change, LiveRight::emergency);
  });
}

}  // namespace hanjari::storage
