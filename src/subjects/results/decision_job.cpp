// The decision on a package by its frozen rules, with what differs from the decision before.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/results/decided.h"
#include "hanjari/results/final_decisions.h"
#include "hanjari/results/result_jobs.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

void require_as_imported(const package::PackedFiles& files, const ResultPackage& package) {
  if (package::digest_files(files) == package.package_sha256) return;
  throw Conflict("package_differs", {"The kept results are not those that were imported.",
                                     "보관된 결과 자료가 가져온 자료와 다릅니다."});
}

// With the special cases that count by now, as a table; empty: none.
Decided decide_kept(ResultRepository& results, const ResultPackage& package, const std::string& cases, Progress& progress) {
  package::PackedFiles files = package::unpack_results(results.load_package(package));
  require_as_imported(files, package);
  if (!cases.empty()) files[std::string(selection::recorded_file)] = cases;
  return decide_package(package::load_results(files, selection::Stage::written, package.encoding, progress));
}

Decided decide_again(ResultRepository& results, const StoredDecision& decision, Progress& progress) {
  const ResultPackage package = find_package(results, decision.exam, decision.package_version);
  const package::PackedFiles files = load_decided_files(results, decision);
  require_as_imported(files, package);
  return decide_package(package::load_results(files, selection::Stage::written, package.encoding, progress));
}

DecisionFiles write_files(const Decided& decided, const std::optional<selection::Comparison>& differences,
                          const std::string& compared_with, const std::optional<ExamHeader>& exam) {
  const selection::Results& results = decided.loaded.results;
  DecisionFiles files;
  const auto into = [&files](const char* name) {
    return [&file = files[name]](std::string_view bytes) { file += bytes; };
  };
  package::write_decisions(results, decided.loaded.rules, decided.decision, into("decisions.csv"));
  package::write_cuts(results, decided.decision, into("cuts.csv"));
  if (differences) {
    package::write_differences(*differences, into("differences.csv"));
    package::write_cut_differences(*differences, into("cut_differences.csv"));
  }
  ReportedBeside beside;
  beside.exam = exam ? &*exam : nullptr;
  beside.differences = differences ? &*differences : nullptr;
  beside.other_package = compared_with;
  write_reports(decided, beside, [&files](const std::string& name, std::string_view bytes) { files[name] = bytes; });
  return files;
}

std::string write_decision_made(const StoredDecision& kept, const Job& job) {
  return json{{"version", kept.version}, {"again", kept.job != job.id}, {"decision_sha256", kept.decision_sha256}}
      .dump();
}

ResultPackage package_of_order(ResultRepository& results, const Job& job) {
  const json request = json::parse(job.order.request);
  return find_package(results, ExamCode(job.order.exam), request.at("package").get<std::int64_t>());
}

// Adjusted marks sent as raw ones would be adjusted once more, and the fail line would mean nothing. What the trail says of an
// officer's confirmation; empty where none was needed.
std::string refuse_adjusted_marks(const Decided& decided, const Job& job) {
  const std::vector<std::string>& subjects = decided.loaded.like_adjusted;
  if (subjects.empty()) return {};
  const std::string names = fmt::format("{}", fmt::join(subjects, ", "));
  if (json::parse(job.order.request).value("marks_are_raw", false)) return ", confirmed as marks before adjustment: " + names;
  throw Conflict("marks_look_adjusted",
                 {fmt::format("The marks of {} have the shape of adjusted marks: nothing is decided. Send the marks before adjustment, or "
                              "order the decision again and confirm that these are they.",
                              names),
                  fmt::format("{} 점수가 조정점수의 모양이라 결정하지 않았습니다. 조정하기 전의 원점수를 다시 보내거나, 원점수가 맞으면 이를 확인하고 "
                              "다시 요청하십시오.",
                              names)});
}

// The newest decision on another package, or with other special cases: what this one is compared with.
std::optional<StoredDecision> find_before(ResultRepository& results, const ResultPackage& package, const std::string& cases_sha256) {
  for (StoredDecision& decision : results.list_decisions(package.exam)) {
    if (decision.package != package.id || decision.cases_sha256 != cases_sha256) return std::move(decision);
  }
  return std::nullopt;
}

}  // namespace

Job order_decision(ResultRepository& results, JobRepository& jobs, const ExamCode& exam, std::int64_t version,
                   const Change& change, RawMarks marks) {
  const ResultPackage package = find_package(results, exam, version);
  require_frozen(results.find_rules(exam), package);
  json ordered{{"package", version}};
  if (marks == RawMarks::confirmed) ordered["marks_are_raw"] = true;
  const std::string request = ordered.dump();
  Job job = jobs.add_job({decision_job_kind, exam.text(), request}, draw_token(), change);
  if (job.order.request == request) return job;
  throw Conflict("decision_running",
                 {"Another version of the results of this exam is being decided. Wait until that is over.",
                  "이 시험의 다른 판 결과 자료로 결정을 내는 중입니다. 끝난 뒤에 다시 요청하십시오."});
}

std::optional<DecisionMade> parse_decision_made(const std::string& result) {
  const json read = json::parse(result, nullptr, false);
  if (!read.is_object() || !read.contains("decision_sha256")) return std::nullopt;
  DecisionMade made;
  made.version = read.value("version", std::int64_t{0});
  made.again = read.value("again", false);
  made.decision_sha256 = read.value("decision_sha256", std::string());
  return made;
}

JobWork decision_work(ExamRepository& exams, ResultRepository& results, const Clock& clock) {
  return [&exams, &results, &clock](const JobCall& call) {
    const ResultPackage package = package_of_order(results, call.job);
    // Before any mark is opened.
    require_frozen(results.find_rules(package.exam), package);
    call.progress.stage({"Deciding", "합격자 결정"}, 0);
    const auto counting = results.list_counting_cases(package.exam);
    const std::string cases = write_recorded_cases(counting);
    const std::string cases_sha256 = digest_recorded_cases(counting);
    const Decided decided = decide_kept(results, package, cases, call.progress);
    const std::string confirmed = refuse_adjusted_marks(decided, call.job);
    const auto before = find_before(results, package, cases_sha256);
    std::optional<selection::Comparison> differences;
    std::string compared_with;
    if (before) {
      call.progress.stage({"Comparing with the decision before", "이전 결정과 비교"}, 0);
      const Decided earlier = decide_again(results, *before, call.progress);
      differences = selection::compare_decisions({earlier.loaded.results, earlier.decision},
                                                 {decided.loaded.results, decided.decision});
      compared_with = fmt::format("{} v{}", package.exam.text(), before->package_version);
    }
    call.progress.stage({"Keeping the decision", "결정 보관"}, 0);
    DecisionFiles files = write_files(decided, differences, compared_with, find_header(exams, package.exam));
    if (!cases.empty()) files[std::string(selection::recorded_file)] = cases;
    const Change change{call.job.author, fmt::format("job {}{}", call.job.id, confirmed), clock.now(), "program"};
    StoredDecision decision;
    decision.id = draw_token();
    decision.exam = package.exam;
    decision.package = package.id;
    decision.package_version = package.version;
    decision.package_sha256 = package.package_sha256;
    decision.rules_sha256 = package.rules_sha256;
    decision.decision_sha256 = digest_decision(files.at("decisions.csv"), files.at("cuts.csv"));
    decision.cases_sha256 = cases_sha256;
    decision.before = before ? before->version : 0;
    decision.author = call.job.author;
    decision.at = change.at;
    decision.job = call.job.id;
    return write_decision_made(results.add_decision(decision, files, change), call.job);
  };
}

}  // namespace hanjari::services
