#include "hanjari/plans/import_job.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/package/exam_sheets.h"
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

// A setting of the order that is text; empty when it was not given.
std::string ordered(const Job& job, const char* setting) {
  const json request = json::parse(job.order.request, nullptr, false);
  return request.is_object() ? request.value(setting, std::string()) : std::string();
}

// The package that was sent, or the stored one with the table that was sent in place of its own.
package::PackedFiles files_of(ExamRepository& exams, const Job& job, const std::string& sent) {
  const std::string table = ordered(job, "table");
  if (table.empty()) return package::unpack_exam(sent);
  const ExamCode code(job.order.exam);
  const std::optional<Exam> stored = exams.find_exam(code, newest_population(exams, code));
  if (!stored) {
    throw NotFound("exam_not_found", {"The exam has no stored package that the table could be put into.",
                                      "표를 넣을 저장된 시험 묶음이 없습니다."});
  }
  package::PackedFiles files = package::render_exam(*stored);
  package::put_table(files, table, sent);
  return files;
}

// The header of a table that was sent may not make it another exam's.
void require_exam_of(const Job& job, const Exam& exam) {
  if (exam.header.code.text() == job.order.exam) return;
  Faults faults;
  Fault other{"exam.json",
              0,
              "code",
              {fmt::format("the table is of exam {}, not of {}", exam.header.code.text(), job.order.exam),
               fmt::format("시험 {}의 표이며 시험 {}의 표가 아닙니다", exam.header.code.text(), job.order.exam)},
              {"send the whole package to import another exam", "다른 시험을 가져오려면 묶음 전체를 보내십시오"}};
  faults.add(placed_in_sheet(exam, std::move(other)));
  throw InvalidInput(std::move(faults));
}

// The package that the job was given. Of workbooks with faults the marked files are kept before the faults are told.
package::LoadedExam load_sent(ExamRepository& exams, JobRepository& jobs, const JobCall& call, const std::string& sent) {
  const package::PackedFiles files = files_of(exams, call.job, sent);
  package::BadCells bad;
  try {
    package::LoadedExam loaded = package::load_exam(files, encoding_of(call.job), call.progress, &bad);
    require_exam_of(call.job, loaded.exam);
    return loaded;
  } catch (const package::RefusedPackage& refused) {
    tell_warnings(call, refused.warnings());
    if (bad.count() > 0) {
      call.progress.stage({"Marking the wrong cells", "잘못된 셀 표시"}, 0);
      const std::string marked = package::mark_bad_workbooks(files, bad, language_of_notes(call.job));
      if (!marked.empty()) jobs.keep_output(call.job, JobOutput::marked, marked);
    }
    throw;
  }
}

// Asked once more where the work begins. A program that died after its commit has stored this very package already.
void require_still_shown(ExamRepository& exams, const Job& job, const Exam& exam) {
  const json request = json::parse(job.order.request, nullptr, false);
  if (!request.is_object() || !request.contains("against")) return;
  if (newest_population(exams, exam.header.code) == exam.input_sha256) return;
  require_shown_against(exams, exam.header.code, request.value("against", std::string()));
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
  const bool is_looked_at = step == ImportStep::preview;
  return jobs.add_job_with_file({import_job_kind, header.code.text(), request.dump(), is_looked_at}, draw_token(), zip, change);
}

Job order_table_import(JobRepository& jobs, ExamRepository& exams, const ExamCode& exam, const std::string& table,
                       std::string_view sent, const Change& change, ImportStep step, Language language) {
  choose_population(exams, exam, {});
  require_not_destroyed(exams, exam);
  package::PackedFiles known;
  package::put_table(known, table, std::string());
  json request{{"table", table}};
  if (step == ImportStep::preview) request["preview"] = true;
  if (language == Language::english) request["language"] = "en";
  const bool is_looked_at = step == ImportStep::preview;
  return jobs.add_job_with_file({import_job_kind, exam.text(), request.dump(), is_looked_at}, draw_token(), sent, change);
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
    const package::LoadedExam loaded = load_sent(exams, jobs, call, sent);
    if (is_preview(call.job)) {
      const ImportPreview preview = preview_import(exams, loaded.exam, loaded.warnings.size(), call.progress);
      jobs.keep_output(call.job, JobOutput::sent, sent);
      std::vector<Fault> warnings = preview.other_spellings;
      warnings.insert(warnings.end(), loaded.warnings.begin(), loaded.warnings.end());
      tell_warnings(call, warnings);
      return write_import_preview(preview);
    }
    require_still_shown(exams, call.job, loaded.exam);
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
