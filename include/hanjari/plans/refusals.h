// Refusals of going live that callers tell apart.
#pragma once

#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::services {

// Another plan has gone live since the caller looked (live_plan_changed): to be done again on that one.
class LivePlanChanged : public Conflict {
 public:
  explicit LivePlanChanged(Text message) : Conflict("live_plan_changed", std::move(message)) {}
};

// The plan was not made from the live one, so that changes would be lost (other_base).
class OtherBase : public Conflict {
 public:
  explicit OtherBase(Text message) : Conflict("other_base", std::move(message)) {}
};

}  // namespace hanjari::services
