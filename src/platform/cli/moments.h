// Moments as officers read them.
#pragma once

#include <string>

#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"

namespace hanjari::cli {

// "2027-03-02 09:00 KST": what calendar and clock show in that zone, and which zone it is. An empty zone is that of this
// machine.
Text tell_moment(Instant at, const std::string& time_zone);

}  // namespace hanjari::cli
