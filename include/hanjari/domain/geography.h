// Places on the earth and the travel between them.
#pragma once

#include <cstdint>

namespace hanjari {

// WGS84 degrees.
struct Point {
  double lat = 0;
  double lon = 0;
  bool operator==(const Point&) const = default;
};

using Metres = std::int64_t;

// Great-circle distance by the haversine formula on a sphere of radius 6,371,008.8 m, half metres rounded up (contract:
// Travel). The program is compiled without contraction or fast-math so that every build gives the same metre.
Metres haversine_m(Point from, Point to);

}  // namespace hanjari
