#include "hanjari/documents/exam_times.h"

#include <set>

#include "documents/tables/venue_people.h"
#include "documents/template_content.h"

namespace hanjari::documents {
namespace {

const DayTemplate& day_of(const Templates* templates) {
  return (templates == nullptr ? Templates::embedded() : *templates).content().day;
}

}  // namespace

ExamTimes exam_times_of(const Unit& unit, const Accommodation& accommodation, const Templates* templates) {
  const DayTemplate& day = day_of(templates);
  return {seating_time(day, unit), day.gate_closes_at, start_time(day, unit), end_time(day, unit, accommodation)};
}

UnsaidTimes find_unsaid_times(const PlannedExam& planned, const std::vector<VenueIndex>& venues,
                              const Templates* templates) {
  const DayTemplate& day = day_of(templates);
  const std::set<VenueIndex> printed(venues.begin(), venues.end());
  std::set<UnitIndex> units;
  for (const Placement& placed : planned.plan.placements) {
    if (printed.contains(placed.venue)) units.insert(planned.exam[placed.applicant].unit);
  }
  UnsaidTimes unsaid;
  for (const UnitIndex unit : units) {
    if (!start_time(day, planned.exam[unit])) unsaid.starts_at.push_back(unit);
    if (!seating_time(day, planned.exam[unit])) unsaid.seated_by.push_back(unit);
  }
  return unsaid;
}

}  // namespace hanjari::documents
