// What exam officers do: notices, accommodations, closing.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/officers_work.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {

std::vector<Application> OfficersWork::list_for_officer(const Actor& actor, const ExamCode& exam,
                                                        std::optional<ApplicationState> state,
                                                        const ApplicationId& after, int most) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, exam);
  auto listed = needs_.applications.list_applications(exam, state, after, most).applications;
  AuditNote note{"applications.list", exam.text(), fmt::format("{} from {}", listed.size(), after.text())};
  note.exam = exam.text();
  for (const Application& application : listed) note.whose.push_back(application.id.text());
  // Nobody sees what is not recorded: this throws before anything is handed out.
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
  return listed;
}

std::vector<std::shared_ptr<const StoredRecruitment>> OfficersWork::list_all_notices(const Actor& actor) {
  // Nothing of a person stands in a notice, and auditors go from here to the table of applications.
  if (actor.role != Role::auditor) require_officer(actor);
  return needs_.recruitments.list_recruitments();
}

void OfficersWork::require_notice(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  require_recruitment(needs_.recruitments, code);
}

std::shared_ptr<const StoredRecruitment> OfficersWork::find_notice(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  return needs_.recruitments.find_recruitment(code);
}

UnitCounts OfficersWork::count_applications(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  return needs_.recruitments.count_applications(code);
}

void OfficersWork::refuse_destroyed(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  needs_.recruitments.refuse_destroyed(code);
}

std::int64_t OfficersWork::count_concerned(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  return services::count_concerned(needs_.recruitments, code);
}

void OfficersWork::change_state(const Actor& actor, const ExamCode& code, RecruitmentState to, std::int64_t concerned,
                                const Change& change) {
  require_officer(actor);
  services::change_state(needs_.recruitments, code, to, concerned, change);
}

void OfficersWork::decide_accommodation(const Actor& actor, const ApplicationId& id, const std::string& item,
                                        ItemDecision decision, const std::string& told, const Change& change) {
  require_officer(actor);
  const Application application = load_application(needs_.applications, id);
  require_alive(application);
  const auto& asked = application.form.accommodations;
  if (std::none_of(asked.begin(), asked.end(), [&](const AccommodationRequest& r) { return r.item == item; })) {
    throw InvalidInput("unknown_item", {"The application does not ask for this.", "신청하지 않은 편의지원입니다."});
  }
  if (decision == ItemDecision::refused && is_blank_text(told)) {
    throw InvalidInput("reason_missing", {"A refusal needs a reason that the applicant can read.",
                                          "불승인에는 응시자에게 알릴 사유가 필요합니다."});
  }
  const auto stored = load_recruitment(needs_.recruitments, application.exam);
  const AccommodationDecision decided{item, decision, clean_lines(told), change.at, actor.account};
  Application after = application;
  ++after.version;
  needs_.applications.decide_accommodation(application, decided,
                                           {accommodation_message(stored->notice, after, decided)}, change);
}

std::vector<FailedMessage> OfficersWork::list_failed_messages(const Actor& actor, std::int64_t before, int most) {
  require_officer(actor);
  return needs_.outbox.list_failed(before, most);
}

ClosedUnits list_closed_units(const Recruitment& notice, Instant now) {
  ClosedUnits closed;
  for (const Calendar& calendar : notice.calendars) {
    if (now < calendar.payment_closes() + in_flight_grace) {
      ++closed.still_open;
      continue;
    }
    for (const NoticeUnit& unit : notice.units) {
      if (&notice.calendar_of(unit) == &calendar) closed.units.push_back(unit.unit.code);
    }
  }
  return closed;
}

Closing ApplicationCloser::close_applications(const Actor& actor, const ExamCode& exam, const Change& change,
                                              Progress& progress, std::optional<Instant> asked_at) {
  require_officer(actor);
  const auto stored = load_published_notice(needs_.recruitments, exam);
  const Instant now = needs_.clock.now();
  const ClosedUnits closed = list_closed_units(stored->notice, std::min(asked_at.value_or(now), now));
  Closing closing;
  closing.still_open = closed.still_open;
  if (!closed.units.empty()) {
    progress.stage({"Asking the payment provider", "결제 대행사에 확인"}, 0);
    needs_.paying.decide_payments(exam, closed.units, progress);
    progress.stage({"Closing", "접수 마감 처리"}, 0);
    const auto lapsed = needs_.applications.lapse_unpaid(exam, closed.units, change, stored->version, progress);
    closing.lapsed = lapsed.lapsed;
    closing.undecided = lapsed.undecided;
  }
  closing.closed = stored->state == RecruitmentState::closed;
  if (closing.still_open == 0 && closing.undecided == 0 && !closing.closed) {
    progress.stage({"Closing the notice", "공고 마감"}, 0);
    needs_.recruitments.save_recruitment(stored->notice, RecruitmentState::closed, stored->version, change);
    closing.closed = true;
  }
  progress.stage({"Counting", "집계"}, 0);
  for (const auto& [unit, count] : needs_.recruitments.count_applications(exam)) {
    closing.submitted += count.submitted;
    closing.paid += count.paid;
    closing.withdrawn += count.withdrawn;
    closing.lapsed_in_all += count.lapsed;
  }
  return closing;
}

}  // namespace hanjari::services
