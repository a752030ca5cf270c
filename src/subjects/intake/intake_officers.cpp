// What exam officers do: decide, close, freeze.
#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/replanning/replan.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

constexpr int portion = 1'000;

std::string place_of(const PlannedExam& planned, ApplicantIndex person) {
  const auto found = std::find_if(planned.plan.placements.begin(), planned.plan.placements.end(),
                                  [&](const Placement& placed) { return placed.applicant == person; });
  if (found == planned.plan.placements.end()) return {};
  return fmt::format("{}/{}/{}", planned.exam[found->venue].code.text(), planned.exam[found->room].room_no,
                     found->seat_no);
}

[[noreturn]] void throw_no_seat() {
  throw Conflict("no_free_seat",
                 {"There is no free seat of this kind. Add a room or a venue, plan again, and decide then.",
                  "해당하는 빈 좌석이 없습니다. 시험실이나 시험장을 추가하여 다시 배정한 뒤 결정하십시오."});
}

// Sends one person elsewhere in the live plan: everybody else stays. The new plan is judged and stored; the decision
// makes it live.
NextPlan reroute(Intake& intake, SelfReport& report, const Change& change, Progress& progress) {
  const auto live = intake.exams.find_live_plan(report.exam);
  if (!live) {
    throw Conflict("no_live_plan", {"This exam has no live plan yet.", "아직 확정된 배정안이 없습니다."});
  }
  PlannedExam planned = load_stored_exam(intake.exams, report.exam, live->plan_digest);
  const ApplicantIndex person = planned.exam.find(ApplicantId(report.application.text()));
  if (!person.exists()) {
    throw Conflict("not_in_plan", {"The person is not in the live plan.", "확정된 배정안에 없는 응시자입니다."});
  }
  report.old_place = place_of(planned, person);
  const PlanRows published = package::rows_of_plan(planned.exam, planned.plan);
  planned.exam.applicants[person.value].routing =
      report.decision == ReportDecision::isolation ? Routing::isolation : Routing::reserve;
  planned.exam.input_sha256 = package::digest_exam(planned.exam);
  const int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  replanning::Replanned replanned = replanning::replan(planned.exam, published, threads, progress);
  if (!replanned.plan.unseated.empty()) throw_no_seat();
  planned.plan = std::move(replanned.plan);
  planned.plan.digest = package::digest_plan(planned.exam, planned.plan);
  report.new_place = place_of(planned, person);
  const PlanRows rows = package::rows_of_plan(planned.exam, planned.plan);
  import_exam(intake.exams, planned.exam, &rows, change, progress);
  NextPlan next;
  next.plan.digest = planned.plan.digest;
  next.plan.input_sha256 = planned.exam.input_sha256;
  next.live_version = live->version;
  return next;
}

// Nobody is left out of an export without a word: the applications that do not open are named.
void require_all_legible(const std::vector<Application>& applications) {
  std::string ids;
  for (const Application& application : applications) {
    if (application.legible == Legible::yes) continue;
    ids += (ids.empty() ? "" : ", ") + application.id.text();
  }
  if (ids.empty()) return;
  throw Unavailable("personal_data_damaged",
                    {fmt::format("the forms of these applications do not open: {}; look at /health/ready for keys, or "
                                 "restore the rows from a backup",
                                 ids),
                     fmt::format("다음 원서의 내용을 열 수 없습니다: {}. /health/ready에서 키를 확인하거나 백업에서 "
                                 "해당 행을 복원하십시오",
                                 ids)});
}

hanjari::Applicant person_of(const Recruitment& notice, const Application& application, Exam& exam) {
  const ApplicationForm& form = application.form;
  const Area* area = notice.find_area(form.area);
  hanjari::Applicant person;
  person.id = ApplicantId(application.id.text());
  person.name = form.name;
  person.photo = form.photo.text();
  person.unit = exam.find(form.unit);
  person.birth_on = form.birth_on.value_or(Date{});
  person.sex = form.sex.value_or(Sex::female);
  person.home = form.home ? *form.home : area == nullptr ? Point{} : area->at;
  if (area != nullptr) person.district = exam.words.intern(area->district.text());
  if (area != nullptr) person.origin = exam.words.intern(area->code);
  person.accommodation = application.granted();
  std::string electives;
  for (const std::string& code : form.electives) electives += (electives.empty() ? "" : ";") + code;
  person.electives = exam.words.intern(electives);
  return person;
}

}  // namespace

std::vector<Application> list_for_officer(Intake& intake, const Actor& actor, const ExamCode& exam,
                                          std::optional<ApplicationState> state, const ApplicationId& after, int most) {
  require_officer(actor);
  require_recruitment(intake.recruitments, exam);
  auto listed = intake.applications.list_applications(exam, state, after, most).applications;
  AuditNote note{"applications.list", exam.text(), fmt::format("{} from {}", listed.size(), after.text())};
  note.exam = exam.text();
  for (const Application& application : listed) note.whose.push_back(application.id.text());
  // Nobody sees what is not recorded: this throws before anything is handed out.
  intake.accesses.record_access(change_of(actor, "", intake.clock.now()), note);
  return listed;
}

void save_notice(Intake& intake, const Actor& actor, const Recruitment& notice, RecruitmentState state,
                 std::int64_t expected_version, const Change& change) {
  require_officer(actor);
  save_notice(intake.recruitments, notice, state, expected_version, change);
}

void decide_accommodation(Intake& intake, const Actor& actor, const ApplicationId& id, const std::string& item,
                          ItemDecision decision, const std::string& told, const Change& change) {
  require_officer(actor);
  const Application application = load_application(intake, id);
  require_alive(application);
  const auto& asked = application.form.accommodations;
  if (std::none_of(asked.begin(), asked.end(), [&](const AccommodationRequest& r) { return r.item == item; })) {
    throw InvalidInput("unknown_item", {"The application does not ask for this.", "신청하지 않은 편의지원입니다."});
  }
  if (decision == ItemDecision::refused && is_blank_text(told)) {
    throw InvalidInput("reason_missing", {"A refusal needs a reason that the applicant can read.",
                                          "불승인에는 응시자에게 알릴 사유가 필요합니다."});
  }
  const auto stored = load_notice(intake.recruitments, application.exam);
  const AccommodationDecision decided{item, decision, clean_lines(told), change.at, actor.account};
  Application after = application;
  ++after.version;
  intake.applications.decide_accommodation(application, decided,
                                           {accommodation_message(stored->notice, after, decided)}, change);
}

std::vector<SelfReport> list_waiting_reports(Intake& intake, const Actor& actor, const ExamCode& exam) {
  require_officer(actor);
  require_recruitment(intake.recruitments, exam);
  auto listed = intake.self_reports.list_waiting(exam);
  AuditNote note{"self_reports.list", exam.text()};
  note.exam = exam.text();
  for (const SelfReport& report : listed) note.whose.push_back(report.application.text());
  intake.accesses.record_access(change_of(actor, "", intake.clock.now()), note);
  return listed;
}

std::vector<FailedMessage> list_failed_messages(Intake& intake, const Actor& actor, std::int64_t before, int most) {
  require_officer(actor);
  return intake.outbox.list_failed(before, most);
}

SelfReport decide_report(Intake& intake, const Actor& actor, std::int64_t id, ReportDecision decision,
                         const std::string& told, const Change& change, Progress& progress) {
  require_officer(actor);
  auto found = intake.self_reports.find_report(id);
  if (!found) throw NotFound("unknown_report", {"There is no such report.", "해당 신고가 없습니다."});
  SelfReport report = std::move(*found);
  if (report.decision != ReportDecision::asked || decision == ReportDecision::asked) {
    throw Conflict("report_decided", {"This report was decided already.", "이미 처리된 신고입니다."});
  }
  report.decision = decision;
  report.reason = clean_lines(told);
  report.decided_at = change.at;
  report.officer = actor.account;
  const Application application = load_application(intake, report.application);
  const auto stored = load_notice(intake.recruitments, report.exam);
  std::optional<NextPlan> next;
  if (decision != ReportDecision::declined) next = reroute(intake, report, change, progress);
  intake.self_reports.decide_report(report, next, {report_message(stored->notice, application, report)}, change);
  return report;
}

Closing close_applications(Intake& intake, const Actor& actor, const ExamCode& exam, const Change& change,
                           Progress& progress) {
  require_officer(actor);
  const auto stored = load_notice(intake.recruitments, exam);
  const Instant now = intake.clock.now();
  Closing closing;
  std::vector<UnitCode> units;
  for (const Calendar& calendar : stored->notice.calendars) {
    if (now < calendar.applications.closes + in_flight_grace) {
      ++closing.still_open;
      continue;
    }
    for (const NoticeUnit& unit : stored->notice.units) {
      if (&stored->notice.calendar_of(unit) == &calendar) units.push_back(unit.unit.code);
    }
  }
  if (!units.empty()) {
    progress.stage({"Asking the payment provider", "결제 대행사에 확인"}, 0);
    while (reconcile_payments(intake, std::chrono::seconds(0), portion) == portion) continue;
    progress.stage({"Closing", "접수 마감 처리"}, 0);
    closing.lapsed = intake.applications.lapse_unpaid(exam, units, change);
  }
  for (const auto& [unit, count] : intake.recruitments.count_applications(exam)) {
    closing.submitted += count.submitted;
    closing.paid += count.paid;
    closing.withdrawn += count.withdrawn;
  }
  if (closing.still_open == 0 && stored->state == RecruitmentState::published) {
    intake.recruitments.save_recruitment(stored->notice, RecruitmentState::closed, stored->version, change);
  }
  return closing;
}

Exam export_applicants(Intake& intake, const Actor& actor, const ExamCode& code, const Exam& venues,
                       const Change& change, Progress& progress) {
  require_officer(actor);
  const auto stored = load_notice(intake.recruitments, code);
  const Recruitment& notice = stored->notice;
  if (stored->state != RecruitmentState::closed) {
    throw Conflict("not_closed", {"Close the applications first.", "먼저 접수를 마감 처리하십시오."});
  }
  for (const Calendar& calendar : notice.calendars) {
    if (change.at < calendar.cancel_until) {
      throw Conflict("cancellation_open",
                     {fmt::format("People may withdraw until {}; numbers are given after that.",
                                  format_instant(calendar.cancel_until)),
                      fmt::format("{}까지 접수를 취소할 수 있습니다. 응시번호는 그 뒤에 부여합니다.",
                                  format_instant(calendar.cancel_until))});
    }
  }
  Exam exam = venues;
  exam.header = notice.header;
  exam.units.clear();
  exam.applicants.clear();
  exam.pins.clear();
  for (const NoticeUnit& unit : notice.units) exam.units.push_back(unit.unit);
  std::sort(exam.units.begin(), exam.units.end(), [](const Unit& a, const Unit& b) { return a.code < b.code; });
  progress.stage({"Reading the applications", "원서 읽기"}, 0);
  ApplicationId after;
  do {
    const ApplicationPage page = intake.applications.list_applications(code, ApplicationState::paid, after, portion);
    AuditNote note{"applications.export", code.text(),
                   fmt::format("{} from {}", page.applications.size(), after.text())};
    note.exam = code.text();
    for (const Application& application : page.applications) note.whose.push_back(application.id.text());
    require_all_legible(page.applications);
    // Nobody is taken whose taking is not recorded: this throws before anything is handed out.
    intake.accesses.record_access(change, note);
    for (const Application& application : page.applications)
      exam.applicants.push_back(person_of(notice, application, exam));
    progress.report(exam.applicants.size());
    after = page.last;
  } while (!after.empty());
  make_canonical(exam);
  exam.input_sha256 = package::digest_exam(exam);
  return exam;
}

}  // namespace hanjari::services
