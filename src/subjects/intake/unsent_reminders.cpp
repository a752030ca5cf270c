#include "hanjari/intake/unsent_reminders.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/local_time.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/unsent_changes.h"
#include "intake/intake_rules.h"

namespace hanjari::services {
namespace {

constexpr int at_once = 500;

bool is_near(const Calendar& calendar, Instant now) {
  return calendar.applications.contains(now) && calendar.applications.closes - now <= unsent_notice;
}

// The closing that ends the form: of its unit's calendar, before a unit was chosen the first that comes.
std::optional<Instant> near_closing(const Recruitment& notice, const ApplicationForm& form, Instant now) {
  if (const NoticeUnit* unit = notice.find_unit(form.unit); unit != nullptr) {
    const Calendar& calendar = notice.calendar_of(*unit);
    return is_near(calendar, now) ? std::optional(calendar.applications.closes) : std::nullopt;
  }
  std::optional<Instant> next;
  for (const Calendar& calendar : notice.calendars) {
    if (is_near(calendar, now) && (!next || calendar.applications.closes < *next)) next = calendar.applications.closes;
  }
  return next;
}

// Whether something of the draft does not count yet.
bool waits_for_submission(Intake& intake, const Draft& draft) {
  if (draft.edits.empty()) return true;
  const auto application = intake.applications.find_application(draft.edits);
  return application && !application->is_over() && has_unsent_changes(draft, *application);
}

Message unsent_message(const Recruitment& notice, const Draft& draft, const AccountContact& contact, Instant closes) {
  const bool change = !draft.edits.empty();
  const LocalTime local = local_time(closes, notice.header.time_zone);
  const std::string when = fmt::format("{} {:02}:{:02}", format_date(local.day), local.minute / 60, local.minute % 60);
  const std::string& en = notice.header.name_en;
  const std::string& ko = notice.header.name_ko;
  const Text subject{en + (change ? ": your change is not submitted yet" : ": your form is not submitted yet"),
                     ko + (change ? ": 변경 사항이 아직 제출되지 않았습니다" : ": 원서가 아직 제출되지 않았습니다")};
  const Text body{
      fmt::format("{} Applications close on {} ({}). Sign in, open My applications, and submit it or give it up.",
                  change ? "You began to change your application and did not submit the change. Until you do, the "
                           "application counts as it was submitted."
                         : "You began a form and did not submit it. As long as it is not submitted you have not "
                           "applied.",
                  when, notice.header.time_zone),
      fmt::format("{} 접수 마감은 {} ({} 기준)입니다. 로그인하여 '내 원서'에서 제출하거나 작성을 그만두십시오.",
                  change ? "원서를 고치다가 변경 내용을 제출하지 않으셨습니다. 제출하기 전까지는 이전에 제출한 내용이 "
                           "유효합니다."
                         : "원서를 작성하다가 제출하지 않으셨습니다. 제출하지 않으면 접수되지 않습니다.",
                  when, notice.header.time_zone)};
  Message message;
  message.dedupe_id = fmt::format("unsent/{}/{}", closes.time_since_epoch() / std::chrono::seconds(1), draft.id);
  message.channel = contact.channel;
  message.to = contact.to;
  message.exam = draft.exam.text();
  message.language = contact.language;
  if (contact.channel == Channel::email) message.subject = subject.in(message.language);
  message.body = contact.channel == Channel::email ? body.in(message.language)
                                                   : subject.in(message.language) + ". " + body.in(message.language);
  message.useless_after = closes;
  return message;
}

std::optional<AccountContact> find_recipient(const FindContact& find_contact, const Draft& draft) {
  if (!draft.form.email.empty()) return AccountContact{Channel::email, draft.form.email, draft.form.language};
  auto contact = find_contact(draft.account);
  if (contact) contact->language = draft.form.language;
  return contact;
}

bool remind_owner(Intake& intake, const FindContact& find_contact, const Recruitment& notice, const Draft& listed) {
  const Instant now = intake.clock.now();
  if (now - listed.saved_at < still_at_it || !near_closing(notice, listed.form, now)) return false;
  // It may have been submitted or given up since the list was read.
  const auto draft = intake.applications.find_draft(listed.account, listed.exam);
  if (!draft || draft->id != listed.id || now - draft->saved_at < still_at_it || !waits_for_submission(intake, *draft))
    return false;
  const auto closes = near_closing(notice, draft->form, now);
  if (!closes) return false;
  const auto recipient = find_recipient(find_contact, *draft);
  if (!recipient) return false;
  intake.outbox.enqueue(unsent_message(notice, *draft, *recipient, *closes), now);
  return true;
}

}  // namespace

std::int64_t remind_of_unsent(Intake& intake, const FindContact& find_contact, const ExamCode& exam,
                              const std::function<bool()>& stopping) {
  const auto stored = load_notice(intake.recruitments, exam);
  std::int64_t told = 0;
  std::string after;
  while (true) {
    const DraftPage page = intake.applications.list_drafts(exam, after, at_once);
    for (const Draft& draft : page.drafts) {
      if (stopping()) return told;
      // What cannot be read of one person's form concerns nobody else.
      read_legibly([&] { told += remind_owner(intake, find_contact, stored->notice, draft) ? 1 : 0; });
    }
    if (page.last.empty()) return told;
    after = page.last;
  }
}

std::int64_t UnsentReminderRounds::run(Intake& intake, const FindContact& find_contact,
                                       const std::function<bool()>& stopping) {
  std::int64_t told = 0;
  for (const auto& stored : intake.recruitments.list_recruitments()) {
    if (stored->state != RecruitmentState::published) continue;
    const Recruitment& notice = stored->notice;
    const Instant now = intake.clock.now();
    const auto soon = [&](const Calendar& calendar) { return is_near(calendar, now); };
    if (std::none_of(notice.calendars.begin(), notice.calendars.end(), soon)) continue;
    const int hour = local_time(now, notice.header.time_zone).minute / 60;
    if (hour < from_ || hour >= until_) continue;
    const auto last = last_.find(notice.header.code);
    if (last != last_.end() && now - last->second < between) continue;
    read_legibly([&] { told += remind_of_unsent(intake, find_contact, notice.header.code, stopping); });
    if (stopping()) return told;
    last_[notice.header.code] = now;
  }
  return told;
}

}  // namespace hanjari::services
