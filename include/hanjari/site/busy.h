// More is asked for at once than is done at once; whoever comes again in a moment is served.
#pragma once

#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::web {

class Busy : public Unavailable {
 public:
  explicit Busy(Text message) : Unavailable("busy", std::move(message)) {}
};

}  // namespace hanjari::web
