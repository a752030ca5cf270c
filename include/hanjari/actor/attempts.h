// Limits on wrong guesses: which keys count, how many and for how long.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"

namespace hanjari::services {

struct GuessLimit {
  std::string key;
  int misses = 10;
  std::chrono::minutes within{};
};

// Throws NotAllowed (too_many_attempts) when any of the limits is reached.
void check_guesses(AttemptLimit& attempts, const std::vector<GuessLimit>& limits, Instant now);
// Counts one miss for each key.
void record_misses(AttemptLimit& attempts, const std::vector<GuessLimit>& limits, Instant now);

}  // namespace hanjari::services
