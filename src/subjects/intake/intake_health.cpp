// Health reports as officers decide them: one transaction gives the decision, another seat and the message.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/store_errors.h"
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

// Another program may make its decision's plan live meanwhile: then this one is made anew from that plan. Within one
// program decisions wait for their turn. Both bounds end well before a server gives its caller up.
constexpr int tries = 50;
constexpr std::chrono::seconds longest_trying{20};

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

[[noreturn]] void throw_not_in_plan() {
  throw Conflict("not_in_plan", {"The person is not in the live plan.", "확정된 배정안에 없는 응시자입니다."});
}

Routing routing_of(ReportDecision decision) {
  return decision == ReportDecision::isolation ? Routing::isolation : Routing::reserve;
}

auto seat_of(const Placement& placed) {
  return std::tie(placed.applicant, placed.venue, placed.room, placed.seat_no, placed.desk, placed.booklet,
                  placed.travel_m);
}

void add_changed_detours(const std::vector<OverDetour>& these, const std::vector<OverDetour>& those,
                         std::set<ApplicantIndex>& people) {
  auto other = those.begin();
  for (const OverDetour& one : these) {
    while (other != those.end() && other->applicant < one.applicant) ++other;
    if (other == those.end() || other->applicant != one.applicant || other->travel_m != one.travel_m ||
        other->detour_m != one.detour_m)
      people.insert(one.applicant);
  }
}

// Everybody whose seat or detour differs, and the person. Nobody is added or removed, so both plans are in one order.
std::vector<ApplicantIndex> list_moved(const Plan& before, const Plan& next, ApplicantIndex person) {
  std::set<ApplicantIndex> people{person};
  for (std::size_t at = 0; at < next.placements.size(); ++at) {
    if (seat_of(next.placements[at]) != seat_of(before.placements[at])) people.insert(next.placements[at].applicant);
  }
  add_changed_detours(before.over_detour, next.over_detour, people);
  add_changed_detours(next.over_detour, before.over_detour, people);
  return {people.begin(), people.end()};
}

struct Rerouted {
  PlannedExam next;
  std::vector<ApplicantIndex> people;
};

// Sends one person elsewhere in the live plan: everybody else stays. The new plan is judged.
Rerouted reroute(const PlannedExam& planned, ApplicantIndex person, SelfReport& report, Routing routing,
                 Progress& progress) {
  replanning::Rerouting rerouting(planned.exam, planned.plan);
  if (!rerouting.reroute(person, routing)) throw_no_seat();
  Rerouted rerouted{{planned.exam, {}}, {}};
  Exam& exam = rerouted.next.exam;
  Plan& plan = rerouted.next.plan;
  exam.applicants[person.value].routing = routing;
  exam.input_sha256 = package::digest_exam(exam);
  plan = rerouting.plan(exam);
  plan.digest = package::digest_plan(exam, plan);
  count_used_seats(exam.policy, plan.placements);
  plan.history = planned.plan.history;
  HistoryStep& step = plan.history.emplace_back();
  step.kind = StepKind::edit;
  step.input_sha256 = exam.input_sha256;
  step.digest = plan.digest;
  step.author = report.officer;
  step.at = format_instant(report.decided_at.value_or(Instant{}));
  step.moves = {move_of(exam, plan, person)};
  report.new_place = place_of(exam, plan, person);
  judge_plan(exam, package::rows_of_plan(exam, plan), progress);
  rerouted.people = list_moved(planned.plan, plan, person);
  return rerouted;
}

// What is decided, and on whose application.
struct HealthCase {
  const Recruitment& notice;
  const Application& application;
  SelfReport& report;
  const Change& change;
};

// In the turn of the exam; throws Conflict (live_plan_changed) when another program was faster.
void decide_in_turn(const HealthDecisions::Needs& intake, LiveCopies::Turn& turn, const HealthCase& one, Progress& progress) {
  SelfReport& report = one.report;
  const PlannedExam& planned = turn.bring_up_to_date(intake.exams);
  const ApplicantIndex person = planned.exam.find(ApplicantId(report.application.text()));
  if (!person.exists()) {
    throw_not_in_plan();
  }
  report.old_place = place_of(planned.exam, planned.plan, person);
  report.new_place.clear();
  const Routing routing = routing_of(report.decision);
  const auto write = [&](const std::optional<NextPlan>& plan) {
    intake.self_reports.decide_report(report, plan, {report_message(one.notice, one.application, report)}, one.change);
  };
  // Who sits there already, by an earlier report, keeps the seat.
  if (planned.exam[person].routing == routing) return write(std::nullopt);
  const LivePointer from = turn.live();
  Rerouted rerouted = reroute(planned, person, report, routing, progress);
  write(NextPlan{{rerouted.next.exam, rerouted.next.plan, from.input_sha256, from.plan_digest, rerouted.people},
                 from.version});
  turn.adopt(std::move(rerouted.next), from.version + 1);
}

void decide_with_seat(const HealthDecisions::Needs& intake, const HealthCase& one, Progress& progress) {
  const auto began = intake.clock.elapsed();
  LiveCopies::Turn turn = intake.live_copies->take_turn(exam_of(one.notice, calendar_of(one.notice, one.application)));
  for (int left = tries; true; --left) {
    try {
      decide_in_turn(intake, turn, one, progress);
      return;
    } catch (const LivePlanChanged&) {
      if (left <= 1 || intake.clock.elapsed() - began > longest_trying) throw;
    }
  }
}

// A decision that gives another seat, and what is said of it.
struct PreviewCase {
  ReportPreview* preview;
  Routing routing;
};

void refuse_preview(ReportPreview& preview, const Error& refusal) {
  preview.code = refusal.code();
  preview.why = refusal.message();
}

void preview_case(const PlannedExam& planned, replanning::Rerouting& rerouting, const PreviewCase& one) {
  ReportPreview& preview = *one.preview;
  const Exam& exam = planned.exam;
  const ApplicantIndex person = exam.find(ApplicantId(preview.application.text()));
  if (!person.exists()) throw_not_in_plan();
  preview.old_place = place_of(exam, planned.plan, person);
  preview.new_place = preview.old_place;
  if (exam[person].routing == one.routing) return;  // keeps the seat, as by the decision
  const auto placed = rerouting.reroute(person, one.routing);
  if (!placed) {
    preview.new_place.clear();
    throw_no_seat();
  }
  preview.new_place = fmt::format("{}/{}/{}", exam[placed->venue].code.text(), exam[placed->room].room_no, placed->seat_no);
}

// One after the other, as the decisions would follow: each finds the seats of those before taken. The live plan stays.
void preview_in_turn(const HealthDecisions::Needs& intake, const ExamCode& code, const std::vector<PreviewCase>& cases) {
  try {
    LiveCopies::Turn turn = intake.live_copies->take_turn(code);
    const PlannedExam& planned = turn.bring_up_to_date(intake.exams);
    replanning::Rerouting rerouting(planned.exam, planned.plan);
    for (const PreviewCase& one : cases) {
      try {
        preview_case(planned, rerouting, one);
      } catch (const Conflict& refusal) {
        refuse_preview(*one.preview, refusal);
      }
    }
  } catch (const Conflict& refusal) {  // there is no live plan
    for (const PreviewCase& one : cases) refuse_preview(*one.preview, refusal);
  }
}

[[noreturn]] void throw_no_report() {
  throw NotFound("unknown_report", {"There is no such report.", "해당 신고가 없습니다."});
}

// Every fault of a list at once.
void check_wishes(const std::vector<ReportWish>& wishes) {
  Faults faults;
  const auto add = [&](std::size_t line, const char* column, Text what, Text fix) {
    faults.add({"decisions", line, column, std::move(what), std::move(fix)});
  };
  if (wishes.empty()) {
    add(0, "", {"the list is empty", "목록이 비어 있습니다"},
        {"name at least one report", "신고를 하나 이상 적으십시오"});
  }
  if (wishes.size() > most_report_wishes) {
    add(0, "",
        {fmt::format("{} decisions; a list takes {}", wishes.size(), most_report_wishes),
         fmt::format("결정이 {}건입니다. 한 번에 {}건까지 받습니다", wishes.size(), most_report_wishes)},
        {"send them in several lists", "여러 번에 나누어 보내십시오"});
  }
  std::set<std::int64_t> seen;
  for (std::size_t at = 0; at < wishes.size(); ++at) {
    const ReportWish& wish = wishes[at];
    if (!seen.insert(wish.report).second) {
      add(at + 1, "report",
          {fmt::format("report {} stands in the list twice", wish.report),
           in_korean("신고 {}[이/가] 목록에 두 번 있습니다", wish.report)},
          {"keep the decision that is meant", "맞는 결정 하나만 남기십시오"});
    }
    if (wish.decision == ReportDecision::asked) {
      add(at + 1, "decision",
          {fmt::format("report {} has no decision", wish.report), fmt::format("신고 {}의 결정이 없습니다", wish.report)},
          {"say isolation, reserve or declined", "isolation, reserve, declined 가운데 하나를 적으십시오"});
    }
  }
  if (!faults.empty()) {
    throw InvalidInput("bad_report_list",
                       {"The list of decisions cannot be taken as it is; nothing was decided.",
                        "결정 목록에 잘못이 있어 아무것도 결정하지 않았습니다."},
                       std::move(faults));
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

std::vector<ReportPreview> HealthDecisions::preview_reports(const Actor& actor, const ExamCode& exam,
                                                           const std::vector<ReportWish>& wishes) {
  check_list(actor, exam, wishes);
  const auto stored = load_recruitment(needs_.recruitments, exam);
  std::vector<ReportPreview> previews(wishes.size());
  std::map<ExamCode, std::vector<PreviewCase>> by_day;  // a notice of several days has an exam for each
  AuditNote note{"self_reports.preview", exam.text()};
  note.exam = exam.text();
  for (std::size_t at = 0; at < wishes.size(); ++at) {
    ReportPreview& preview = previews[at];
    preview.report = wishes[at].report;
    try {
      const auto found = needs_.self_reports.find_report(preview.report);
      if (!found || found->exam != exam) throw_no_report();
      preview.application = found->application;
      note.whose.push_back(found->application.text());
      if (found->decision != ReportDecision::asked) throw_report_decided(*found);
      if (wishes[at].decision == ReportDecision::declined) continue;
      const Application application = load_application(needs_.applications, found->application);
      by_day[exam_of(stored->notice, calendar_of(stored->notice, application))].push_back(
          {&preview, routing_of(wishes[at].decision)});
    } catch (const Conflict& refusal) {
      refuse_preview(preview, refusal);
    } catch (const NotFound& refusal) {
      refuse_preview(preview, refusal);
    } catch (const PersonalDataDamaged& refusal) {
      refuse_preview(preview, refusal);
    }
  }
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
  for (const auto& [code, cases] : by_day) preview_in_turn(needs_, code, cases);
  return previews;
}

void HealthDecisions::check_list(const Actor& actor, const ExamCode& exam, const std::vector<ReportWish>& wishes) {
  require_officer(actor);
  check_wishes(wishes);
  require_recruitment(needs_.recruitments, exam);
}

bool HealthDecisions::was_decided(const Actor& actor, std::int64_t id, ReportDecision decision, Instant since) {
  require_officer(actor);
  const auto found = needs_.self_reports.find_report(id);
  return found && found->decision == decision && found->officer == actor.account && found->decided_at &&
         *found->decided_at >= since;
}

SelfReport HealthDecisions::decide_report(const Actor& actor, std::int64_t id, ReportDecision decision,
                                          const std::string& told, const Change& change, Progress& progress) {
  require_officer(actor);
  auto found = needs_.self_reports.find_report(id);
  if (!found) throw_no_report();
  SelfReport report = std::move(*found);
  if (report.decision != ReportDecision::asked) throw_report_decided(report);
  if (decision == ReportDecision::asked) {
    throw InvalidInput("no_decision", {"Say isolation, reserve or declined.",
                                       "isolation, reserve, declined 가운데 하나를 적으십시오."});
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
    decide_with_seat(needs_, {stored->notice, application, report, change}, progress);
  }
  return report;
}

std::vector<ReportOutcome> HealthDecisions::decide_reports(const Actor& actor, const std::vector<ReportWish>& wishes,
                                                           const Change& change, Progress& progress,
                                                           std::optional<std::chrono::seconds> within) {
  require_officer(actor);
  check_wishes(wishes);
  const auto began = needs_.clock.elapsed();
  std::vector<ReportOutcome> outcomes;
  for (const ReportWish& wish : wishes) {
    ReportOutcome& outcome = outcomes.emplace_back();
    outcome.report = wish.report;
    if (within && needs_.clock.elapsed() - began > *within) {
      outcome.code = "not_reached";
      outcome.why = {"The time for one request was over; send this decision again.",
                     "한 요청에 쓸 수 있는 시간이 지났습니다. 이 결정을 다시 보내십시오."};
      continue;
    }
    try {
      outcome.decided = decide_report(actor, wish.report, wish.decision, wish.told, change, progress);
    } catch (const Error& error) {
      outcome.code = error.code();
      outcome.why = error.message();
    }
  }
  return outcomes;
}

}  // namespace hanjari::services
