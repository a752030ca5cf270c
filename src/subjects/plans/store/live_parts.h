// What a live plan shows of everybody: header, policy, figures, units and venues.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "database/connection.h"
#include "hanjari/domain/plan.h"

namespace hanjari::storage {

// A stored plan never changes, so this is read once and kept: a look-up of a seat asks for the person's rows only. May
// be used by several threads.
class LiveParts {
 public:
  // Without rooms and people; units and venues in the order of their positions.
  std::shared_ptr<const PlannedExam> find(Connection& connection, std::int64_t plan_id, std::int64_t population);

 private:
  struct Kept {
    std::shared_ptr<const PlannedExam> part;
    std::uint64_t asked = 0;  // when it was asked for last, by the count of all questions
  };
  std::mutex mutex_;
  std::map<std::int64_t, Kept> parts_;  // by plan
  std::uint64_t asked_ = 0;
};

}  // namespace hanjari::storage
