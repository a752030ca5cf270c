// Homes of people: coordinates, or where there are none the place that the address names. One reading for applicants and for
// invigilators.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/domain/geography.h"
#include "hanjari/package/csv.h"
#include "package/addresses/places.h"

namespace hanjari::package {

class Homes {
 public:
  struct Columns {
    std::size_t lat = 0;
    std::size_t lon = 0;
    std::size_t address = 0;
  };
  // A fault when the table has neither coordinates nor addresses.
  Homes(CsvReader& reader, Columns columns);
  // Whether places.csv is of any use: the table has addresses.
  bool wants_places() const { return reader_.has(columns_.address); }
  void read_places(CsvReader& places);
  // Of the row that the reader is at, whose district is known by now.
  Point read(std::string_view district);
  std::vector<std::pair<std::uint64_t, Point>> list_places() const { return places_.list(); }
  // How exact it was, when every row was read.
  void tell(std::vector<Fault>& warnings) const { locations_.tell(reader_.file(), warnings); }

 private:
  CsvReader& reader_;
  Columns columns_;
  bool has_places_ = false;
  Places places_;
  Locations locations_;
};

}  // namespace hanjari::package
