// What a plan comes to: people, metres and rooms by district, venue and group. Counted once when the plan is stored, so
// that no page of the workbench reads a whole exam. It holds no name, no number and no home of anybody: the places in it
// are those of schools and of the middles of districts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/plan.h"

namespace hanjari::services {

struct SummaryVenue {
  VenueCode code;
  std::string name;
  std::string district;  // code; empty where the venue has none
  Point at;
  std::int64_t people = 0;
  std::int64_t rooms = 0;        // with somebody in them
  std::int64_t rooms_spare = 0;  // for the exam, with nobody in them
  std::int64_t capacity = 0;     // people that all its rooms hold under the plan's policy
  std::int64_t units = 0;
  Metres travel_m = 0;  // of its people together
};

// Where people live.
struct SummaryDistrict {
  std::string code;         // empty: outside the area
  Text name;
  std::optional<Point> at;  // its middle; nothing where nobody knows it
};

// The people of one district at one venue.
struct SummaryFlow {
  std::size_t district = 0;  // position in PlanSummary::districts
  std::size_t venue = 0;     // position in PlanSummary::venues
  std::int64_t people = 0;
  Metres travel_m = 0;  // of them together
  Metres detour_m = 0;
  std::int64_t over_cap = 0;  // whose detour is longer than the policy's cap
};

struct SummaryGroup {
  Text name;
  std::int64_t people = 0;
  Metres mean_travel_m = 0;
  Metres mean_detour_m = 0;
  Metres p95_detour_m = 0;
  bool farther = false;  // sent farther than the others by more than chance (comparison::Group)
  // What interfaces say (comparison::Group); the others are what people are told.
  Metres measured_mean_detour_m = 0;
  Metres measured_p95_detour_m = 0;
};

// One way of grouping people: district, sex, unit, accommodation.
struct SummaryDimension {
  std::string key;
  Text name;
  std::vector<SummaryGroup> groups;
};

struct PlanSummary {
  std::int64_t seated = 0;
  std::int64_t unseated = 0;
  std::int64_t total = 0;  // of the objective
  std::optional<std::int64_t> bound;
  Metres travel_m = 0;
  std::int64_t rooms = 0;
  std::int64_t rooms_spare = 0;
  std::int64_t pairs = 0;  // of unit and venue
  std::int64_t venues_used = 0;
  Metres detour_mean_m = 0;
  Metres detour_p50_m = 0;
  Metres detour_p95_m = 0;
  Metres detour_max_m = 0;
  std::optional<Metres> detour_cap_m;
  std::int64_t over_cap = 0;
  // People by whole kilometres of detour: below one, below two, ...; the last holds everybody beyond.
  std::vector<std::int64_t> detours_by_km;
  std::vector<SummaryVenue> venues;        // by code, all of the exam
  std::vector<SummaryDistrict> districts;  // by code
  std::vector<SummaryFlow> flows;          // by district, venue; only those with people
  std::vector<SummaryDimension> fairness;
};

inline constexpr std::size_t detour_kilometres = 20;  // length of detours_by_km

// Whether a plan of this exam is counted at all: beyond this many pairs of a person and a venue counting takes minutes.
bool is_summarised(const Exam& exam);
bool is_summarised(std::uint64_t people, std::uint64_t venues);
// Takes time in proportion to people times venues.
PlanSummary summarise_plan(const Exam& exam, const Plan& plan);

// As text, and back; nothing where the text is of another version of the program.
std::string write_summary(const PlanSummary& summary);
std::optional<PlanSummary> read_summary(const std::string& text);

}  // namespace hanjari::services
