// What a live plan shows of everybody: header, policy, figures, units and venues.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "database/connection.h"
#include "hanjari/domain/plan.h"

namespace hanjari::storage {

// Read once for each plan and kept: a look-up of a seat asks for the person's rows only. A decision that moves people in
// the place of a plan gives it another digest. May be used by several threads.
class LiveParts {
 public:
  // Without rooms and people; units and venues in the order of their positions. `digest`: of the plan, as it was read just
  // now; what is given may be newer than that.
  std::shared_ptr<const PlannedExam> find(Connection& connection, std::int64_t plan_id, std::int64_t population,
                                          const std::string& digest);

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
