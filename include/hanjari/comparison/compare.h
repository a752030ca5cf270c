// Plans of one exam side by side, also of different packages of it: what each costs, whom it sends far, and who moves between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/plan.h"

namespace hanjari::comparison {

struct NamedPlan {
  std::string name;
  Plan plan;
  const Exam* exam = nullptr;  // the package it was made from, where that is another than the common one
};

// People who have something in common, and how far they are sent.
struct Group {
  Text name;
  std::int64_t people = 0;  // seated
  double mean_travel_m = 0;
  double mean_detour_m = 0;  // as people are told it, as `detour` of the plan
  Metres p95_detour_m = 0;
  // The group's mean detour lies above that of all others by more than three standard errors of the difference and by
  // more than a tenth: it is sent farther systematically, not by chance.
  bool farther = false;
  // As measured_detour of the plan: what files and interfaces say.
  double measured_mean_detour_m = 0;
  Metres measured_p95_detour_m = 0;
};

// One way of grouping people: by district, sex, unit or accommodation. The groups of a dimension are the same in every
// plan of one package; those of different packages are told apart by their names.
struct Dimension {
  std::string key;  // district, sex, unit, accommodation
  Text name;
  std::vector<Group> groups;
};

struct VenueUse {
  VenueIndex venue;  // of the plan's own package
  std::int64_t people = 0;
  std::int64_t rooms_opened = 0;
  std::int64_t rooms_spare = 0;  // `exam` rooms with nobody in them
  std::int64_t units = 0;
  double mean_travel_m = 0;
};

struct DistrictUse {
  WordIndex district;
  std::int64_t people = 0;
  std::int64_t rooms_opened = 0;
  std::int64_t rooms_spare = 0;
};

struct PlanFigures {
  std::string name;
  const Exam* exam = nullptr;  // what the indices below are of
  std::string digest;
  PlanStatus status = PlanStatus::gave_up;
  std::int64_t seated = 0;
  std::int64_t unseated = 0;
  Objective objective;
  std::optional<Bound> bound;
  Gap gap;
  DetourDistribution detour;           // as people are told it (told_detour), as in everything below
  DetourDistribution measured_detour;  // as report.json has it
  std::int64_t over_detour_cap = 0;
  std::int64_t rooms_spare = 0;
  std::vector<VenueUse> venues;        // by venue, all of them
  std::vector<DistrictUse> districts;  // by code
  std::vector<Dimension> fairness;
  std::vector<Metres> detours;  // of everybody seated, sorted
};

// Who moves from one plan to another; everybody counts once, by the highest change.
struct Moves {
  std::size_t from = 0;  // positions in Comparison::plans
  std::size_t to = 0;
  std::int64_t venue = 0;
  std::int64_t room = 0;
  std::int64_t seat = 0;
  std::int64_t added = 0;    // seated only in `to`
  std::int64_t removed = 0;  // seated only in `from`
  std::int64_t unmoved = 0;
};

struct Comparison {
  std::vector<PlanFigures> plans;
  std::vector<Moves> moves;  // every pair, from the earlier to the later
};

// Each plan is measured by its own package, so that its people, venues and nearest schools are its own; people are the
// same by their applicant_id, places by venue_code, room_no and seat_no. The exams must outlive the comparison.
Comparison compare_plans(const Exam& exam, std::span<const NamedPlan> plans);

// A self-contained page: table, detour curves, venue maps, fairness. No script, nothing loaded from elsewhere.
std::string render_comparison_html(const Exam& exam, const Comparison& comparison, Language language);

}  // namespace hanjari::comparison
