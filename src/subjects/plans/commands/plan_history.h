// The history of a plan as commands read and continue it.
#pragma once

#include <filesystem>
#include <vector>

#include "hanjari/domain/history.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::cli {

// history.json of the folder; where there is none, the one step that report.json tells of.
std::vector<HistoryStep> history_of(const std::filesystem::path& folder, const PlanRows& rows);

}  // namespace hanjari::cli
