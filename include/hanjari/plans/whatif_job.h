// One thing of a stored exam varied, or one goal set against another, as a job: no plan is stored, its result is a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/plans/workbench.h"
#include "hanjari/whatif/whatif.h"

namespace hanjari::services {

struct WhatifWish {
  std::string vary;        // "people_cap=12..20:2", as the command whatif reads it; empty: a trade-off
  std::string trade_off;   // detour_cap, pairs or mixing; empty: a variation
  bool from_plan = false;  // of a variation: the plan that moves the fewest people of the stored one, not one from scratch
};

// whatif::parse_variation that names the venue meant where lose_venue names one in another case or width, or without its zeros.
// `venues`: how whoever asks knows the table of schools.
whatif::Variation read_variation(const Exam& exam, const std::string& vary, const char* venues = "venues.csv");

// Throws InvalidInput for a variation or a trade-off that the exam cannot have, before anything is ordered; gives the job
// that does so already when there is one.
Job order_whatif(ExamRepository&, Workbench&, JobRepository&, const ExamCode& code, const StoredPlan& plan,
                 const WhatifWish& wish, const Change& change);

struct WhatifRow {
  std::string value;
  std::string name{};  // of the school whose code the value is; else empty
  std::int64_t travel_m = 0;
  std::int64_t longest_detour_m = 0;
  std::int64_t over_cap = 0;
  std::int64_t unseated = 0;
  std::int64_t rooms = 0;
  std::int64_t pairs = 0;
  std::int64_t moved = 0;          // from the stored plan, where it was asked
  std::int64_t missing_rooms = 0;  // the fewest that would seat everybody, where it was asked
};
struct WhatifMade {
  std::string subject;  // the variation, or the word of the trade-off
  std::vector<WhatifRow> rows;
  // Where a further venue helps most, of a variation that adds venues: the one that helps most first.
  std::vector<Text> places{};
};
std::optional<WhatifMade> parse_whatif_made(const std::string& json);

// The subject and one of its settings in words: "people per room at most 12..20", "3.0 km".
Text name_of_whatif(const WhatifMade& made);
Text name_of_setting(const WhatifMade& made, const std::string& value);

// Work that is cancelled leaves the rows that it has found; of the curve over detour caps, whose points are found
// together, none.
JobWork whatif_work(ExamRepository&, const Clock& clock);

}  // namespace hanjari::services
