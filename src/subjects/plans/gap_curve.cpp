#include "hanjari/plans/gap_curve.h"

#include <algorithm>
#include <optional>

#include "hanjari/allocation/stages.h"

namespace hanjari::services {

std::vector<GapPoint> gap_curve(const std::vector<JobPoint>& points) {
  std::vector<GapPoint> curve;
  if (points.empty()) return curve;
  const int start = points.back().starts;
  std::optional<Instant> began;
  std::optional<std::int64_t> bound;
  std::optional<std::int64_t> total;
  std::int64_t rounds = 0;
  for (const JobPoint& point : points) {
    if (point.starts != start) continue;
    if (!began) began = point.at;
    if (point.stage == allocation::bound_stage) {
      bound = bound ? std::max(*bound, point.figure) : point.figure;
    } else if (point.stage == allocation::improving_stage) {
      total = total ? std::min(*total, point.figure) : point.figure;
      rounds = static_cast<std::int64_t>(point.done);
    } else {
      continue;
    }
    if (!bound || !total) continue;
    GapPoint& own = curve.emplace_back();
    own.after = std::chrono::duration_cast<std::chrono::milliseconds>(point.at - *began);
    own.rounds = rounds;
    own.total = *total;
    own.bound = *bound;
  }
  return curve;
}

}  // namespace hanjari::services
