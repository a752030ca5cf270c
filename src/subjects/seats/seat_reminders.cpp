#include "hanjari/seats/seat_reminders.h"

#include <set>

#include <fmt/format.h>

#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/legible.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

constexpr int at_once = 500;
constexpr int week = 7;
constexpr int last_days = 2;  // before the exam: another seat is told before anything that can wait

Message unopened_message(const Recruitment& notice, const Application& application, const ShownSeat& seat,
                         SeatNews news, Date today) {
  const bool changed = news == SeatNews::changed;
  // The place stands in the name, so that a second change of the same day is told too.
  const std::string what =
      fmt::format("seat/{}-{}-{}/{}", seat.venue.text(), seat.room_no, seat.seat_no, format_date(today));
  return message_to(
      application, what,
      {fmt::format("{}: {}", notice.header.name_en, changed ? "your seat has changed" : "your seat is assigned"),
       fmt::format("{}: {}", notice.header.name_ko, changed ? "좌석이 변경되었습니다" : "좌석이 배정되었습니다")},
      {changed
           ? "Your venue, room or seat has changed. Sign in, look at the new one and take the new admission slip; the "
             "old slip is no longer valid. This message is repeated every day until you have opened the new seat."
           : "Your venue, room and seat are assigned. Sign in to see them and to take your admission slip. This "
             "message is repeated every day until you have opened your seat.",
       changed
           ? "시험장, 시험실 또는 좌석이 변경되었습니다. 로그인하여 변경된 좌석을 확인하고 응시표를 다시 출력하십시오. 이전 "
             "응시표는 사용할 수 없습니다. 변경된 좌석을 확인하실 때까지 매일 알려 드립니다."
           : "시험장, 시험실, 좌석이 배정되었습니다. 로그인하여 확인하고 응시표를 받으십시오. 확인하실 때까지 매일 "
             "알려 "
             "드립니다."});
}

Message exam_message(const Recruitment& notice, const Application& application, Date exam_on, int days) {
  const Text day = write_plain_day(exam_on);
  return message_to(
      application, fmt::format("exam/{}/{}", format_date(exam_on), days <= 1 ? "day" : "week"),
      {fmt::format("{}: the exam is on {}", notice.header.name_en, day.en),
       fmt::format("{}: {} 시험 안내", notice.header.name_ko, day.ko)},
      {fmt::format(
           "{}\n\nThe exam is on {}. Bring your admission slip, your identity card and a pen. You find venue, room and times "
           "on your seat page.",
           notice.header.name_en, day.en),
       fmt::format(
           "{}\n\n시험일은 {}입니다. 응시표, 신분증, 필기구를 지참하십시오. 시험장, 시험실, 입실 시각은 \'내 좌석\'에서 "
           "확인할 수 있습니다.",
           notice.header.name_ko, day.ko)});
}

// Of the plans of all its exam days, one after the other; empty when none is live.
std::string list_live_digests(const SeatReminderStores& stores, const Recruitment& notice) {
  std::set<ExamCode> exams;
  for (const Calendar& calendar : notice.calendars) exams.insert(exam_of(notice, calendar));
  std::string digests;
  for (const ExamCode& exam : exams) {
    if (const auto live = stores.exams.find_live_plan(exam)) digests += live->plan_digest;
  }
  return digests;
}

}  // namespace

namespace {

struct ExamDay {
  const Recruitment& notice;
  Date today;
};

void remind_person(const SeatReminderStores& stores, const ExamDay& day, const Application& application,
                   SeatReminders& told) {
  const NoticeUnit* unit = day.notice.find_unit(application.form.unit);
  if (unit == nullptr) return;
  const Instant now = stores.clock.now();
  const Calendar& calendar = day.notice.calendar_of(*unit);
  const Date exam_on = calendar.exam_on;
  const int days = exam_on.days - day.today.days;
  if (days < 0) return;
  const auto seat = stores.plans.find_own_seat(exam_of(day.notice, calendar), ApplicantId(application.id.text()));
  if (!seat) return;
  const SeatNews news = news_of(stores.views.find_seat_view(application.id), *seat);
  if (news != SeatNews::unchanged) {
    Message message = unopened_message(day.notice, application, shown_seat(*seat), news, day.today);
    if (news == SeatNews::changed && days <= last_days) message.urgency = Urgency::soon;
    stores.outbox.enqueue(message, now);
    ++told.unopened;
  }
  if (days >= 1 && days <= week) {
    stores.outbox.enqueue(exam_message(day.notice, application, exam_on, days), now);
    ++told.before_exam;
  }
}

}  // namespace

SeatReminders remind_of_seats(const SeatReminderStores& stores, const ExamCode& exam,
                              const std::function<bool()>& stopping) {
  SeatReminders told;
  const auto stored = load_notice(stores.recruitments, exam);
  const Instant now = stores.clock.now();
  const ExamDay day{stored->notice, local_time(now, stored->notice.header.time_zone).day};
  ApplicationId after;
  while (true) {
    const ApplicationPage page = stores.applications.list_applications(exam, ApplicationState::paid, after, at_once);
    for (const Application& application : page.applications) {
      if (stopping()) return told;
      if (application.legible != Legible::yes) continue;
      // A person whose seat cannot be read is not reminded; the others are.
      read_legibly([&] { remind_person(stores, day, application, told); });
    }
    if (page.last.empty()) return told;
    after = page.last;
  }
}

SeatReminders SeatReminderRounds::run(const SeatReminderStores& stores, const std::function<bool()>& stopping) {
  SeatReminders told;
  for (const auto& stored : stores.recruitments.list_recruitments()) {
    if (stored->state == RecruitmentState::prepared) continue;
    const ExamHeader& header = stored->notice.header;
    const LocalTime now = local_time(stores.clock.now(), header.time_zone);
    const int hour = now.minute / 60;
    if (hour < hours_.from || hour >= hours_.until) continue;
    const std::string live = list_live_digests(stores, stored->notice);
    if (live.empty()) continue;
    const Round round{now.day, live};
    const auto last = last_.find(header.code);
    if (last != last_.end() && last->second == round) continue;
    // An exam that cannot be read does not keep the others from being told, and is not tried all day long.
    read_legibly([&] {
      const SeatReminders of_exam = remind_of_seats(stores, header.code, stopping);
      told.unopened += of_exam.unopened;
      told.before_exam += of_exam.before_exam;
    });
    if (stopping()) return told;
    last_[header.code] = round;
  }
  return told;
}

}  // namespace hanjari::services
