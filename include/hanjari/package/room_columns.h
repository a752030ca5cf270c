// What rooms have beside numbers and texts, read in one way in rooms.csv and in the list that a school sends.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "hanjari/domain/exam.h"
#include "hanjari/package/csv.h"

namespace hanjari::package {

// A list of desks, also with commas, blanks and digits in full width; a fault when it is none.
std::optional<std::vector<Desk>> read_blocked(CsvReader& reader, std::size_t column);
// Whether a wheelchair comes in: accessible, in any case or in Korean. A fault for another word.
bool read_accessible(CsvReader& reader, std::size_t column);

}  // namespace hanjari::package
