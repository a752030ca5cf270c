// When a person's exam begins and ends, as papers and pages say it.
#pragma once

#include <optional>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/documents/templates.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// Minutes after midnight where the exam is held; nothing where nobody has said it.
struct ExamTimes {
  std::optional<int> seated_by;
  std::optional<int> gate_closes;
  std::optional<int> starts;
  std::optional<int> ends;  // with the person's extra time, rounded up
};

// The unit's own times, else those of the templates (null: the program's own, which say none). A time of the templates
// that contradicts the unit's own, so that people would be seated after the start, is left out.
ExamTimes exam_times_of(const Unit& unit, const Accommodation& accommodation, const Templates* templates);

// Units with somebody seated at these venues, by VenueIndex, whose papers will say no start, or no time to be seated by.
struct UnsaidTimes {
  std::vector<UnitIndex> starts_at;
  std::vector<UnitIndex> seated_by;
};
UnsaidTimes find_unsaid_times(const PlannedExam& planned, const std::vector<VenueIndex>& venues,
                              const Templates* templates);
// The same of all these units, whoever sits where; by their positions.
UnsaidTimes find_unsaid_times(const std::vector<Unit>& units, const Templates* templates);

// Units with somebody seated at these venues whose people would be seated after their exam has begun, because one time
// is the unit's own and the other that of the templates; each named in a fault of units.csv.
Faults find_late_seating(const PlannedExam& planned, const std::vector<VenueIndex>& venues, const Templates* templates);

}  // namespace hanjari::documents
