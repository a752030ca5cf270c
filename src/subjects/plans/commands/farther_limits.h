// What a limit on how much farther people are moved costs: one re-plan for each, side by side.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/progress.h"
#include "hanjari/base/text.h"
#include "hanjari/cli/command.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::cli {

struct LimitRow {
  std::optional<Metres> limit_m;  // nothing: no limit
  ChangeFigures change;
  std::vector<std::int64_t> beyond;  // people moved farther than each of the limits asked for
  Metres worst_m = 0;                // how much farther the farthest goes
  Metres travel_m = 0;               // of everybody
  std::int64_t unseated = 0;
};

// The values of --compare-limits, ascending, each once; empty without the option. Throws WrongUsage.
std::vector<Metres> limits_of(const Arguments& arguments);

// A row without a limit, then one for each.
std::vector<LimitRow> compare_limits(const Exam& exam, const PlanRows& published, const std::vector<Metres>& limits,
                                     int threads, Progress& progress);

std::string limits_table(const std::vector<LimitRow>& rows, Language language);

}  // namespace hanjari::cli
