// What applicants see and do after submitting.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/intake/own_applications.h"
#include "hanjari/intake/submitting.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

constexpr std::size_t longest_note = 1'000;  // bytes

[[noreturn]] void throw_cancellation_over() {
  throw Conflict("cancellation_over", {"The time for withdrawing is over; see the notice.",
                                       "접수 취소 기간이 끝났습니다. 공고를 확인하십시오."});
}

// What the notice announces and the exam itself, earliest first: what comes after the exam day stands behind it.
void add_coming_days(const Recruitment& notice, const Calendar& calendar, Instant now, std::vector<NextStep>& steps) {
  std::vector<NextStep> coming;
  for (const CalendarEntry& entry : calendar.entries) {
    if (entry.from >= now) coming.push_back({"entry", entry.what, entry.from});
  }
  const Instant exam_day = instant_of(calendar.exam_on, 0, notice.header.time_zone);
  if (now < exam_day + std::chrono::hours(24)) coming.push_back({"exam_day", {"Exam day", "시험일"}, exam_day});
  std::stable_sort(coming.begin(), coming.end(),
                   [](const NextStep& a, const NextStep& b) { return a.until < b.until; });
  for (NextStep& step : coming) steps.push_back(std::move(step));
}

enum class SeatState { none, known, withdrawn };

// From the number that is to come to the result that is to come.
NextStep seat_step(const Recruitment& notice, const Calendar& calendar, SeatState seat, Instant now) {
  if (seat == SeatState::withdrawn) {
    return {"seats_withdrawn",
            {"Your seat is being decided again: do not use the one that you were shown before.",
             "좌석을 다시 배정하고 있습니다. 이전에 안내받은 좌석은 사용하지 마십시오."},
            std::nullopt};
  }
  if (seat == SeatState::none) {
    return {"wait_number",
            {"Your applicant number, venue and seat are assigned after the withdrawal period.",
             "응시번호, 시험장, 좌석은 취소 기한이 지난 뒤 배정됩니다."},
            calendar.cancel_until};
  }
  if (now >= instant_of(calendar.exam_on, 0, notice.header.time_zone) + std::chrono::hours(24)) {
    return {"result_awaited",
            {"The day of the exam is over. Your result opens under \"My result\" once results are released.",
             "시험일이 지났습니다. 결과가 발표되면 ‘내 시험 결과’에서 확인할 수 있습니다."},
            std::nullopt};
  }
  return {"seat_known",
          {"Your seat has been assigned: print your admission slip.", "좌석이 배정되었습니다. 응시표를 출력하십시오."},
          std::nullopt};
}

// Whether withdrawing brings a fee back: one that was paid.
Text withdrawal_words(const Application& application) {
  const bool refunds = application.state == ApplicationState::paid && application.fee > 0;
  if (!refunds) return {"You can still withdraw your application.", "접수를 취소할 수 있습니다."};
  return {"You can still withdraw and get the fee back.", "접수를 취소하고 수수료를 환불받을 수 있습니다."};
}

}  // namespace

std::vector<Application> OwnApplications::list_own_applications(const Applicant& who) {
  return needs_.applications.list_applications(who.account);
}

Application OwnApplications::load_own_application(const Applicant& who, const ApplicationId& id) {
  return load_own(needs_.applications, who, id);
}

std::vector<ApplicationEvent> OwnApplications::list_own_history(const Applicant& who, const ApplicationId& id) {
  load_own(needs_.applications, who, id);
  return needs_.applications.list_events(id);
}

std::string OwnApplications::load_own_receipt(const Applicant& who, const ApplicationId& id) {
  load_own(needs_.applications, who, id);
  return needs_.applications.load_receipt(id);
}

Application OwnApplications::withdraw(const Applicant& who, const ApplicationId& id, const std::string& reason,
                                      std::optional<Instant> sent_at) {
  Application application = load_own(needs_.applications, who, id);
  require_alive(application);
  const auto stored = load_recruitment(needs_.recruitments, application.exam);
  const Instant now = needs_.clock.now();
  const Instant deadline = calendar_of(stored->notice, application).cancel_until;
  // The list of the day is final from then on: whoever is stored later would be on it and told that they are not.
  const auto require_in_time = [&] {
    if (needs_.clock.now() >= deadline + in_flight_grace) throw_cancellation_over();
  };
  if (std::min(sent_at.value_or(now), now) >= deadline) throw_cancellation_over();
  require_in_time();
  const bool refunds = application.state == ApplicationState::paid && application.fee > 0;
  Application after = application;
  after.state = ApplicationState::withdrawn;
  ++after.version;
  needs_.applications.withdraw(
      application, refunds ? ApplicationRepository::Refunds::yes : ApplicationRepository::Refunds::no,
      {withdrawn_message(stored->notice, after, refunds)}, change_of(who, clean_line(reason), now), require_in_time);
  return after;
}

std::optional<PlannedExam> OwnApplications::find_own_seat(const Applicant& who, const ApplicationId& id) {
  const Application application = load_own(needs_.applications, who, id);
  if (!application.counts()) return std::nullopt;
  // Whoever has applied sits where the plan says, also while the notice is retracted.
  const auto stored = needs_.recruitments.find_recruitment(application.exam);
  if (stored == nullptr) return std::nullopt;
  return needs_.plans.find_own_seat(exam_of(stored->notice, calendar_of(stored->notice, application)),
                                    ApplicantId(id.text()));
}

bool OwnApplications::are_seats_withdrawn(const StoredRecruitment& stored, const Application& application) {
  if (!application.counts()) return false;
  const ExamCode exam = exam_of(stored.notice, calendar_of(stored.notice, application));
  const auto withdrawn = needs_.plans.list_withdrawn_exams();
  return std::any_of(withdrawn.begin(), withdrawn.end(), [&](const LiveExam& one) { return one.code == exam; });
}

std::optional<std::string> OwnApplications::find_venue_name(const ExamCode& exam, const VenueCode& code) {
  for (VenueSummary& venue : needs_.plans.list_venues(exam, std::nullopt)) {
    if (venue.code == code) return std::move(venue.name);
  }
  return std::nullopt;
}

SelfReport SelfReporting::report_health(const Applicant& who, const ApplicationId& id, HealthStatus status, Date since,
                                        const std::string& note, std::optional<Instant> sent_at) {
  const Application application = load_own(needs_.applications, who, id);
  require_alive(application);
  const auto stored = load_recruitment(needs_.recruitments, application.exam);
  const Instant now = needs_.clock.now();
  const Calendar& calendar = calendar_of(stored->notice, application);
  const Instant sent = std::min(sent_at.value_or(now), now);
  // Nobody is given another seat any more when the day is over.
  const bool in_time = calendar.self_reports.contains(sent) &&
                       (calendar.self_reports.contains(now) || local_time(now, stored->notice.header.time_zone).day <= calendar.exam_on);
  if (!application.counts() || !in_time) {
    throw Conflict(
        "self_report_over",
        {"Health reports are not taken at this time. Call the exam office, and tell the staff at the gate.",
         "지금은 건강 자진신고 기간이 아닙니다. 시험 담당 부서에 전화하시고 시험장 입구에서 알려 주십시오."});
  }
  const std::string clean_note = clean_lines(note);
  if (const auto fault = find_text_fault(clean_note, longest_note)) {
    throw InvalidInput("note_too_long", sentence_of(*fault));
  }
  SelfReport report;
  report.application = id;
  report.exam = application.exam;
  report.status = status;
  report.since = since;
  report.note = clean_note;
  report.reported_at = sent;
  report.id = needs_.self_reports.add_report(report, {}, change_of(who, "", now));
  return report;
}

std::vector<SelfReport> SelfReporting::list_own_reports(const Applicant& who, const ApplicationId& id) {
  load_own(needs_.applications, who, id);
  return needs_.self_reports.list_reports(id);
}

std::vector<NextStep> list_next_steps(const StoredRecruitment& stored, const Application& application,
                                      const std::optional<PlannedExam>& seat, Instant now, bool seats_withdrawn) {
  const Recruitment& notice = stored.notice;
  const Calendar& calendar = calendar_of(notice, application);
  std::vector<NextStep> steps;
  const auto add = [&](std::string code, Text what, std::optional<Instant> until) {
    steps.push_back({std::move(code), std::move(what), until});
  };
  if (application.is_over()) {
    if (takes_applications(stored, calendar, now)) {
      add("apply_again",
          {"This application has ended. You can apply again until applications close.",
           "이 원서는 종료되었습니다. 접수 마감 전까지 다시 지원할 수 있습니다."},
          calendar.applications.closes);
    } else {
      add("over",
          {"This application has ended. There is nothing more to do.",
           "이 원서는 종료되었습니다. 더 진행할 절차가 없습니다."},
          std::nullopt);
    }
    return steps;
  }
  const bool open = takes_applications(stored, calendar, now);
  if (application.state == ApplicationState::submitted) {
    if (application.fee == 0) {
      add("confirm_identity",
          {"Your identity has to be confirmed before this application counts: call the exam office before closing.",
           "본인 확인이 되어야 접수가 완료됩니다. 마감 전에 시험 담당 부서에 문의하십시오."},
          calendar.applications.closes);
    } else if (calendar.takes_payments(now)) {
      add("pay_fee",
          {fmt::format("Pay the fee of {} won. The application lapses if it is not paid in time.",
                       group_digits(application.fee)),
           fmt::format("응시수수료 {}원을 결제하십시오. 기한까지 결제하지 않으면 접수가 무효가 됩니다.",
                       group_digits(application.fee))},
          calendar.payment_closes());
    } else {
      add("lapses",
          {"The fee was not paid in time; this application lapses.", "기간 안에 결제되지 않아 접수가 무효가 됩니다."},
          std::nullopt);
      return steps;
    }
  }
  if (open) {
    add("edit_possible", {"You can still edit your application.", "접수 내용을 수정할 수 있습니다."},
        calendar.applications.closes);
  }
  if (now < calendar.cancel_until) {
    add("cancel_possible", withdrawal_words(application), calendar.cancel_until);
  }
  for (const AccommodationRequest& request : application.form.accommodations) {
    bool decided = false;
    for (const AccommodationDecision& decision : application.decisions)
      decided = decided || (decision.item == request.item && decision.decision != ItemDecision::asked);
    if (decided) continue;
    add("wait_accommodation",
        {"Your accommodation requests are being reviewed. You will be told the result.",
         "시험 담당자가 편의지원 신청을 심사하고 있습니다. 결과를 알려 드립니다."},
        std::nullopt);
    break;
  }
  const SeatState seated = seat ? SeatState::known : seats_withdrawn ? SeatState::withdrawn : SeatState::none;
  steps.push_back(seat_step(notice, calendar, seated, now));
  if (calendar.self_reports.contains(now)) {
    add("self_report",
        {"Report a confirmed infection, a quarantine or symptoms before the exam.",
         "확진, 격리, 의심 증상이 있으면 시험 전에 신고하십시오."},
        calendar.self_reports.closes);
  }
  add_coming_days(notice, calendar, now, steps);
  return steps;
}

}  // namespace hanjari::services
