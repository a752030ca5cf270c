#include "hanjari/materials/ledger.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace hanjari::services {
namespace {

struct StationWord {
  StationKind kind;
  std::string_view word;
  const char* en;
  const char* ko;
};
constexpr std::array<StationWord, 6> station_words{{{StationKind::ministry, "ministry", "Ministry", "중앙부처"},
                                                    {StationKind::printing_office, "printing_office", "Printing office", "인쇄소"},
                                                    {StationKind::city, "city", "City", "시청"},
                                                    {StationKind::district, "district", "District", "자치구"},
                                                    {StationKind::venue, "venue", "Venue", "시험장"},
                                                    {StationKind::room, "room", "Room", "시험실"}}};

const StationWord& words_of_station(StationKind kind) {
  return station_words[static_cast<std::size_t>(kind)];
}

// Takes what stands before the next slash; all that is left where there is none.
std::string_view take_segment(std::string_view& text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view segment = text.substr(0, slash);
  text.remove_prefix(std::min(slash + 1, text.size()));
  return segment;
}

std::optional<int> read_room_no(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number < 1) return std::nullopt;
  return number;
}

bool is_booklet_letter(char letter) {
  return letter >= 'A' && letter <= 'D';
}

std::optional<Item> parse_paper_item(ItemKind kind, std::string_view rest) {
  const std::string_view letter = take_segment(rest);
  if (letter.size() != 1 || !is_booklet_letter(letter.front())) return std::nullopt;
  Item item;
  item.kind = kind;
  item.booklet = letter.front();
  item.set = std::string(rest);
  return item;
}

constexpr std::array<std::string_view, 4> entry_words{"given", "received", "counted", "corrected"};
constexpr std::array<std::string_view, 6> finding_words{"lost_on_way", "too_many_on_way", "not_received",
                                                        "overdrawn",   "missing",         "surplus"};

using StockKey = std::pair<Station, Item>;

// Goes through the entries once, in their order.
class LedgerReading {
 public:
  explicit LedgerReading(const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
      if (entry.kind == EntryKind::corrected) corrections_[entry.of] += entry.count;
    }
    for (const Entry& entry : entries) read(entry);
  }

  Balance finish() {
    for (const auto& [number, given] : open_) {
      const std::int64_t count = said(*given);
      balance_.on_the_way += count;
      if (count != 0) find(FindingKind::not_received, given->to, given->from, given->item, count, number);
    }
    for (const auto& [key, finding] : counts_) {
      if (finding.count != 0) balance_.findings.push_back(finding);
    }
    for (auto& [key, stock] : stocks_) {
      if (stock.held() < 0 && !is_source(stock.station))
        find(FindingKind::overdrawn, stock.station, stock.station, stock.item, -stock.held(), 0);
      balance_.stocks.push_back(stock);
    }
    std::stable_sort(balance_.findings.begin(), balance_.findings.end(), [](const Finding& a, const Finding& b) {
      return std::tie(a.station, a.item, a.kind, a.entry) < std::tie(b.station, b.item, b.kind, b.entry);
    });
    return std::move(balance_);
  }

 private:
  std::int64_t said(const Entry& entry) const {
    const auto found = corrections_.find(entry.number);
    return entry.count + (found == corrections_.end() ? 0 : found->second);
  }

  Stock& stock_of(const Station& station, const Item& item) {
    Stock& stock = stocks_[{station, item}];
    stock.station = station;
    stock.item = item;
    return stock;
  }

  void find(FindingKind kind, const Station& station, const Station& other, const Item& item, std::int64_t count,
            std::int64_t entry) {
    balance_.findings.push_back({kind, station, other, item, count, entry});
  }

  void read(const Entry& entry) {
    switch (entry.kind) {
      case EntryKind::given:
        stock_of(entry.from, entry.item).given += said(entry);
        open_[entry.number] = &entry;
        return;
      case EntryKind::received:
        read_receipt(entry);
        return;
      case EntryKind::counted:
        read_count(entry);
        return;
      case EntryKind::corrected:
        return;
    }
  }

  void read_receipt(const Entry& entry) {
    const auto found = open_.find(entry.of);
    if (found == open_.end()) return;
    const Entry& given = *found->second;
    const std::int64_t difference = said(given) - said(entry);
    stock_of(given.to, given.item).received += said(entry);
    balance_.lost += difference;
    if (difference != 0) {
      find(difference > 0 ? FindingKind::lost_on_way : FindingKind::too_many_on_way, given.to, given.from, given.item,
           difference > 0 ? difference : -difference, entry.number);
    }
    open_.erase(found);
  }

  // A later count of the same says more than an earlier one.
  void read_count(const Entry& entry) {
    const std::int64_t difference = stock_of(entry.to, entry.item).held() - said(entry);
    counts_[{entry.to, entry.item}] = {difference > 0 ? FindingKind::missing : FindingKind::surplus,
                                       entry.to,
                                       entry.to,
                                       entry.item,
                                       difference > 0 ? difference : -difference,
                                       entry.number};
  }

  std::map<std::int64_t, std::int64_t> corrections_;
  std::map<std::int64_t, const Entry*> open_;
  std::map<StockKey, Stock> stocks_;
  std::map<StockKey, Finding> counts_;
  Balance balance_;
};

}  // namespace

bool is_source(const Station& station) {
  return station.kind == StationKind::ministry || station.kind == StationKind::printing_office;
}

std::string spell(const Station& station) {
  const std::string word(words_of_station(station.kind).word);
  switch (station.kind) {
    case StationKind::district:
      return word + "/" + station.district.text();
    case StationKind::venue:
      return fmt::format("{}/{}/{}", word, station.district.text(), station.venue.text());
    case StationKind::room:
      return fmt::format("{}/{}/{}/{}", word, station.district.text(), station.venue.text(), station.room_no);
    default:
      return word;
  }
}

std::optional<Station> parse_station(std::string_view text) {
  const std::string_view word = take_segment(text);
  const auto* found = std::find_if(station_words.begin(), station_words.end(),
                                   [&](const StationWord& known) { return known.word == word; });
  if (found == station_words.end()) return std::nullopt;
  Station station;
  station.kind = found->kind;
  if (station.kind < StationKind::district) {
    if (!text.empty()) return std::nullopt;
    return station;
  }
  station.district = DistrictCode(take_segment(text));
  if (station.district.empty()) return std::nullopt;
  if (station.kind == StationKind::district) {
    if (!text.empty()) return std::nullopt;
    return station;
  }
  if (station.kind == StationKind::room) {
    const std::size_t slash = text.rfind('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto number = read_room_no(text.substr(slash + 1));
    if (!number) return std::nullopt;
    station.room_no = *number;
    text = text.substr(0, slash);
  }
  station.venue = VenueCode(text);
  if (station.venue.empty()) return std::nullopt;
  return station;
}

bool lies_in(const Station& inner, const Station& outer) {
  if (inner == outer) return true;
  if (outer.kind == StationKind::district) return inner.kind > StationKind::district && inner.district == outer.district;
  return outer.kind == StationKind::venue && inner.kind == StationKind::room && inner.venue == outer.venue;
}

Text name_of(StationKind kind) {
  const StationWord& words = words_of_station(kind);
  return {words.en, words.ko};
}

std::string spell(const Item& item) {
  switch (item.kind) {
    case ItemKind::answer_sheet:
      return "answer_sheet";
    case ItemKind::seal:
      return "seal";
    default:
      return fmt::format("{}/{}/{}", item.kind == ItemKind::booklet ? "booklet" : "large_print", item.booklet, item.set);
  }
}

std::optional<Item> parse_item(std::string_view text) {
  const std::string_view word = take_segment(text);
  if (word == "booklet") return parse_paper_item(ItemKind::booklet, text);
  if (word == "large_print") return parse_paper_item(ItemKind::large_print, text);
  Item item;
  if (word == "answer_sheet" && text.empty()) {
    item.kind = ItemKind::answer_sheet;
    return item;
  }
  if (word == "seal" && text.empty()) {
    item.kind = ItemKind::seal;
    return item;
  }
  return std::nullopt;
}

Text name_of(const Item& item) {
  if (item.kind == ItemKind::answer_sheet) return {"Answer sheet", "답안지"};
  if (item.kind == ItemKind::seal) return {"Seal", "봉인지"};
  const std::string of = item.set.empty() ? "" : fmt::format(" ({})", item.set);
  if (item.kind == ItemKind::large_print)
    return {fmt::format("Large print {}{}", item.booklet, of), fmt::format("확대문제지 {}형{}", item.booklet, of)};
  return {fmt::format("Booklet {}{}", item.booklet, of), fmt::format("문제지 {}형{}", item.booklet, of)};
}

std::string_view spell(EntryKind kind) {
  return entry_words[static_cast<std::size_t>(kind)];
}

std::optional<EntryKind> parse_entry_kind(std::string_view word) {
  const auto* found = std::find(entry_words.begin(), entry_words.end(), word);
  if (found == entry_words.end()) return std::nullopt;
  return static_cast<EntryKind>(found - entry_words.begin());
}

std::string_view spell(FindingKind kind) {
  return finding_words[static_cast<std::size_t>(kind)];
}

std::int64_t Balance::sum() const {
  std::int64_t sum = on_the_way + lost;
  for (const Stock& stock : stocks) sum += stock.held();
  return sum;
}

bool Balance::agrees() const {
  return std::all_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.kind == FindingKind::not_received; });
}

Balance balance_ledger(const std::vector<Entry>& entries) {
  return LedgerReading(entries).finish();
}

std::int64_t corrected_count(const std::vector<Entry>& entries, std::int64_t number) {
  std::int64_t count = 0;
  for (const Entry& entry : entries) {
    if (entry.number == number || (entry.kind == EntryKind::corrected && entry.of == number)) count += entry.count;
  }
  return count;
}

}  // namespace hanjari::services
