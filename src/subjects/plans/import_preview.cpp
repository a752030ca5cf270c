#include "hanjari/plans/import_preview.h"

#include <iterator>
#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/package/other_spellings.h"
#include "hanjari/package/packed_exam.h"

namespace hanjari::services {
namespace {

using PreviewJson = nlohmann::json;

}  // namespace

std::string newest_population(ExamRepository& exams, const ExamCode& code) {
  const std::vector<StoredPopulation> populations = exams.list_populations(code);
  return populations.empty() ? std::string() : populations.front().input_sha256;
}

void require_shown_against(ExamRepository& exams, const ExamCode& code, const std::string& against) {
  if (newest_population(exams, code) == against) return;
  throw Conflict("preview_outdated",
                 {"Another package of this exam was stored since this preview. Send the file again and look at what it would "
                  "change now.",
                  "미리보기를 만든 뒤에 이 시험의 다른 묶음이 저장되었습니다. 파일을 다시 보내 달라지는 점을 확인하십시오."});
}

ImportPreview preview_import(ExamRepository& exams, const Exam& exam, std::size_t warnings, Progress& progress) {
  const ExamCode& code = exam.header.code;
  require_not_destroyed(exams, code);
  ImportPreview preview;
  preview.people = static_cast<std::int64_t>(exam.applicants.size());
  preview.warnings = static_cast<std::int64_t>(warnings);
  preview.against = newest_population(exams, code);
  progress.stage({"Comparing with the stored exam", "저장된 시험과 비교"}, 0);
  package::PackedFiles before;
  if (!preview.against.empty()) {
    if (const std::optional<Exam> stored = exams.find_exam(code, preview.against)) {
      before = package::render_exam(*stored);
      preview.other_spellings = package::find_other_spellings(exam, *stored);
      preview.warnings += std::ssize(preview.other_spellings);
    }
  }
  preview.tables = package::compare_packages(before, package::render_exam(exam));
  return preview;
}

std::string write_import_preview(const ImportPreview& preview) {
  PreviewJson tables = PreviewJson::array();
  for (const package::TableChange& table : preview.tables) {
    tables.push_back({{"file", table.file}, {"added", table.added}, {"changed", table.changed}, {"gone", table.gone}});
  }
  return PreviewJson{{"preview", true},
                     {"against", preview.against},
                     {"people", preview.people},
                     {"warnings", preview.warnings},
                     {"tables", tables}}
      .dump();
}

std::optional<ImportPreview> parse_import_preview(const std::string& result) {
  const PreviewJson read = PreviewJson::parse(result, nullptr, false);
  if (!read.is_object() || !read.value("preview", false)) return std::nullopt;
  ImportPreview preview;
  preview.against = read.value("against", std::string());
  preview.people = read.value("people", std::int64_t{0});
  preview.warnings = read.value("warnings", std::int64_t{0});
  for (const PreviewJson& table : read.value("tables", PreviewJson::array())) {
    preview.tables.push_back({table.value("file", std::string()), table.value("added", std::uint64_t{0}),
                              table.value("changed", std::uint64_t{0}), table.value("gone", std::uint64_t{0})});
  }
  return preview;
}

Job confirm_import(JobRepository& jobs, ExamRepository& exams, const std::string& id, const Change& change) {
  const std::optional<Job> looked = jobs.find_job(id);
  std::optional<ImportPreview> preview;
  if (looked && looked->order.kind == import_job_kind) preview = parse_import_preview(looked->result);
  if (!preview) throw NotFound("unknown_job", {"There is no such preview.", "해당 미리보기가 없습니다."});
  require_shown_against(exams, ExamCode(looked->order.exam), preview->against);
  const std::string file = jobs.take_output(*looked, JobOutput::sent, change);
  PreviewJson request = PreviewJson::parse(looked->order.request, nullptr, false);
  request.erase("preview");
  // The job begins later, and asks once more.
  request["against"] = preview->against;
  Change ordered = change;
  if (is_blank_text(ordered.reason)) ordered.reason = jobs.find_reason(*looked);
  return jobs.add_job_with_file({import_job_kind, looked->order.exam, request.dump()}, draw_token(), file, ordered);
}

}  // namespace hanjari::services
