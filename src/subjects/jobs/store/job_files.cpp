#include "jobs/store/job_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/jobs/job_kinds.h"

namespace hanjari::storage {
namespace {

constexpr std::string_view content_column = "job_files.content";
// Well below what a server takes in one packet.
constexpr std::size_t part_bytes = 1024 * 1024;
// Between the languages of a line and between lines: no message holds control characters.
constexpr char between_languages = '\x1f';
constexpr char between_lines = '\x1e';

std::string_view word_of_file(JobFile what) {
  switch (what) {
    case JobFile::input:
      return "input";
    case JobFile::faults:
      return "faults";
    case JobFile::sent:
      return "sent";
    case JobFile::reason:
      return "reason";
    case JobFile::marked:
      break;
  }
  return "marked";
}

}  // namespace

JobFile file_of(services::JobOutput output) {
  return output == services::JobOutput::sent ? JobFile::sent : JobFile::marked;
}

std::vector<SealedPart> seal_job_file(const Store& store, const std::string& job, const services::JobOrder& order, JobFile what,
                                      std::string_view content) {
  const bool for_office = services::is_for_office(order.kind);
  std::vector<SealedPart> parts;
  // An empty file has one empty part, so that it is there.
  for (std::size_t at = 0; at < std::max<std::size_t>(content.size(), 1); at += part_bytes) {
    SealedPart part;
    part.id = fmt::format("{}/{}/{:05}", job, word_of_file(what), parts.size());
    const FieldPlace place{.population = 0, .row = part.id, .column = content_column, .exam = order.exam};
    const std::string_view portion = content.substr(at, part_bytes);
    part.bytes = for_office ? store.seal_for_office(place, portion) : store.cipher.seal(place, portion);
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<SealedPart> seal_faults(const Store& store, const services::Job& ended) {
  if (ended.faults.empty()) return {};
  try {
    return seal_job_file(store, ended.id, ended.order, JobFile::faults, write_fault_lines(ended.faults));
  } catch (const DatabaseUnavailable&) {
    throw;
  } catch (const Error&) {
    return {};
  }
}

void write_job_file(Connection& connection, const services::Job& job, JobFile what,
                    const std::vector<SealedPart>& parts) {
  for (const SealedPart& part : parts) {
    connection.change(
        "INSERT INTO job_files (part_id, job_id, what, exam_code, content_sealed) VALUES (?, ?, ?, ?, ?)", part.id,
        job.id, word_of_file(what), job.order.exam, part.bytes);
  }
}

std::optional<std::string> read_job_file(Connection& connection, const Store& store, const std::string& job,
                                         JobFile what) {
  std::optional<std::string> content;
  Rows rows = connection.select(
      "SELECT part_id, content_sealed FROM job_files WHERE job_id = ? AND what = ? ORDER BY part_id", job,
      word_of_file(what));
  while (rows.next()) {
    const std::string id = rows.text();
    const FieldPlace place{.population = 0, .row = id, .column = content_column};
    if (!content) content.emplace();
    *content += store.open_of_office(place, rows.text());
  }
  return content;
}

void remove_job_input(Connection& connection, const std::string& job) {
  connection.change("DELETE FROM job_files WHERE job_id = ? AND what = 'input'", job);
}

void remove_job_files(Connection& connection, const std::string& job, JobFile what) {
  connection.change("DELETE FROM job_files WHERE job_id = ? AND what = ?", job, word_of_file(what));
}

bool has_job_file(Connection& connection, const std::string& job, JobFile what) {
  Rows rows = connection.select("SELECT 1 FROM job_files WHERE job_id = ? AND what = ? LIMIT 1", job, word_of_file(what));
  return rows.next();
}

bool remove_fault_parts(Connection& connection, const std::string& time, const std::string& output_time) {
  std::vector<std::string> parts;
  for (Rows rows =
           connection.select("SELECT f.part_id FROM job_files f JOIN jobs j ON j.job_id = f.job_id WHERE (f.what = "
                             "'faults' AND j.ended_at < ?) OR (f.what IN ('sent', 'marked', 'reason') AND j.ended_at < ?) LIMIT 20",
                             time, output_time);
       rows.next();)
    parts.push_back(rows.text());
  for (const std::string& part : parts) connection.change("DELETE FROM job_files WHERE part_id = ?", part);
  return !parts.empty();
}

std::string write_fault_lines(const std::vector<Text>& lines) {
  std::string text;
  for (const Text& line : lines) {
    text += line.en;
    text += between_languages;
    text += line.ko;
    text += between_lines;
  }
  return text;
}

std::vector<Text> parse_fault_lines(std::string_view text) {
  std::vector<Text> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(between_lines), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t middle = std::min(line.find(between_languages), line.size());
    lines.push_back({std::string(line.substr(0, middle)), std::string(line.substr(std::min(middle + 1, line.size())))});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace hanjari::storage
