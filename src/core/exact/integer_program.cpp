#include "exact/integer_program.h"

#include <algorithm>
#include <functional>
#include <set>

namespace hanjari::exact {
namespace {

constexpr double clearly = 1e-4;          // a row is broken by at least so much
constexpr std::size_t most_cuts = 60;     // at once
constexpr std::size_t most_rows = 1'600;  // beyond that no cuts are added

Entry plus(std::uint32_t column, std::int64_t factor = 1) {
  return {column, factor};
}

}  // namespace

Model::Model(const Reading& reading) : reading_(reading) {
  for (const PersonType& type : reading.types) unseated.push_back(add_column(type.count(), false));
  make_bins();
  make_slots();
  make_openings();
  set_costs();
  add_demands();
  add_capacities();
  add_kinds();
  add_reserve();
  add_members();
  add_pairs();
  add_fewest();
}

std::uint32_t Model::add_column(std::int64_t upper, bool is_whole, char of_priority) {
  const std::uint32_t column = lp.add_column(0, upper);
  if (is_whole) whole.push_back(column);
  priority.push_back(of_priority);
  return column;
}

void Model::add_share(Bin& bin, std::uint32_t type, std::uint32_t place) {
  const auto rooms = lp.upper(bin.rooms);
  const std::int64_t seats = reading_.kinds[bin.kind].capacity * rooms;
  bin.shares.push_back({type, place, add_column(std::min(reading_.types[type].count(), seats), false)});
}

void Model::make_bins() {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::pair<std::uint32_t, std::uint32_t>>> users;
  for (std::uint32_t type = 0; type < reading_.types.size(); ++type) {
    const PersonType& own = reading_.types[type];
    for (std::uint32_t place = 0; place < own.places.size(); ++place) {
      users[{own.company, own.places[place].kind}].emplace_back(type, place);
    }
  }
  for (const auto& [key, shares] : users) {
    const RoomKind& kind = reading_.kinds[key.second];
    std::int64_t people = 0;
    for (const auto& [type, place] : shares) people += reading_.types[type].count();
    Bin& bin = bins.emplace_back(Bin{.kind = key.second, .company = key.first});
    bin.seats = std::min<std::int64_t>(kind.capacity, people);
    bin.rooms = add_column(std::min<std::int64_t>(static_cast<std::int64_t>(kind.rooms.size()), people), true);
    for (const auto& [type, place] : shares) add_share(bin, type, place);
  }
}

void Model::make_slots() {
  // By sharing and venue: companies, and by kind who may use it.
  std::map<std::pair<std::uint32_t, VenueIndex>, std::set<std::uint32_t>> companies;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::pair<std::uint32_t, std::uint32_t>>> users;
  for (std::uint32_t type = 0; type < reading_.types.size(); ++type) {
    const PersonType& own = reading_.types[type];
    const std::uint32_t sharing = reading_.companies[own.company].sharing;
    if (sharing == nothing) continue;
    for (std::uint32_t place = 0; place < own.places.size(); ++place) {
      const std::uint32_t kind = own.places[place].kind;
      companies[{sharing, reading_.kinds[kind].venue}].insert(own.company);
      users[{sharing, kind}].emplace_back(type, place);
    }
  }
  for (const auto& [key, members] : companies) {
    const auto& [sharing, venue] = key;
    std::size_t rooms = 0;
    for (const RoomKind& kind : reading_.kinds) rooms += kind.venue == venue ? kind.rooms.size() : 0;
    for (std::size_t i = 0; i < std::min(members.size() / 2, rooms); ++i) {
      const auto slot = static_cast<std::uint32_t>(slots.size());
      slots.push_back({venue, sharing, {}});
      for (std::uint32_t kind = 0; kind < reading_.kinds.size(); ++kind) {
        const auto found = users.find({sharing, kind});
        if (reading_.kinds[kind].venue != venue || found == users.end()) continue;
        std::int64_t people = 0;
        for (const auto& [type, place] : found->second) people += reading_.types[type].count();
        Bin& bin = bins.emplace_back(Bin{.kind = kind, .slot = slot});
        bin.seats = std::min<std::int64_t>(reading_.kinds[kind].capacity, people);
        bin.rooms = add_column(1, true);
        for (const auto& [type, place] : found->second) add_share(bin, type, place);
      }
    }
  }
}

void Model::make_openings() {
  const Exam& exam = *reading_.exam;
  const Weights& weights = exam.policy.weights;
  venue_open.assign(exam.venues.size(), nothing);
  for (const RoomKind& kind : reading_.kinds) {
    const std::size_t venue = kind.venue.value;
    if (venue_open[venue] == nothing && weights.venue + exam.venues[venue].opening_cost > 0) {
      venue_open[venue] = add_column(1, true, 2);
    }
  }
  if (weights.unit_at_venue == 0) return;
  for (const PersonType& type : reading_.types) {
    for (const Place& place : type.places) {
      const auto [entry, is_new] = pair_open.try_emplace({type.unit, reading_.kinds[place.kind].venue}, 0);
      if (is_new) entry->second = add_column(1, true, 1);
    }
  }
}

void Model::set_costs() {
  const Exam& exam = *reading_.exam;
  const Weights& weights = exam.policy.weights;
  for (auto& of_level : cost) of_level.assign(lp.columns(), 0);
  for (const std::uint32_t column : unseated) cost[level_unseated][column] = 1;
  for (const Bin& bin : bins) {
    cost[level_total][bin.rooms] = weights.room;
    for (const Share& share : bin.shares) {
      const Place& place = reading_.types[share.type].places[share.place];
      cost[level_changed][share.column] = place.changed;
      cost[level_farther][share.column] = place.farther;
      cost[level_over_cap][share.column] = place.over_cap;
      cost[level_total][share.column] = place.travel;
    }
  }
  for (std::size_t venue = 0; venue < venue_open.size(); ++venue) {
    if (venue_open[venue] == nothing) continue;
    cost[level_total][venue_open[venue]] = weights.venue + exam.venues[venue].opening_cost;
  }
  for (const auto& [pair, column] : pair_open) cost[level_total][column] = weights.unit_at_venue;
}

void Model::add_demands() {
  std::vector<std::vector<Entry>> entries(reading_.types.size());
  for (std::size_t type = 0; type < entries.size(); ++type) entries[type].push_back(plus(unseated[type]));
  for (const Bin& bin : bins) {
    for (const Share& share : bin.shares) entries[share.type].push_back(plus(share.column));
  }
  for (std::size_t type = 0; type < entries.size(); ++type) {
    lp.add_row(entries[type], true, reading_.types[type].count());
  }
}

void Model::add_capacities() {
  for (const Bin& bin : bins) {
    std::vector<Entry> entries{plus(bin.rooms, -bin.seats)};
    for (const Share& share : bin.shares) entries.push_back(plus(share.column));
    lp.add_row(entries, false, 0);
  }
}

// No more rooms than there are; none in a venue that is not opened; one for every slot.
void Model::add_kinds() {
  std::vector<std::vector<Entry>> of_kind(reading_.kinds.size());
  std::vector<std::vector<Entry>> of_slot(slots.size());
  for (const Bin& bin : bins) {
    of_kind[bin.kind].push_back(plus(bin.rooms));
    if (bin.slot != nothing) of_slot[bin.slot].push_back(plus(bin.rooms));
  }
  for (std::size_t kind = 0; kind < of_kind.size(); ++kind) {
    if (of_kind[kind].empty()) continue;
    const auto rooms = static_cast<std::int64_t>(reading_.kinds[kind].rooms.size());
    const std::uint32_t open = venue_open[reading_.kinds[kind].venue.value];
    if (open != nothing) of_kind[kind].push_back(plus(open, -rooms));
    lp.add_row(of_kind[kind], false, open != nothing ? 0 : rooms);
  }
  for (const auto& entries : of_slot) {
    if (entries.size() > 1) lp.add_row(entries, false, 1);
  }
}

// The rooms that policy sets aside: any, as long as others leave enough of them, and reserve people use no more.
void Model::add_reserve() {
  const ReserveRooms& policy = reading_.exam->policy.reserve_rooms;
  if (policy.per_venue <= 0 && policy.per_district <= 0) return;
  const std::size_t venues = reading_.exam->venues.size();
  std::vector<std::vector<Entry>> others(venues);
  std::vector<std::vector<Entry>> reserve(venues);
  for (const Bin& bin : bins) {
    const RoomKind& kind = reading_.kinds[bin.kind];
    if (!kind.may_be_set_aside) continue;
    const std::uint32_t company = bin.company != nothing ? bin.company : reading_.types[bin.shares[0].type].company;
    const bool is_reserve = reading_.companies[company].routing == Routing::reserve;
    (is_reserve ? reserve : others)[kind.venue.value].push_back(plus(bin.rooms));
  }
  std::vector<std::vector<Entry>> district_others(reading_.district_others.size());
  std::vector<std::vector<Entry>> district_reserve(reading_.district_others.size());
  for (std::size_t venue = 0; venue < venues; ++venue) {
    const std::uint32_t district = reading_.district_of[venue];
    if (!others[venue].empty()) {
      lp.add_row(others[venue], false, reading_.others_allowed[venue]);
      auto& all = district_others[district];
      all.insert(all.end(), others[venue].begin(), others[venue].end());
    }
    if (reserve[venue].empty()) continue;
    if (reading_.district_reserve[district] > 0) {
      const std::uint32_t beyond = add_column(reading_.district_reserve[district], true);
      for (auto& of_level : cost) of_level.push_back(0);
      reserve[venue].push_back(plus(beyond, -1));
      district_reserve[district].push_back(plus(beyond));
    }
    lp.add_row(reserve[venue], false, reading_.venue_reserve);
  }
  for (std::size_t district = 0; district < district_others.size(); ++district) {
    if (!district_others[district].empty() && policy.per_district > 0) {
      lp.add_row(district_others[district], false, reading_.district_others[district]);
    }
    if (!district_reserve[district].empty()) {
      lp.add_row(district_reserve[district], false, reading_.district_reserve[district]);
    }
  }
}

// Where a unit could be in two slots of a venue it is in one of them.
void Model::add_members() {
  std::map<std::pair<VenueIndex, UnitIndex>, std::set<std::uint32_t>> slots_of;
  for (const Bin& bin : bins) {
    if (bin.slot == nothing) continue;
    for (const Share& share : bin.shares) {
      slots_of[{slots[bin.slot].venue, reading_.types[share.type].unit}].insert(bin.slot);
    }
  }
  for (const auto& [key, own] : slots_of) {
    if (own.size() < 2) continue;
    std::vector<Entry> entries;
    for (const std::uint32_t slot : own) {
      const std::uint32_t column = add_column(1, true, 1);
      for (auto& of_level : cost) of_level.push_back(0);
      slots[slot].member[key.second] = column;
      entries.push_back(plus(column));
    }
    lp.add_row(entries, false, 1);
  }
  std::map<std::uint32_t, std::vector<Entry>> people;  // by member column
  std::map<std::uint32_t, std::int64_t> seats;
  for (const Bin& bin : bins) {
    if (bin.slot == nothing) continue;
    for (const Share& share : bin.shares) {
      const auto found = slots[bin.slot].member.find(reading_.types[share.type].unit);
      if (found == slots[bin.slot].member.end()) continue;
      people[found->second].push_back(plus(share.column));
      seats[found->second] = std::max(seats[found->second], bin.seats);
    }
  }
  for (auto& [member, entries] : people) {
    entries.push_back(plus(member, -seats[member]));
    lp.add_row(entries, false, 0);
  }
}

void Model::add_pairs() {
  if (pair_open.empty()) return;
  std::map<std::pair<UnitIndex, VenueIndex>, std::vector<Entry>> people;
  std::map<std::pair<UnitIndex, VenueIndex>, std::int64_t> most;
  for (const Bin& bin : bins) {
    for (const Share& share : bin.shares) {
      const std::pair key(reading_.types[share.type].unit, reading_.kinds[bin.kind].venue);
      people[key].push_back(plus(share.column));
    }
  }
  for (auto& [key, entries] : people) {
    std::int64_t count = 0;
    for (const PersonType& type : reading_.types) count += type.unit == key.first ? type.count() : 0;
    entries.push_back(plus(pair_open[key], -count));
    lp.add_row(entries, false, 0);
  }
}

// A company needs as many rooms as its people fill, whatever rooms they are; so do those of them who know some only.
void Model::add_fewest() {
  for (std::uint32_t company = 0; company < reading_.companies.size(); ++company) add_fewest_of({company});
  for (std::uint32_t sharing = 0; sharing < reading_.sharings; ++sharing) {
    std::vector<std::uint32_t> all;
    for (std::uint32_t company = 0; company < reading_.companies.size(); ++company) {
      if (reading_.companies[company].sharing == sharing) all.push_back(company);
    }
    add_fewest_of(all);
  }
}

void Model::add_fewest_of(const std::vector<std::uint32_t>& companies) {
  const std::uint32_t sharing = reading_.companies[companies.front()].sharing;
  std::set<std::vector<std::uint32_t>> place_sets;
  const auto is_own = [&](std::uint32_t company) {
    return std::find(companies.begin(), companies.end(), company) != companies.end();
  };
  const auto kinds_of = [](const PersonType& type) {
    std::vector<std::uint32_t> kinds;
    for (const Place& place : type.places) kinds.push_back(place.kind);
    return kinds;
  };
  for (const PersonType& type : reading_.types) {
    if (is_own(type.company)) place_sets.insert(kinds_of(type));
  }
  for (const std::vector<std::uint32_t>& kinds : place_sets) {
    std::int64_t people = 0;
    std::vector<Entry> entries;
    for (std::uint32_t type = 0; type < reading_.types.size(); ++type) {
      if (!is_own(reading_.types[type].company)) continue;
      const std::vector<std::uint32_t> own = kinds_of(reading_.types[type]);
      if (!std::includes(kinds.begin(), kinds.end(), own.begin(), own.end())) continue;
      people += reading_.types[type].count();
      entries.push_back(plus(unseated[type], -1));
    }
    std::vector<int> capacities;
    for (const std::uint32_t kind : kinds) {
      capacities.insert(capacities.end(), reading_.kinds[kind].rooms.size(), reading_.kinds[kind].capacity);
    }
    std::sort(capacities.begin(), capacities.end(), std::greater<>());
    std::int64_t fewest = 0;
    for (const int capacity : capacities) {
      if (people <= 0) break;
      people -= capacity;
      ++fewest;
    }
    for (const Bin& bin : bins) {
      if (!std::binary_search(kinds.begin(), kinds.end(), bin.kind)) continue;
      const bool own = bin.company != nothing ? is_own(bin.company) : slots[bin.slot].sharing == sharing;
      if (own) entries.push_back(plus(bin.rooms, -1));
    }
    if (fewest > 0) lp.add_row(entries, false, -fewest);
  }
}

std::vector<double> Model::guide(Level level) const {
  std::vector<double> sum(lp.columns(), 0);
  double share = 0.5;
  for (std::size_t later = level + std::size_t{1}; later < levels; ++later) {
    double most = 0;  // what any plan costs is no more
    for (std::uint32_t column = 0; column < lp.columns(); ++column) {
      most += static_cast<double>(cost[later][column]) * static_cast<double>(lp.upper(column));
    }
    if (most == 0) continue;
    for (std::uint32_t column = 0; column < lp.columns(); ++column) {
      sum[column] += share * static_cast<double>(cost[later][column]) / most;
    }
    share /= 16;
  }
  return sum;
}

void Model::limit(Level level, std::int64_t most) {
  std::vector<Entry> entries;
  for (std::uint32_t column = 0; column < lp.columns(); ++column) {
    if (cost[level][column] != 0) entries.push_back(plus(column, cost[level][column]));
  }
  if (!entries.empty()) lp.add_row(entries, false, most);
}

// People of a type in a room are at most all of them, which counts where the room has more seats.
void Model::cut_shares(std::vector<Cut>& cuts) const {
  for (const Bin& bin : bins) {
    const double rooms = lp.value(bin.rooms);
    for (const Share& share : bin.shares) {
      const std::int64_t most = std::min(reading_.types[share.type].count(), bin.seats);
      if (most >= bin.seats) continue;
      const double broken = lp.value(share.column) - static_cast<double>(most) * rooms;
      if (broken > clearly) cuts.push_back({broken, {plus(share.column), plus(bin.rooms, -most)}});
    }
  }
}

// Nobody sits in a venue, or a unit at a venue, that is not opened.
void Model::cut_openings(std::vector<Cut>& cuts) const {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Entry>> people;  // by type, opening
  for (const Bin& bin : bins) {
    const VenueIndex venue = reading_.kinds[bin.kind].venue;
    for (const Share& share : bin.shares) {
      if (venue_open[venue.value] != nothing) {
        people[{share.type, venue_open[venue.value]}].push_back(plus(share.column));
      }
      const auto pair = pair_open.find({reading_.types[share.type].unit, venue});
      if (pair != pair_open.end()) people[{share.type, pair->second}].push_back(plus(share.column));
    }
  }
  for (auto& [key, entries] : people) {
    const std::int64_t count = reading_.types[key.first].count();
    double broken = -static_cast<double>(count) * lp.value(key.second);
    for (const Entry& entry : entries) broken += lp.value(entry.at);
    if (broken <= clearly) continue;
    entries.push_back(plus(key.second, -count));
    cuts.push_back({broken, std::move(entries)});
  }
}

// Nobody of a type is in a slot without the unit.
void Model::cut_members(std::vector<Cut>& cuts) const {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Entry>> people;  // by type, member
  std::map<std::uint32_t, std::int64_t> seats;
  for (const Bin& bin : bins) {
    if (bin.slot == nothing) continue;
    for (const Share& share : bin.shares) {
      const auto found = slots[bin.slot].member.find(reading_.types[share.type].unit);
      if (found == slots[bin.slot].member.end()) continue;
      people[{share.type, found->second}].push_back(plus(share.column));
      seats[found->second] = std::max(seats[found->second], bin.seats);
    }
  }
  for (auto& [key, entries] : people) {
    const std::int64_t most = std::min(reading_.types[key.first].count(), seats[key.second]);
    double broken = -static_cast<double>(most) * lp.value(key.second);
    for (const Entry& entry : entries) broken += lp.value(entry.at);
    if (broken <= clearly) continue;
    entries.push_back(plus(key.second, -most));
    cuts.push_back({broken, std::move(entries)});
  }
}

std::size_t Model::cut() {
  if (lp.rows() >= most_rows) return 0;
  std::vector<Cut> cuts;
  cut_shares(cuts);
  if (!slots.empty()) cut_members(cuts);
  if (!pair_open.empty() || std::any_of(venue_open.begin(), venue_open.end(), [](auto at) { return at != nothing; })) {
    cut_openings(cuts);
  }
  std::stable_sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.broken > b.broken; });
  if (cuts.size() > most_cuts) cuts.resize(most_cuts);
  for (const Cut& cut : cuts) lp.add_cut(cut.entries, 0);
  return cuts.size();
}

}  // namespace hanjari::exact
