// Which side of a picture is up: cameras write it beside the picture instead of turning it.
#pragma once

#include <string_view>

#include "photos/jpeg.h"

namespace hanjari::photos {

// The EXIF orientation, 1 to 8; 1 when the file says nothing sensible.
int read_orientation(std::string_view jpeg);

// The pixels turned so that the top is at the top.
Pixels turn_upright(Pixels pixels, int orientation);

}  // namespace hanjari::photos
