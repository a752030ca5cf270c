#include "hanjari/documents/exam_times.h"

#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "documents/tables/venue_people.h"
#include "documents/template_content.h"
#include "hanjari/base/korean.h"
#include "hanjari/domain/unit_rules.h"

namespace hanjari::documents {
namespace {

const DayTemplate& day_of(const Templates* templates) {
  return (templates == nullptr ? Templates::embedded() : *templates).content().day;
}

std::set<UnitIndex> units_seated_at(const PlannedExam& planned, const std::vector<VenueIndex>& venues) {
  const std::set<VenueIndex> printed(venues.begin(), venues.end());
  std::set<UnitIndex> units;
  for (const Placement& placed : planned.plan.placements) {
    if (printed.contains(placed.venue)) units.insert(planned.exam[placed.applicant].unit);
  }
  return units;
}

}  // namespace

ExamTimes exam_times_of(const Unit& unit, const Accommodation& accommodation, const Templates* templates) {
  const DayTemplate& day = day_of(templates);
  ExamTimes times{seating_time(day, unit), day.gate_closes_at, start_time(day, unit),
                  end_time(day, unit, accommodation)};
  if (times.seated_by && times.starts && *times.seated_by > *times.starts) {
    if (!unit.seated_by) {
      times.seated_by.reset();
    } else {
      times.starts.reset();
      times.ends.reset();
    }
  }
  return times;
}

UnsaidTimes find_unsaid_times(const PlannedExam& planned, const std::vector<VenueIndex>& venues,
                              const Templates* templates) {
  const DayTemplate& day = day_of(templates);
  UnsaidTimes unsaid;
  for (const UnitIndex unit : units_seated_at(planned, venues)) {
    if (!start_time(day, planned.exam[unit])) unsaid.starts_at.push_back(unit);
    if (!seating_time(day, planned.exam[unit])) unsaid.seated_by.push_back(unit);
  }
  return unsaid;
}

UnsaidTimes find_unsaid_times(const std::vector<Unit>& units, const Templates* templates) {
  const DayTemplate& day = day_of(templates);
  UnsaidTimes unsaid;
  for (std::size_t at = 0; at < units.size(); ++at) {
    if (!start_time(day, units[at])) unsaid.starts_at.push_back(UnitIndex(at));
    if (!seating_time(day, units[at])) unsaid.seated_by.push_back(UnitIndex(at));
  }
  return unsaid;
}

Faults find_late_seating(const PlannedExam& planned, const std::vector<VenueIndex>& venues, const Templates* templates) {
  const DayTemplate& day = day_of(templates);
  Faults faults;
  for (const UnitIndex index : units_seated_at(planned, venues)) {
    Unit unit = planned.exam[index];
    const char* of_day = unit.seated_by ? "starts_at" : "seated_by";  // what day.json says for it
    unit.seated_by = seating_time(day, unit);
    unit.starts_at = start_time(day, unit);
    const auto fault = find_seating_fault(unit);
    if (!fault) continue;
    const std::string& code = unit.code.text();
    Fault late{"units.csv",
               0,
               "seated_by",
               {fmt::format("unit '{}': {} ({} is that of day.json)", code, fault->what.en, of_day),
                in_korean("모집단위 '{}': {}({}[은/는] day.json의 시각)", code, fault->what.ko, of_day)},
               {"give the unit both times in units.csv, or correct day.json of --templates",
                "units.csv에 두 시각을 모두 적거나 --templates의 day.json을 고치십시오"}};
    faults.add(placed_in_sheet(planned.exam, std::move(late)));
  }
  return faults;
}

}  // namespace hanjari::documents
