// Progress of anything that can take longer than two seconds. Cores call it; the edge decides whether to show it.
#pragma once

#include <cstdint>
#include <string>

#include "hanjari/base/text.h"

namespace hanjari {

// Called from one thread at a time.
class Progress {
 public:
  virtual ~Progress() = default;
  // Begins a stage; `total` steps of work, 0 when unknown.
  virtual void stage(const Text& name, std::uint64_t total) = 0;
  // Work done so far in this stage; `note` is a short word beside it such as the current gap.
  virtual void report(std::uint64_t done, const std::string& note = {}) = 0;
};

// Shows nothing.
Progress& no_progress();

}  // namespace hanjari
