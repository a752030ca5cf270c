#include "documents/paper_fields.h"

#include <array>

#include "documents/tables/venue_tables.h"

namespace hanjari::documents {
namespace {

using namespace std::string_view_literals;

constexpr std::array roster_columns = {
    "serial"sv,    "seat"sv,      "number"sv,        "name"sv,      "birth"sv,  "sex"sv,      "series"sv,
    "electives"sv, "photo"sv,     "accommodation"sv, "signature"sv, "absent"sv, "venue"sv,    "venue_code"sv,
    "room"sv,      "unit_code"sv, "unit"sv,          "booklet"sv,   "desk"sv,   "end_time"sv, "used_no"sv,
    "change"sv,    "blank"sv};
constexpr std::array roster_heading = {"venue"sv, "venue_code"sv, "address"sv,  "room"sv, "place"sv,
                                       "units"sv, "people"sv,     "booklets"sv, "time"sv, "seated_by"sv,
                                       "date"sv,  "blank"sv};

constexpr std::array door_list_columns = {"venue"sv, "venue_code"sv, "room"sv,   "place"sv,     "seat"sv,
                                          "desk"sv,  "number"sv,     "series"sv, "unit_code"sv, "unit"sv,
                                          "used_no"sv};
constexpr std::array door_list_heading = {"venue"sv,  "room"sv, "place"sv,    "units"sv,
                                          "people"sv, "time"sv, "seated_by"sv};

constexpr std::array papers = {PaperFields{"roster", roster_columns, roster_heading},
                               PaperFields{"door_list", door_list_columns, door_list_heading},
                               PaperFields{"room_table", table_fields::rooms, table_fields::heading},
                               PaperFields{"venue_notice", table_fields::notice, table_fields::heading},
                               PaperFields{"number_notice", table_fields::number_notice, table_fields::heading},
                               PaperFields{"seat_list", table_fields::seat_list, table_fields::heading},
                               PaperFields{"absence_return", table_fields::rooms, table_fields::heading},
                               PaperFields{"sheet_return", table_fields::rooms, table_fields::heading},
                               PaperFields{"materials", table_fields::materials, table_fields::heading},
                               PaperFields{"invigilators", table_fields::rooms, table_fields::heading},
                               PaperFields{"accommodations", table_fields::support, table_fields::heading},
                               PaperFields{"health", table_fields::health, table_fields::heading}};

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
