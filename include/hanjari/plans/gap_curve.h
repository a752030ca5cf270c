// How the gap of a plan in the making falls: from the figures that its job has said.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "hanjari/jobs/jobs.h"

namespace hanjari::services {

struct GapPoint {
  std::chrono::milliseconds after{};  // the first figure
  std::int64_t rounds = 0;            // of improvement
  std::int64_t total = 0;             // of the best plan so far
  std::int64_t bound = 0;             // no plan is below
  double gap() const { return total <= 0 ? 0 : static_cast<double>(total - bound) / static_cast<double>(total); }
};

// One point for every figure from where both a plan and a bound are known, of the last start of the job. The bound never
// falls, the total never rises.
std::vector<GapPoint> gap_curve(const std::vector<JobPoint>& points);

}  // namespace hanjari::services
