// The great-circle distance, read from the contract a second time.
#pragma once

#include "hanjari/domain/geography.h"

namespace hanjari::verification {

// Whole metres, halves rounded up.
Metres ground_distance_m(Point from, Point to);

}  // namespace hanjari::verification
