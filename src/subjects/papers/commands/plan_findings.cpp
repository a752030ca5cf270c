#include "papers/commands/plan_findings.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "cli/suggestion.h"
#include "hanjari/base/error.h"
#include "hanjari/base/text.h"
#include "hanjari/package/spoilt_codes.h"
#include "hanjari/verification/verify.h"

namespace hanjari::cli {
namespace {

// Of somebody without a seat. --incomplete allows it of those whom the plan itself lists as unseated, and of nobody else:
// whoever stands in neither file was lost with a part of it.
constexpr std::string_view nowhere = "missing_person";

using Listed = std::set<std::string_view>;

Listed list_unseated(const PlanRows& rows) {
  Listed listed;
  for (const UnseatedRow& row : rows.unseated) listed.insert(row.applicant_id.text());
  return listed;
}

std::uint64_t count_lost(const Exam& exam, const PlanRows& rows, const Listed& unseated) {
  std::set<std::string_view> placed;
  for (const PlacementRow& row : rows.placements) placed.insert(row.applicant_id.text());
  std::uint64_t lost = 0;
  for (const hanjari::Applicant& person : exam.applicants)
    lost += placed.contains(person.id.text()) || unseated.contains(person.id.text()) ? 0 : 1;
  return lost;
}

// What one cause did to many rows is said first, and not once more for each of them.
Faults faults_of_verdict(const verification::Verdict& verdict, const Listed& unseated, const package::SpoiltCodes& spoilt) {
  Faults faults;
  for (const Fault& cause : spoilt.causes) faults.add(cause);
  for (const verification::Violation& violation : verdict.violations) {
    if (violation.code == nowhere && unseated.contains(violation.subject)) continue;
    if (spoilt.explain(violation.code, violation.subject)) continue;
    faults.add({"placements.csv",
                0,
                violation.code,
                {fmt::format("{}: {}", violation.subject, violation.message.en),
                 fmt::format("{}: {}", violation.subject, violation.message.ko)},
                {"make the plan again or correct it", "배정안을 다시 만들거나 고치십시오"}});
  }
  return faults;
}

// The plan says itself that it was made of something else. A plan by hand, without report.json, says nothing.
void require_same_package(const Exam& exam, const PlanRows& rows) {
  if (!rows.has_report || exam.input_sha256.empty() || exam.is_input(rows.report.input_sha256)) return;
  throw InvalidInput(
      "plan_of_other_package",
      {fmt::format("this plan was made of another exam package; no paper was made. The plan is of {}, this package is {}. "
                   "Give the package that the plan was made of, or re-plan this one from it first",
                   rows.report.input_sha256, exam.input_sha256),
       fmt::format("다른 시험 묶음으로 만든 배정안이므로 문서를 만들지 않았습니다. 배정안을 만든 묶음: {}, 지금 지정한 "
                   "묶음: {}. 배정안을 만든 시험 묶음을 지정하거나, 이 묶음으로 먼저 재배정하십시오",
                   rows.report.input_sha256, exam.input_sha256)});
}

}  // namespace

void require_printable(const Arguments& arguments, const Exam& exam, const PlanRows& rows) {
  require_same_package(exam, rows);
  const verification::Verdict verdict = verification::verify_plan(exam, rows);
  const Listed unseated = list_unseated(rows);
  // The people themselves are looked through only when somebody is missing at all.
  std::uint64_t broken = verdict.counts.contains(std::string(nowhere)) ? count_lost(exam, rows, unseated) : 0;
  for (const auto& [code, count] : verdict.counts) broken += code == nowhere ? 0 : count;
  if (broken == 0) return;
  const std::string count = group_digits(static_cast<long long>(broken));
  const std::string verify = suggest(arguments, {"verify", arguments.positionals[0], arguments.positionals[1]});
  throw InvalidInput("plan_refused",
                     {fmt::format("the plan breaks {} {}; no paper was made. Every finding is told by: {}", count,
                                  broken == 1 ? "rule" : "rules", verify),
                      fmt::format("배정안이 규칙을 {}건 위반하여 문서를 만들지 않았습니다. 위반을 모두 보려면: {}", count,
                                  verify)},
                     faults_of_verdict(verdict, unseated, package::find_spoilt_codes(exam, rows)));
}

}  // namespace hanjari::cli
