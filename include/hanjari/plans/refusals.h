// Refusals of going live and of the look-up that callers tell apart.
#pragma once

#include <utility>

#include "hanjari/actor/attempts.h"
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

// So many wrong guesses were made that number and birth date are not enough (too_many_attempts): the name is asked for
// too, and with it the person gets in.
class NameNeeded : public TooManyAttempts {
 public:
  explicit NameNeeded(Text message) : TooManyAttempts(std::move(message)) {}
};

}  // namespace hanjari::services
