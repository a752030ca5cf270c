// The ledger: whatever is moved, the sum stays, and every loss that is planted is named where it happened.
#include "hanjari/materials/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <tuple>

namespace hanjari::services {
namespace {

Station ledger_station(const std::string& words) {
  return parse_station(words).value();
}
Item ledger_item(const std::string& words) {
  return parse_item(words).value();
}

// Writes entries as a store would, numbers included.
class LedgerPen {
 public:
  std::int64_t give(const Station& from, const Station& to, const Item& item, std::int64_t count) {
    return add(EntryKind::given, from, to, item, count, 0);
  }
  void receive(std::int64_t of, std::int64_t count) {
    const Entry given = entries[static_cast<std::size_t>(of - 1)];
    add(EntryKind::received, given.from, given.to, given.item, count, of);
  }
  void count(const Station& station, const Item& item, std::int64_t count) {
    add(EntryKind::counted, station, station, item, count, 0);
  }
  void correct(std::int64_t of, std::int64_t more) {
    const Entry wrong = entries[static_cast<std::size_t>(of - 1)];
    add(EntryKind::corrected, wrong.from, wrong.to, wrong.item, more, of);
  }
  std::vector<Entry> entries;

 private:
  std::int64_t add(EntryKind kind, const Station& from, const Station& to, const Item& item, std::int64_t count, std::int64_t of) {
    Entry entry;
    entry.number = static_cast<std::int64_t>(entries.size()) + 1;
    entry.kind = kind;
    entry.from = from;
    entry.to = to;
    entry.item = item;
    entry.count = count;
    entry.of = of;
    entries.push_back(entry);
    return entry.number;
  }
};

const std::vector<std::string> all_stations{"ministry",         "printing_office",   "city",
                                            "district/11110",   "district/11140",    "venue/11110/V1",
                                            "venue/11140/V2",   "room/11110/V1/1",   "room/11110/V1/2",
                                            "room/11140/V2/12"};

TEST(MaterialStations, AreReadAsTheyAreSpelt) {
  for (const std::string& words : all_stations) EXPECT_EQ(spell(ledger_station(words)), words);
  for (const char* wrong : {"", "town", "city/1", "district", "district/", "district/11110/V1", "venue/11110", "venue/11110/",
                            "room/11110/V1", "room/11110/V1/0", "room/11110/V1/x", "room/11110/V1/1x"})
    EXPECT_FALSE(parse_station(wrong)) << wrong;
  EXPECT_TRUE(lies_in(ledger_station("room/11110/V1/1"), ledger_station("venue/11110/V1")));
  EXPECT_TRUE(lies_in(ledger_station("room/11110/V1/1"), ledger_station("district/11110")));
  EXPECT_FALSE(lies_in(ledger_station("room/11140/V2/12"), ledger_station("venue/11110/V1")));
  EXPECT_FALSE(lies_in(ledger_station("district/11110"), ledger_station("city")));
}

TEST(MaterialItems, AreReadAsTheyAreSpelt) {
  for (const char* words : {"booklet/A/", "booklet/D/general", "large_print/B/a/b", "answer_sheet", "seal"})
    EXPECT_EQ(spell(ledger_item(words)), words);
  for (const char* wrong : {"", "booklet", "booklet/E/", "booklet/a/", "pen"}) EXPECT_FALSE(parse_item(wrong)) << wrong;
}

TEST(MaterialLedger, NamesWhatWasLostOnTheWayAtTheReceiver) {
  LedgerPen pen;
  const Item item = ledger_item("booklet/A/");
  pen.receive(pen.give(ledger_station("printing_office"), ledger_station("city"), item, 100), 100);
  pen.receive(pen.give(ledger_station("city"), ledger_station("district/11110"), item, 60), 57);
  const Balance balance = balance_ledger(pen.entries);
  ASSERT_EQ(balance.findings.size(), 1U);
  EXPECT_EQ(balance.findings[0], (Finding{FindingKind::lost_on_way, ledger_station("district/11110"), ledger_station("city"), item, 3, 4}));
  EXPECT_FALSE(balance.agrees());
  EXPECT_EQ(balance.sum(), 0);
}

TEST(MaterialLedger, IsPutRightByACorrectionAndKeepsBothRows) {
  LedgerPen pen;
  const Item item = ledger_item("answer_sheet");
  pen.receive(pen.give(ledger_station("printing_office"), ledger_station("city"), item, 100), 90);
  pen.correct(1, -10);
  const Balance balance = balance_ledger(pen.entries);
  EXPECT_TRUE(balance.findings.empty());
  EXPECT_EQ(pen.entries[0].count, 100);
  EXPECT_EQ(corrected_count(pen.entries, 1), 90);
}

TEST(MaterialLedger, SaysWhatNobodyReceivedAndWhoGaveMoreThanThereWas) {
  LedgerPen pen;
  const Item item = ledger_item("seal");
  pen.give(ledger_station("city"), ledger_station("district/11110"), item, 5);
  const Balance balance = balance_ledger(pen.entries);
  ASSERT_EQ(balance.findings.size(), 2U);
  EXPECT_EQ(balance.findings[0].kind, FindingKind::overdrawn);
  EXPECT_EQ(balance.findings[0].station, ledger_station("city"));
  EXPECT_EQ(balance.findings[1].kind, FindingKind::not_received);
  EXPECT_EQ(balance.on_the_way, 5);
}

// What really happened, told apart from what people wrote: the oracle of the property.
class MovedMaterials {
 public:
  explicit MovedMaterials(unsigned seed) : random_(seed) {}

  void live(int steps) {
    for (int step = 0; step < steps; ++step) {
      const int choice = draw(10);
      if (choice < 6)
        hand_over();
      else if (choice < 8)
        receive_one();
      else
        steal();
    }
    while (!on_way_.empty()) receive_one();
    // Everybody counts at the end.
    for (const std::string& name : all_stations) {
      const Station station = ledger_station(name);
      if (is_source(station)) continue;
      for (const Item& item : items_) pen.count(station, item, there_[{station, item}]);
    }
  }

  LedgerPen pen;
  std::map<std::tuple<Station, Item>, std::int64_t> stolen;                       // from a station
  std::map<std::tuple<std::int64_t, Station, Item>, std::int64_t> lost_on_way;    // by the entry that was given

 private:
  struct OnWay {
    std::int64_t number;
    Station to;
    Item item;
    std::int64_t count;
  };

  int draw(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  Station any_station() { return ledger_station(all_stations[static_cast<std::size_t>(draw(static_cast<int>(all_stations.size())))]); }

  void hand_over() {
    const Station from = any_station();
    const Station to = any_station();
    const Item item = items_[static_cast<std::size_t>(draw(3))];
    std::int64_t& have = there_[{from, item}];
    if (from == to) return;
    const std::int64_t most = is_source(from) ? 1000 : have;
    if (most == 0) return;
    const std::int64_t count = 1 + draw(static_cast<int>(most));
    have -= is_source(from) ? 0 : count;
    on_way_.push_back({pen.give(from, to, item, count), to, item, count});
  }

  void receive_one() {
    if (on_way_.empty()) return;
    const auto at = on_way_.begin() + draw(static_cast<int>(on_way_.size()));
    OnWay parcel = *at;
    on_way_.erase(at);
    const std::int64_t lost = draw(4) == 0 ? draw(static_cast<int>(parcel.count) + 1) : 0;
    if (lost > 0) lost_on_way[{parcel.number, parcel.to, parcel.item}] = lost;
    there_[{parcel.to, parcel.item}] += parcel.count - lost;
    pen.receive(parcel.number, parcel.count - lost);
  }

  void steal() {
    const Station station = any_station();
    const Item item = items_[static_cast<std::size_t>(draw(3))];
    std::int64_t& have = there_[{station, item}];
    if (is_source(station) || have == 0) return;
    const std::int64_t taken = 1 + draw(static_cast<int>(have));
    have -= taken;
    stolen[{station, item}] += taken;
  }

  std::mt19937 random_;
  const std::vector<Item> items_{ledger_item("booklet/A/"), ledger_item("booklet/B/"), ledger_item("answer_sheet")};
  std::map<std::tuple<Station, Item>, std::int64_t> there_;
  std::vector<OnWay> on_way_;
};

// Red when receipts are not compared with what was given, when counts are not compared with the books, or when a receipt adds what
// was given in place of what was received.
TEST(MaterialLedger, KeepsTheSumAndNamesEveryPlantedLossAtItsStation) {
  int planted = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    MovedMaterials moved(seed);
    moved.live(60);
    // At every moment, not only at the end.
    for (std::size_t length = 0; length <= moved.pen.entries.size(); length += 7)
      EXPECT_EQ(balance_ledger({moved.pen.entries.begin(), moved.pen.entries.begin() + static_cast<std::ptrdiff_t>(length)}).sum(), 0);
    const Balance balance = balance_ledger(moved.pen.entries);
    EXPECT_EQ(balance.sum(), 0) << seed;
    EXPECT_EQ(balance.on_the_way, 0) << seed;
    std::map<std::tuple<Station, Item>, std::int64_t> missing;
    std::map<std::tuple<std::int64_t, Station, Item>, std::int64_t> lost;
    for (const Finding& finding : balance.findings) {
      ASSERT_TRUE(finding.kind == FindingKind::missing || finding.kind == FindingKind::lost_on_way) << seed << " " << spell(finding.kind);
      if (finding.kind == FindingKind::missing)
        missing[{finding.station, finding.item}] += finding.count;
      else
        lost[{moved.pen.entries[static_cast<std::size_t>(finding.entry - 1)].of, finding.station, finding.item}] += finding.count;
    }
    EXPECT_EQ(missing, moved.stolen) << seed;
    EXPECT_EQ(lost, moved.lost_on_way) << seed;
    planted += static_cast<int>(moved.stolen.size() + moved.lost_on_way.size());
  }
  EXPECT_GT(planted, 300) << "the property says something";
}

}  // namespace
}  // namespace hanjari::services
