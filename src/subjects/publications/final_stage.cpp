#include "hanjari/publications/final_stage.h"

#include <set>
#include <string>
#include <utility>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/progress.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/results/decided.h"
#include "hanjari/selection/final_decision.h"

namespace hanjari::services {
namespace {

constexpr const char* settled_grades = "interview.csv";
constexpr const char* recorded_declines = "declines.csv";

[[noreturn]] void throw_not_the_published() {
  throw Conflict("decision_differs",
                 {"The results that were published do not give their decision any more. Decide nothing on them; tell whoever maintains "
                  "the program.",
                  "발표한 결과를 다시 계산한 값이 결정과 다릅니다. 최종 결정을 내지 말고 프로그램 관리자에게 알리십시오."});
}

// A correction of marks or grades may leave somebody neither passed nor in the reserve who has declined before: that decline stays on
// record and takes nobody off the list, and the others are decided all the same.
CandidateRegister with_what_can_be_declined(CandidateRegister candidates, const Decided& decided) {
  const selection::FinalDecision before = decide_finally(decided, {});
  std::set<std::string> able;
  for (const selection::FinalPersonDecision& one : before.people) {
    const bool passed = one.outcome == selection::FinalOutcome::passed || one.outcome == selection::FinalOutcome::passed_equality;
    if (passed || one.reserve_rank > 0) able.insert(decided.loaded.results.people[one.person.value].number.text());
  }
  std::erase_if(candidates.declines, [&able](const auto& one) { return !able.contains(one.first); });
  return candidates;
}

}  // namespace

StoredDecision load_published_decision(const FinalStage& of, const ExamCode& exam) {
  const auto released = find_released(of.publications, exam);
  if (!released || released->order.withdrawal) {
    throw Conflict("no_release_yet", {"The final stage starts from the written results that people were told. None are released now.",
                                      "최종 결정은 발표된 필기 결과에서 시작합니다. 지금 발표되어 있는 결과가 없습니다."});
  }
  StoredDecision decision = find_decision(of.results, exam, released->order.decision);
  if (decision.decision_sha256 != released->decision_sha256) throw_not_the_published();
  return decision;
}

StoredFinal decide_final_stage(const FinalStage& of, const ExamCode& exam, const Change& change) {
  const StoredDecision decision = load_published_decision(of, exam);
  require_not_overtaken(of.results, decision);
  const std::string grades = take_settled_interviews(of.interviews, of.accesses, exam, change);
  package::PackedFiles files = load_decided_files(of.results, decision);
  files[settled_grades] = grades;
  const package::Encoding encoding = find_package(of.results, exam, decision.package_version).encoding;
  const Decided decided = decide_package(package::load_results(files, selection::Stage::final, encoding, no_progress()));
  if (digest_decided(decided) != decision.decision_sha256) throw_not_the_published();
  const std::string declines = write_declines(with_what_can_be_declined(of.interviews.load_register(exam), decided));
  const selection::FinalDecision final = decide_finally(decided, declines);
  FinalFiles made = write_final_files(decided, final, find_header(of.exams, exam));
  made[settled_grades] = grades;
  if (!declines.empty()) made[recorded_declines] = declines;
  StoredFinal kept;
  kept.exam = exam;
  kept.decision = decision.version;
  kept.written_sha256 = decision.decision_sha256;
  kept.interviews_sha256 = sha256(grades).hex();
  if (!declines.empty()) kept.declines_sha256 = sha256(declines).hex();
  kept.final_sha256 = digest_decision(made.at("decisions_final.csv"), made.at("cuts_final.csv"));
  kept.author = change.author;
  kept.at = change.at;
  return of.interviews.add_final(kept, made, change);
}

}  // namespace hanjari::services
