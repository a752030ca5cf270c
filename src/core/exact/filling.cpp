#include "exact/filling.h"

#include <algorithm>
#include <map>
#include <set>

namespace hanjari::exact {
namespace {

constexpr Wide no_way = Wide{1} << 120;

// People of some types to some bins: everybody takes the cheapest chain of moves that ends at a free seat.
class Chains {
 public:
  Chains(std::size_t types, std::size_t bins) : types_(types), bins_(bins), cost_(types * bins, no_way) {
    people_.assign(types * bins, 0);
    move_cost_.assign(bins * bins, no_way);
    move_type_.assign(bins * bins, 0);
    left_.assign(bins, 0);
  }

  void set_cost(std::size_t type, std::size_t bin, Wide cost) { cost_[type * bins_ + bin] = cost; }
  void set_seats(std::size_t bin, std::int64_t seats) { left_[bin] = seats; }
  std::int64_t people(std::size_t type, std::size_t bin) const { return people_[type * bins_ + bin]; }

  // The last bin takes everybody, so all of them find a place.
  void seat(std::size_t type, std::int64_t count) {
    while (count > 0) {
      search(type);
      std::size_t end = bins_ - 1;
      for (std::size_t bin = 0; bin < bins_; ++bin) {
        if (left_[bin] > 0 && distance_[bin] < distance_[end]) end = bin;
      }
      std::int64_t amount = std::min(count, left_[end]);
      for (std::size_t bin = end; from_[bin] != bins_; bin = from_[bin]) {
        const std::size_t before = from_[bin];
        amount = std::min(amount, people_[move_type_[before * bins_ + bin] * bins_ + before]);
      }
      std::size_t bin = end;
      std::vector<std::size_t> passed{end};
      while (from_[bin] != bins_) {
        const std::size_t before = from_[bin];
        const std::size_t mover = move_type_[before * bins_ + bin];
        people_[mover * bins_ + before] -= amount;
        people_[mover * bins_ + bin] += amount;
        bin = before;
        passed.push_back(bin);
      }
      people_[type * bins_ + bin] += amount;
      left_[end] -= amount;
      count -= amount;
      for (const std::size_t changed : passed) find_moves(changed);
    }
  }

 private:
  // The cheapest move out of a bin to every other.
  void find_moves(std::size_t from) {
    for (std::size_t to = 0; to < bins_; ++to) {
      Wide& best = move_cost_[from * bins_ + to];
      best = no_way;
      if (to == from) continue;
      for (std::size_t type = 0; type < types_; ++type) {
        if (people_[type * bins_ + from] == 0 || cost_[type * bins_ + to] >= no_way) continue;
        const Wide cost = cost_[type * bins_ + to] - cost_[type * bins_ + from];
        if (cost < best) {
          best = cost;
          move_type_[from * bins_ + to] = type;
        }
      }
    }
  }

  void search(std::size_t type) {
    distance_.assign(cost_.begin() + static_cast<std::ptrdiff_t>(type * bins_),
                     cost_.begin() + static_cast<std::ptrdiff_t>((type + 1) * bins_));
    from_.assign(bins_, bins_);
    for (bool again = true; again;) {
      again = false;
      for (std::size_t from = 0; from < bins_; ++from) {
        if (distance_[from] >= no_way) continue;
        for (std::size_t to = 0; to < bins_; ++to) {
          const Wide move = move_cost_[from * bins_ + to];
          if (move >= no_way || distance_[from] + move >= distance_[to]) continue;
          distance_[to] = distance_[from] + move;
          from_[to] = from;
          again = true;
        }
      }
    }
  }

  std::size_t types_;
  std::size_t bins_;
  std::vector<Wide> cost_;            // by type, bin
  std::vector<std::int64_t> people_;  // by type, bin
  std::vector<Wide> move_cost_;       // by bin, bin
  std::vector<std::size_t> move_type_;
  std::vector<std::int64_t> left_;  // free seats
  std::vector<Wide> distance_;
  std::vector<std::size_t> from_;
};

}  // namespace

Filler::Filler(const Reading& reading, const Model& model)
    : reading_(reading), model_(model), options_(reading.types.size()) {
  for (std::uint32_t bin = 0; bin < model.bins.size(); ++bin) {
    const auto& shares = model.bins[bin].shares;
    for (std::uint32_t share = 0; share < shares.size(); ++share) options_[shares[share].type].push_back({bin, share});
  }
  std::map<std::pair<bool, std::uint32_t>, std::vector<std::uint32_t>> components;
  std::int64_t changed = 1;
  for (std::uint32_t type = 0; type < reading.types.size(); ++type) {
    const PersonType& own = reading.types[type];
    const std::uint32_t sharing = reading.companies[own.company].sharing;
    components[{sharing != nothing, sharing != nothing ? sharing : own.company}].push_back(type);
    std::int64_t travel = 0;
    std::int64_t change = 0;
    for (const Place& place : own.places) {
      travel = std::max(travel, place.travel);
      change = std::max(change, place.changed);
    }
    total_scale_ += own.count() * (travel + reading.exam->policy.weights.unit_at_venue);
    over_scale_ += own.count();
    if (reading.exam->policy.moved_farther_m) farther_scale_ += own.count();
    changed += own.count() * change;
  }
  changed_scale_ = changed;
  for (auto& [key, types] : components) components_.push_back(std::move(types));
}

Wide Filler::cost(const Bin& bin, const Share& share, std::int64_t toll) const {
  if (toll < 0) return no_way;
  static_cast<void>(bin);
  const Place& place = reading_.types[share.type].places[share.place];
  return ((Wide{place.changed} * farther_scale_ + place.farther) * over_scale_ + place.over_cap) * total_scale_ + place.travel + toll;
}

Filling Filler::fill(const std::vector<std::int64_t>& rooms, const Toll& toll) const {
  Filling filling;
  for (const Bin& bin : model_.bins) filling.people.emplace_back(bin.shares.size(), 0);
  filling.unseated.assign(reading_.types.size(), 0);
  const Wide without_seat = changed_scale_ * farther_scale_ * over_scale_ * total_scale_;
  for (const std::vector<std::uint32_t>& types : components_) {
    std::map<std::uint32_t, std::size_t> number;  // of bins with rooms
    for (const std::uint32_t type : types) {
      for (const Option& option : options_[type]) {
        if (rooms[option.bin] > 0) number.emplace(option.bin, 0);
      }
    }
    std::size_t next = 0;
    for (auto& [bin, own] : number) own = next++;
    Chains chains(types.size(), next + 1);
    for (const auto& [bin, own] : number) {
      chains.set_seats(own, rooms[bin] * reading_.kinds[model_.bins[bin].kind].capacity);
    }
    chains.set_seats(next, INT32_MAX);
    for (std::size_t i = 0; i < types.size(); ++i) {
      chains.set_cost(i, next, without_seat);
      for (const Option& option : options_[types[i]]) {
        if (rooms[option.bin] == 0) continue;
        const Bin& bin = model_.bins[option.bin];
        const Share& share = bin.shares[option.share];
        chains.set_cost(i, number[option.bin], cost(bin, share, toll(bin, share)));
      }
    }
    for (std::size_t i = 0; i < types.size(); ++i) chains.seat(i, reading_.types[types[i]].count());
    for (std::size_t i = 0; i < types.size(); ++i) {
      filling.unseated[types[i]] = chains.people(i, next);
      for (const Option& option : options_[types[i]]) {
        if (rooms[option.bin] == 0) continue;
        filling.people[option.bin][option.share] = chains.people(i, number[option.bin]);
      }
    }
  }
  filling.values = count(filling);
  return filling;
}

Values Filler::count(const Filling& filling) const {
  const Exam& exam = *reading_.exam;
  const Weights& weights = exam.policy.weights;
  Values values;
  values.unseated = static_cast<std::int64_t>(reading_.nowhere.size());
  for (const std::int64_t people : filling.unseated) values.unseated += people;
  std::set<VenueIndex> venues;
  std::set<std::pair<UnitIndex, VenueIndex>> pairs;
  for (std::size_t i = 0; i < model_.bins.size(); ++i) {
    const Bin& bin = model_.bins[i];
    const RoomKind& kind = reading_.kinds[bin.kind];
    std::int64_t seated = 0;
    for (std::size_t share = 0; share < bin.shares.size(); ++share) {
      const std::int64_t people = filling.people[i][share];
      if (people == 0) continue;
      const PersonType& type = reading_.types[bin.shares[share].type];
      const Place& place = type.places[bin.shares[share].place];
      seated += people;
      values.changed += people * place.changed;
      values.farther += people * place.farther;
      values.over_cap += people * place.over_cap;
      values.total += people * place.travel;
      pairs.insert({type.unit, kind.venue});
    }
    if (seated == 0) continue;
    values.total += weights.room * ((seated + kind.capacity - 1) / kind.capacity);
    if (venues.insert(kind.venue).second) values.total += weights.venue + exam[kind.venue].opening_cost;
  }
  values.total += weights.unit_at_venue * static_cast<std::int64_t>(pairs.size());
  return values;
}

std::vector<RoomIndex> Filler::name_rooms(const Filling& filling) const {
  std::vector<RoomIndex> room_of(reading_.type_of.size());
  std::vector<std::size_t> next_room(reading_.kinds.size(), 0);
  std::vector<std::size_t> next_person(reading_.types.size(), 0);
  for (std::size_t i = 0; i < model_.bins.size(); ++i) {
    const Bin& bin = model_.bins[i];
    const RoomKind& kind = reading_.kinds[bin.kind];
    int in_room = kind.capacity;  // the first person takes the next room
    for (std::size_t share = 0; share < bin.shares.size(); ++share) {
      const std::uint32_t type = bin.shares[share].type;
      for (std::int64_t count = 0; count < filling.people[i][share]; ++count) {
        if (in_room == kind.capacity) {
          ++next_room[bin.kind];
          in_room = 0;
        }
        ++in_room;
        room_of[reading_.types[type].people[next_person[type]++]] = kind.rooms.at(next_room[bin.kind] - 1);
      }
    }
  }
  return room_of;
}

}  // namespace hanjari::exact
