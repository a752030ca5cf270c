#include "package/addresses/homes.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "package/csv/characters.h"
#include "package/exam_tables.h"

namespace hanjari::package {
namespace {

// Every address is listed: each is another one to look up.
void tell_unfound(CsvReader& reader, std::string_view address, std::string_view district, const Places::Found& found,
                  bool has_places) {
  using How = Places::Found::How;
  Fault fault{reader.file(),
              reader.line(),
              "address",
              {fmt::format("{} names no place of places.csv", show(address)),
               fmt::format("{}에 해당하는 곳이 places.csv에 없습니다", show(address))},
              {"correct the address, add the place to places.csv, or give lat and lon",
               "주소를 고치거나, places.csv에 더하거나, lat와 lon을 적으십시오"}};
  if (found.how == How::unknown && !has_places) {
    fault.what = {fmt::format("{} names no known district, and there is no places.csv", show(address)),
                  fmt::format("{}에 아는 시군구가 없고 places.csv도 없습니다", show(address))};
    fault.fix = {"correct the address, add places.csv (name, district_code, lat, lon), or give lat and lon",
                 "주소를 고치거나, places.csv(name, district_code, lat, lon)를 더하거나, lat와 lon을 적으십시오"};
  } else if (found.how == How::ambiguous) {
    fault.what = {fmt::format("{} names {} places of places.csv called {}", show(address), found.candidates,
                              show(found.name)),
                  in_korean("{}에 해당하는 {}[이/가] places.csv에 {}곳 있습니다", show(address), show(found.name),
                              found.candidates)};
    fault.fix = {"fill in the district_code, or write more of the address",
                 "district_code를 채우거나 주소를 더 자세히 적으십시오"};
  } else if (found.how == How::several) {
    fault.what = {fmt::format("{} names {}, which {} districts are called, and no province", show(address),
                              show(found.name), found.candidates),
                  in_korean("{}에 시도 이름이 없고, {}[은/는] 전국에 {}곳 있습니다", show(address), show(found.name),
                              found.candidates)};
    fault.fix = {"write the province before it, or fill in the district_code",
                 "앞에 시도 이름을 적거나 district_code를 채우십시오"};
  } else if (found.how == How::two_districts) {
    fault.what = {fmt::format("{} names districts of two places: {}", show(address), show(found.name)),
                  fmt::format("{}에 서로 다른 두 곳의 시군구가 있습니다: {}", show(address), show(found.name))};
    fault.fix = {"keep the one in which the person lives", "거주지의 시군구만 남기십시오"};
  } else if (found.how == How::contradiction) {
    const Text coded = name_of_district(district);
    fault.what = {fmt::format("{} is in {}, but the district_code says {}", show(address), found.name, coded.en),
                  fmt::format("{}의 시군구는 {}인데 district_code는 {}입니다", show(address), found.name, coded.ko)};
    fault.fix = {"correct the one that is wrong", "틀린 쪽을 고치십시오"};
  }
  reader.add_fault_of(fault.line, fault.column, std::move(fault.what), std::move(fault.fix));
}

}  // namespace

Homes::Homes(CsvReader& reader, Columns columns) : reader_(reader), columns_(columns) {
  if (!reader.has_header() || reader.has(columns.address)) return;
  for (const std::size_t column : {columns.lat, columns.lon}) {
    if (reader.has(column)) continue;
    reader.add_fault(column, {"the column is missing", "열이 없습니다"},
                     {"add it to the header and fill it, or give a column address and places.csv",
                      "첫 줄에 열을 더하고 값을 채우거나, address 열과 places.csv를 주십시오"});
  }
}

void Homes::read_places(CsvReader& places) {
  has_places_ = true;
  places_.read(places);
}

Point Homes::read(std::string_view district) {
  const std::string_view address = reader_.text(columns_.address);
  const bool has_point = !is_blank_text(reader_.text(columns_.lat)) || !is_blank_text(reader_.text(columns_.lon));
  if (has_point || is_blank_text(address)) {
    if (has_point) return read_point(reader_, columns_.lat, columns_.lon);
    if (reader_.has(columns_.address)) {
      reader_.add_fault(columns_.address, {"neither coordinates nor an address are given", "좌표도 주소도 없습니다"},
                        {"fill in lat and lon, or the address", "lat와 lon, 또는 주소를 채우십시오"});
    } else if (reader_.has(columns_.lat) && reader_.has(columns_.lon)) {
      reader_.add_fault(columns_.lat, {"the value is missing", "값이 없습니다"},
                        {"fill in lat and lon, or give a column address in their place",
                         "lat와 lon을 채우거나, 그 대신 address(주소) 열을 더하십시오"});
    }
    return {};
  }
  const Places::Found found = places_.find(address, district);
  using How = Places::Found::How;
  if (found.how == How::whole || found.how == How::part || found.how == How::centre) {
    locations_.add(found);
    return found.at;
  }
  tell_unfound(reader_, address, district, found, has_places_);
  return {};
}

}  // namespace hanjari::package
