#include "publications/store/publication_rows.h"

#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "hanjari/results/interview_entries.h"

namespace hanjari::storage {
namespace {

using services::Publication;
using services::ReleaseState;

// clang-format off
constexpr const char* select_publications =
    "SELECT publication_id, exam_code, number, version, ordered, decision_sha256, replaces, root, people, record_bytes, "
    "public_secret, commitment, step, digest, edited_by, proposed_by, approved_by, armed_first, armed_second, held_by, "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', release_at), TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at), changes, "
    "release_key, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', released_at), basis, armed_on FROM publications WHERE exam_code = ? ORDER BY "
    "number DESC";
constexpr const char* insert_publication =
    "INSERT INTO publications (publication_id, exam_code, stage, number, version, released_version, ordered, decision_sha256, replaces, "
    "root, people, record_bytes, public_secret, commitment, step, digest, edited_by, proposed_by, approved_by, armed_first, "
    "armed_second, held_by, release_at, changed_at, changes, release_key, released_at) VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, '', 0, "
    "0, '', '', ?, '', ?, '', '', '', '', '', ?, ?, 0, '', NULL)";
constexpr const char* update_state =
    "UPDATE publications SET step = ?, proposed_by = ?, approved_by = ?, armed_first = ?, armed_second = ?, held_by = ?, "
    "basis = ?, armed_on = ?, changed_at = ?, changes = changes + 1 WHERE publication_id = ? AND changes = ? AND digest = ? AND step = ?";
constexpr const char* update_sealed =
    "UPDATE publications SET step = 'sealed', digest = ?, root = ?, people = ?, record_bytes = ?, public_secret = ?, commitment "
    "= ?, changed_at = ?, changes = changes + 1 WHERE publication_id = ? AND changes = ? AND commitment = ? AND step = 'rendering'";
constexpr const char* update_released =
    "UPDATE publications SET step = 'released', changed_at = ?, changes = changes + 1, release_key = ?, released_at = ?, "
    "released_version = version WHERE publication_id = ? AND changes = ? AND digest = ? AND step = 'armed' AND held_by = ? AND "
    "release_at <= UTC_TIMESTAMP(6) + INTERVAL 1 SECOND";
// Of the program that holds the version while it is made: the commitment of its key tells it from any other.
constexpr const char* update_begun =
    "UPDATE publications SET step = 'rendering', commitment = ? WHERE publication_id = ? AND step IN ('rendering', 'failed')";
constexpr const char* select_newest =
    "SELECT (SELECT COALESCE(MAX(version), 0) FROM result_decisions WHERE exam_code = ?), (SELECT COALESCE(MAX(version), 0) FROM "
    "result_packages WHERE exam_code = ?), (SELECT COUNT(DISTINCT name) FROM result_parts WHERE owner_id = ? AND name LIKE 'final-%' "
    "AND name NOT LIKE '%/%'), (SELECT COALESCE(MAX(version), 0) FROM publications WHERE exam_code = ? AND stage = 'written' AND step "
    "= 'released')";
// A case says nothing else once it is entered: which of them count is all that changes.
constexpr const char* select_counting_cases =
    "SELECT case_no FROM special_cases WHERE exam_code = ? AND step IN ('confirmed', 'lifting') ORDER BY case_no";
constexpr const char* select_making =
    "SELECT commitment FROM publications WHERE publication_id = ? AND step IN ('rendering', 'failed') FOR UPDATE";
// clang-format on

std::string raw_from(const std::string& hex) {
  auto bytes = parse_hex(hex);
  if (!bytes) throw std::logic_error("hexadecimal digits of a publication that cannot be read");
  return std::move(*bytes);
}

Publication read_publication_row(Rows& rows) {
  Publication publication;
  publication.id = rows.text();
  publication.exam = ExamCode(rows.text());
  publication.number = rows.integer();
  publication.version = rows.integer();
  publication.order = services::read_order(rows.text());
  publication.decision_sha256 = rows.text();
  publication.replaces = rows.text();
  publication.root = rows.text();
  publication.people = rows.integer();
  publication.record_bytes = rows.integer();
  publication.public_secret = raw_from(rows.text());
  publication.commitment = rows.text();
  ReleaseState& state = publication.state;
  state.step = services::parse_release_step(rows.text());
  state.digest = rows.text();
  state.edited_by = rows.text();
  state.proposed_by = rows.text();
  state.approved_by = rows.text();
  state.armed_first = rows.text();
  state.armed_second = rows.text();
  state.held_by = rows.text();
  state.release_at = from_microseconds(rows.integer());
  state.changed_at = from_microseconds(rows.integer());
  state.changes = rows.integer();
  publication.released_key = raw_from(rows.text());
  if (const auto at = rows.maybe_integer()) publication.released_at = from_microseconds(*at);
  state.basis = rows.text();
  state.armed_on = rows.text();
  return publication;
}

}  // namespace

void hold_exam_of_publications(Connection& connection, const Store& store, const ExamCode& exam) {
  store.cipher.data_keys().refuse_destroyed(exam.text());
  Rows rows = connection.select("SELECT exam_id FROM exams WHERE exam_code = ? FOR UPDATE", exam.text());
  if (rows.next()) return;
  throw NotFound("exam_not_found", {"There is no such exam in the database.", "데이터베이스에 그런 시험이 없습니다."});
}

std::vector<Publication> list_publication_rows(Connection& connection, const ExamCode& exam) {
  std::vector<Publication> publications;
  Rows rows = connection.select(select_publications, exam.text());
  while (rows.next()) publications.push_back(read_publication_row(rows));
  return publications;
}

services::ReleaseBasis read_basis_rows(Connection& connection, const ExamCode& exam) {
  services::ReleaseBasis basis;
  {
    // Final decisions are kept as parts, each under a name of its own, and none of them goes before the exam does.
    Rows rows = connection.select(select_newest, exam.text(), exam.text(), services::owner_of_interviews(exam), exam.text());
    if (rows.next()) {
      basis.decision = rows.integer();
      basis.results = rows.integer();
      basis.finals = rows.integer();
      basis.released = rows.integer();
    }
  }
  std::string cases;
  Rows rows = connection.select(select_counting_cases, exam.text());
  while (rows.next()) cases += fmt::format("{}\n", rows.integer());
  if (!cases.empty()) basis.cases = sha256(cases).hex();
  return basis;
}

void insert_publication_row(Connection& connection, const Publication& publication) {
  const ReleaseState& state = publication.state;
  connection.change(insert_publication, publication.id, publication.exam.text(), proof::to_string(publication.order.stage), publication.number,
                    publication.version, services::write_order(publication.order), publication.decision_sha256,
                    publication.replaces, services::spell(state.step), state.edited_by, sql_time(state.release_at),
                    sql_time(state.changed_at));
}

bool update_publication_state(Connection& connection, const Publication& before, const ReleaseState& next) {
  return connection.change(update_state, services::spell(next.step), next.proposed_by, next.approved_by,
                           next.armed_first, next.armed_second, next.held_by, next.basis, next.armed_on,
                           sql_time(next.changed_at), before.id, next.changes - 1, before.state.digest, services::spell(before.state.step)) == 1;
}

bool update_begun_publication(Connection& connection, const Publication& publication) {
  return connection.change(update_begun, publication.commitment, publication.id) == 1;
}

bool holds_making_of(Connection& connection, const Publication& publication) {
  Rows rows = connection.select(select_making, publication.id);
  return rows.next() && rows.text() == publication.commitment;
}

bool update_sealed_publication(Connection& connection, const Publication& sealed) {
  return connection.change(update_sealed, sealed.state.digest, sealed.root, sealed.people, sealed.record_bytes,
                           to_hex(sealed.public_secret), sealed.commitment, sql_time(sealed.state.changed_at),
                           sealed.id, sealed.state.changes - 1, sealed.commitment) == 1;
}

bool update_released_publication(Connection& connection, const Publication& before, const ReleaseState& next,
                                 std::string_view key) {
  const std::string at = sql_time(next.changed_at);
  return connection.change(update_released, at, to_hex(key), at, before.id, next.changes - 1, before.state.digest,
                           before.state.held_by) == 1;
}

}  // namespace hanjari::storage
