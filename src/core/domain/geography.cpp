#include "hanjari/domain/geography.h"

#include <algorithm>
#include <cmath>

namespace hanjari {

Metres haversine_m(Point from, Point to) {
  constexpr double radius_m = 6371008.8;
  constexpr double radians = 3.14159265358979323846 / 180.0;
  const double lat1 = from.lat * radians;
  const double lat2 = to.lat * radians;
  const double half_lat = std::sin((lat2 - lat1) / 2);
  const double half_lon = std::sin((to.lon - from.lon) * radians / 2);
  const double a = half_lat * half_lat + std::cos(lat1) * std::cos(lat2) * (half_lon * half_lon);
  const double distance = 2 * radius_m * std::asin(std::min(1.0, std::sqrt(a)));
  return static_cast<Metres>(std::floor(distance + 0.5));
}

}  // namespace hanjari
