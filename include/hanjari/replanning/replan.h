// From a published plan and a changed exam to the plan that moves the fewest people.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hanjari/base/progress.h"
#include "hanjari/domain/plan.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::replanning {

// Rooms that a district is short of.
struct MissingRooms {
  std::string district_code;  // of the venues they would be added to; empty for venues outside the districts
  VenueKind kind = VenueKind::regular;
  RoomUse use = RoomUse::exam;
  std::int64_t rooms = 0;
  int capacity = 0;  // people each of them holds
};

struct Replanned {
  // Complete, with report.change; replanned_from is the digest of the published plan. Status feasible, or infeasible
  // or gave_up with the best partial plan.
  Plan plan;
  std::vector<Change> changes;  // by applicant_id
  // The fewest rooms that would have to be added where not everybody has a seat; empty when rooms do not help.
  std::vector<MissingRooms> missing;
  bool missing_is_enough = false;  // a plan with those rooms was made and seats everybody
};

// Minimises the sum of the policy's change weights over people; of equal plans the one with less travel. Everything
// that may have changed is seen from the exam and the published plan alone: caps and distance rules, rooms and venues
// lost, added or merged, people gone, added, routed or granted an accommodation, pins. Nothing changed: the same
// placements. `threads` changes the time, never the result. Throws InvalidInput when the published plan names somebody
// twice, or when the number format has no number left (too_few_digits).
Replanned replan(const Exam& exam, const PlanRows& published, int threads, Progress& progress);

// What differs between two plans of one exam; `to` may leave people out. By applicant_id.
std::vector<Change> list_changes(const Exam& exam, const PlanRows& from, const Plan& to);

// Counts and the weighted sum; the floors stay 0.
ChangeFigures count_changes(const std::vector<Change>& changes, const ChangeWeights& weights);

}  // namespace hanjari::replanning
