#include "hanjari/results/results.h"

#include <utility>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/progress.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/results/decided.h"

namespace hanjari::services {
namespace {

// Opening personal data leaves who did it, and for whom.
AuditNote note_of_reading(const StoredDecision& decision, std::string action) {
  AuditNote note{std::move(action), fmt::format("{}/decision-{}", decision.exam.text(), decision.version),
                 "decision " + decision.decision_sha256};
  note.exam = decision.exam.text();
  return note;
}

}  // namespace

ResultPackage find_package(ResultRepository& results, const ExamCode& exam, std::int64_t version) {
  for (ResultPackage& package : results.list_packages(exam)) {
    if (package.version == version) return std::move(package);
  }
  throw NotFound("unknown_package", {"There is no such version of the results of this exam.",
                                     "이 시험에 그런 판의 결과 자료가 없습니다."});
}

StoredDecision find_decision(ResultRepository& results, const ExamCode& exam, std::int64_t version) {
  for (StoredDecision& decision : results.list_decisions(exam)) {
    if (decision.version == version) return std::move(decision);
  }
  throw NotFound("unknown_decision", {"There is no such decision of this exam.", "이 시험에 그런 결정이 없습니다."});
}

package::PackedFiles load_decided_files(ResultRepository& results, const StoredDecision& decision) {
  const ResultPackage package = find_package(results, decision.exam, decision.package_version);
  package::PackedFiles files = package::unpack_results(results.load_package(package));
  if (decision.cases_sha256.empty()) return files;
  const std::string file(selection::recorded_file);
  files[file] = results.load_file(decision, file);
  if (sha256(files[file]).hex() == decision.cases_sha256) return files;
  throw Conflict("decision_differs",
                 {"The kept special cases are not those of this decision. Do not publish it; tell whoever maintains the program.",
                  "보관된 특별 결정이 이 결정과 다릅니다. 발표하지 말고 프로그램 관리자에게 알리십시오."});
}

std::string take_decision_file(ResultRepository& results, AccessRecord& accesses, const StoredDecision& decision,
                               const std::string& name, const Change& change) {
  std::string bytes = results.load_file(decision, name);
  AuditNote note = note_of_reading(decision, "decision.file");
  note.detail = name;
  accesses.record_access(change, note);
  return bytes;
}

PersonPath open_path(ResultRepository& results, AccessRecord& accesses, const StoredDecision& decision,
                     const std::string& number, const Change& change) {
  const ResultPackage package = find_package(results, decision.exam, decision.package_version);
  const Decided decided =
      decide_package(package::load_results(load_decided_files(results, decision), selection::Stage::written,
                                           package.encoding, no_progress()));
  const selection::PersonIndex person = decided.loaded.results.find(ApplicantNumber(number));
  if (!person.exists()) {
    throw NotFound("applicant_not_found",
                   {"Nobody in this decision has this applicant number.", "이 결정에 그 응시번호인 사람이 없습니다."});
  }
  if (digest_decided(decided) != decision.decision_sha256) {
    throw Conflict(
        "decision_differs",
        {"The results of this decision do not give it any more. Do not publish it; tell whoever maintains the "
         "program.",
         "이 결정의 결과 자료로 다시 계산한 값이 결정과 다릅니다. 발표하지 말고 프로그램 관리자에게 알리십시오."});
  }
  AuditNote note = note_of_reading(decision, "decision.path");
  note.whose = {number};
  accesses.record_access(change, note);
  const selection::ResultPerson& found = decided.loaded.results.people[person.value];
  return {number, decided.loaded.results.unit_of(found).unit.code, explain_path(decided, person)};
}

}  // namespace hanjari::services
