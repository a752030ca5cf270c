// The tables of a venue that list rooms or groups of people: room table, returns, materials, notice, support, health.
// Each builder fills the fields of its list below, in that order; the template says which of them are shown.
//
// Without a venue (VenueIndex::none()) a table covers every venue with somebody at it.
#pragma once

#include <array>
#include <string_view>

#include "documents/tables/table_data.h"
#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

namespace table_fields {
using namespace std::string_view_literals;

inline constexpr std::array heading = {"venue"sv,  "venue_code"sv, "address"sv, "phone"sv, "rooms"sv,
                                       "people"sv, "date"sv,       "time"sv,    "seated_by"sv, "blank"sv};
inline constexpr std::array rooms = {"venue"sv,     "venue_code"sv, "room"sv,     "place"sv,     "units"sv,
                                     "numbers"sv,   "people"sv,     "booklets"sv, "booklet_a"sv, "booklet_b"sv,
                                     "booklet_c"sv, "booklet_d"sv,  "time"sv,     "remark"sv,    "envelope"sv,
                                     "box"sv,       "capacity"sv,   "limit"sv,    "desks"sv,     "blank"sv};
inline constexpr std::array materials = {"venue"sv,       "venue_code"sv,  "room"sv,   "unit"sv,
                                         "subject_set"sv, "booklet"sv,     "people"sv, "spare"sv,
                                         "handed"sv,      "large_print"sv, "blank"sv};
inline constexpr std::array notice = {"venue"sv,  "venue_code"sv, "series"sv,  "unit"sv,  "numbers"sv,
                                      "people"sv, "rooms"sv,      "address"sv, "phone"sv, "time"sv,
                                      "seated_by"sv, "blank"sv};
inline constexpr std::array number_notice = {"unit_code"sv, "series"sv,  "unit"sv,    "numbers"sv, "first"sv,
                                             "last"sv,      "people"sv,  "venue"sv,   "venue_code"sv,
                                             "address"sv,   "phone"sv,   "time"sv,    "seated_by"sv, "blank"sv};
inline constexpr std::array seat_list = {"number"sv,  "name"sv,  "unit_code"sv, "series"sv, "unit"sv,
                                         "venue"sv,   "venue_code"sv, "room"sv, "place"sv,  "seat"sv,
                                         "used_no"sv, "booklet"sv, "address"sv, "phone"sv, "time"sv, "blank"sv};
inline constexpr std::array support = {"serial"sv,  "number"sv,     "name"sv,     "unit"sv,  "kind"sv,
                                       "support"sv, "multiplier"sv, "end_time"sv, "venue"sv, "venue_code"sv,
                                       "room"sv,    "seat"sv,       "used_no"sv,  "blank"sv};
inline constexpr std::array health = {"serial"sv, "number"sv,     "name"sv, "unit"sv, "kind"sv,
                                      "venue"sv,  "venue_code"sv, "room"sv, "seat"sv, "used_no"sv,
                                      "before"sv, "venue_before"sv, "room_before"sv, "seat_before"sv, "blank"sv};
}  // namespace table_fields

// Room by room, those that nobody uses too; over every venue the schools that nobody goes to as one row each.
TableData room_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);
// Rooms with somebody in them; over every venue one line per venue.
TableData return_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);
// Question papers by room, unit and booklet type; over every venue by venue, unit and type. The policy's spare booklets
// of a room are dealt to its kinds of papers in turn, the most used first.
TableData materials_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);
// One line per unit at a venue with its ranges of numbers: a range ends where somebody of the unit sits elsewhere.
TableData notice_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);
// What applicants look for: numbers and the school they go to, unit by unit, by number.
TableData number_notice_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);
// Everybody by number, with school, room and seat.
TableData seat_list_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);
// Everybody with an accommodation.
TableData support_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);
// Everybody routed to isolation or a reserve room, with the seat before where the context knows it.
TableData health_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

}  // namespace hanjari::documents
