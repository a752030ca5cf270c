#include "hanjari/intake/unsent_reminders.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/application_text.h"
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
bool waits_for_submission(const UnsentFormStores& stores, const Draft& draft) {
  if (draft.edits.empty()) return true;
  const auto application = stores.applications.find_application(draft.edits);
  return application && !application->is_over() && has_unsent_changes(draft, *application);
}

std::string dedupe_id_of(const Draft& draft, Instant closes) {
  return fmt::format("unsent/{}/{}", closes.time_since_epoch() / std::chrono::seconds(1), draft.id);
}

Message unsent_message(const Recruitment& notice, const Draft& draft, const AccountContact& contact, Instant closes) {
  const bool change = !draft.edits.empty();
  const LocalTime local = local_time(closes, notice.header.time_zone);
  const Text day = write_plain_day(local.day);
  const std::string time_of_day = format_time_of_day(local.minute);
  const Text zone = name_time_zone(closes, notice.header.time_zone);
  const std::string& en = notice.header.name_en;
  const std::string& ko = notice.header.name_ko;
  const Text subject{en + (change ? ": your change is not submitted yet" : ": your form is not submitted yet"),
                     ko + (change ? ": 변경 사항이 아직 제출되지 않았습니다" : ": 원서가 아직 제출되지 않았습니다")};
  const Text body{
      fmt::format("{} Applications close on {}, {} ({}). Sign in, open My applications, and submit or discard it.",
                  change ? "You began to change your application and did not submit the change. Until you do, the "
                           "application counts as it was submitted."
                         : "You began a form and did not submit it. As long as it is not submitted you have not "
                           "applied.",
                  day.en, time_of_day, zone.en),
      fmt::format("{} 접수 마감은 {} {}({} 기준)입니다. 로그인하여 '내 원서'에서 제출하거나 작성을 취소하십시오.",
                  change ? "원서를 수정하다가 변경 내용을 제출하지 않으셨습니다. 제출하기 전까지는 이전에 제출한 내용이 "
                           "유효합니다."
                         : "원서를 작성하다가 제출하지 않으셨습니다. 제출하지 않으면 접수되지 않습니다.",
                  day.ko, time_of_day, zone.ko)};
  Message message;
  message.dedupe_id = dedupe_id_of(draft, closes);
  message.channel = contact.channel;
  message.to = contact.to;
  message.account = draft.account;
  message.exam = draft.exam.text();
  message.language = contact.language;
  if (contact.channel == Channel::email) message.subject = subject.in(message.language);
  const Text greeting{"Dear applicant,\n\n" + en + "\n\n", "안녕하십니까.\n\n" + ko + "\n\n"};
  // A text message begins with its subject, which names the exam.
  const std::string head =
      contact.channel == Channel::email ? greeting.in(message.language) : subject.in(message.language) + ". ";
  message.body = head + body.in(message.language);
  message.useless_after = closes;
  return message;
}

// The address that the form names may be half typed or somebody else's: nobody has judged or confirmed it yet.
std::optional<AccountContact> find_recipient(const FindContact& find_contact, const Draft& draft) {
  auto contact = find_contact(draft.account);
  if (contact) contact->language = draft.form.language;
  return contact;
}

// The closing that its owner is to be told of, as far as the form alone says.
std::optional<Instant> due_closing(const Recruitment& notice, const Draft& draft, Instant now) {
  return now - draft.saved_at < still_at_it ? std::nullopt : near_closing(notice, draft.form, now);
}

bool remind_owner(const UnsentFormStores& stores, const FindContact& find_contact, const Recruitment& notice,
                  const Draft& listed, Instant listed_closes) {
  const Instant now = stores.clock.now();
  // It may have been submitted or discarded since the list was read.
  const auto draft = stores.applications.find_draft(listed.account, listed.exam);
  if (!draft || draft->id != listed.id) return false;
  // One whose closing is another by now is looked at by the next round.
  const auto closes = due_closing(notice, *draft, now);
  if (closes != listed_closes || !waits_for_submission(stores, *draft)) return false;
  const auto recipient = find_recipient(find_contact, *draft);
  if (!recipient) return false;
  stores.outbox.enqueue(unsent_message(notice, *draft, *recipient, *closes), now);
  return true;
}

// Those of a page whose letter is not written yet: the others need not be looked at again in every round.
std::vector<std::pair<const Draft*, Instant>> untold_of(const UnsentFormStores& stores, const Recruitment& notice,
                                                        const std::vector<Draft>& drafts) {
  std::vector<std::pair<const Draft*, Instant>> due;
  std::vector<std::string> ids;
  const Instant now = stores.clock.now();
  for (const Draft& draft : drafts) {
    const auto closes = due_closing(notice, draft, now);
    if (!closes) continue;
    due.emplace_back(&draft, *closes);
    ids.push_back(dedupe_id_of(draft, *closes));
  }
  if (ids.empty()) return due;
  const std::set<std::string> known = stores.outbox.find_known(ids);
  std::erase_if(due, [&](const auto& one) { return known.contains(dedupe_id_of(*one.first, one.second)); });
  return due;
}

}  // namespace

bool has_unsent_changes(const Draft& draft, const Application& application) {
  if (draft.edits != application.id) return false;
  ApplicationForm submitted = clean_form(application.form);
  submitted.language = draft.form.language;  // that of the page last seen, no change of the form
  return clean_form(draft.form) != submitted;
}

std::vector<BegunForm> list_begun_forms(NoticeBoard& notices, FormFilling& forms, const Applicant& who,
                                        const std::vector<Application>& own, BegunIn where, Instant now) {
  std::vector<BegunForm> list;
  for (const auto& stored : notices.list_notices()) {
    const ExamCode& code = stored->notice.header.code;
    if (where == BegunIn::open_notices && !takes_applications(*stored, now)) continue;
    if (std::any_of(own.begin(), own.end(), [&](const Application& one) { return one.exam == code; })) continue;
    BegunForm begun{stored, std::nullopt, Legible::yes};
    begun.legible = read_legibly([&] { begun.draft = forms.find_draft(who, code); });
    const bool never_submitted = begun.draft && begun.draft->edits.empty();
    if (never_submitted || begun.legible != Legible::yes) list.push_back(std::move(begun));
  }
  return list;
}

std::int64_t remind_of_unsent(const UnsentFormStores& stores, const FindContact& find_contact, const ExamCode& exam,
                              const std::function<bool()>& stopping) {
  const auto stored = load_notice(stores.recruitments, exam);
  std::int64_t told = 0;
  std::string after;
  while (true) {
    const DraftPage page = stores.applications.list_drafts(exam, after, at_once);
    for (const auto& [draft, closes] : untold_of(stores, stored->notice, page.drafts)) {
      if (stopping()) return told;
      // What cannot be read of one person's form concerns nobody else.
      const Draft& listed = *draft;
      const Instant until = closes;
      read_legibly([&] { told += remind_owner(stores, find_contact, stored->notice, listed, until) ? 1 : 0; });
    }
    if (page.last.empty()) return told;
    after = page.last;
  }
}

std::int64_t UnsentReminderRounds::run(const UnsentFormStores& stores, const FindContact& find_contact,
                                       const std::function<bool()>& stopping) {
  std::int64_t told = 0;
  for (const auto& stored : stores.recruitments.list_recruitments()) {
    if (stored->state != RecruitmentState::published) continue;
    const Recruitment& notice = stored->notice;
    const Instant now = stores.clock.now();
    const auto soon = [&](const Calendar& calendar) { return is_near(calendar, now); };
    if (std::none_of(notice.calendars.begin(), notice.calendars.end(), soon)) continue;
    const int hour = local_time(now, notice.header.time_zone).minute / 60;
    if (hour < from_ || hour >= until_) continue;
    const auto last = last_.find(notice.header.code);
    if (last != last_.end() && now - last->second < between) continue;
    read_legibly([&] { told += remind_of_unsent(stores, find_contact, notice.header.code, stopping); });
    if (stopping()) return told;
    last_[notice.header.code] = now;
  }
  return told;
}

}  // namespace hanjari::services
