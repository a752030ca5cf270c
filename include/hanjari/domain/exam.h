// An exam before allocation: who applied, which schools and rooms there are, and the officer's policy.
//
// An Exam is canonical: every table is sorted by its key in byte order and refers to other tables by position, so that
// nothing computed from it can depend on the order of the rows in a file.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/date.h"
#include "hanjari/base/fault.h"
#include "hanjari/base/id.h"
#include "hanjari/domain/geography.h"
#include "hanjari/domain/policy.h"
#include "hanjari/domain/words.h"

namespace hanjari {

using ExamCode = Id<struct ExamCodeTag>;
using UnitCode = Id<struct UnitCodeTag>;
using ApplicantId = Id<struct ApplicantIdTag>;
using VenueCode = Id<struct VenueCodeTag>;
using ApplicantNumber = Id<struct ApplicantNumberTag>;
using DistrictCode = Id<struct DistrictCodeTag>;

using UnitIndex = Index<struct UnitTag>;
using ApplicantIndex = Index<struct ApplicantTag>;
using VenueIndex = Index<struct VenueTag>;
using RoomIndex = Index<struct RoomTag>;

enum class NumberPrefix { unit_code, none };

// How applicant numbers look: prefix, then `digits` digits, then a check digit if wanted.
struct NumberFormat {
  NumberPrefix prefix = NumberPrefix::unit_code;
  int digits = 5;
  bool check_digit = false;
  bool operator==(const NumberFormat&) const = default;
};

struct ExamHeader {
  ExamCode code;
  std::string name_ko;
  std::string name_en;
  Date exam_on;
  std::string time_zone;  // IANA name
  NumberFormat applicant_number;
};

enum class QuotaGroup { general, disabled, low_income, veterans_referral, high_school_leaver };

// RecruitmentUnit: series x grade x quota group; own numbers, ranking, cut and calendar.
struct Unit {
  UnitCode code;
  std::string series_ko;
  std::string series_en;
  QuotaGroup quota_group = QuotaGroup::general;
  int grade = 9;
  int posts = 0;
  int duration_min = 100;
  std::string subject_set;
  // Minutes after midnight where the exam is held; nothing where nobody has said it.
  std::optional<int> starts_at{};
  std::optional<int> seated_by{};
};

enum class Sex { male, female };
enum class Routing { none, isolation, reserve };
// Extra time in tenths: 10 is the base duration.
enum class TimeMultiplier : std::uint8_t { x1_0 = 10, x1_2 = 12, x1_5 = 15, x1_7 = 17 };

struct Accommodation {
  bool wheelchair = false;
  bool separate_room = false;
  bool large_print = false;
  bool scribe = false;
  TimeMultiplier multiplier = TimeMultiplier::x1_0;

  // Any accommodation at all: may use separate rooms and accommodation venues.
  bool any() const {
    return wheelchair || separate_room || large_print || scribe || multiplier != TimeMultiplier::x1_0;
  }
  // separate_room or scribe: share a room only with one another.
  bool apart() const { return separate_room || scribe; }
  // A room that holds only such people may mix units whatever the policy says.
  bool may_mix() const { return apart() || multiplier != TimeMultiplier::x1_0; }
  bool operator==(const Accommodation&) const = default;
};

struct Applicant {
  ApplicantId id;
  std::string name;   // NFC
  std::string photo;  // file name, may be empty
  UnitIndex unit;
  Date birth_on;
  Point home;
  Sex sex = Sex::female;
  Routing routing = Routing::none;
  Accommodation accommodation;
  WordIndex district = empty_word;    // empty: outside the area
  WordIndex keep_apart = empty_word;  // empty: none
  WordIndex origin = empty_word;      // key of travel.csv
  WordIndex electives = empty_word;   // `;` list
};

enum class VenueKind { regular, isolation, accommodation };

// Bytes of UTF-8 that the texts of places have at most: what a district offers is taken by the tables of the package.
constexpr std::size_t longest_venue_name = 300;
constexpr std::size_t longest_venue_address = 600;
constexpr std::size_t longest_venue_phone = 100;
constexpr std::size_t longest_building = 200;
constexpr std::size_t longest_floor = 100;
constexpr int largest_room_no = 1'000'000'000;

struct Venue {
  VenueCode code;
  std::string name;
  WordIndex district = empty_word;
  std::string address;
  Point at;
  VenueKind kind = VenueKind::regular;
  Metres opening_cost = 0;
  std::string phone;
  VenueCode merged_into;
  std::uint32_t first_room = 0;  // rooms of the venue are consecutive in Exam::rooms
  std::uint32_t room_count = 0;
};

enum class RoomUse { exam, reserve, separate };

// Row 1 is the front row; column 1 the leftmost as seen by a seated person facing the front.
struct Desk {
  int row = 0;
  int column = 0;
  auto operator<=>(const Desk&) const = default;
};

struct Room {
  VenueIndex venue;
  int room_no = 0;
  std::string building;
  std::string floor;
  int row_count = 0;
  int column_count = 0;
  int row_pitch_cm = 0;       // front to back
  int column_pitch_cm = 0;    // side to side
  std::vector<Desk> blocked;  // sorted, unique
  std::optional<int> people_cap;
  bool accessible = false;
  RoomUse use = RoomUse::exam;
};

// travel.csv: metres from an origin to a venue, used when the policy says `table`.
struct TravelRow {
  WordIndex origin;
  VenueIndex venue;
  Metres metres = 0;
};

enum class PinKind { person, room, venue };
struct Pin {
  PinKind kind = PinKind::person;
  ApplicantIndex applicant;
  VenueIndex venue;
  RoomIndex room;
  std::uint64_t line = 0;  // of pins.csv; 0 where the exam was not read from files
};

// Where a table of an exam stands that was read from a workbook.
struct SheetOfTable {
  std::string place;  // [exam.xlsx]pins
  // What stands before the row's number in the place of a cell, by column: [exam.xlsx]pins!D
  std::map<std::string, std::string> columns;
};

struct Exam {
  ExamHeader header;
  Policy policy;
  std::vector<Unit> units;            // by code
  std::vector<Applicant> applicants;  // by id
  std::vector<Venue> venues;          // by code
  std::vector<Room> rooms;            // by venue, room_no
  std::vector<TravelRow> travel;      // by origin's text, venue
  std::vector<Pin> pins;
  Words words;
  std::string input_sha256;  // hex; see contract.md, Plan. Empty when the exam was not read from a package.
  // The same of a package that calls districts by their names, with these names: programs that took them for codes made plans
  // of it. Empty for any other.
  std::string input_sha256_by_names;
  std::map<std::string, SheetOfTable> sheets;  // by file (pins.csv), of those tables that were read from a workbook

  // Whether a plan that names this digest was made from this exam.
  bool is_input(std::string_view digest) const {
    return !digest.empty() && (digest == input_sha256 || digest == input_sha256_by_names);
  }

  const Unit& operator[](UnitIndex index) const { return units[index.value]; }
  const Applicant& operator[](ApplicantIndex index) const { return applicants[index.value]; }
  const Venue& operator[](VenueIndex index) const { return venues[index.value]; }
  const Room& operator[](RoomIndex index) const { return rooms[index.value]; }
  std::span<const Room> rooms_of(VenueIndex venue) const {
    return std::span(rooms).subspan(venues[venue.value].first_room, venues[venue.value].room_count);
  }
  // none() when there is no such code.
  UnitIndex find(const UnitCode& code) const;
  ApplicantIndex find(const ApplicantId& id) const;
  VenueIndex find(const VenueCode& code) const;
  RoomIndex find(VenueIndex venue, int room_no) const;
};

// Sorts every table by its key, rewrites the positions that refer to other tables, and sets each venue's range of
// rooms. For whoever builds an Exam row by row in any order; keys must be unique and references set.
void make_canonical(Exam& exam);

// A fault that is found after the exam was read, with the workbook, sheet and cell in place of the file and line where its table
// stands in one: whoever sent a workbook has no pins.csv.
Fault placed_in_sheet(const Exam& exam, Fault fault);

}  // namespace hanjari
