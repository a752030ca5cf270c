// Reminders of districts that have not proposed what is asked of them.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/legible.h"
#include "hanjari/venues/venue_offers.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

constexpr std::array<int, 4> days_before{7, 3, 1, 0};
constexpr int days_after = 7;
constexpr int first_minute = 9 * 60;  // of the day: mail at midnight is read by nobody

bool is_reminder_day(int days_left) {
  if (days_left < 0) return -days_left <= days_after;
  return std::find(days_before.begin(), days_before.end(), days_left) != days_before.end();
}

Message reminder_of(const VenueRequest& request, const DistrictWish& wish, std::int64_t missing, Date today,
                    const ExamWords& exam) {
  const Text due = write_plain_deadline(request.due_at, exam.zone);
  const std::string seats = group_digits(missing);
  const std::string short_of = count_of(missing, "seat is", "seats are");
  return message_to_office(
      fmt::format("venue-reminder/{}/{}/{}", request.exam.text(), wish.district.text(), format_date(today)),
      request.exam, wish.email,
      {fmt::format("{}: {} still missing", exam.name.en, short_of),
       fmt::format("{}: 시험장 {}석 미제출", exam.name.ko, seats)},
      {fmt::format("Your district was asked to propose venues by {}. {} still missing. If {} not to be had, say so in the "
                   "office.",
                   due.en, short_of, word_for(missing, "it is", "they are")),
       fmt::format("시험장 제출 기한은 {}이며 아직 {}석이 부족합니다. 확보가 어려우면 업무 시스템에서 알려 주십시오.", due.ko, seats)});
}

}  // namespace

std::int64_t remind_districts(VenueOfferRepository& offers, MessageOutbox& outbox,
                              const std::function<ExamWords(const ExamCode&)>& words_of, Instant now) {
  std::int64_t due = 0;
  for (const VenueRequest& listed : offers.list_requests()) {
    // An exam whose rows do not open keeps nobody else from being told.
    read_legibly([&] {
      const ExamWords words = words_of(listed.exam);
      const LocalTime there = local_time(now, words.zone);
      const Date today = there.day;
      if (there.minute < first_minute) return;
      // Nobody needs seats for a day that is over, however long the deadline lies behind.
      if (words.on && words.on->days < today.days) return;
      if (!is_reminder_day(local_time(listed.due_at, words.zone).day.days - today.days)) return;
      for (const DistrictCount& count : count_districts(listed, offers.list_offers(listed.exam, std::nullopt))) {
        const DistrictWish* wish = listed.find(count.district);
        if (wish == nullptr || wish->email.empty() || count.offered_seats >= count.wanted) continue;
        // Nor does one district whose mail cannot be written keep the others from theirs.
        read_legibly([&] {
          outbox.enqueue(reminder_of(listed, *wish, count.wanted - count.offered_seats, today, words), now);
          ++due;
        });
      }
    });
  }
  return due;
}

}  // namespace hanjari::services
