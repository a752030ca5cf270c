#include "hanjari/plans/import_job.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/package/packed_exam.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr const char* cp949_word = "cp949";

package::Encoding encoding_of(const Job& job) {
  const json request = json::parse(job.order.request, nullptr, false);
  const bool cp949 = request.is_object() && request.value("encoding", std::string()) == cp949_word;
  return cp949 ? package::Encoding::cp949 : package::Encoding::utf8;
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

Job order_import(JobRepository& jobs, std::string_view zip, package::Encoding encoding, const Change& change) {
  const package::PackedFiles files = package::unpack_exam(zip);
  const ExamHeader header = package::load_exam_header(files, encoding);
  const json request{{"encoding", encoding == package::Encoding::cp949 ? cp949_word : "utf8"}};
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
    const package::LoadedExam loaded = [&] {
      const std::string zip = jobs.load_job_file(call.job);
      try {
        return package::load_exam(package::unpack_exam(zip), encoding_of(call.job), call.progress);
      } catch (const package::RefusedPackage& refused) {
        tell_warnings(call, refused.warnings());
        throw;
      }
    }();
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    const ImportOutcome outcome = import_exam(exams, loaded.exam, nullptr, change, call.progress);
    const bool again =
        outcome.population == Stored::already_there && was_there_before(exams, loaded.exam, call.job);
    tell_warnings(call, loaded.warnings);
    return write_import_made(loaded.exam, again, loaded.warnings.size());
  };
}

}  // namespace hanjari::services
