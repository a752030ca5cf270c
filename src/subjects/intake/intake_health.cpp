// Health reports as officers decide them: one transaction gives the decision, another seat and the message.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/officers_work.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/refusals.h"
#include "hanjari/replanning/reroute.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

// Another decision may make its plan live meanwhile: then this one is made anew from that plan.
constexpr int tries = 8;

std::string place_of(const Exam& exam, const Plan& plan, ApplicantIndex person) {
  const auto found = std::find_if(plan.placements.begin(), plan.placements.end(),
                                  [&](const Placement& placed) { return placed.applicant == person; });
  if (found == plan.placements.end()) return {};
  return fmt::format("{}/{}/{}", exam[found->venue].code.text(), exam[found->room].room_no, found->seat_no);
}

// What sends the person to the seat of the plan.
HandMove move_of(const Exam& exam, const Plan& plan, ApplicantIndex person) {
  const auto found = std::find_if(plan.placements.begin(), plan.placements.end(),
                                  [&](const Placement& placed) { return placed.applicant == person; });
  HandMove move;
  move.applicant = exam[person].id;
  if (found == plan.placements.end()) return move;
  move.venue = exam[found->venue].code;
  move.room_no = exam[found->room].room_no;
  move.seat_no = found->seat_no;
  return move;
}

[[noreturn]] void throw_no_seat() {
  throw Conflict("no_free_seat",
                 {"There is no free seat of this kind. Add a room or a venue, plan again, and decide then.",
                  "해당하는 빈 좌석이 없습니다. 시험실이나 시험장을 추가하여 다시 배정한 뒤 결정하십시오."});
}

struct Rerouted {
  Exam exam;
  Plan plan;
  ApplicantIndex person;
  std::string from_exam;
  std::string from_plan;
  std::int64_t live_version = 0;
};

// Sends one person elsewhere in the live plan: everybody else stays. The new plan is judged.
Rerouted reroute(const HealthDecisions::Needs& intake, const ExamCode& code, SelfReport& report, Progress& progress) {
  const auto live = intake.exams.find_live_plan(code);
  if (!live) {
    throw Conflict("no_live_plan", {"This exam has no live plan yet.", "아직 확정된 배정안이 없습니다."});
  }
  PlannedExam planned = load_stored_exam(intake.exams, code, live->plan_digest);
  const ApplicantIndex person = planned.exam.find(ApplicantId(report.application.text()));
  if (!person.exists()) {
    throw Conflict("not_in_plan", {"The person is not in the live plan.", "확정된 배정안에 없는 응시자입니다."});
  }
  report.old_place = place_of(planned.exam, planned.plan, person);
  const Routing routing = report.decision == ReportDecision::isolation ? Routing::isolation : Routing::reserve;
  replanning::Rerouting rerouting(planned.exam, planned.plan);
  if (!rerouting.reroute(person, routing)) throw_no_seat();
  Rerouted next{planned.exam, {}, person, planned.exam.input_sha256, planned.plan.digest, live->version};
  next.exam.applicants[person.value].routing = routing;
  next.exam.input_sha256 = package::digest_exam(next.exam);
  next.plan = rerouting.plan(next.exam);
  next.plan.digest = package::digest_plan(next.exam, next.plan);
  next.plan.history = planned.plan.history;
  HistoryStep& step = next.plan.history.emplace_back();
  step.kind = StepKind::edit;
  step.input_sha256 = next.exam.input_sha256;
  step.digest = next.plan.digest;
  step.author = report.officer;
  step.at = format_instant(report.decided_at.value_or(Instant{}));
  step.moves = {move_of(next.exam, next.plan, person)};
  report.new_place = place_of(next.exam, next.plan, person);
  judge_plan(next.exam, package::rows_of_plan(next.exam, next.plan), progress);
  return next;
}

void decide_with_seat(const HealthDecisions::Needs& intake, const Recruitment& notice, const Application& application,
                      SelfReport& report, const Change& change, Progress& progress) {
  const ExamCode exam = exam_of(notice, calendar_of(notice, application));
  for (int left = tries; true; --left) {
    const Rerouted next = reroute(intake, exam, report, progress);
    try {
      intake.self_reports.decide_report(report, NextPlan{{next.exam, next.plan, next.from_exam, next.from_plan, {next.person}}, next.live_version},
                                        {report_message(notice, application, report)}, change);
      return;
    } catch (const LivePlanChanged&) {
      if (left <= 1) throw;
    }
  }
}

}  // namespace

std::vector<SelfReport> HealthDecisions::list_waiting_reports(const Actor& actor, const ExamCode& exam) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, exam);
  auto listed = needs_.self_reports.list_waiting(exam);
  AuditNote note{"self_reports.list", exam.text()};
  note.exam = exam.text();
  for (const SelfReport& report : listed) note.whose.push_back(report.application.text());
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
  return listed;
}

SelfReport HealthDecisions::decide_report(const Actor& actor, std::int64_t id, ReportDecision decision,
                                          const std::string& told, const Change& change, Progress& progress) {
  require_officer(actor);
  auto found = needs_.self_reports.find_report(id);
  if (!found) throw NotFound("unknown_report", {"There is no such report.", "해당 신고가 없습니다."});
  SelfReport report = std::move(*found);
  if (report.decision != ReportDecision::asked || decision == ReportDecision::asked) {
    throw Conflict("report_decided", {"This report was decided already.", "이미 처리된 신고입니다."});
  }
  report.decision = decision;
  report.reason = clean_lines(told);
  report.decided_at = change.at;
  report.officer = actor.account;
  const Application application = load_application(needs_.applications, report.application);
  const auto stored = load_recruitment(needs_.recruitments, report.exam);
  if (decision == ReportDecision::declined) {
    needs_.self_reports.decide_report(report, std::nullopt, {report_message(stored->notice, application, report)},
                                      change);
  } else {
    decide_with_seat(needs_, stored->notice, application, report, change, progress);
  }
  return report;
}

}  // namespace hanjari::services
