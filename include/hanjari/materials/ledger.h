// The ledger of exam materials: who gave how much of what to whom, what the receiver counted, and where it does not agree.
// Pure: nothing here knows a database, a clock or an account's rights.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"

namespace hanjari::services {

// From where the papers come to where they are written on. The first two are sources: what they give was never received.
enum class StationKind { ministry, printing_office, city, district, venue, room };

// A district knows its code, a venue its district besides, a room its venue and number besides.
struct Station {
  StationKind kind = StationKind::city;
  DistrictCode district{};
  VenueCode venue{};
  int room_no = 0;
  auto operator<=>(const Station&) const = default;
};
bool is_source(const Station& station);
// ministry, printing_office, city, district/11110, venue/11110/V1, room/11110/V1/12.
std::string spell(const Station& station);
// Nothing for anything else.
std::optional<Station> parse_station(std::string_view text);
// Whether `inner` is `outer` itself or lies in it: a room in its venue, a venue in its district. The city holds neither.
bool lies_in(const Station& inner, const Station& outer);
Text name_of(StationKind kind);

enum class ItemKind { booklet, large_print, answer_sheet, seal };
// Booklets and large print are told apart by the set of questions (Unit::subject_set, may be empty) and by their kind A to D.
struct Item {
  ItemKind kind = ItemKind::booklet;
  char booklet = ' ';  // A, B, C, D; a blank for sheets and seals
  std::string set{};
  auto operator<=>(const Item&) const = default;
};
// booklet/A/SET, large_print/A/SET, answer_sheet, seal.
std::string spell(const Item& item);
std::optional<Item> parse_item(std::string_view text);
// "Booklet A (SET)".
Text name_of(const Item& item);

// given: `from` says how many it gave to `to`. received: `to` says how many of the given entry `of` it got. counted: how many lie at
// `to`. corrected: entry `of` says so many more or fewer, for a reason. No entry is ever changed.
enum class EntryKind { given, received, counted, corrected };
std::string_view spell(EntryKind kind);
std::optional<EntryKind> parse_entry_kind(std::string_view word);

struct Entry {
  std::int64_t number = 0;  // within its ledger, from 1
  EntryKind kind = EntryKind::given;
  std::string act{};  // names what was signed at once: one handover, one receipt
  Item item{};
  Station from{};
  Station to{};
  std::int64_t count = 0;  // of a correction what is added, below zero for fewer
  std::int64_t of = 0;     // number of the entry that is received or corrected; 0 for others
  std::string parcel{};    // code of the envelope or box; may be empty
  std::string reason{};    // of a correction
  std::string signer{};    // "account NAME" or "code ID"
  Instant at{};
  // Of a correction that is to be stored: what the entry said when it was looked at, so that two who correct it at once do
  // not both add their difference. Compared, not kept.
  std::optional<std::int64_t> said{};
};

struct Stock {
  Station station{};
  Item item{};
  std::int64_t received = 0;
  std::int64_t given = 0;
  std::int64_t held() const { return received - given; }  // by the books; below zero at sources
};

// lost_on_way, too_many_on_way: the receiver counted another number than the giver. not_received: nobody has confirmed it yet.
// overdrawn: a station gave more than it had. missing, surplus: the last count of a station is not what its books say.
enum class FindingKind { lost_on_way, too_many_on_way, not_received, overdrawn, missing, surplus };
std::string_view spell(FindingKind kind);

struct Finding {
  FindingKind kind = FindingKind::missing;
  Station station{};  // where it was seen: the receiver, of what nobody received whoever is to receive it
  Station other{};    // the giver; the station itself where there is none
  Item item{};
  std::int64_t count = 0;  // above zero
  std::int64_t entry = 0;  // that shows it; 0 for overdrawn
  bool operator==(const Finding&) const = default;
};

struct Balance {
  std::vector<Stock> stocks{};      // by station, item
  std::vector<Finding> findings{};  // by station, item, kind
  std::int64_t on_the_way = 0;      // given and not received
  std::int64_t lost = 0;            // given more than received; below zero when receivers counted more
  // What all stations hold, is on the way and was lost is nothing, because all of it came out of a source: zero whatever happened.
  std::int64_t sum() const;
  // What is only on its way is no fault.
  bool agrees() const;
};

// `entries`: by number. Those that name an entry that is not among them are passed over.
Balance balance_ledger(const std::vector<Entry>& entries);

// What an entry says with its corrections.
std::int64_t corrected_count(const std::vector<Entry>& entries, std::int64_t number);

}  // namespace hanjari::services
