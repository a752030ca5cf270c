#include "hanjari/actor/attempts.h"

#include "hanjari/base/error.h"

namespace hanjari::services {

void check_guesses(AttemptLimit& attempts, const std::vector<GuessLimit>& limits, Instant now) {
  for (const GuessLimit& limit : limits) {
    if (attempts.count_misses(limit.key, now - limit.within) >= limit.misses) {
      throw NotAllowed("too_many_attempts", {"There were too many wrong attempts. Please wait and try again later.",
                                             "잘못된 시도가 너무 많았습니다. 잠시 기다렸다가 다시 시도하십시오."});
    }
  }
}

void record_misses(AttemptLimit& attempts, const std::vector<GuessLimit>& limits, Instant now) {
  for (const GuessLimit& limit : limits) attempts.record_miss(limit.key, now);
}

}  // namespace hanjari::services
