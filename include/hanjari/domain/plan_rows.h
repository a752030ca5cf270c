// A plan as its files say it, before anybody has judged it: codes as text, possibly of nobody and nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hanjari/domain/plan.h"

namespace hanjari {

struct PlacementRow {
  ApplicantId applicant_id;
  ApplicantNumber applicant_number;
  UnitCode unit_code;
  VenueCode venue_code;
  std::int64_t room_no = 0;
  std::int64_t seat_no = 0;
  std::int64_t row = 0;
  std::int64_t column = 0;
  std::string booklet;
  Metres travel_m = 0;
  std::uint64_t line = 0;  // in placements.csv
};

struct UnseatedRow {
  ApplicantId applicant_id;
  std::string reason;
  std::string detail;
};

struct OverDetourRow {
  ApplicantId applicant_id;
  Metres travel_m = 0;
  Metres detour_m = 0;
};

// Two people with the same keep_apart word whom the plan admits to seat side by side.
struct KeepApartRow {
  std::string word;
  ApplicantId first;
  ApplicantId second;
};

// What people call a venue of a plan, kept with the plan because a later exam may not have it any more.
struct VenueName {
  VenueCode code;
  std::string name;
  std::string address;
};

struct PlanRows {
  std::vector<PlacementRow> placements;  // in the file's order
  std::vector<UnseatedRow> unseated;
  std::vector<OverDetourRow> over_detour;
  bool has_report = false;  // a hand-made plan may come without report.json
  PlanReport report;        // its keep_apart_broken stands below, its conflicts are not read back
  std::vector<KeepApartRow> keep_apart_broken;
  std::string digest;       // SHA-256 of placements.csv, hex
  std::vector<VenueName> venue_names{};  // by code; empty where the plan does not say them
  std::vector<HistoryStep> history{};    // as Plan::history
};

}  // namespace hanjari
