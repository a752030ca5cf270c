#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/package/sheet_tables.h"
#include "hanjari/results/result_jobs.h"
#include "hanjari/results/seated_people.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr const char* cp949_results = "cp949";

package::Encoding encoding_of_results(const Job& job) {
  const json request = json::parse(job.order.request, nullptr, false);
  const bool cp949 = request.is_object() && request.value("encoding", std::string()) == cp949_results;
  return cp949 ? package::Encoding::cp949 : package::Encoding::utf8;
}

Language language_of_result_notes(const Job& job) {
  const json request = json::parse(job.order.request, nullptr, false);
  const bool english = request.is_object() && request.value("language", std::string()) == "en";
  return english ? Language::english : Language::korean;
}

// Throws InvalidInput with a file that only the service writes: whoever packs it sends cases that would count twice, or not at all.
package::PackedFiles unpack_sent_results(std::string_view zip) {
  package::PackedFiles files = package::unpack_results(zip);
  const std::string recorded(selection::recorded_file);
  if (!files.contains(recorded)) return files;
  Faults faults;
  faults.add({recorded, 0, "",
              {"special cases that were recorded here join every decision by themselves", "여기에 기록한 특별 결정은 모든 결정에 저절로 반영됩니다"},
              {"leave the file out", "이 파일을 빼고 보내십시오"}});
  throw InvalidInput(std::move(faults));
}

// The package that was sent. Of workbooks with faults the marked files are kept before the faults are told.
package::LoadedResults load_sent_results(JobRepository& jobs, const JobCall& call, const package::PackedFiles& files) {
  package::BadCells bad;
  try {
    return package::load_results(files, selection::Stage::written, encoding_of_results(call.job), call.progress, &bad);
  } catch (const InvalidInput&) {
    if (bad.count() > 0) {
      call.progress.stage({"Marking the wrong cells", "잘못된 셀 표시"}, 0);
      const std::string marked = package::mark_bad_workbooks(files, bad, language_of_result_notes(call.job));
      if (!marked.empty()) jobs.keep_output(call.job, JobOutput::marked, marked);
    }
    throw;
  }
}

ResultPackage package_of(const Job& job, const package::PackedFiles& files, const package::LoadedResults& loaded) {
  ResultPackage package;
  package.id = draw_token();
  package.exam = ExamCode(job.order.exam);
  package.package_sha256 = package::digest_files(files);
  package.input_sha256 = loaded.input_sha256;
  package.rules = write_pass_rules(loaded);
  package.rules_sha256 = sha256(package.rules).hex();
  package.encoding = encoding_of_results(job);
  package.people = std::ssize(loaded.results.people);
  package.units = std::ssize(loaded.results.units);
  package.warnings = std::ssize(loaded.warnings);
  package.author = job.author;
  package.job = job.id;
  return package;
}

}  // namespace

Job order_result_import(ExamRepository& exams, JobRepository& jobs, const ExamCode& exam, std::string_view zip,
                        package::Encoding encoding, const Change& change, Language language) {
  choose_population(exams, exam, {});
  require_not_destroyed(exams, exam);
  unpack_sent_results(zip);
  json request{{"encoding", encoding == package::Encoding::cp949 ? cp949_results : "utf8"}};
  if (language == Language::english) request["language"] = "en";
  return jobs.add_job_with_file({result_import_job_kind, exam.text(), request.dump()}, draw_token(), zip, change);
}

std::optional<ResultImportMade> parse_result_import_made(const std::string& result) {
  const json read = json::parse(result, nullptr, false);
  if (!read.is_object() || !read.contains("version")) return std::nullopt;
  const auto number = [&](const char* key) { return read.value(key, std::int64_t{0}); };
  ResultImportMade made;
  made.version = number("version");
  made.again = read.value("again", false);
  made.people = number("people");
  made.units = number("units");
  made.warnings = number("warnings");
  return made;
}

JobWork result_import_work(ResultRepository& results, JobRepository& jobs, const Clock& clock, ExamRepository* exams) {
  return [&results, &jobs, &clock, exams](const JobCall& call) {
    call.progress.stage({"Unpacking the file", "파일 압축 풀기"}, 0);
    const std::string zip = jobs.load_job_file(call.job);
    const package::PackedFiles files = unpack_sent_results(zip);
    package::LoadedResults loaded = load_sent_results(jobs, call, files);
    if (exams != nullptr) {
      call.progress.stage({"Comparing with the people who were seated", "배정된 응시자와 대조"}, 0);
      // First of all that is told, because only so many warnings of a job are kept.
      std::vector<Fault> of_people = compare_with_seated(*exams, ExamCode(call.job.order.exam), loaded.results);
      loaded.warnings.insert(loaded.warnings.begin(), std::make_move_iterator(of_people.begin()),
                             std::make_move_iterator(of_people.end()));
    }
    call.progress.stage({"Keeping the results", "결과 자료 보관"}, 0);
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    ResultPackage package = package_of(call.job, files, loaded);
    package.at = change.at;
    const ResultPackage kept = results.add_package(package, zip, change);
    tell_warnings(call, loaded.warnings);
    // A program that died after its commit has stored the package for this very job.
    return json{{"version", kept.version},
                {"again", kept.job != call.job.id},
                {"people", kept.people},
                {"units", kept.units},
                {"warnings", kept.warnings}}
        .dump();
  };
}

}  // namespace hanjari::services
