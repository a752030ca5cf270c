// Recruitments and applications in the words of the pages.
#pragma once

#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/domain/application.h"
#include "hanjari/intake/recruitments.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// 17:55:03, for what is a matter of seconds.
std::string write_second(Instant at, const std::string& time_zone);
std::string write_period(const Period& period, const std::string& time_zone, Language language);
// 7,000원 / 7,000 won; 0: no fee.
std::string write_won(const Pages& pages, Won amount, Language language);
// 일반행정 9급 (일반).
std::string write_unit(const Pages& pages, const Unit& unit, Language language);
std::string name_of_exam(const ExamHeader& header, Language language);
// 11.0 : 1, rounded half up; a dash for no posts, and while nobody has applied.
std::string write_ratio(std::int64_t applications, int posts);

enum class WindowState { soon, open, over };
// As its calendars say; over when it was closed, whatever they say.
WindowState window_of(const services::StoredRecruitment& stored, Instant now);
// The next closing of a calendar that is open now; nothing when none is.
std::optional<Instant> next_closing(const services::StoredRecruitment& stored, Instant now);

// Sentences, one per rule; at least one.
std::vector<std::string> write_eligibility(const Pages& pages, const NoticeUnit& unit, Language language);

// What the countdown of a page needs: in words, and in seconds for the script.
nlohmann::json describe_countdown(const Pages& pages, Instant closes, Instant now, const std::string& time_zone,
                                  Language language);

nlohmann::json describe_notice(const Pages& pages, const services::StoredRecruitment& stored,
                               const std::map<UnitCode, services::Competition>& competition, Instant now,
                               Language language);

// The calendars as an iCalendar file (RFC 5545).
std::string write_calendar_file(const Pages& pages, const Recruitment& notice, Instant now, Language language);

// A whole day that somebody keeps in a calendar.
struct DayToKeep {
  std::string id;  // the same for the same matter, so that a later file replaces it
  Date day;
  std::string what;
  std::string about;
};
std::string write_days_file(const std::vector<DayToKeep>& days, Instant now);

}  // namespace hanjari::web
