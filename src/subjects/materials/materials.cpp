#include "hanjari/materials/materials.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "materials/signatures.h"

namespace hanjari::services {
namespace {

constexpr std::size_t longest_reason = 600;  // bytes
constexpr int most_in_settings = 1000;

bool is_of_city_office(const Actor& actor) {
  return actor.role == Role::exam_officer;
}

[[noreturn]] void throw_bad_count() {
  throw InvalidInput("bad_count", {fmt::format("A count is a whole number from 0 to {}.", group_digits(most_of_an_item)),
                                   fmt::format("수량은 0에서 {}까지의 정수로 적으십시오.", group_digits(most_of_an_item))});
}

std::int64_t require_count(std::int64_t count) {
  if (count < 0 || count > most_of_an_item) throw_bad_count();
  return count;
}

Change change_at(const MaterialDesk& desk, const std::string& reason = {}) {
  return change_of(desk.actor, reason, desk.now);
}

bool sees_whole_book(const MaterialDesk& desk) {
  return desk.book.is_dry_run() || is_of_city_office(desk.actor);
}

// Entries of the own side of the book that may be about the venue.
std::vector<Entry> list_entries_about(const MaterialDesk& desk, const Station& wanted) {
  if (sees_whole_book(desk)) return desk.materials.list_entries(desk.book, std::nullopt, wanted.venue);
  if (desk.actor.role == Role::district_coordinator) return desk.materials.list_entries(desk.book, desk.actor.district, std::nullopt);
  if (!desk.own->has(desk.actor, desk.book.exam, wanted.venue, wanted.district)) return {};
  return desk.materials.list_entries(desk.book, std::nullopt, wanted.venue);
}

// A venue that has left the plan with what was brought there: it is to be brought back. Its district is that of the ledger.
std::optional<Station> find_left_place(const MaterialDesk& desk, Station wanted) {
  for (const Entry& entry : list_entries_about(desk, wanted)) {
    for (const Station* place : {&entry.from, &entry.to}) {
      if (place->venue != wanted.venue) continue;
      wanted.district = place->district;
      return wanted;
    }
  }
  return std::nullopt;
}

// The station with its district from the plan, or else from the ledger. Nothing for a venue that is not there.
std::optional<Station> place_of_words(const MaterialDesk& desk, const std::string& words) {
  auto station = parse_station(clean_line(words));
  if (!station) {
    throw InvalidInput("bad_station", {"Choose where it comes from and where it goes.", "어디에서 어디로 가는지 고르십시오."});
  }
  if (desk.book.is_dry_run() || station->venue.empty()) return station;
  for (const VenueSummary& venue : desk.plans.list_venues(desk.book.exam, std::nullopt)) {
    if (venue.code != station->venue) continue;
    station->district = venue.district;
    if (reaches(desk, *station)) return station;
  }
  // Of a venue of another district as much is read as of one that is not there.
  return find_left_place(desk, *station);
}

// Every item once, with what is to be signed.
std::vector<ItemCount> require_items(const std::vector<ItemCount>& items) {
  std::vector<ItemCount> wanted;
  std::set<Item> known;
  for (const ItemCount& item : items) {
    require_count(item.count);
    if (!known.insert(item.item).second) {
      throw InvalidInput("item_twice", {fmt::format("{} is named twice.", name_of(item.item).en),
                                        fmt::format("같은 품목을 두 번 적었습니다: {}", name_of(item.item).ko)});
    }
    wanted.push_back(item);
  }
  return wanted;
}

[[noreturn]] void throw_nothing_given() {
  throw InvalidInput("nothing_given", {"Enter how many there are of at least one item.", "품목의 수량을 하나 이상 적으십시오."});
}

// The same letters, small or capital.
bool are_alike(std::string_view one, std::string_view other) {
  const auto small = [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [&](char a, char b) { return small(a) == small(b); });
}

bool may_see(const MaterialDesk& desk, const Entry& entry) {
  return reaches(desk, entry.from) || reaches(desk, entry.to);
}

// What the account may see, with the numbers of the book. Of a chief's one venue less is read than of the whole book.
std::vector<Entry> list_seen_entries(const MaterialDesk& desk, const std::optional<VenueCode>& venue) {
  std::optional<DistrictCode> district;
  if (!sees_whole_book(desk)) district = desk.actor.district;
  const bool narrow = sees_whole_book(desk) || desk.actor.role == Role::venue_chief;
  std::vector<Entry> entries = desk.materials.list_entries(desk.book, district, narrow ? venue : std::nullopt);
  std::erase_if(entries, [&](const Entry& entry) { return !may_see(desk, entry); });
  return entries;
}

// Numbers of the book would tell a district how much the others have written.
void number_anew(std::vector<Entry>& entries) {
  std::map<std::int64_t, std::int64_t> numbers;
  for (Entry& entry : entries) {
    const auto next = static_cast<std::int64_t>(numbers.size()) + 1;
    numbers[entry.number] = next;
    entry.number = next;
    // An entry stands behind the one that it is about.
    const auto about = numbers.find(entry.of);
    entry.of = about == numbers.end() ? 0 : about->second;
  }
}

// The entry with its number in the book, by the number that the account is shown.
std::optional<Entry> find_seen_entry(const MaterialDesk& desk, std::int64_t number) {
  if (sees_whole_book(desk)) return desk.materials.find_entry(desk.book, number);
  std::vector<Entry> seen = list_seen_entries(desk, std::nullopt);
  if (number < 1 || number > static_cast<std::int64_t>(seen.size())) return std::nullopt;
  return std::move(seen[static_cast<std::size_t>(number - 1)]);
}

// Whoever had not read the correction of somebody else would write over it unawares.
void refuse_corrected_since(const MaterialDesk& desk, std::int64_t number, std::int64_t seen) {
  for (const Entry& entry : list_own_entries(desk, std::nullopt)) {
    if (entry.kind != EntryKind::corrected || entry.of != number || entry.number <= seen) continue;
    throw LedgerChanged("entry_changed", {"Somebody else corrected this line meanwhile. Look at the ledger again.",
                                          "그사이 다른 사람이 이 줄을 정정했습니다. 장부를 다시 확인하십시오."});
  }
}

// Whoever signed the other end of a handover corrects neither: one person could make both counts agree.
void require_other_person(const MaterialDesk& desk, const std::vector<Entry>& entries, const Entry& wrong, const Signature& signature) {
  for (const Entry& other : entries) {
    const bool gave = wrong.kind == EntryKind::received && other.number == wrong.of;
    const bool received = wrong.kind == EntryKind::given && other.kind == EntryKind::received && other.of == wrong.number;
    if (gave || received) require_two_people(signature_of(desk, other), signature);
  }
}

}  // namespace

bool VenuesOfDistrict::has(const Actor& actor, const ExamCode&, const VenueCode&, const DistrictCode& district) const {
  return actor.district && *actor.district == district;
}

bool reaches(const MaterialDesk& desk, const Station& station) {
  if (desk.book.is_dry_run() || is_of_city_office(desk.actor)) return true;
  switch (station.kind) {
    case StationKind::ministry:
    case StationKind::printing_office:
    case StationKind::city:
      return false;
    case StationKind::district:
      return desk.actor.role == Role::district_coordinator && desk.actor.district && *desk.actor.district == station.district;
    case StationKind::venue:
    case StationKind::room:
      break;
  }
  const bool may = desk.actor.role == Role::district_coordinator || desk.actor.role == Role::venue_chief;
  return may && desk.own->has(desk.actor, desk.book.exam, station.venue, station.district);
}

Station open_station(const MaterialDesk& desk, const std::string& words) {
  const auto station = place_of_words(desk, words);
  if (!station || !reaches(desk, *station)) throw_not_own_station();
  return *station;
}

Station open_other_station(const MaterialDesk& desk, const std::string& words) {
  const auto station = place_of_words(desk, words);
  if (!station) throw_not_own_station();
  if (station->kind < StationKind::district || reaches(desk, *station)) return *station;
  // A chief hands over to the own district.
  if (station->kind != StationKind::district || desk.actor.role != Role::venue_chief) throw_not_own_station();
  for (const VenueSummary& venue : desk.plans.list_venues(desk.book.exam, std::nullopt)) {
    if (venue.district == station->district && desk.own->has(desk.actor, desk.book.exam, venue.code, venue.district))
      return *station;
  }
  // The own venue may have left the plan.
  for (const Entry& entry : desk.materials.list_entries(desk.book, station->district, std::nullopt)) {
    for (const Station* place : {&entry.from, &entry.to}) {
      const bool is_there = !place->venue.empty() && place->district == station->district;
      if (is_there && desk.own->has(desk.actor, desk.book.exam, place->venue, place->district)) return *station;
    }
  }
  throw_not_own_station();
}

PlannedExam open_venue_plan(const MaterialDesk& desk, const VenueCode& venue) {
  if (desk.book.is_dry_run()) {
    if (venue != dry_run_venue) throw_not_own_station();
    return invent_venue(desk.book.exam);
  }
  Station station;
  station.kind = StationKind::venue;
  station.venue = venue;
  station.district = DistrictCode("-");
  open_station(desk, spell(station));
  auto planned = desk.plans.find_venue_plan(desk.book.exam, venue);
  if (!planned) throw_not_own_station();
  return std::move(*planned);
}

Packing open_packing(const MaterialDesk& desk, const VenueCode& venue) {
  const PlannedExam planned = open_venue_plan(desk, venue);
  Book real = desk.book;
  real.run.clear();
  return pack_venue(planned, planned.exam.find(venue), desk.materials.find_settings(real).packing);
}

ReadParcel read_typed_parcel(const MaterialDesk& desk, std::string_view typed) {
  ReadParcel read = read_parcel_code(desk.book.exam, typed);
  std::vector<VenueCode> venues{dry_run_venue};
  if (!desk.book.is_dry_run()) {
    venues.clear();
    for (const VenueSummary& venue : desk.plans.list_venues(desk.book.exam, std::nullopt)) venues.push_back(venue.code);
  }
  if (std::find(venues.begin(), venues.end(), read.venue) != venues.end()) return read;
  const auto meant = std::find_if(venues.begin(), venues.end(), [&](const VenueCode& venue) {
    return are_alike(venue.text(), read.venue.text());
  });
  if (meant != venues.end()) read.venue = *meant;
  return read;
}

std::map<Item, std::int64_t> sum_own_needs(const MaterialDesk& desk) {
  std::vector<VenueCode> venues;
  if (desk.book.is_dry_run()) {
    venues.push_back(dry_run_venue);
  } else {
    for (const VenueSummary& venue : desk.plans.list_venues(desk.book.exam, std::nullopt)) {
      Station place;
      place.kind = StationKind::venue;
      place.district = venue.district;
      place.venue = venue.code;
      if (venue.people > 0 && reaches(desk, place)) venues.push_back(venue.code);
    }
  }
  std::map<Item, std::int64_t> sums;
  Book real = desk.book;
  real.run.clear();
  const PackingSettings settings = desk.materials.find_settings(real).packing;
  for (const VenueCode& venue : venues) {
    std::optional<PlannedExam> planned;
    if (desk.book.is_dry_run())
      planned = invent_venue(desk.book.exam);
    else
      planned = desk.plans.find_venue_plan(desk.book.exam, venue);
    if (!planned) continue;  // the live plan has just changed
    const Packing packing = pack_venue(*planned, planned->exam.find(venue), settings);
    for (const auto& [item, count] : packing.totals()) sums[item] += count;
  }
  return sums;
}

std::vector<Entry> list_own_entries(const MaterialDesk& desk, const std::optional<VenueCode>& venue) {
  std::vector<Entry> entries = list_seen_entries(desk, venue);
  if (sees_whole_book(desk)) return entries;
  number_anew(entries);
  if (venue) std::erase_if(entries, [&](const Entry& entry) { return entry.from.venue != *venue && entry.to.venue != *venue; });
  return entries;
}

Balance own_balance(const MaterialDesk& desk, const std::vector<Entry>& entries, const std::optional<VenueCode>& venue) {
  Balance balance = balance_ledger(entries);
  // Of other stations not every entry is here, so that their sums would be wrong.
  const auto is_meant = [&](const Station& station) {
    return venue ? station.venue == *venue && reaches(desk, station) : reaches(desk, station);
  };
  std::erase_if(balance.stocks, [&](const Stock& stock) { return !is_meant(stock.station); });
  std::erase_if(balance.findings, [&](const Finding& finding) {
    return !is_meant(finding.station) && !(finding.other != finding.station && is_meant(finding.other));
  });
  return balance;
}

std::string hand_over(const MaterialDesk& desk, const std::string& from, const std::string& to,
                      const std::vector<ItemCount>& items, const std::string& parcel, const std::string& code) {
  const Station giver = open_other_station(desk, from);
  const Station receiver = open_other_station(desk, to);
  if (!reaches(desk, giver) && !reaches(desk, receiver)) throw_not_own_station();
  if (giver == receiver) {
    throw InvalidInput("same_station", {"It goes to where it comes from. Choose another place.",
                                        "보내는 곳과 받는 곳이 같습니다. 다른 곳을 고르십시오."});
  }
  std::vector<ItemCount> wanted = require_items(items);
  std::erase_if(wanted, [](const ItemCount& item) { return item.count == 0; });
  if (wanted.empty()) throw_nothing_given();
  std::string checked;
  if (!is_blank_text(parcel)) {
    const ReadParcel read = read_typed_parcel(desk, parcel);
    if (read.venue != giver.venue && read.venue != receiver.venue && !(giver.venue.empty() && receiver.venue.empty())) {
      throw InvalidInput("parcel_of_other_venue", {"This envelope or box belongs to another venue.",
                                                   "다른 시험장의 봉투나 상자입니다."});
    }
    checked = parcel_code(desk.book.exam, read.venue, read.kind, read.number);
  }
  const Signature signature = sign_for(desk, giver, code);
  const std::string act = draw_token();
  std::vector<Entry> entries;
  for (const ItemCount& item : wanted) {
    Entry entry;
    entry.kind = EntryKind::given;
    entry.act = act;
    entry.item = item.item;
    entry.from = giver;
    entry.to = receiver;
    entry.count = item.count;
    entry.parcel = checked;
    entry.signer = signature.signer;
    entry.at = desk.now;
    entries.push_back(std::move(entry));
  }
  desk.materials.add_entries(desk.book, entries, change_at(desk));
  return act;
}

void receive(const MaterialDesk& desk, const std::string& act, const std::vector<std::int64_t>& counts, const std::string& code) {
  const std::vector<Entry> given = desk.materials.find_act(desk.book, act);
  if (given.empty() || given.front().kind != EntryKind::given || !may_see(desk, given.front())) {
    throw NotFound("no_such_handover", {"There is no such handover.", "해당 인계 내역이 없습니다."});
  }
  if (counts.size() != given.size()) {
    throw InvalidInput("bad_count", {fmt::format("This handover has {} items; count each of them.", given.size()),
                                     fmt::format("이 인계에는 품목이 {}개 있습니다. 모두 세어 적으십시오.", given.size())});
  }
  for (const std::int64_t count : counts) require_count(count);
  const Signature signature = sign_for(desk, given.front().to, code);
  require_two_people(signature_of(desk, given.front()), signature);
  const std::string receipt = draw_token();
  std::vector<Entry> entries;
  for (std::size_t at = 0; at < given.size(); ++at) {
    Entry entry = given[at];
    entry.number = 0;
    entry.kind = EntryKind::received;
    entry.act = receipt;
    entry.count = counts[at];
    entry.of = given[at].number;
    entry.signer = signature.signer;
    entry.at = desk.now;
    entries.push_back(std::move(entry));
  }
  desk.materials.add_entries(desk.book, entries, change_at(desk));
}

void count_stock(const MaterialDesk& desk, const std::string& station, const std::vector<ItemCount>& items) {
  const Station place = open_station(desk, station);
  const Signature signature = sign_for(desk, place, "");
  const std::string act = draw_token();
  std::vector<Entry> entries;
  for (const ItemCount& item : require_items(items)) {
    Entry entry;
    entry.kind = EntryKind::counted;
    entry.act = act;
    entry.item = item.item;
    entry.from = place;
    entry.to = place;
    entry.count = item.count;
    entry.signer = signature.signer;
    entry.at = desk.now;
    entries.push_back(std::move(entry));
  }
  if (entries.empty()) throw_nothing_given();
  desk.materials.add_entries(desk.book, entries, change_at(desk));
}

void correct(const MaterialDesk& desk, std::int64_t number, std::int64_t count, const std::string& reason,
             std::optional<std::int64_t> seen) {
  const auto found = find_seen_entry(desk, number);
  if (!found || found->kind == EntryKind::corrected || !may_see(desk, *found))
    throw NotFound("no_such_entry", {"There is no such line in the ledger.", "장부에 그런 줄이 없습니다."});
  const std::string words = clean_line(reason);
  if (words.empty() || words.size() > longest_reason) {
    throw InvalidInput("reason_missing", {"Say in a few words why the count was wrong.", "수량을 바로잡는 사유를 간단히 적으십시오."});
  }
  require_count(count);
  if (seen) refuse_corrected_since(desk, number, *seen);
  // The giver's count is the giver's to correct, everything else that of the other end.
  const Station& side = found->kind == EntryKind::given ? found->from : found->to;
  const Signature signature = sign_for(desk, side, "");
  const std::vector<Entry> entries = desk.materials.list_entries(desk.book, std::nullopt, std::nullopt);
  require_other_person(desk, entries, *found, signature);
  const std::int64_t said = corrected_count(entries, found->number);
  if (said == count) return;
  Entry entry = *found;
  entry.number = 0;
  entry.kind = EntryKind::corrected;
  entry.act = draw_token();
  entry.count = count - said;
  entry.said = said;
  entry.of = found->number;
  entry.reason = words;
  entry.signer = signature.signer;
  entry.at = desk.now;
  desk.materials.add_entries(desk.book, {entry}, change_at(desk, words));
}

void save_packing_settings(const MaterialDesk& desk, const PackingSettings& wanted, std::int64_t version) {
  if (!is_of_city_office(desk.actor)) throw_not_own_station();
  for (const int number : {wanted.spare_sheets_per_room, wanted.seals_per_envelope, wanted.reserve_booklets_per_venue}) {
    if (number < 0 || number > most_in_settings) throw_bad_count();
  }
  if (wanted.envelopes_per_box < 1 || wanted.envelopes_per_box > most_in_settings) throw_bad_count();
  Book real = desk.book;
  real.run.clear();
  desk.materials.save_settings(real, {wanted, version + 1}, change_at(desk));
}

}  // namespace hanjari::services
