#include "documents/paper_fields.h"

#include <array>

namespace hanjari::documents {
namespace {

using namespace std::string_view_literals;

constexpr std::array roster_columns = {
    "serial"sv,    "seat"sv,      "number"sv,        "name"sv,      "birth"sv,  "sex"sv,      "series"sv,
    "electives"sv, "photo"sv,     "accommodation"sv, "signature"sv, "absent"sv, "venue"sv,    "venue_code"sv,
    "room"sv,      "unit_code"sv, "unit"sv,          "booklet"sv,   "desk"sv,   "end_time"sv, "blank"sv};
constexpr std::array roster_heading = {"venue"sv, "venue_code"sv, "address"sv,  "room"sv, "place"sv,
                                       "units"sv, "people"sv,     "booklets"sv, "time"sv, "blank"sv};

constexpr std::array papers = {PaperFields{"roster", roster_columns, roster_heading}};

}  // namespace

std::span<const PaperFields> table_papers() {
  return papers;
}

const PaperFields* find_paper_fields(std::string_view paper) {
  for (const PaperFields& one : papers) {
    if (one.paper == paper) return &one;
  }
  return nullptr;
}

}  // namespace hanjari::documents
