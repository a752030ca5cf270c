#include "hanjari/plans/import_job.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/package/packed_exam.h"
#include "hanjari/package/sheet_tables.h"
#include "hanjari/plans/import_preview.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr const char* cp949_word = "cp949";

package::Encoding encoding_of(const Job& job) {
  const json request = json::parse(job.order.request, nullptr, false);
  const bool cp949 = request.is_object() && request.value("encoding", std::string()) == cp949_word;
  return cp949 ? package::Encoding::cp949 : package::Encoding::utf8;
}

bool is_preview(const Job& job) {
  const json request = json::parse(job.order.request, nullptr, false);
  return request.is_object() && request.value("preview", false);
}

Language language_of_notes(const Job& job) {
  const json request = json::parse(job.order.request, nullptr, false);
  const bool english = request.is_object() && request.value("language", std::string()) == "en";
  return english ? Language::english : Language::korean;
}

// The workbook in which all bad cells are; empty when there is none or several.
std::string only_bad_workbook(const package::BadCells& bad) {
  std::string name;
  for (const package::BadCell& cell : bad.kept()) {
    if (!name.empty() && cell.file != name) return {};
    name = cell.file;
  }
  return name;
}

// The package that the job was given. Of one workbook with faults the marked file is kept before they are told.
package::LoadedExam load_sent(JobRepository& jobs, const JobCall& call, const std::string& sent) {
  const package::PackedFiles files = package::unpack_exam(sent);
  package::BadCells bad;
  try {
    return package::load_exam(files, encoding_of(call.job), call.progress, &bad);
  } catch (const package::RefusedPackage& refused) {
    tell_warnings(call, refused.warnings());
    const std::string wrong = only_bad_workbook(bad);
    if (!wrong.empty()) {
      call.progress.stage({"Marking the wrong cells", "잘못된 셀 표시"}, 0);
      jobs.keep_output(call.job, JobOutput::marked,
                       package::mark_bad_cells(wrong, files.at(wrong), bad, language_of_notes(call.job)));
    }
    throw;
  }
}

// A program that died after its commit has stored the package for this very job.
bool was_there_before(ExamRepository& exams, const Exam& exam, const Job& job) {
  for (const StoredPopulation& population : exams.list_populations(exam.header.code)) {
    if (population.input_sha256 == exam.input_sha256) return job.starts < 2 || population.imported_at < job.asked_at;
  }
  return false;
}

std::string write_import_made(const Exam& exam, bool again, std::size_t warnings) {
  return json{{"input_sha256", exam.input_sha256},
              {"again", again},
              {"people", exam.applicants.size()},
              {"units", exam.units.size()},
              {"venues", exam.venues.size()},
              {"rooms", exam.rooms.size()},
              {"warnings", warnings}}
      .dump();
}

}  // namespace

Job order_import(JobRepository& jobs, std::string_view zip, package::Encoding encoding, const Change& change, ImportStep step,
                 Language language) {
  const package::PackedFiles files = package::unpack_exam(zip);
  const ExamHeader header = package::load_exam_header(files, encoding);
  json request{{"encoding", encoding == package::Encoding::cp949 ? cp949_word : "utf8"}};
  if (step == ImportStep::preview) request["preview"] = true;
  if (language == Language::english) request["language"] = "en";
  return jobs.add_job_with_file({import_job_kind, header.code.text(), request.dump()}, draw_token(), zip, change);
}

std::optional<ImportMade> parse_import_made(const std::string& result) {
  const json read = json::parse(result, nullptr, false);
  if (!read.is_object() || !read.contains("input_sha256")) return std::nullopt;
  const auto number = [&](const char* key) { return read.value(key, std::int64_t{0}); };
  ImportMade made;
  made.input_sha256 = read.value("input_sha256", std::string());
  made.again = read.value("again", false);
  made.people = number("people");
  made.units = number("units");
  made.venues = number("venues");
  made.rooms = number("rooms");
  made.warnings = number("warnings");
  return made;
}

JobWork import_work(ExamRepository& exams, JobRepository& jobs, const Clock& clock) {
  return [&exams, &jobs, &clock](const JobCall& call) {
    call.progress.stage({"Unpacking the file", "파일 압축 풀기"}, 0);
    std::string sent = jobs.load_job_file(call.job);
    const package::LoadedExam loaded = load_sent(jobs, call, sent);
    if (is_preview(call.job)) {
      const ImportPreview preview = preview_import(exams, loaded.exam, loaded.warnings.size(), call.progress);
      jobs.keep_output(call.job, JobOutput::sent, sent);
      tell_warnings(call, loaded.warnings);
      return write_import_preview(preview);
    }
    sent = std::string();  // the database takes its time
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    const ImportOutcome outcome = import_exam(exams, loaded.exam, nullptr, change, call.progress);
    const bool again =
        outcome.population == Stored::already_there && was_there_before(exams, loaded.exam, call.job);
    tell_warnings(call, loaded.warnings);
    return write_import_made(loaded.exam, again, loaded.warnings.size());
  };
}

}  // namespace hanjari::services
