// What waits, as a test says it.
#pragma once

#include <vector>

#include "hanjari/desk/waiting.h"

namespace hanjari::tests {

class MemoryWaiting : public services::WaitingRepository {
 public:
  std::vector<services::WaitingWork> count_waiting(Instant) override { return works; }
  std::vector<services::WaitingWork> works;
};

}  // namespace hanjari::tests
