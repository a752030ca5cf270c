// Last year's notice as this year's.
#include <algorithm>
#include <string>
#include <utility>

#include "hanjari/base/local_time.h"
#include "hanjari/intake/notice_setup.h"

namespace hanjari::services {
namespace {

constexpr int last_year_moved = 2199;

class NoticeShift {
 public:
  NoticeShift(const Recruitment& source, int weeks) : days_(weeks * 7), zone_(source.header.time_zone) {
    from_year_ = calendar_day(source.header.exam_on).year;
    to_year_ = calendar_day(Date{source.header.exam_on.days + days_}).year;
  }

  // The first of January, from which many rules count, stays the first of January.
  void move(Date& day) const {
    if (day == Date{}) return;
    CalendarDay at = calendar_day(day);
    if (at.month != 1 || at.day != 1) {
      day.days += days_;
      return;
    }
    const int year = at.year + (to_year_ - from_year_);
    const std::string digits = std::to_string(year);
    if (const auto first =
            parse_date(std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits + "-01-01"))
      day = *first;
  }
  // What the clock showed it shows again, whatever became of summer time.
  void move(Instant& at) const {
    if (at == Instant{}) return;
    const LocalTime shown = local_time(at, zone_);
    if (calendar_day(shown.day).year > last_year_moved) return;  // moments do not reach much further
    const Instant minute = instant_of(shown.day, shown.minute, zone_);
    at = instant_of(Date{shown.day.days + days_}, shown.minute, zone_) + (at - minute);
  }
  void move(Period& period) const {
    move(period.opens);
    move(period.closes);
  }
  // "2021년도 제1회" becomes "2022년도 제1회".
  void move_year(std::string& name) const {
    const std::string before = std::to_string(from_year_);
    const std::string after = std::to_string(to_year_);
    for (auto at = name.find(before); at != std::string::npos; at = name.find(before, at + after.size()))
      name.replace(at, before.size(), after);
  }
  void move_year(Text& text) const {
    move_year(text.ko);
    move_year(text.en);
  }

 private:
  int days_;
  std::string zone_;
  int from_year_ = 0;
  int to_year_ = 0;
};

void copy_calendar(Calendar& calendar, const NoticeShift& shift) {
  shift.move_year(calendar.title);
  shift.move(calendar.exam_on);
  shift.move(calendar.applications);
  shift.move(calendar.cancel_until);
  shift.move(calendar.pay_until);
  shift.move(calendar.self_reports);
  for (CalendarEntry& entry : calendar.entries) {
    shift.move_year(entry.what);
    shift.move(entry.from);
    if (entry.until) shift.move(*entry.until);
  }
}

}  // namespace

Recruitment copy_notice(const Recruitment& source, const UnitCounts& counts, const NoticeCopy& wish) {
  const NoticeShift shift(source, wish.weeks);
  Recruitment copy = source;
  copy.header.code = wish.code;
  shift.move_year(copy.header.name_ko);
  shift.move_year(copy.header.name_en);
  shift.move(copy.header.exam_on);
  shift.move_year(copy.help);
  if (copy.counts_shown_from) shift.move(*copy.counts_shown_from);
  for (Calendar& calendar : copy.calendars) copy_calendar(calendar, shift);
  for (NoticeUnit& unit : copy.units) {
    LastYear last;
    last.posts = unit.unit.posts;
    if (const auto found = counts.find(unit.unit.code); found != counts.end())
      last.applications = found->second.submitted + found->second.paid;
    unit.last_year = last;
    shift.move(unit.eligibility.age_on);
    shift.move(unit.eligibility.residence_on);
  }
  return copy;
}

}  // namespace hanjari::services
