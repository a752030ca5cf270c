#include "allocation/leftover/shared_rooms.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "allocation/leftover/room_packing.h"

namespace hanjari::allocation {
namespace {

// One class at one venue: its rooms and, by unit of the class, its people.
struct SharedPlace {
  VenueIndex venue;
  std::uint32_t people_class = 0;
  std::vector<RoomIndex> rooms;
  std::vector<std::vector<std::uint32_t>> people;
  Packing count;
  bool packed = false;
};

// Who goes from one place to another, and what that costs.
struct Leaving {
  Cost cost = impossible;
  std::uint32_t unit = 0;
  std::uint32_t person = 0;
  bool operator<(const Leaving& other) const { return cost != other.cost ? cost < other.cost : person < other.person; }
};

// Somebody leaves a place for another one, and maybe somebody comes from there.
struct PeopleExchange {
  Cost cost = 0;
  std::size_t other = 0;
  Leaving leaves;
  Leaving comes;  // impossible: nobody
  // No two are equal, so that every library sorts them alike.
  auto key() const { return std::tuple(cost, leaves.person, other, comes.cost, comes.person); }
  bool operator<(const PeopleExchange& second) const { return key() < second.key(); }
};

class SharedRooms {
 public:
  SharedRooms(const Problem& problem, std::vector<RoomIndex>& room_of, const std::function<bool()>& stop)
      : problem_(problem),
        exam_(*problem.exam),
        room_of_(room_of),
        stop_(stop),
        pairs_(exam_.units.size() * exam_.venues.size()),
        class_at_(exam_.rooms.size(), nobody) {
    find_plain_rooms();
    find_places();
  }

  bool run() {
    for (std::size_t place = 0; place < places_.size(); ++place) places_[place].packed = packs(place, {});
    for (std::size_t place = 0; place < places_.size(); ++place) {
      if (!places_[place].packed && !mend(place)) return false;
    }
    if (!waiting_.empty() && !seat_waiting()) return false;
    for (int pass = 0; pass < improving_passes; ++pass) {
      bool better = false;
      for (std::size_t place = 0; place < places_.size(); ++place) {
        for (int i = 0; i < most_exchanges && !ended() && exchange(place, 0); ++i) better = true;
      }
      if (!better) break;
    }
    for (const SharedPlace& place : places_) {
      if (!seat_people(place)) return false;
    }
    return true;
  }

 private:
  static constexpr std::uint32_t nobody = UINT32_MAX;
  static constexpr std::size_t kept = 10;       // units that may leave a place for another one, the cheapest
  static constexpr std::size_t tries = 1'000;   // exchanges looked at before a place is given up
  static constexpr int most_exchanges = 30;     // of one place
  static constexpr int improving_passes = 3;
  static constexpr std::uint64_t most_packings = 500'000;  // in all; some seconds

  // Changes of the people of a place by unit, for trials.
  struct Change {
    std::uint32_t leaves = nobody;
    std::uint32_t comes = nobody;
  };

  void find_plain_rooms() {
    plain_.resize(exam_.rooms.size(), 0);
    for (const RoomGroup& group : problem_.groups) {
      if (problem_.sites[group.site].pool != Pool{}) continue;
      for (const RoomIndex room : group.rooms) plain_[room.value] = group.capacity;
    }
  }

  std::uint32_t unit_of(std::uint32_t person) const {
    const auto& units = problem_.classes[problem_.class_of[person]].units;
    const auto found = std::lower_bound(units.begin(), units.end(), exam_.applicants[person].unit);
    return static_cast<std::uint32_t>(found - units.begin());
  }

  std::int32_t& pair(std::uint32_t person, VenueIndex venue) {
    return pairs_[exam_.applicants[person].unit.value * exam_.venues.size() + venue.value];
  }
  std::int32_t pair(std::uint32_t person, VenueIndex venue) const {
    return pairs_[exam_.applicants[person].unit.value * exam_.venues.size() + venue.value];
  }

  void find_places() {
    std::map<std::pair<VenueIndex, std::uint32_t>, std::size_t> numbers;
    std::map<RoomIndex, UnitIndex> special;  // rooms for few: the unit that has them
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      const RoomIndex room = room_of_[person];
      if (!room.exists()) continue;
      const std::uint32_t own = problem_.class_of[person];
      class_at_[room.value] = own;
      if (problem_.classes[own].joined && plain_[room.value] > 0) {
        numbers.emplace(std::pair(exam_[room].venue, own), 0);
      } else if (problem_.classes[own].joined) {
        const auto first = special.emplace(room, exam_.applicants[person].unit).first;
        if (first->second != exam_.applicants[person].unit) {
          room_of_[person] = RoomIndex::none();
          waiting_.push_back(person);
          continue;
        }
      }
      ++pair(person, exam_[room].venue);
    }
    for (auto& [key, number] : numbers) {
      number = places_.size();
      SharedPlace& place = places_.emplace_back();
      place.venue = key.first;
      place.people_class = key.second;
      const std::size_t units = problem_.classes[key.second].units.size();
      place.people.resize(units);
      place.count.people.resize(units);
      place.count.wheelchairs.resize(units);
      for (std::uint32_t i = 0; i < exam_[key.first].room_count; ++i) {
        const RoomIndex room(std::size_t{exam_[key.first].first_room} + i);
        if (class_at_[room.value] == key.second && plain_[room.value] > 0) place.rooms.push_back(room);
      }
    }
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      const RoomIndex room = room_of_[person];
      if (!room.exists() || plain_[room.value] == 0 || !problem_.classes[problem_.class_of[person]].joined) continue;
      add(places_[numbers.at({exam_[room].venue, problem_.class_of[person]})], person);
    }
  }

  void add(SharedPlace& place, std::uint32_t person) {
    const std::uint32_t unit = unit_of(person);
    place.people[unit].push_back(person);
    ++place.count.people[unit];
    place.count.wheelchairs[unit] += exam_.applicants[person].accommodation.wheelchair ? 1 : 0;
  }

  void take_out(SharedPlace& place, std::uint32_t person) {
    const std::uint32_t unit = unit_of(person);
    std::erase(place.people[unit], person);
    --place.count.people[unit];
    place.count.wheelchairs[unit] -= exam_.applicants[person].accommodation.wheelchair ? 1 : 0;
  }

  std::optional<std::vector<std::vector<PackedShare>>> pack(const SharedPlace& place, const Change& change) const {
    std::vector<PackedRoom> rooms;
    for (const RoomIndex room : place.rooms) {
      rooms.push_back({.capacity = plain_[room.value], .accessible = exam_[room].accessible});
    }
    Packing wanted = place.count;
    if (change.leaves != nobody) --wanted.people[change.leaves];
    if (change.comes != nobody) ++wanted.people[change.comes];
    return pack_rooms(rooms, wanted);
  }

  bool packs(std::size_t place, const Change& change) {
    ++packings_;
    return pack(places_[place], change).has_value();
  }

  bool ended() const { return packings_ > most_packings || stop_(); }

  // What it costs that the person goes from one venue to another, weights of pairs included; impossible without a way.
  Cost cost_of_move(std::uint32_t person, VenueIndex from, VenueIndex to) const {
    const Cost there = problem_.cost(person, to);
    if (there >= impossible) return impossible;
    const Cost weight = exam_.policy.weights.unit_at_venue;
    Cost cost = there - problem_.cost(person, from);
    if (pair(person, from) == 1) cost -= weight;
    if (pair(person, to) == 0) cost += weight;
    return cost;
  }

  // By unit, who goes most cheaply from one place to the other: the cheapest of all first.
  std::vector<Leaving> leaving(const SharedPlace& from, const SharedPlace& to) const {
    std::vector<Leaving> all;
    for (std::uint32_t unit = 0; unit < from.people.size(); ++unit) {
      Leaving best{.unit = unit};
      for (const std::uint32_t person : from.people[unit]) {
        if (exam_.applicants[person].accommodation.wheelchair) continue;
        best = std::min(best, Leaving{cost_of_move(person, from.venue, to.venue), unit, person});
      }
      if (best.cost < impossible) all.push_back(best);
    }
    const std::size_t count = std::min(kept, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end());
    all.resize(count);
    return all;
  }

  // Exchanges of the place with any other that cost less than `below`, the cheapest first; `alone`: nobody comes.
  std::vector<PeopleExchange> exchanges(std::size_t place, Cost below, bool alone) const {
    std::vector<PeopleExchange> all;
    for (std::size_t other = 0; other < places_.size(); ++other) {
      if (other == place || places_[other].people_class != places_[place].people_class) continue;
      const std::vector<Leaving> out = leaving(places_[place], places_[other]);
      const std::vector<Leaving> in = alone ? std::vector<Leaving>{} : leaving(places_[other], places_[place]);
      for (const Leaving& leaves : out) {
        if (leaves.cost < below) all.push_back({leaves.cost, other, leaves, {}});
        for (const Leaving& comes : in) {
          const Cost cost = leaves.cost + comes.cost;
          if (comes.unit != leaves.unit && cost < below) all.push_back({cost, other, leaves, comes});
        }
      }
    }
    const std::size_t count = std::min(tries, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end());
    all.resize(count);
    return all;
  }

  void move(std::uint32_t person, std::size_t from, std::size_t to) {
    take_out(places_[from], person);
    add(places_[to], person);
    --pair(person, places_[from].venue);
    ++pair(person, places_[to].venue);
  }

  void carry_out(std::size_t place, const PeopleExchange& exchange) {
    move(exchange.leaves.person, place, exchange.other);
    if (exchange.comes.cost < impossible) move(exchange.comes.person, exchange.other, place);
  }

  // The cheapest exchange below a cost after which the place can be packed, and the other one if it could be before.
  bool exchange(std::size_t place, Cost below) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, bool> packs_here;
    for (const PeopleExchange& one : exchanges(place, below, false)) {
      const Change here{one.leaves.unit, one.comes.cost < impossible ? one.comes.unit : nobody};
      const auto [known, is_new] = packs_here.emplace(std::pair(here.leaves, here.comes), false);
      if (is_new) known->second = packs(place, here);
      if (!known->second) continue;
      const bool packs_there = packs(one.other, {here.comes, here.leaves});
      if (places_[one.other].packed && !packs_there) continue;
      carry_out(place, one);
      places_[place].packed = true;
      places_[one.other].packed = packs_there;
      return true;
    }
    return false;
  }

  // A free room of the venue for the class, if there is one.
  bool take_free_room(SharedPlace& place) {
    for (std::uint32_t i = 0; i < exam_[place.venue].room_count; ++i) {
      const RoomIndex room(std::size_t{exam_[place.venue].first_room} + i);
      if (class_at_[room.value] != nobody || plain_[room.value] == 0) continue;
      class_at_[room.value] = place.people_class;
      place.rooms.push_back(room);
      return true;
    }
    return false;
  }

  // Makes a place fit: by a free room where rooms cost nothing, by one exchange, by sending one person away after the
  // other, by a free room at any price.
  bool mend(std::size_t place) {
    SharedPlace& here = places_[place];
    const auto try_free_rooms = [&] {
      while (!here.packed && take_free_room(here)) here.packed = packs(place, {});
      return here.packed;
    };
    if (exam_.policy.weights.room == 0 && try_free_rooms()) return true;
    for (int sent = 0; sent < most_exchanges && !ended(); ++sent) {
      if (exchange(place, impossible)) return true;
      if (!send_away(place)) break;
      here.packed = packs(place, {});
      if (here.packed) return true;
    }
    return try_free_rooms();
  }

  bool send_away(std::size_t place) {
    for (const PeopleExchange& one : exchanges(place, impossible, true)) {
      if (!packs(one.other, {nobody, one.leaves.unit})) continue;
      carry_out(place, one);
      places_[one.other].packed = true;
      return true;
    }
    return false;
  }

  // Whoever had to leave a room for few goes where there is a seat, the nearest first.
  bool seat_waiting() {
    for (const std::uint32_t person : waiting_) {
      std::vector<std::pair<Cost, std::size_t>> order;
      for (std::size_t place = 0; place < places_.size(); ++place) {
        const Cost cost = problem_.cost(person, places_[place].venue);
        if (places_[place].people_class != problem_.class_of[person] || cost >= impossible) continue;
        order.emplace_back(cost, place);
      }
      std::sort(order.begin(), order.end());
      const auto found = std::find_if(order.begin(), order.end(), [&](const auto& where) {
        add(places_[where.second], person);
        if (packs(where.second, {})) return true;
        take_out(places_[where.second], person);
        return false;
      });
      if (found == order.end()) return false;
      ++pair(person, places_[found->second].venue);
    }
    return true;
  }

  bool seat_people(const SharedPlace& place) {
    const auto packed = pack(place, {});
    if (!packed) return false;
    std::vector<std::vector<std::uint32_t>> plain(place.people.size());
    std::vector<std::vector<std::uint32_t>> wheelchairs(place.people.size());
    for (std::uint32_t unit = 0; unit < place.people.size(); ++unit) {
      std::vector<std::uint32_t> people = place.people[unit];
      std::sort(people.begin(), people.end(), std::greater<>());  // taken from the back
      for (const std::uint32_t person : people) {
        (exam_.applicants[person].accommodation.wheelchair ? wheelchairs : plain)[unit].push_back(person);
      }
    }
    for (std::size_t room = 0; room < packed->size(); ++room) {
      for (const PackedShare& share : (*packed)[room]) {
        for (int i = 0; i < share.people; ++i) {
          auto& from = (i < share.wheelchairs ? wheelchairs : plain)[share.unit];
          room_of_[from.back()] = place.rooms[room];
          from.pop_back();
        }
      }
    }
    return true;
  }

  const Problem& problem_;
  const Exam& exam_;
  std::vector<RoomIndex>& room_of_;
  const std::function<bool()>& stop_;
  std::vector<std::int32_t> pairs_;      // people by unit and venue
  std::vector<std::uint32_t> class_at_;  // by room
  std::vector<int> plain_;               // seats by room that everybody may use; 0 elsewhere
  std::vector<SharedPlace> places_;
  std::vector<std::uint32_t> waiting_;
  std::uint64_t packings_ = 0;
};

}  // namespace

bool share_rooms(const Problem& problem, std::vector<RoomIndex>& room_of, const std::function<bool()>& stop) {
  if (std::count(room_of.begin(), room_of.end(), RoomIndex::none()) > 0) return false;
  return SharedRooms(problem, room_of, stop).run();
}

}  // namespace hanjari::allocation
