#include "plans/store/workbench/workbench_store.h"

#include <utility>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/domain/unreadable.h"
#include "plans/store/key_holds.h"
#include "plans/store/workbench/plan_summaries.h"
#include "vault/listed_value.h"

namespace hanjari::storage {
namespace {

using services::EditSession;
using services::EditStep;
using services::StoredEdit;

constexpr const char* session_columns =
    "session_id, exam_code, plan_digest, input_sha256, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', opened_at), "
    "version FROM plan_edit_sessions ";

constexpr const char* session_columns_with_edits =
    "session_id, exam_code, plan_digest, input_sha256, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', opened_at), "
    "version, (SELECT COUNT(*) FROM plan_edits e WHERE e.session_id = plan_edit_sessions.session_id AND e.state = 'done') "
    "FROM plan_edit_sessions ";

EditSession read_session(Rows& rows) {
  EditSession session;
  session.id = rows.text();
  session.exam = ExamCode(rows.text());
  session.plan_digest = rows.text();
  session.input_sha256 = rows.text();
  session.author = rows.text();
  session.opened_at = from_microseconds(rows.integer());
  session.version = rows.integer();
  return session;
}

// Whether this very step was committed in an earlier attempt that was not heard of.
enum class Stepped { now, before };

// Compare-and-set. From here to the end of the transaction nobody else takes a step of the session.
Stepped take_step(Connection& connection, const EditSession& session, const EditStep& step) {
  const auto changed = connection.change(
      "UPDATE plan_edit_sessions SET version = version + 1, last_step = ? WHERE session_id = ? AND version = ?",
      step.id, session.id, step.seen_version);
  if (changed > 0) return Stepped::now;
  Rows rows = connection.select(
      "SELECT version = ? AND last_step = ? FROM plan_edit_sessions WHERE session_id = ? LOCK IN SHARE MODE",
      step.seen_version + 1, step.id, session.id);
  if (rows.next() && rows.integer() != 0) return Stepped::before;
  throw services::SessionChanged({"Somebody else has edited this plan meanwhile. Nothing was changed; look again.",
                                  "그사이 다른 담당자가 이 배정안을 편집했습니다. 아무것도 바꾸지 않았으니 다시 확인하십시오."});
}

services::AuditNote note_of(const EditSession& session, const char* action, std::int64_t number) {
  services::AuditNote note{action, session.exam.text(),
                           fmt::format("session {}, plan {}, edit {}", session.id, session.plan_digest, number)};
  note.exam = session.exam.text();
  return note;
}

// The number of one edit of the session; 0 for none.
std::int64_t find_edit_number(Connection& connection, const EditSession& session, const char* what) {
  Rows rows = connection.select(std::string("SELECT COALESCE(") + what + ", 0) FROM plan_edits WHERE session_id = ?",
                                session.id);
  return rows.next() ? rows.integer() : 0;
}

// Of the session: the last edit that counts, and the first that was undone.
constexpr const char* last_done = "MAX(IF(state = 'done', edit_no, NULL))";
constexpr const char* first_undone = "MIN(IF(state = 'undone', edit_no, NULL))";

void set_edit_state(Connection& connection, const Store& store, const EditSession& session, const EditStep& step,
                    const char* what, services::EditState state, const services::Change& change) {
  if (take_step(connection, session, step) == Stepped::before) return;
  const std::int64_t number = find_edit_number(connection, session, what);
  if (number == 0) {
    throw Conflict("no_such_edit", {"There is no edit to undo or to do again.", "취소하거나 다시 적용할 편집이 없습니다."});
  }
  connection.change("UPDATE plan_edits SET state = ? WHERE session_id = ? AND edit_no = ?", services::spell(state),
                    session.id, number);
  write_audit(connection, store, change,
              note_of(session, state == services::EditState::done ? "plan.redo_edit" : "plan.undo_edit", number));
}

}  // namespace

std::optional<std::string> WorkbenchStore::find_summary(const ExamCode& code, const services::StoredPlan& plan) {
  return read_kept_summary(store_, code, plan);
}

void WorkbenchStore::keep_summary(const ExamCode& code, const services::StoredPlan& plan, const std::string& summary) {
  keep_counted_summary(store_, code, plan, summary);
}

std::optional<services::PlanMoves> WorkbenchStore::count_moves(const ExamCode& code, const services::StoredPlan& from,
                                                               const services::StoredPlan& to) {
  return count_moved_people(store_, code, from, to);
}

std::optional<services::VenueDesks> WorkbenchStore::find_venue(const ExamCode& code, const services::StoredPlan& plan,
                                                               const VenueCode& venue) {
  return read_venue_desks(store_, code, plan, venue);
}

void WorkbenchStore::add_session(const EditSession& session, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    if (attempt.number > 1) {
      Rows there = connection.select("SELECT 1 FROM plan_edit_sessions WHERE session_id = ?", session.id);
      if (there.next()) return;
    }
    store_.cipher.data_keys().refuse_destroyed(session.exam.text());
    connection.change(
        "INSERT INTO plan_edit_sessions (session_id, exam_code, plan_digest, input_sha256, author, opened_at, version, "
        "last_step) VALUES (?, ?, ?, ?, ?, ?, ?, '')",
        session.id, session.exam.text(), session.plan_digest, session.input_sha256, session.author,
        sql_time(session.opened_at), session.version);
    write_audit(connection, store_, change, note_of(session, "plan.open_edits", 0));
  });
}

std::optional<EditSession> WorkbenchStore::find_session(const std::string& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<EditSession> {
    Rows rows = connection.select(std::string("SELECT ") + session_columns + "WHERE session_id = ?", id);
    if (!rows.next()) return std::nullopt;
    return read_session(rows);
  });
}

std::vector<EditSession> WorkbenchStore::list_sessions(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<EditSession> sessions;
    Rows rows = connection.select(
        std::string("SELECT ") + session_columns_with_edits + "WHERE exam_code = ? ORDER BY opened_at DESC, session_id",
        code.text());
    while (rows.next()) {
      sessions.push_back(read_session(rows));
      sessions.back().edits = rows.integer();
    }
    return sessions;
  });
}

std::vector<StoredEdit> WorkbenchStore::list_edits(const EditSession& session) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<StoredEdit> edits;
    Rows rows = connection.select(
        "SELECT edit_id, edit_no, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', made_at), state, content_sealed, "
        "reason_sealed FROM plan_edits WHERE session_id = ? ORDER BY edit_no",
        session.id);
    while (rows.next()) {
      StoredEdit& edit = edits.emplace_back();
      edit.id = rows.text();
      edit.number = rows.integer();
      edit.author = rows.text();
      edit.at = from_microseconds(rows.integer());
      edit.state = services::parse_edit_state(rows.text()).value_or(services::EditState::dropped);
      edit.content = store_.cipher.open({0, edit.id, "plan_edits.content"}, rows.text());
      edit.reason = open_listed(store_.cipher, {0, edit.id, "plan_edits.reason"}, rows.text(), unreadable_name);
    }
    return edits;
  });
}

void WorkbenchStore::add_edit(const EditSession& session, const EditStep& step, const StoredEdit& edit,
                              const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (take_step(connection, session, step) == Stepped::before) return;
    store_.cipher.data_keys().refuse_destroyed(session.exam.text());
    hold_newest_key(connection, store_.cipher, session.exam);
    connection.change("UPDATE plan_edits SET state = 'dropped' WHERE session_id = ? AND state = 'undone'", session.id);
    const std::int64_t number = find_edit_number(connection, session, "MAX(edit_no)") + 1;
    const auto seal = [&](std::string_view column, const std::string& value) {
      return store_.cipher.seal({0, edit.id, column, session.exam.text()}, value);
    };
    connection.change(
        "INSERT INTO plan_edits (edit_id, session_id, edit_no, exam_code, author, made_at, state, content_sealed, "
        "reason_sealed) VALUES (?, ?, ?, ?, ?, ?, 'done', ?, ?)",
        edit.id, session.id, number, session.exam.text(), edit.author, sql_time(edit.at),
        seal("plan_edits.content", edit.content), seal("plan_edits.reason", edit.reason));
    write_audit(connection, store_, change, note_of(session, "plan.edit", number));
  });
}

void WorkbenchStore::undo_edit(const EditSession& session, const EditStep& step, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    set_edit_state(connection, store_, session, step, last_done, services::EditState::undone, change);
  });
}

void WorkbenchStore::redo_edit(const EditSession& session, const EditStep& step, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    set_edit_state(connection, store_, session, step, first_undone, services::EditState::done, change);
  });
}

}  // namespace hanjari::storage
