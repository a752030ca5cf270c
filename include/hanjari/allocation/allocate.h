// From an exam to people in rooms, with a certificate.
#pragma once

#include <optional>

#include "hanjari/base/clock.h"
#include "hanjari/base/progress.h"
#include "hanjari/base/random.h"
#include "hanjari/domain/assignment.h"

namespace hanjari::allocation {

struct Limits {
  int threads = 1;                           // changes the time, never the result
  std::optional<double> time_limit_seconds;  // the plan is that of the last round completed within it
  std::optional<std::int64_t> rounds;        // exactly this many improvement rounds (fewer when nothing improves)
};

// Seats everybody, or as many as possible with a reason for each of the rest. Honours the whole policy: see README.md
// of the module. The same exam, seed and rounds give the same assignment.
Assignment allocate(const Exam& exam, const Seed& seed, const Limits& limits, const Clock& clock, Progress& progress);

}  // namespace hanjari::allocation
