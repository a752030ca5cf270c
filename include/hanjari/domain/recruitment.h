// The notice of a recruitment: what can be applied for, by whom, until when and for how much.
//
// One recruitment is one exam code. Several are open at the same time (round 1, round 2, a rolling one), and the units
// of one recruitment may follow different calendars.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/date.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"

namespace hanjari {

using Won = std::int64_t;

// From `opens` on, and no longer at `closes`.
struct Period {
  Instant opens{};
  Instant closes{};
  bool contains(Instant at) const { return opens <= at && at < closes; }
  bool operator==(const Period&) const = default;
};

// none: live where you like. on_day: registered in the area on residence_on. on_day_or_three_years: that, or three
// years in all.
enum class ResidenceRule { none, on_day, on_day_or_three_years };

struct Licence {
  std::string code;
  Text name;
  bool operator==(const Licence&) const = default;
};

struct Eligibility {
  std::optional<int> least_age;  // full years on age_on
  std::optional<int> most_age;
  Date age_on;
  ResidenceRule residence = ResidenceRule::none;
  Text residence_area;
  Date residence_on;
  std::vector<Licence> licences;  // one of them is needed; empty: none
  bool operator==(const Eligibility&) const = default;
};

// A date that is only told: venues announced, results, interview.
struct CalendarEntry {
  Text what;
  Instant from{};
  std::optional<Instant> until;
  bool operator==(const CalendarEntry&) const = default;
};

struct Calendar {
  std::string name;  // units name their calendar by it
  Text title;
  Date exam_on;
  Period applications;
  Instant cancel_until{};  // withdrawal with refund; not before applications.closes
  Period self_reports;     // health, before the exam
  std::vector<CalendarEntry> entries;
  Instant pay_until{};  // of fees of what was submitted in time; before applications.closes: until then
  // A fee counts when it is paid before this.
  Instant payment_closes() const { return std::max(applications.closes, pay_until); }
  bool takes_payments(Instant at) const { return applications.opens <= at && at < payment_closes(); }
  bool operator==(const Calendar&) const = default;
};

struct Elective {
  std::string code;
  Text name;
  bool operator==(const Elective&) const = default;
};

struct LastYear {
  int posts = 0;
  std::int64_t applications = 0;
  bool operator==(const LastYear&) const = default;
};

// A recruitment unit as the notice shows it.
struct NoticeUnit {
  Unit unit;
  Text appointing_body;
  std::string calendar;
  Won fee = 0;
  std::vector<Text> subjects;  // of everybody
  std::vector<Elective> electives;
  int electives_to_choose = 0;
  Eligibility eligibility;
  std::optional<LastYear> last_year;
};

// A neighbourhood that applicants choose as their home; distances are measured from its centre.
struct Area {
  std::string code;
  Text name;
  DistrictCode district;  // empty: outside
  Point at;
};

// An accommodation that can be asked for, and what proves the need.
struct OfferedAccommodation {
  std::string item;          // of accommodation_items()
  Text documents;            // which papers prove it, in words; empty: the form names none
  bool proof_needed = true;  // whoever asks for it adds a paper
  bool operator==(const OfferedAccommodation&) const = default;
};

// scheduled: one or several rounds a year. rolling: open again and again.
enum class RecruitmentKind { scheduled, rolling };

struct Recruitment {
  ExamHeader header;  // exam_on: the main calendar's
  RecruitmentKind kind = RecruitmentKind::scheduled;
  Text help;  // plain language, paragraphs parted by an empty line
  // When the officer lets counts and competition ratios be seen; nothing: never.
  std::optional<Instant> counts_shown_from;
  std::vector<Calendar> calendars;  // at least one
  std::vector<NoticeUnit> units;    // by unit code
  std::vector<Area> areas;          // by code
  // In the order of accommodation_items(). Empty: all of them, each with a paper.
  std::vector<OfferedAccommodation> accommodations;

  // Null when there is no such thing.
  const NoticeUnit* find_unit(const UnitCode& code) const;
  const Calendar* find_calendar(std::string_view name) const;
  const Area* find_area(std::string_view code) const;
  // What the notice says of it; null also where it says nothing of any.
  const OfferedAccommodation* find_accommodation(std::string_view item) const;
  bool offers_accommodation(std::string_view item) const;
  // Of a unit of this recruitment.
  const Calendar& calendar_of(const NoticeUnit& unit) const;
  // From the first opening to the last closing of its calendars.
  Period applications() const;
};

std::string_view spell(ResidenceRule);
std::string_view spell(RecruitmentKind);

}  // namespace hanjari
