// Points and districts as tables give them.
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/package/far_points.h"
#include "package/csv/characters.h"
#include "package/exam_tables.h"

namespace hanjari::package {

std::optional<Text> find_place_fault(Point at) {
  if (at.lat != 0 || at.lon != 0) return std::nullopt;
  return Text{"0 and 0 are the coordinates of no place: nothing was found for the address",
              "위도 0, 경도 0은 장소의 좌표가 아닙니다. 주소를 찾지 못한 값으로 보입니다"};
}

Point read_point(CsvReader& reader, std::size_t lat, std::size_t lon) {
  constexpr double any = 1e9;
  const auto north = reader.decimal(lat, -any, any);
  const auto east = reader.decimal(lon, -any, any);
  if (!north || !east) return {};
  if (std::abs(*north) > 90 && std::abs(*north) <= 180 && std::abs(*east) <= 90) {
    reader.add_fault(
        lat,
        {fmt::format("{} and {} look swapped", show(reader.text(lat)), show(reader.text(lon))),
         in_korean("{}[과/와] {}[이/가] 서로 바뀐 것 같습니다", show(reader.text(lat)), show(reader.text(lon)))},
        advice_on_degrees());
    return {};
  }
  const auto check = [&](std::size_t column, double degrees, int most) {
    if (std::abs(degrees) <= most) return;
    reader.add_fault(
        column,
        {fmt::format("{} is not on the earth", show(reader.text(column))),
         in_korean("{}[은/는] 지구 밖입니다", show(reader.text(column)))},
        {fmt::format("give degrees from -{0} to {0}", most), fmt::format("-{0}에서 {0} 사이의 도를 적으십시오", most)});
  };
  if (auto no_place = find_place_fault({*north, *east})) {
    reader.add_fault(lat, std::move(*no_place),
                     {"give the coordinates of the place; people may have an address in their place",
                      "그 장소의 좌표를 적으십시오. 사람은 좌표 대신 주소를 적을 수 있습니다"});
    return {};
  }
  check(lat, *north, 90);
  check(lon, *east, 180);
  return {*north + 0.0, *east + 0.0};  // minus zero is zero
}

}  // namespace hanjari::package
