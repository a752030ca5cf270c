#include "jobs/store/job_store.h"

#include <algorithm>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/jobs/job_kinds.h"
#include "jobs/store/job_files.h"

namespace hanjari::storage {
namespace {

using services::Job;
using services::JobProgress;
using services::JobState;

// clang-format off
constexpr const char* job_columns =
    "job_id, kind, exam_code, request, state, author, stage_en, stage_ko, done, total, note, claim, starts, "
    "cancel_asked, version, result, fault_code, fault_en, fault_ko, "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', asked_at), TIMESTAMPDIFF(MICROSECOND, '1970-01-01', begun_at), "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ended_at)";
constexpr const char* insert_job =
    "INSERT INTO jobs (job_id, kind, exam_code, request, state, author, stage_en, stage_ko, done, total, note, claim, "
    "lease_until, starts, cancel_asked, version, result, fault_code, fault_en, fault_ko, asked_at) "
    "VALUES (?, ?, ?, ?, 'waiting', ?, '', '', 0, 0, '', '', ?, 0, 0, 1, '', '', '', '', ?)";
constexpr const char* claim_this_job =
    "UPDATE jobs SET state = 'running', claim = ?, lease_until = ?, starts = starts + 1, version = version + 1, "
    "begun_at = COALESCE(begun_at, ?) WHERE job_id = ?";
constexpr const char* keep_this_job =
    "UPDATE jobs SET lease_until = ?, stage_en = ?, stage_ko = ?, done = ?, total = ?, note = ?, version = version + 1 "
    "WHERE job_id = ? AND claim = ? AND state = 'running'";
constexpr const char* end_this_job =
    "UPDATE jobs SET state = ?, stage_en = ?, stage_ko = ?, done = ?, total = ?, note = ?, result = ?, fault_code = ?, "
    "fault_en = ?, fault_ko = ?, ended_at = ?, lease_until = ?, version = version + 1 "
    "WHERE job_id = ? AND claim = ? AND state = 'running'";
// clang-format on

constexpr std::size_t longest_stage = 400;
constexpr std::size_t longest_note = 200;

// As much of the text as a column takes, cut between characters.
std::string cut(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

Job read_job(Rows& rows) {
  Job job;
  job.id = rows.text();
  job.order.kind = rows.text();
  job.order.exam = rows.text();
  job.order.request = rows.text();
  const auto state = services::parse_job_state(rows.text());
  job.state = state.value_or(services::JobState::failed);
  job.author = rows.text();
  job.progress.stage.en = rows.text();
  job.progress.stage.ko = rows.text();
  job.progress.done = static_cast<std::uint64_t>(rows.integer());
  job.progress.total = static_cast<std::uint64_t>(rows.integer());
  job.progress.note = rows.text();
  job.claim = rows.text();
  job.starts = static_cast<int>(rows.integer());
  job.cancel_asked = rows.integer() != 0;
  job.version = rows.integer();
  job.result = rows.text();
  job.fault_code = rows.text();
  job.fault.en = rows.text();
  job.fault.ko = rows.text();
  job.asked_at = from_microseconds(rows.integer());
  if (const auto at = rows.maybe_integer()) job.begun_at = from_microseconds(*at);
  if (const auto at = rows.maybe_integer()) job.ended_at = from_microseconds(*at);
  if (!state) {
    // Nobody works on it: jobs are claimed by their state. Without a word it would take the list of all others away.
    job.fault_code = "row_damaged";
    job.fault = {"the row of this job was changed: order it again", "이 작업의 행이 바뀌었습니다. 다시 요청하십시오"};
  }
  return job;
}

template <class... Values>
std::vector<Job> list_where(Connection& connection, const std::string& where, const Values&... values) {
  std::vector<Job> jobs;
  Rows rows = connection.select(fmt::format("SELECT {} FROM jobs WHERE {}", job_columns, where), values...);
  while (rows.next()) jobs.push_back(read_job(rows));
  return jobs;
}

void add_audit(Connection& connection, const Store& store, const services::Change& change, const Job& job,
               std::string_view action) {
  services::AuditNote note{fmt::format("job.{}", action), job.id, fmt::format("{} {}", job.order.kind, job.order.exam)};
  note.exam = job.order.exam;
  write_audit(connection, store, change, note);
}

// One more stage of the history, unless the last one of this start is the same.
void add_stage(Connection& connection, const Job& claimed, const JobProgress& progress, Instant now) {
  if (progress.stage.en.empty()) return;
  Rows rows = connection.select(
      "SELECT place, starts, stage_en FROM job_stages WHERE job_id = ? ORDER BY place DESC LIMIT 1", claimed.id);
  std::int64_t place = 1;
  const std::string en = cut(progress.stage.en, longest_stage);
  if (rows.next()) {
    place = rows.integer() + 1;
    const bool same_start = rows.integer() == claimed.starts;
    if (same_start && rows.text() == en) return;
  }
  connection.change(
      "INSERT INTO job_stages (job_id, place, starts, stage_en, stage_ko, begun_at) VALUES (?, ?, ?, ?, ?, ?)",
      claimed.id, place, claimed.starts, en, cut(progress.stage.ko, longest_stage), sql_time(now));
}

// One more figure of the curve, unless it is what was said last.
void add_point(Connection& connection, const Job& claimed, const JobProgress& progress, Instant now) {
  const auto figure = services::figure_of_note(progress.note);
  if (!figure || progress.stage.en.empty()) return;
  const std::string stage = cut(progress.stage.en, longest_stage);
  Rows rows = connection.select(
      "SELECT point_no, starts, done, figure, stage_en FROM job_points WHERE job_id = ? ORDER BY point_no DESC LIMIT 1",
      claimed.id);
  std::int64_t number = 1;
  if (rows.next()) {
    number = rows.integer() + 1;
    const bool same_start = rows.integer() == claimed.starts;
    const bool same_done = rows.integer() == static_cast<std::int64_t>(progress.done);
    const bool same_figure = rows.integer() == *figure;
    if (same_start && same_done && same_figure && rows.text() == stage) return;
  }
  connection.change(
      "INSERT INTO job_points (job_id, point_no, starts, stage_en, done, figure, said_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      claimed.id, number, claimed.starts, stage, progress.done, *figure, sql_time(now));
}

}  // namespace

Job JobStore::add_job(const services::JobOrder& order, const std::string& id, const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const bool added = insert_unless_there(connection, insert_job, id, order.kind, order.exam, order.request,
                                           change.author, sql_time(change.at), sql_time(change.at));
    auto jobs = added ? list_where(connection, "job_id = ?", id)
                      : list_where(connection, "job_id = ? OR running_key = CONCAT(?, '/', ?) ORDER BY job_number", id,
                                   order.kind, order.exam);
    // The other one may have ended between the two statements.
    if (jobs.empty()) throw DatabaseUnavailable("database_busy", {"please try again", "다시 시도해 주십시오"});
    if (added) add_audit(connection, store_, change, jobs.front(), "add");
    return std::move(jobs.front());
  });
}

Job JobStore::add_job_with_file(const services::JobOrder& order, const std::string& id, std::string_view file,
                                const services::Change& change) {
  // The exam of a package may not be there yet; it is sealed under its key all the same, so that it ends with it.
  if (order.kind == services::import_job_kind) store_.cipher.data_keys().make_for_import(order.exam);
  const auto parts = seal_job_file(store_, id, order, JobFile::input, file);
  std::vector<SealedPart> why;
  if (order.keeps_reason && !change.reason.empty())
    why = seal_job_file(store_, id, order, JobFile::reason, change.reason);
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const bool added = insert_unless_there(connection, insert_job, id, order.kind, order.exam, order.request,
                                           change.author, sql_time(change.at), sql_time(change.at));
    // An earlier attempt may have been committed without being heard.
    auto jobs = list_where(connection, "job_id = ?", id);
    if (jobs.empty()) {
      throw Conflict("job_running", {"Such work on this exam waits or runs already. Wait for its end, then send the file again.",
                                     "이 시험에 같은 작업이 이미 대기하거나 진행 중입니다. 끝난 뒤에 파일을 다시 보내십시오."});
    }
    if (added) {
      write_job_file(connection, jobs.front(), JobFile::input, parts);
      write_job_file(connection, jobs.front(), JobFile::reason, why);
      add_audit(connection, store_, change, jobs.front(), "add");
    }
    return std::move(jobs.front());
  });
}

std::string JobStore::load_job_file(const Job& job) {
  auto file = in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_job_file(connection, store_, job.id, JobFile::input);
  });
  if (!file) {
    throw NotFound("job_file_gone", {"The file of this job is gone. Send it again.",
                                     "이 작업의 파일이 없습니다. 다시 보내십시오."});
  }
  return std::move(*file);
}

std::vector<Text> JobStore::list_faults(const Job& job) {
  const auto lines = in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_job_file(connection, store_, job.id, JobFile::faults);
  });
  return lines ? parse_fault_lines(*lines) : std::vector<Text>{};
}

std::optional<Job> JobStore::find_job(const std::string& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Job> {
    auto jobs = list_where(connection, "job_id = ?", id);
    if (jobs.empty()) return std::nullopt;
    return std::move(jobs.front());
  });
}

std::vector<services::JobPoint> JobStore::list_points(const std::string& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::JobPoint> points;
    Rows rows = connection.select(
        "SELECT stage_en, starts, done, figure, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', said_at) FROM job_points WHERE "
        "job_id = ? ORDER BY point_no",
        id);
    while (rows.next()) {
      services::JobPoint& point = points.emplace_back();
      point.stage = rows.text();
      point.starts = static_cast<int>(rows.integer());
      point.done = static_cast<std::uint64_t>(rows.integer());
      point.figure = rows.integer();
      point.at = from_microseconds(rows.integer());
    }
    return points;
  });
}

std::vector<services::JobStage> JobStore::list_stages(const std::string& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::JobStage> stages;
    Rows rows = connection.select(
        "SELECT stage_en, stage_ko, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', begun_at) FROM job_stages "
        "WHERE job_id = ? ORDER BY place",
        id);
    while (rows.next()) {
      services::JobStage stage;
      stage.name.en = rows.text();
      stage.name.ko = rows.text();
      stage.begun_at = from_microseconds(rows.integer());
      stages.push_back(std::move(stage));
    }
    return stages;
  });
}

std::vector<Job> JobStore::list_jobs(const services::JobFilter& filter) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    const auto limit = static_cast<std::int64_t>(filter.limit);
    const std::string where = std::string(filter.exam.empty() ? "'' = ?" : "exam_code = ?") +
                              (filter.kind.empty() ? " AND '' = ?" : " AND kind = ?");
    return list_where(connection, where + " ORDER BY job_number DESC LIMIT ?", filter.exam, filter.kind, limit);
  });
}

std::optional<Job> JobStore::claim_job(const std::vector<std::string>& kinds, const std::string& claim, Instant now,
                                       std::chrono::seconds lease) {
  if (kinds.empty()) return std::nullopt;
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) -> std::optional<Job> {
    // A claim whose commit was not heard is found again by its token.
    auto jobs = list_where(connection, "state = 'running' AND claim = ?", claim);
    if (!jobs.empty()) return std::move(jobs.front());
    auto ready = list_where(connection,
                            "(state = 'waiting' OR (state = 'running' AND lease_until < ?)) AND FIND_IN_SET(kind, ?) "
                            "ORDER BY job_number LIMIT 1 FOR UPDATE SKIP LOCKED",
                            sql_time(now), fmt::format("{}", fmt::join(kinds, ",")));
    for (Job& job : ready) {
      connection.change(claim_this_job, claim, sql_time(now + lease), sql_time(now), job.id);
      return std::move(list_where(connection, "job_id = ?", job.id).front());
    }
    return std::nullopt;
  });
}

services::JobRepository::Kept JobStore::keep_job(const Job& claimed, const JobProgress& progress, Instant now,
                                                 std::chrono::seconds lease) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const auto changed = connection.change(
        keep_this_job, sql_time(now + lease), cut(progress.stage.en, longest_stage), cut(progress.stage.ko, longest_stage),
        progress.done, progress.total, cut(progress.note, longest_note), claimed.id, claimed.claim);
    if (changed == 0) return Kept::lost;
    add_stage(connection, claimed, progress, now);
    add_point(connection, claimed, progress, now);
    Rows rows = connection.select("SELECT cancel_asked FROM jobs WHERE job_id = ?", claimed.id);
    return rows.next() && rows.integer() != 0 ? Kept::cancel : Kept::yes;
  });
}

bool JobStore::end_job(const Job& ended, const services::Change& change) {
  const auto faults = seal_faults(store_, ended);
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    std::optional<std::string> ended_at;
    if (services::is_over(ended.state)) ended_at = sql_time(change.at);
    const JobProgress& progress = ended.progress;
    const auto changed = connection.change(
        end_this_job, services::spell(ended.state), cut(progress.stage.en, longest_stage),
        cut(progress.stage.ko, longest_stage), progress.done, progress.total, cut(progress.note, longest_note),
        ended.result, ended.fault_code, ended.fault.en, ended.fault.ko, ended_at, sql_time(change.at), ended.id,
        ended.claim);
    if (changed > 0) {
      if (!ended_at) return true;
      remove_job_input(connection, ended.id);
      write_job_file(connection, ended, JobFile::faults, faults);
      add_audit(connection, store_, change, ended, services::spell(ended.state));
      return true;
    }
    // An earlier attempt may have been committed without being heard.
    const auto now = list_where(connection, "job_id = ? AND claim = ?", ended.id, ended.claim);
    return attempt.number > 1 && !now.empty() && now.front().state == ended.state;
  });
}

void JobStore::cancel_job(const std::string& id, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    auto jobs = list_where(connection, "job_id = ? FOR UPDATE", id);
    if (jobs.empty()) throw NotFound("unknown_job", {"There is no such job.", "해당 작업이 없습니다."});
    Job& job = jobs.front();
    if (services::is_over(job.state)) {
      if (attempt.number > 1 && job.state == JobState::cancelled) return;
      throw services::JobOver({"This job is over already.", "이미 끝난 작업입니다."});
    }
    if (job.state == JobState::waiting) {
      connection.change(
          "UPDATE jobs SET state = 'cancelled', cancel_asked = 1, ended_at = ?, version = version + 1 WHERE job_id = ?",
          sql_time(change.at), id);
      remove_job_input(connection, id);
    } else {
      connection.change("UPDATE jobs SET cancel_asked = 1, version = version + 1 WHERE job_id = ?", id);
    }
    add_audit(connection, store_, change, job, "cancel");
  });
}

bool JobStore::remove_faults(Instant ended_before) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const Instant outputs = ended_before + services::faults_are_kept - services::outputs_are_kept;
    return remove_fault_parts(connection, sql_time(ended_before), sql_time(outputs));
  });
}

void JobStore::keep_output(const Job& claimed, services::JobOutput what, std::string_view bytes) {
  const auto parts = seal_job_file(store_, claimed.id, claimed.order, file_of(what), bytes);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    // A destruction that begins meanwhile waits for this, or this finds that it has begun.
    store_.cipher.data_keys().refuse_destroyed(claimed.order.exam);
    if (list_where(connection, "job_id = ? AND claim = ? AND state = 'running' FOR UPDATE", claimed.id, claimed.claim).empty())
      return;
    remove_job_files(connection, claimed.id, file_of(what));
    write_job_file(connection, claimed, file_of(what), parts);
  });
}

bool JobStore::has_output(const Job& job, services::JobOutput what) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return has_job_file(connection, job.id, file_of(what)); });
}

std::string JobStore::find_reason(const Job& job) {
  try {
    const auto why = in_reading(store_.pool, store_.retry, [&](Connection& connection) {
      return read_job_file(connection, store_, job.id, JobFile::reason);
    });
    return why.value_or("");
  } catch (const DatabaseUnavailable&) {
    throw;
  } catch (const Error&) {
    return {};  // its key is gone, or the row is damaged: the officer says it again
  }
}

std::string JobStore::take_output(const Job& job, services::JobOutput what, const services::Change& change) {
  auto file = in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    auto content = read_job_file(connection, store_, job.id, file_of(what));
    if (content) add_audit(connection, store_, change, job, "take_file");
    return content;
  });
  if (!file) {
    throw NotFound("job_file_gone", {"The file of this job is gone. Send it again.",
                                     "이 작업의 파일이 없습니다. 다시 보내십시오."});
  }
  return std::move(*file);
}

}  // namespace hanjari::storage
