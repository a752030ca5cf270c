#include "plans/commands/plan_history.h"

#include "hanjari/package/history_package.h"

namespace hanjari::cli {

std::vector<HistoryStep> history_of(const std::filesystem::path& folder, const PlanRows& rows) {
  std::vector<HistoryStep> steps = package::load_history(folder);
  if (!steps.empty() && steps.back().digest == rows.digest) return steps;
  steps.clear();
  HistoryStep& first = steps.emplace_back();
  const bool allocated = rows.has_report && rows.report.replanned_from.empty() && !rows.report.version.empty();
  first.kind = allocated ? StepKind::plan : StepKind::given;
  first.input_sha256 = rows.report.input_sha256;
  first.digest = rows.digest;
  first.version = rows.report.version;
  first.seed = rows.report.seed;
  first.rounds = rows.report.rounds;
  return steps;
}

}  // namespace hanjari::cli
