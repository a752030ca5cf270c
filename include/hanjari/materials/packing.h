// What goes to a venue and to each of its rooms, from the live plan; and the codes of the envelopes and boxes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/documents/workbook.h"
#include "hanjari/domain/plan.h"
#include "hanjari/materials/ledger.h"
#include "hanjari/materials/set_names.h"

namespace hanjari::services {

// What is added to what people need. Spare booklets of a room are the policy's (Policy::spare_booklets_per_room).
struct PackingSettings {
  int spare_sheets_per_room = 2;
  int seals_per_envelope = 2;
  int reserve_booklets_per_venue = 0;  // of each kind, in the first box of the venue
  int envelopes_per_box = 10;
  bool operator==(const PackingSettings&) const = default;
};

struct PackedItem {
  Item item{};
  std::int64_t needed = 0;
  std::int64_t spare = 0;
  std::vector<int> seats{};  // seat numbers of those who get it, in seat order; empty for sheets and seals
  std::int64_t count() const { return needed + spare; }
};

// questions: booklets and large print, in seat order. sheets: answer sheets, sent back in it.
enum class ParcelKind { questions, sheets, box };

struct Parcel {
  ParcelKind kind = ParcelKind::questions;
  int number = 0;  // of the room, of boxes from 1
  std::string code{};
  std::vector<PackedItem> items{};  // of a box only what lies in it beside envelopes
  std::vector<std::string> holds{};  // codes of a box's envelopes
};

struct PackedRoom {
  int room_no = 0;
  std::string building{};
  std::string floor{};
  std::int64_t people = 0;
  Parcel questions{};
  Parcel sheets{};
};

struct Packing {
  ExamCode exam{};
  VenueCode venue{};
  DistrictCode district{};
  std::string venue_name{};
  std::string plan_digest{};
  SetNames sets{};  // what the sets of its items are called
  std::vector<PackedRoom> rooms{};  // by number; those with somebody in them
  std::vector<Parcel> boxes{};
  std::map<Item, std::int64_t> totals() const;
  // Null when there is no such parcel.
  const Parcel* find(std::string_view code) const;
};

// Of every room with somebody in it. A person with large print gets that in place of the booklet.
Packing pack_venue(const PlannedExam& planned, VenueIndex venue, const PackingSettings& settings);

// EXAM-free text that stands under the bars: VENUE.12.Q.7, VENUE.12.A.7, VENUE.2.B.7: number of the room or box, kind, check digit.
// The digit is made over exam, venue, number and kind, so that a wrong digit is always found, and a label of another exam nine
// times in ten.
std::string parcel_code(const ExamCode& exam, const VenueCode& venue, ParcelKind kind, int number);

struct ReadParcel {
  VenueCode venue{};
  ParcelKind kind = ParcelKind::questions;
  int number = 0;
};
// What was typed or read by a camera. Throws InvalidInput (no_parcel_code: not of this form; wrong_check_digit).
ReadParcel read_parcel_code(const ExamCode& exam, std::string_view typed);
// Q, A, B.
char letter_of(ParcelKind kind);

// The packing list: one line per room, envelope and item, boxes behind them; words in one language.
documents::Sheet packing_sheet(const Packing& packing, Language language);

}  // namespace hanjari::services
