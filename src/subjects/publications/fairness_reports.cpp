#include "hanjari/publications/fairness_reports.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/random.h"
#include "hanjari/fairness/figures.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/verification/verify_fairness.h"

namespace hanjari::services {
namespace {

LivePointer load_live_pointer(ExamRepository& exams, const ExamCode& exam) {
  if (const auto live = exams.find_live_plan(exam)) return *live;
  throw Conflict("no_live_plan", {"No plan of this exam is live: the report is published with the seats.",
                                  "이 시험에 확정된 배정안이 없습니다. 보고서는 좌석과 함께 공표합니다."});
}

struct SeatedExam {
  Exam exam;
  PlanRows rows;
};

std::optional<SeatedExam> load_seated_exam(ExamRepository& exams, const ExamCode& code, const std::string& input_sha256,
                                           const std::string& plan_digest) {
  auto exam = exams.find_exam(code, input_sha256);
  if (!exam) return std::nullopt;
  const auto plan = exams.find_plan(*exam, plan_digest);
  if (!plan) return std::nullopt;
  PlanRows rows = package::rows_of_plan(*exam, *plan);
  return SeatedExam{std::move(*exam), std::move(rows)};
}

// Everything that anybody could subtract from, oldest first.
std::vector<fairness::PublishedEdition> list_editions(ExamRepository& exams, const std::vector<FairnessReport>& reports) {
  std::vector<fairness::PublishedEdition> editions;
  for (auto report = reports.rbegin(); report != reports.rend(); ++report) {
    const auto then = load_seated_exam(exams, report->exam, report->input_sha256, report->plan_digest);
    if (!then) {
      throw Conflict("earlier_report_gone",
                     {fmt::format("What report {} was made of is not stored any more, so that nobody could be protected against it.",
                                  report->version),
                      fmt::format("보고서 {}의 근거 자료가 더 이상 보관되어 있지 않아 소수를 보호할 수 없습니다.", report->version)});
    }
    const fairness::SeatedPeople people = fairness::seated_people(then->exam, then->rows);
    editions.push_back({people.members, fairness::published_in(report->csv, people)});
  }
  return editions;
}

std::string make_fairness(const SeatedExam& seated, const std::vector<fairness::PublishedEdition>& before) {
  const fairness::SeatedPeople people = fairness::seated_people(seated.exam, seated.rows);
  std::string csv = fairness::render_fairness(people, fairness::cells_to_publish(people.members, before, Seed{}));
  if (verification::verify_fairness(seated.exam, seated.rows, csv).empty()) return csv;
  throw Conflict("wrong_fairness", {"The report is not what the plan gives, or tells of a few people. Nothing is published; tell whoever "
                                    "maintains the program.",
                                    "보고서가 배정안과 다르거나 소수를 드러냅니다. 공표하지 않았으니 프로그램 관리자에게 알리십시오."});
}

// `again`: the plan had this report already, and nothing was made.
std::string tell_report(const FairnessReport& report, bool again) {
  return nlohmann::json{{"fairness_report", report.version}, {"again", again}}.dump();
}

}  // namespace

Job order_fairness_report(ExamRepository& exams, JobRepository& jobs, const ExamCode& exam, const Change& change) {
  choose_population(exams, exam, {});
  require_not_destroyed(exams, exam);
  load_live_pointer(exams, exam);
  return jobs.add_job({fairness_report_job_kind, exam.text(), "{}"}, draw_token(), change);
}

JobWork fairness_report_work(ExamRepository& exams, PublicationRepository& publications, const Clock& clock) {
  return [&exams, &publications, &clock](const JobCall& call) {
    const ExamCode exam(call.job.order.exam);
    const LivePointer live = load_live_pointer(exams, exam);
    const std::vector<FairnessReport> before = publications.list_fairness_reports(exam);
    for (const FairnessReport& one : before) {
      if (one.plan_digest == live.plan_digest && one.input_sha256 == live.input_sha256) return tell_report(one, true);
    }
    call.progress.stage({"Reading the reports before", "이전 보고서 읽기"}, 0);
    const auto editions = list_editions(exams, before);
    call.progress.stage({"Computing the report", "보고서 계산"}, 0);
    const auto seated = load_seated_exam(exams, exam, live.input_sha256, live.plan_digest);
    if (!seated) throw NotFound("plan_not_found", {"The live plan cannot be read.", "확정된 배정안을 읽을 수 없습니다."});
    FairnessReport report;
    report.exam = exam;
    report.version = before.empty() ? 1 : before.front().version + 1;
    report.plan_digest = live.plan_digest;
    report.input_sha256 = live.input_sha256;
    report.csv = make_fairness(*seated, editions);
    report.author = call.job.author;
    report.at = clock.now();
    const Change change{call.job.author, fmt::format("job {}", call.job.id), report.at, "program"};
    return tell_report(publications.add_fairness_report(report, change), false);
  };
}

std::optional<FairnessReport> find_fairness_report(ExamRepository& exams, PublicationRepository& publications, const ExamCode& exam) {
  std::vector<FairnessReport> reports = publications.list_fairness_reports(exam);
  if (reports.empty()) return std::nullopt;
  if (const auto live = exams.find_live_plan(exam)) {
    const auto own = std::find_if(reports.begin(), reports.end(), [&](const FairnessReport& one) {
      return one.plan_digest == live->plan_digest && one.input_sha256 == live->input_sha256;
    });
    if (own != reports.end()) return std::move(*own);
  }
  return std::move(reports.front());
}

}  // namespace hanjari::services
