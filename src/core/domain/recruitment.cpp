#include "hanjari/domain/recruitment.h"

#include <algorithm>

namespace hanjari {

const NoticeUnit* Recruitment::find_unit(const UnitCode& code) const {
  const auto found = std::find_if(units.begin(), units.end(), [&](const NoticeUnit& u) { return u.unit.code == code; });
  return found == units.end() ? nullptr : &*found;
}

const Calendar* Recruitment::find_calendar(std::string_view name) const {
  const auto found =
      std::find_if(calendars.begin(), calendars.end(), [&](const Calendar& c) { return c.name == name; });
  return found == calendars.end() ? nullptr : &*found;
}

const Area* Recruitment::find_area(std::string_view code) const {
  const auto found = std::find_if(areas.begin(), areas.end(), [&](const Area& a) { return a.code == code; });
  return found == areas.end() ? nullptr : &*found;
}

const OfferedAccommodation* Recruitment::find_accommodation(std::string_view item) const {
  for (const OfferedAccommodation& offered : accommodations) {
    if (offered.item == item) return &offered;
  }
  return nullptr;
}

bool Recruitment::offers_accommodation(std::string_view item) const {
  return accommodations.empty() || find_accommodation(item) != nullptr;
}

const Calendar& Recruitment::calendar_of(const NoticeUnit& unit) const {
  const Calendar* calendar = find_calendar(unit.calendar);
  return calendar == nullptr ? calendars.front() : *calendar;
}

Period Recruitment::applications() const {
  Period all = calendars.front().applications;
  for (const Calendar& calendar : calendars) {
    all.opens = std::min(all.opens, calendar.applications.opens);
    all.closes = std::max(all.closes, calendar.applications.closes);
  }
  return all;
}

std::string_view spell(ResidenceRule rule) {
  switch (rule) {
    case ResidenceRule::none:
      return "none";
    case ResidenceRule::on_day:
      return "on_day";
    case ResidenceRule::on_day_or_three_years:
      break;
  }
  return "on_day_or_three_years";
}

std::string_view spell(RecruitmentKind kind) {
  return kind == RecruitmentKind::scheduled ? "scheduled" : "rolling";
}

}  // namespace hanjari
