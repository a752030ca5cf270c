#include "hanjari/plans/exams.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/distribution.h"
#include "hanjari/domain/legible.h"
#include "hanjari/domain/objective.h"
#include "hanjari/domain/travel.h"
#include "hanjari/domain/unreadable.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/package/spoilt_codes.h"
#include "hanjari/verification/verify.h"

namespace hanjari::services {
namespace {

constexpr std::size_t shortest_digest = 12;

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// Violations in the form in which faults of files are told. What one cause did to many rows is said first, and not once more for
// each of them.
Faults as_faults(const verification::Verdict& verdict, const package::SpoiltCodes& spoilt) {
  Faults faults;
  for (const Fault& cause : spoilt.causes) faults.add(cause);
  for (const verification::Violation& violation : verdict.violations) {
    if (spoilt.explain(violation.code, violation.subject)) continue;
    faults.add({"placements.csv",
                0,
                violation.code,
                {fmt::format("{}: {}", violation.subject, violation.message.en),
                 fmt::format("{}: {}", violation.subject, violation.message.ko)},
                {"make the plan again or correct it; the command verify tells every broken rule",
                 "배정안을 다시 만들거나 고치십시오. verify 명령이 위반을 모두 알려 줍니다"}});
  }
  return faults;
}

// What a plan made by hand, without report.json, says about itself.
PlanReport own_report(const Exam& exam, const Plan& plan) {
  PlanReport report;
  report.seated = static_cast<std::int64_t>(plan.placements.size());
  report.unseated = static_cast<std::int64_t>(exam.applicants.size()) - report.seated;
  report.status = report.unseated == 0 ? PlanStatus::feasible : PlanStatus::gave_up;
  report.objective = objective_of(exam, plan);
  report.input_sha256 = exam.input_sha256;
  const TravelTable travel(exam);
  std::vector<Metres> detours;
  for (const Placement& placed : plan.placements) {
    const Metres nearest = travel.nearest(placed.applicant);
    if (nearest == unreachable) continue;
    detours.push_back(placed.travel_m - nearest);
    if (exam.policy.detour_cap_m && detours.back() > *exam.policy.detour_cap_m) ++report.over_detour_cap;
  }
  report.detour_m = distribution_of(std::move(detours));
  return report;
}

// A history that ends with another plan, or holds what no program of ours writes, would make going live compare with
// something that never was.
void require_sound_history(const PlanRows& rows) {
  if (rows.history.empty()) return;
  const bool sound = rows.history.back().digest == rows.digest &&
                     std::all_of(rows.history.begin(), rows.history.end(), [](const HistoryStep& step) {
                       const auto is_digest = [](const std::string& text) { return text.size() <= 64 && is_hex(text); };
                       return is_digest(step.digest) && is_digest(step.input_sha256) && step.version.size() <= 64 &&
                              step.seed.size() <= 64 && step.author.size() <= 600 && step.reason.size() <= 4'000 &&
                              step.at.size() <= 40;
                     });
  if (sound) return;
  throw InvalidInput("bad_history",
                     {"history.json is not the history of this plan; leave it as the program wrote it, or take it away",
                      "history.json이 이 배정안의 이력이 아닙니다. 프로그램이 쓴 그대로 두거나 지우십시오"});
}

[[noreturn]] void throw_no_plan(const ExamCode& code, const std::string& digest) {
  throw NotFound("plan_not_found",
                 {fmt::format("exam {} has no plan {}; import it first", code.text(), digest),
                  in_korean("시험 {}에 배정안 {}[이/가] 없습니다. 먼저 가져오십시오", code.text(), digest)});
}

// The one plan whose digest begins so.
StoredPlan find_one(const std::vector<StoredPlan>& plans, const ExamCode& code, const std::string& digest) {
  if (digest.size() < shortest_digest || digest.size() > 64 || !is_hex(digest)) {
    throw InvalidInput(
        "bad_digest",
        {fmt::format("'{}' is not a plan digest: give at least its first 12 hexadecimal digits, as "
                     "sha256sum prints them for placements.csv",
                     digest),
         in_korean("'{}'[은/는] 배정안 다이제스트가 아닙니다. placements.csv에 sha256sum을 실행한 값의 앞 "
                     "12자리 이상을 주십시오",
                     digest)});
  }
  std::vector<StoredPlan> found;
  std::copy_if(plans.begin(), plans.end(), std::back_inserter(found),
               [&](const StoredPlan& plan) { return plan.digest.starts_with(digest); });
  if (found.empty()) throw_no_plan(code, digest);
  const bool same = std::all_of(found.begin(), found.end(),
                                [&](const StoredPlan& plan) { return plan.digest == found.front().digest; });
  if (!same) {
    throw Conflict("ambiguous_digest", {fmt::format("{} plans begin with {}; give more digits", found.size(), digest),
                                        in_korean("{}[으로/로] 시작하는 배정안이 {}개입니다. 더 많은 자리를 주십시오",
                                                    digest, found.size())});
  }
  return found.front();  // the newest population, should several have the very same plan
}

}  // namespace

void require_not_destroyed(ExamRepository& exams, const ExamCode& code) {
  const auto destroyed = exams.find_destruction(code);
  if (!destroyed) return;
  const Text day = write_plain_moment(destroyed->at, destroyed->time_zone.empty() ? machine_time_zone() : destroyed->time_zone);
  throw Conflict("exam_destroyed",
                 {fmt::format("the personal data of exam {} was destroyed on {}: there are no people and no seats to use "
                              "any more",
                              code.text(), day.en),
                  fmt::format("시험 {}의 개인정보는 {}에 파기되어 응시자와 자리를 더는 쓸 수 없습니다", code.text(), day.ko)});
}

std::optional<ExamHead> ExamRepository::find_head(const ExamCode& code) {
  const auto exam = find_exam(code, {});
  if (!exam) return std::nullopt;
  return ExamHead{exam->header.name_ko, exam->header.name_en, exam->header.exam_on, exam->header.time_zone,
                  std::ssize(exam->applicants)};
}

std::vector<Unit> ExamRepository::list_units(const ExamCode& code, const std::string& input_sha256) {
  auto exam = find_exam(code, input_sha256);
  return exam ? std::move(exam->units) : std::vector<Unit>();
}

StoredPopulation choose_population(ExamRepository& exams, const ExamCode& code, const std::string& wanted) {
  const auto stored = exams.list_populations(code);
  if (stored.empty()) {
    throw NotFound("exam_not_found", {fmt::format("There is no exam {}.", code.text()),
                                      in_korean("시험 {}[이/가] 없습니다.", code.text())});
  }
  if (wanted.empty()) return stored.front();
  const auto found = std::find_if(stored.begin(), stored.end(), [&](const StoredPopulation& population) {
    return population.input_sha256 == wanted;
  });
  if (found != stored.end()) return *found;
  throw NotFound("population_not_found", {"There is no such list of applicants of this exam. Choose one of those offered.",
                                          "이 시험에 그런 응시자 명단이 없습니다. 목록에서 고르십시오."});
}

Plan judge_plan(const Exam& exam, const PlanRows& rows, Progress& progress) {
  require_sound_history(rows);
  progress.stage({"Verifying the plan", "배정안 검증"}, 0);
  const verification::Verdict verdict = verification::verify_plan(exam, rows);
  if (!verdict.clean()) {
    std::uint64_t count = 0;
    for (const auto& [code, of_code] : verdict.counts) count += of_code;
    throw InvalidInput(
        "plan_refused",
        {fmt::format("the plan breaks {} and is not stored; nothing was imported",
                     count_of(static_cast<long long>(count), "rule", "rules")),
         fmt::format("배정안이 규칙을 {}건 위반하여 저장하지 않았습니다. 아무것도 가져오지 않았습니다", count)},
        as_faults(verdict, package::find_spoilt_codes(exam, rows)));
  }
  Plan plan = package::resolve_plan(exam, rows);
  if (!rows.has_report) plan.report = own_report(exam, plan);
  return plan;
}

ImportOutcome import_exam(ExamRepository& exams, const Exam& exam, const PlanRows* rows, const Change& change,
                          Progress& progress) {
  if (rows == nullptr) return exams.save_exam(exam, nullptr, change, progress);
  const Plan plan = judge_plan(exam, *rows, progress);
  return exams.save_exam(exam, &plan, change, progress);
}

std::optional<LivePointer> find_told_plan(ExamRepository& exams, const ExamCode& code) {
  if (auto live = exams.find_live_plan(code)) return live;
  if (auto withdrawn = exams.find_withdrawn_plan(code)) return withdrawn;
  return exams.find_live_plan(code);  // one that went live between the two readings
}

namespace {

// `exam_of` and `plan_of`: how the repository reads them.
template <class ExamOf, class PlanOf>
PlannedExam load_chosen(ExamRepository& exams, const ExamCode& code, const std::string& digest, ExamOf exam_of, PlanOf plan_of) {
  require_not_destroyed(exams, code);
  // Before the list: what is live now stays in it, whatever a decision makes live meanwhile.
  const auto live = digest.empty() ? exams.find_live_plan(code) : std::optional<LivePointer>();
  const auto plans = exams.list_plans(code);
  std::optional<StoredPlan> chosen;
  if (!digest.empty()) {
    chosen = find_one(plans, code, digest);
  } else if (live) {
    const auto found = std::find_if(plans.begin(), plans.end(), [&](const StoredPlan& plan) {
      return plan.digest == live->plan_digest && plan.input_sha256 == live->input_sha256;
    });
    if (found != plans.end()) chosen = *found;
  }
  auto exam = exam_of(chosen ? chosen->input_sha256 : std::string{});
  if (!exam) {
    throw NotFound("exam_not_found", {fmt::format("there is no exam {} in the database", code.text()),
                                      in_korean("데이터베이스에 시험 {}[이/가] 없습니다", code.text())});
  }
  if (!chosen) {
    const auto newest = std::find_if(plans.begin(), plans.end(),
                                     [&](const StoredPlan& plan) { return plan.input_sha256 == exam->input_sha256; });
    if (newest == plans.end()) return {std::move(*exam), {}};
    chosen = *newest;
  }
  auto plan = plan_of(*exam, chosen->digest);
  if (!plan) throw_no_plan(code, chosen->digest);
  return {std::move(*exam), std::move(*plan)};
}

}  // namespace

PlannedExam load_stored_exam(ExamRepository& exams, const ExamCode& code, const std::string& digest) {
  return load_chosen(
      exams, code, digest, [&](const std::string& input) { return exams.find_exam(code, input); },
      [&](const Exam& exam, const std::string& plan) { return exams.find_plan(exam, plan); });
}

PlannedExam load_listed_exam(ExamRepository& exams, const ExamCode& code, const std::string& digest) {
  PlannedExam listed = load_chosen(
      exams, code, digest, [&](const std::string& input) { return exams.find_listed_exam(code, input); },
      [&](const Exam& exam, const std::string& plan) { return exams.find_listed_plan(exam, plan); });
  const auto& people = listed.exam.applicants;
  if (!people.empty() && std::all_of(people.begin(), people.end(), is_unreadable)) require_legible(Legible::damaged);
  return listed;
}

PlannedExam export_stored_exam(ExamRepository& exams, AccessRecord& accesses, const ExamCode& code,
                               const std::string& digest, const Change& change) {
  PlannedExam stored = load_stored_exam(exams, code, digest);
  AuditNote note{"exam.export", code.text(), "input_sha256 " + stored.exam.input_sha256};
  note.exam = code.text();
  for (const Applicant& person : stored.exam.applicants) note.whose.push_back(person.id.text());
  accesses.record_access(change, note);
  return stored;
}

std::optional<PlanRows> export_told_plan(ExamRepository& exams, AccessRecord& accesses, const PlannedExam& stored,
                                         const Change& change) {
  const ExamCode& code = stored.exam.header.code;
  const auto live = find_told_plan(exams, code);
  if (!live || (live->plan_digest == stored.plan.digest && live->input_sha256 == stored.exam.input_sha256))
    return std::nullopt;
  const auto exam = exams.find_exam(code, live->input_sha256);
  const auto plan = exam ? exams.find_plan(*exam, live->plan_digest) : std::nullopt;
  if (!plan) throw_no_plan(code, live->plan_digest);
  AuditNote note{"exam.export", code.text(), "plan " + live->plan_digest};
  note.exam = code.text();
  for (const Applicant& person : exam->applicants) note.whose.push_back(person.id.text());
  accesses.record_access(change, note);
  return package::rows_of_plan(*exam, *plan);
}

StoredPlan find_stored_plan(ExamRepository& exams, const ExamCode& code, const std::string& digest) {
  return find_one(exams.list_plans(code), code, digest);
}

}  // namespace hanjari::services
