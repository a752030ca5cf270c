#include "hanjari/package/far_points.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"

namespace hanjari {
namespace {

bool is_on_earth(Point at) {
  return std::abs(at.lat) <= 90 && std::abs(at.lon) <= 180;
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string written(Point at) {
  return fmt::format("'{}, {}'", at.lat, at.lon);
}

}  // namespace

Text advice_on_degrees() {
  return {"lat is the latitude (Seoul: about 37.5), lon the longitude (about 127)", "lat는 위도(서울은 약 37.5), lon은 경도(약 127)입니다"};
}

std::optional<Point> middle_of_points(const std::vector<Point>& points) {
  std::vector<double> lats;
  std::vector<double> lons;
  for (const Point& at : points) {
    if (at == Point{}) continue;
    lats.push_back(at.lat);
    lons.push_back(at.lon);
  }
  if (lats.empty()) return std::nullopt;
  return Point{median_of(std::move(lats)), median_of(std::move(lons))};
}

FarPoints::FarPoints(Point middle, const std::vector<Point>& points, Text middle_words) : middle_(middle), middle_words_(std::move(middle_words)) {
  std::vector<Metres> distances;
  for (const Point& at : points) {
    if (at != Point{}) distances.push_back(haversine_m(middle, at));
  }
  if (distances.empty()) return;
  const auto usual = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::nth_element(distances.begin(), usual, distances.end());
  reach_ = std::max(least_reach, 4 * *usual);
}

std::optional<FarPoints> FarPoints::among(const std::vector<Point>& points) {
  const auto middle = points.size() < 3 ? std::nullopt : middle_of_points(points);
  return middle ? std::optional(FarPoints(*middle, points)) : std::nullopt;
}

bool FarPoints::is_near(Point at) const {
  return is_on_earth(at) && haversine_m(middle_, at) <= reach_;
}

std::optional<FarPoint> FarPoints::find(Point at) const {
  // Of the millions of people of an exam nearly all live within this box, of which no corner is 600 km away.
  if (std::abs(at.lat - middle_.lat) <= 3.5 && std::abs(at.lon - middle_.lon) <= 4) return std::nullopt;
  if (at == Point{} || is_near(at)) return std::nullopt;
  if (is_near({at.lon, at.lat})) {
    return FarPoint{true,
                    {fmt::format("'{}' and '{}' look swapped", at.lat, at.lon),
                     in_korean("'{}'[과/와] '{}'[이/가] 서로 바뀐 것 같습니다", at.lat, at.lon)},
                    advice_on_degrees()};
  }
  const std::string kilometres = group_digits(haversine_m(middle_, at) / 1000);
  const auto found = [&](const Text& cause, Text fix) {
    return FarPoint{false,
                    {fmt::format("{} lies {} km from {}, {}{}", written(at), kilometres, middle_words_.en, written(middle_), cause.en),
                     in_korean("{}[은/는] {}인 {}에서 {} km 떨어져 있습니다{}", written(at), middle_words_.ko, written(middle_), kilometres, cause.ko)},
                    std::move(fix)};
  };
  for (const Point turned : {Point{-at.lat, at.lon}, Point{at.lat, -at.lon}, Point{-at.lat, -at.lon}}) {
    if (is_near(turned))
      return found({"; it would be near with the other sign", ". 부호를 바꾸면 가까워집니다"},
                   {"write or remove the minus", "빼기 부호를 넣거나 지우십시오"});
  }
  for (const double scale : {10.0, 100.0, 1000.0, 0.1, 0.01, 0.001}) {
    for (const Point moved : {Point{at.lat * scale, at.lon}, Point{at.lat, at.lon * scale}, Point{at.lat * scale, at.lon * scale}}) {
      if (is_near(moved))
        return found({"; a digit was lost or the decimal point moved", ". 자릿수가 빠졌거나 소수점의 자리가 틀린 것 같습니다"},
                     {"write all digits of lat and lon", "위도와 경도의 숫자를 빠짐없이 적으십시오"});
    }
  }
  return found({}, {"correct lat and lon, or leave them if the place is that far away",
                    "위도와 경도를 고치고, 실제로 그만큼 먼 곳이면 그대로 두십시오"});
}

}  // namespace hanjari
