#include "allocation/leftover/room_packing.h"

#include <algorithm>
#include <numeric>

namespace hanjari::allocation {
namespace {

// Fills the shared rooms one after the other, each beginning with the largest rest that is left; as full as it goes, and
// never with more seats empty than there are to spare.
class RestPacking {
 public:
  RestPacking(std::vector<int> seats, std::vector<int> rests)
      : seats_(std::move(seats)), rests_(std::move(rests)), room_of_(rests_.size(), nowhere) {
    spare_ = std::accumulate(seats_.begin(), seats_.end(), 0) - std::accumulate(rests_.begin(), rests_.end(), 0);
  }

  bool run() { return spare_ >= 0 && begin_room(0); }
  // By rest, its room.
  const std::vector<std::size_t>& room_of() const { return room_of_; }

 private:
  static constexpr std::size_t nowhere = SIZE_MAX;
  static constexpr int most_work = 2'000;  // steps; nearly all packings are found in a hundred

  bool begin_room(std::size_t room) {
    const auto first = std::find(room_of_.begin(), room_of_.end(), nowhere);
    if (first == room_of_.end()) return true;
    const auto rest = static_cast<std::size_t>(first - room_of_.begin());
    if (room == seats_.size() || rests_[rest] > seats_[room]) return false;
    room_of_[rest] = room;
    if (fill_room(room, rest + 1, seats_[room] - rests_[rest])) return true;
    room_of_[rest] = nowhere;
    return false;
  }

  bool fill_room(std::size_t room, std::size_t from, int left) {
    if (++work_ > most_work) return false;
    int tried = 0;  // rests of the same size are one choice
    for (std::size_t rest = from; left > 0 && rest < rests_.size(); ++rest) {
      if (room_of_[rest] != nowhere || rests_[rest] > left || rests_[rest] == tried) continue;
      tried = rests_[rest];
      room_of_[rest] = room;
      if (fill_room(room, rest + 1, left - tried)) return true;
      room_of_[rest] = nowhere;
    }
    if (left > spare_) return false;
    spare_ -= left;
    if (begin_room(room + 1)) return true;
    spare_ += left;
    return false;
  }

  std::vector<int> seats_;  // by room, the most first
  std::vector<int> rests_;  // the largest first
  std::vector<std::size_t> room_of_;
  int spare_ = 0;
  int work_ = 0;
};

using Shares = std::vector<std::vector<PackedShare>>;

// Wheelchair users of a unit sit in its rooms one after the other: first where the unit has no other room, then where a
// room needs to be accessible anyway.
void place_wheelchairs(const Packing& wanted, Shares& shares) {
  std::vector<int> left = wanted.wheelchairs;
  std::vector<int> rooms(left.size(), 0);  // by unit
  for (const auto& room : shares) {
    for (const PackedShare& share : room) ++rooms[share.unit];
  }
  const auto place_where = [&](const auto& wants) {
    for (auto& room : shares) {
      for (PackedShare& share : room) {
        if (left[share.unit] == 0 || !wants(room, share)) continue;
        const int here = std::min(left[share.unit], share.people - share.wheelchairs);
        share.wheelchairs += here;
        left[share.unit] -= here;
      }
    }
  };
  place_where([&](const auto&, const PackedShare& share) { return rooms[share.unit] == 1; });
  place_where([](const auto& room, const PackedShare&) {
    return std::any_of(room.begin(), room.end(), [](const PackedShare& share) { return share.wheelchairs > 0; });
  });
  place_where([](const auto&, const PackedShare&) { return true; });
}

// Rooms of equal capacity change places so that wheelchair users are in accessible ones.
bool match_accessible(const std::vector<PackedRoom>& rooms, Shares& shares) {
  const auto has_wheelchairs = [](const PackedShare& share) { return share.wheelchairs > 0; };
  const auto needs = [&](std::size_t room) {
    return std::any_of(shares[room].begin(), shares[room].end(), has_wheelchairs);
  };
  for (std::size_t room = 0; room < rooms.size(); ++room) {
    if (rooms[room].accessible || !needs(room)) continue;
    std::size_t other = 0;
    while (other < rooms.size() &&
           (!rooms[other].accessible || rooms[other].capacity != rooms[room].capacity || needs(other)))
      ++other;
    if (other == rooms.size()) return false;
    std::swap(shares[room], shares[other]);
  }
  return true;
}

}  // namespace

std::optional<Shares> pack_rooms(const std::vector<PackedRoom>& rooms, const Packing& wanted) {
  std::vector<std::size_t> order(rooms.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rooms[a].capacity > rooms[b].capacity; });
  Shares shares(rooms.size());
  std::vector<std::uint32_t> units(wanted.people.size());
  std::iota(units.begin(), units.end(), 0U);
  std::vector<int> left = wanted.people;
  const auto more_people = [&](std::uint32_t a, std::uint32_t b) { return left[a] > left[b]; };
  std::stable_sort(units.begin(), units.end(), more_people);
  for (const std::uint32_t unit : units) {
    for (const std::size_t room : order) {
      if (left[unit] == 0 || left[unit] < rooms[room].capacity || !shares[room].empty()) continue;
      shares[room].push_back({.unit = unit, .people = rooms[room].capacity});
      left[unit] -= rooms[room].capacity;
    }
  }
  std::vector<std::size_t> shared;
  std::vector<int> seats;
  for (const std::size_t room : order) {
    if (!shares[room].empty()) continue;
    shared.push_back(room);
    seats.push_back(rooms[room].capacity);
  }
  std::erase_if(units, [&](std::uint32_t unit) { return left[unit] == 0; });
  std::stable_sort(units.begin(), units.end(), more_people);
  std::vector<int> rests;
  for (const std::uint32_t unit : units) rests.push_back(left[unit]);
  RestPacking packing(std::move(seats), std::move(rests));
  if (!packing.run()) return std::nullopt;
  for (std::size_t rest = 0; rest < units.size(); ++rest) {
    shares[shared[packing.room_of()[rest]]].push_back({.unit = units[rest], .people = left[units[rest]]});
  }
  place_wheelchairs(wanted, shares);
  if (!match_accessible(rooms, shares)) return std::nullopt;
  return shares;
}

}  // namespace hanjari::allocation
