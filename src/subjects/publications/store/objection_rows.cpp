// Objections in the database. Number, words and answer stand sealed; a keyed hash finds the number.
#include <utility>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/publications/objections.h"
#include "publications/store/publication_rows.h"
#include "publications/store/publication_store.h"

namespace hanjari::storage {
namespace {

using services::Objection;
using services::ObjectionOutcome;

constexpr std::string_view objection_content = "objections.content";
constexpr std::string_view objection_answer = "objections.answer";
// clang-format off
constexpr const char* select_objections =
    "SELECT objection_id, objection_no, stage, release_version, content_sealed, answer_sealed, outcome, TIMESTAMPDIFF(MICROSECOND, "
    "'1970-01-01', sent_at), answered_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', answered_at) FROM objections WHERE exam_code = ?";
constexpr const char* insert_objection =
    "INSERT INTO objections (objection_id, exam_code, objection_no, stage, release_version, number_hash, content_sealed, answer_sealed, "
    "outcome, sent_at, answered_by, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, '', ?, '', NULL)";
constexpr const char* update_objection =
    "UPDATE objections SET answer_sealed = ?, outcome = ?, answered_by = ?, answered_at = ? WHERE objection_id = ? AND outcome = ''";
// clang-format on

FieldPlace place_of_objection(const std::string& id, const ExamCode& exam, std::string_view column) {
  FieldPlace place;
  place.row = id;
  place.column = column;
  place.exam = exam.text();
  return place;
}

std::string hash_of_objector(const FieldCipher& cipher, const ExamCode& exam, const std::string& number) {
  return cipher.blind_index("objection", exam.text() + "\n" + number);
}

struct ObjectionRow {
  Objection one;
  std::string content;
  std::optional<std::string> answer;
};

ObjectionRow read_objection_row(Rows& rows, const ExamCode& exam) {
  ObjectionRow row;
  row.one.exam = exam;
  row.one.id = rows.text();
  row.one.no = rows.integer();
  row.one.stage = proof::parse_stage(rows.text()).value_or(proof::Stage::written);
  row.one.release = rows.integer();
  row.content = rows.text();
  row.answer = rows.maybe_text();
  row.one.outcome = services::parse_objection_outcome(rows.text()).value_or(ObjectionOutcome::waits);
  row.one.sent_at = from_microseconds(rows.integer());
  row.one.answered_by = rows.text();
  if (const auto at = rows.maybe_integer()) row.one.answered_at = from_microseconds(*at);
  return row;
}

Objection open_objection(const FieldCipher& cipher, ObjectionRow row) {
  Objection one = std::move(row.one);
  services::read_objection_content(cipher.open(place_of_objection(one.id, one.exam, objection_content), row.content), one);
  if (row.answer) one.answer = cipher.open(place_of_objection(one.id, one.exam, objection_answer), *row.answer);
  return one;
}

std::vector<Objection> read_objections(Connection& connection, const FieldCipher& cipher, const ExamCode& exam,
                                       const std::optional<std::string>& number) {
  std::vector<ObjectionRow> found;
  {
    const std::string all = std::string(select_objections) + (number ? " AND number_hash = ?" : "") + " ORDER BY objection_no DESC";
    Rows rows = number ? connection.select(all, exam.text(), hash_of_objector(cipher, exam, *number)) : connection.select(all, exam.text());
    while (rows.next()) found.push_back(read_objection_row(rows, exam));
  }
  std::vector<Objection> objections;
  for (ObjectionRow& row : found) objections.push_back(open_objection(cipher, std::move(row)));
  return objections;
}

services::AuditNote note_of_objection(const Objection& one, const char* action, const std::string& detail) {
  services::AuditNote note{action, fmt::format("{}/objection-{}", one.exam.text(), one.no), detail};
  note.exam = one.exam.text();
  note.whose = {one.number};
  return note;
}

}  // namespace

Objection PublicationStore::add_objection(const Objection& sent, const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_exam_of_publications(connection, store_, sent.exam);
    for (const Objection& one : read_objections(connection, store_.cipher, sent.exam, sent.number)) {
      if (one.id == sent.id) return one;  // a commit whose answer was lost
      if (one.stage == sent.stage && one.outcome == ObjectionOutcome::waits) {
        throw Conflict("objection_waits", {"Your earlier objection waits for its answer.", "먼저 제출한 이의제기의 답변을 기다리고 있습니다."});
      }
    }
    Objection kept = sent;
    {
      Rows rows = connection.select("SELECT COALESCE(MAX(objection_no), 0) + 1 FROM objections WHERE exam_code = ?", sent.exam.text());
      kept.no = rows.next() ? rows.integer() : 1;
    }
    connection.change(insert_objection, kept.id, kept.exam.text(), kept.no, proof::to_string(kept.stage), kept.release,
                      hash_of_objector(store_.cipher, kept.exam, kept.number),
                      store_.cipher.seal(place_of_objection(kept.id, kept.exam, objection_content), services::write_objection_content(kept)),
                      sql_time(kept.sent_at));
    write_audit(connection, store_, change, note_of_objection(kept, "objection.send", fmt::format("release {}", kept.release)));
    return kept;
  });
}

std::vector<Objection> PublicationStore::list_objections(const ExamCode& exam, const std::optional<std::string>& number) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return read_objections(connection, store_.cipher, exam, number); });
}

void PublicationStore::answer_objection(const Objection& answered, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_publications(connection, store_, answered.exam);
    const std::string sealed = store_.cipher.seal(place_of_objection(answered.id, answered.exam, objection_answer), answered.answer);
    if (connection.change(update_objection, sealed, services::spell(answered.outcome), answered.answered_by,
                          sql_time(answered.answered_at.value()), answered.id) == 1) {
      write_audit(connection, store_, change, note_of_objection(answered, "objection.answer", std::string(services::spell(answered.outcome))));
      return;
    }
    for (const Objection& one : read_objections(connection, store_.cipher, answered.exam, answered.number)) {
      const bool done_before = attempt.number > 1 && one.id == answered.id && one.answered_by == answered.answered_by && one.answer == answered.answer;
      if (done_before) return;
    }
    throw Conflict("objection_answered", {"Somebody else answered this objection meanwhile.", "그사이 다른 담당자가 답변하였습니다."});
  });
}

}  // namespace hanjari::storage
