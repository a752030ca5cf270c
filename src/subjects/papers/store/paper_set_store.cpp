#include "papers/store/paper_set_store.h"

#include <algorithm>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"

namespace hanjari::storage {
namespace {

using services::PaperBytes;
using services::PaperContent;
using services::PaperFile;

// clang-format off
constexpr const char* paper_file_columns =
    "file_id, job_id, run, file_no, exam_code, plan_digest, content, venue_code, name, bytes, people, "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', made_at), TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ends_at)";
constexpr const char* insert_paper_file =
    "INSERT INTO paper_files (file_id, job_id, run, file_no, exam_code, plan_digest, content, venue_code, name, "
    "bytes, people, people_sealed, made_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)";
constexpr const char* insert_paper_part =
    "INSERT INTO paper_parts (part_id, file_id, part_no, content_sealed) VALUES (?, ?, ?, ?)";
// Over, or left by a start that did not come to its end: its job is over, or began anew.
constexpr const char* paper_files_to_remove =
    "SELECT f.file_id FROM paper_files f LEFT JOIN jobs j ON j.job_id = f.job_id WHERE f.ends_at <= ? OR "
    "(f.ends_at IS NULL AND (j.job_id IS NULL OR j.state IN ('done', 'failed', 'cancelled') OR j.starts > f.run)) "
    "LIMIT 20";
// clang-format on

constexpr std::size_t part_bytes = 1U << 20U;
constexpr std::string_view people_column = "paper_files.people";
constexpr std::string_view part_column = "paper_parts.content";

FieldPlace place_of_paper(std::string_view exam, std::string_view row, std::string_view column) {
  FieldPlace place;
  place.row = row;
  place.column = column;
  place.exam = exam;
  return place;
}

std::string join_ids(const std::vector<std::string>& ids) {
  return fmt::format("{}", fmt::join(ids, "\n"));
}

std::vector<std::string> split_ids(const std::string& text) {
  std::vector<std::string> ids;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    ids.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return ids;
}

PaperFile read_paper_file(Rows& rows) {
  PaperFile file;
  file.id = rows.text();
  file.job = rows.text();
  file.run = rows.integer();
  file.number = static_cast<int>(rows.integer());
  file.exam = ExamCode(rows.text());
  file.plan = rows.text();
  file.content = rows.text() == "notices" ? PaperContent::notices : PaperContent::papers;
  file.venue = VenueCode(rows.text());
  file.name = rows.text();
  file.bytes = rows.integer();
  file.people = rows.integer();
  file.made_at = from_microseconds(rows.integer());
  if (const auto ends = rows.maybe_integer()) file.ends_at = from_microseconds(*ends);
  return file;
}

template <class... Values>
std::vector<PaperFile> list_paper_files(Connection& connection, const std::string& where, const Values&... values) {
  std::vector<PaperFile> files;
  Rows rows = connection.select(fmt::format("SELECT {} FROM paper_files WHERE {}", paper_file_columns, where), values...);
  while (rows.next()) files.push_back(read_paper_file(rows));
  return files;
}

std::vector<std::string> list_file_ids(Rows rows) {
  std::vector<std::string> ids;
  while (rows.next()) ids.push_back(rows.text());
  return ids;
}

void remove_paper_file(Connection& connection, const std::string& id) {
  connection.change("DELETE FROM paper_parts WHERE file_id = ?", id);
  connection.change("DELETE FROM paper_files WHERE file_id = ?", id);
}

[[noreturn]] void throw_made_elsewhere() {
  throw Conflict("papers_made_elsewhere", {"Another program has made these files already, or makes them now.",
                                           "다른 프로그램이 이미 이 파일을 만들었거나 만들고 있습니다."});
}

// A job that was begun anew meanwhile is another program's: of the older start some files may be gone already.
void require_newest_start(Connection& connection, const std::string& job, std::int64_t run) {
  Rows rows = connection.select("SELECT starts FROM jobs WHERE job_id = ? LOCK IN SHARE MODE", job);
  if (rows.next() && rows.integer() != run) throw_made_elsewhere();
}

}  // namespace

// One transaction for each portion keeps them small: what is not offered is seen by nobody.
void PaperSetStore::add_file(const PaperBytes& made) {
  const PaperFile& file = made.file;
  const std::string& exam = file.exam.text();
  const std::string people = store_.cipher.seal(place_of_paper(exam, file.id, people_column), join_ids(made.whose));
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    store_.cipher.data_keys().refuse_destroyed(exam);
    insert_unless_there(connection, insert_paper_file, file.id, file.job, file.run, file.number, exam, file.plan,
                        services::spell(file.content), file.venue.text(), file.name, file.bytes, file.people, people,
                        sql_time(file.made_at));
  });
  int number = 0;
  for (std::size_t at = 0; at < made.bytes.size(); at += part_bytes) {
    const std::string part = fmt::format("{}/{}", file.id, ++number);
    const std::string sealed = store_.cipher.seal(place_of_paper(exam, part, part_column),
                                                  std::string_view(made.bytes).substr(at, part_bytes));
    in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
      insert_unless_there(connection, insert_paper_part, part, file.id, number, sealed);
    });
  }
}

void PaperSetStore::offer_files(const std::string& job, std::int64_t run, const ExamCode& exam, Instant ends_at,
                                const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    // A destruction that begins meanwhile waits for this, or this finds that it has begun.
    store_.cipher.data_keys().refuse_destroyed(exam.text());
    std::size_t own = 0;
    bool offered = false;
    for (const PaperFile& file : list_paper_files(connection, "job_id = ? FOR UPDATE", job)) {
      if (file.run == run) ++own;
      if (file.ends_at == Instant{}) continue;
      if (file.run != run) throw_made_elsewhere();
      offered = true;
    }
    if (offered || own == 0) return;
    require_newest_start(connection, job, run);
    connection.change("UPDATE paper_files SET ends_at = ? WHERE job_id = ? AND run = ?", sql_time(ends_at), job, run);
    services::AuditNote note{"papers.make", fmt::format("{}/{}", exam.text(), job), count_of(static_cast<long long>(own), "file", "files")};
    note.exam = exam.text();
    write_audit(connection, store_, change, note);
  });
}

void PaperSetStore::discard_files(const std::string& job, std::int64_t run) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const auto ids = list_file_ids(connection.select(
        "SELECT file_id FROM paper_files WHERE job_id = ? AND run = ? AND ends_at IS NULL FOR UPDATE", job, run));
    for (const std::string& id : ids) remove_paper_file(connection, id);
  });
}

std::vector<PaperFile> PaperSetStore::list_files(const ExamCode& exam, const std::string& plan, Instant now) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return list_paper_files(connection,
                            "exam_code = ? AND (? = '' OR plan_digest = ?) AND ends_at > ? ORDER BY made_at DESC, job_id, "
                            "file_no",
                            exam.text(), plan, plan, sql_time(now));
  });
}

std::vector<PaperFile> PaperSetStore::list_files_of_job(const std::string& job) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return list_paper_files(connection, "job_id = ? AND ends_at IS NOT NULL ORDER BY file_no", job);
  });
}

std::optional<PaperBytes> PaperSetStore::find_file(const ExamCode& exam, const std::string& id, Instant now) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<PaperBytes> {
    PaperBytes found;
    Rows rows = connection.select(fmt::format("SELECT {}, people_sealed FROM paper_files WHERE file_id = ? AND "
                                              "exam_code = ? AND ends_at > ?",
                                              paper_file_columns),
                                  id, exam.text(), sql_time(now));
    if (!rows.next()) return std::nullopt;
    found.file = read_paper_file(rows);
    found.whose = split_ids(store_.cipher.open(place_of_paper({}, id, people_column), rows.text()));
    found.bytes.reserve(static_cast<std::size_t>(found.file.bytes));
    // One portion at a time, so that memory holds the file once.
    for (int number = 1; found.bytes.size() < static_cast<std::size_t>(found.file.bytes); ++number) {
      const std::string part = fmt::format("{}/{}", id, number);
      Rows portion = connection.select("SELECT content_sealed FROM paper_parts WHERE part_id = ?", part);
      if (!portion.next()) return std::nullopt;  // taken away at this moment
      found.bytes += store_.cipher.open(place_of_paper({}, part, part_column), portion.text());
    }
    return found;
  });
}

bool PaperSetStore::remove_expired(Instant now) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const auto ids = list_file_ids(connection.select(paper_files_to_remove, sql_time(now)));
    for (const std::string& id : ids) remove_paper_file(connection, id);
    return !ids.empty();
  });
}

}  // namespace hanjari::storage
