// Seats of offered rooms under the rule of a request, and the sums of the districts.
#include <exception>
#include <map>
#include <mutex>
#include <string>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/seating/geometry.h"
#include "hanjari/venues/venue_offers.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

Policy policy_of_rule(const SeatRule& rule) {
  Policy policy;
  policy.min_gap_cm = rule.min_gap_cm;
  policy.people_cap = rule.people_cap;
  return policy;
}

// What one room, and all rooms of a school, may cost while somebody waits. A room of 10 x 10 desks costs less than a million, a hall
// of 15 x 20 nine; the search takes ten times as much for some desks more.
constexpr std::size_t work_of_room = 10'000'000;
constexpr std::size_t work_of_school = 25'000'000;

struct CountedRoom {
  seating::RoomCapacity capacity;
  std::size_t cost = 0;
  std::exception_ptr refused{};  // it is too large
};

// Pages count the rooms of every school each time they are shown, and whoever enters rooms chooses how hard they are to count.
class CountedRooms {
 public:
  CountedRoom count(const Room& room, const Policy& policy) {
    const std::string key = key_of(room, policy);
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = counted_.find(key); found != counted_.end()) return found->second;
    }
    CountedRoom counted;
    std::size_t work = work_of_room;
    try {
      counted.capacity = seating::room_capacity_within(room, policy, work);
    } catch (const InvalidInput&) {
      counted.refused = std::current_exception();
    }
    counted.cost = work_of_room - work;
    const std::lock_guard lock(mutex_);
    if (counted_.size() >= most_kept) counted_.clear();
    counted_.emplace(key, counted);
    return counted;
  }

 private:
  static constexpr std::size_t most_kept = 20'000;

  static std::string key_of(const Room& room, const Policy& policy) {
    std::string text = fmt::format("{} {} {} {} {} {} {}", room.row_count, room.column_count, room.row_pitch_cm,
                                   room.column_pitch_cm, policy.min_gap_cm, policy.people_cap.value_or(-1),
                                   room.people_cap.value_or(-1));
    for (const Desk& desk : room.blocked) text += fmt::format(" {}-{}", desk.row, desk.column);
    return sha256(text).hex();
  }

  std::mutex mutex_;
  std::map<std::string, CountedRoom> counted_;
};

CountedRoom count_room(const Room& room, const Policy& policy) {
  static CountedRooms rooms;
  return rooms.count(room, policy);
}

void count_binding(OfferSeats& seats, seating::Binding binding) {
  switch (binding) {
    case seating::Binding::geometry:
      ++seats.bound_by_desks;
      break;
    case seating::Binding::policy_cap:
      ++seats.bound_by_rule;
      break;
    case seating::Binding::room_cap:
      ++seats.bound_by_room;
      break;
  }
}

SeatLimit limit_of(seating::Binding binding) {
  if (binding == seating::Binding::policy_cap) return SeatLimit::rule;
  return binding == seating::Binding::room_cap ? SeatLimit::room : SeatLimit::desks;
}

bool is_confirmed(OfferState state) {
  return state == OfferState::confirmed || state == OfferState::accepted;
}

}  // namespace

std::string_view spell(SeatLimit limit) {
  return limit == SeatLimit::desks ? "desks" : limit == SeatLimit::rule ? "rule" : "room";
}

Text name_of(SeatLimit limit) {
  if (limit == SeatLimit::rule) return {"the rule's cap", "인원 기준"};
  if (limit == SeatLimit::room) return {"the room's own cap", "시험실 상한"};
  return {"desks and distance", "책상과 거리"};
}

RoomSeats count_seats(const Room& room, const SeatRule& rule) {
  const CountedRoom counted = count_room(room, policy_of_rule(rule));
  if (counted.refused) std::rethrow_exception(counted.refused);
  return {counted.capacity.people, counted.capacity.desks, limit_of(counted.capacity.binding)};
}

bool is_countable(const SeatRule& rule) {
  constexpr int most = 10'000;
  return rule.min_gap_cm >= 0 && rule.min_gap_cm <= most &&
         (!rule.people_cap || (*rule.people_cap >= 1 && *rule.people_cap <= most));
}

void find_uncountable(const std::vector<Room>& rooms, const SeatRule& rule, EntryFaults& faults) {
  const Policy policy = policy_of_rule(rule);
  std::map<seating::RoomShape, bool> countable;
  std::size_t cost = 0;
  for (const Room& room : rooms) {
    const auto [entry, is_new] = countable.try_emplace(seating::shape_of(room), true);
    if (is_new) {
      const CountedRoom counted = cost > work_of_school ? CountedRoom{} : count_room(room, policy);
      cost += counted.cost;
      entry->second = !counted.refused && cost <= work_of_school;
    }
    if (entry->second) continue;
    faults.add("rooms", {fmt::format("Room {}: too large to be counted at this distance. Divide it, or block the desks that "
                                     "are not used.",
                                     room.room_no),
                         fmt::format("{}번 시험실: 이 거리로 좌석 수를 셀 수 없을 만큼 큽니다. 시험실을 나누거나 쓰지 않는 책상을 "
                                     "막으십시오.",
                                     room.room_no)});
  }
}

OfferSeats count_seats(const std::vector<Room>& rooms, const SeatRule& rule) {
  const Policy policy = policy_of_rule(rule);
  OfferSeats seats;
  for (const Room& room : rooms) {
    ++seats.rooms;
    if (room.use != RoomUse::exam) continue;  // a reserve room has nobody on the plan
    const CountedRoom counted = count_room(room, policy);
    if (counted.refused) {
      ++seats.uncounted;  // one room of one district keeps no table from being shown
      continue;
    }
    seats.seats += counted.capacity.people;
    count_binding(seats, counted.capacity.binding);
  }
  return seats;
}

std::vector<DistrictCount> count_districts(const VenueRequest& request, const std::vector<VenueOffer>& offers) {
  std::map<DistrictCode, DistrictCount> counts;
  for (const DistrictWish& wish : request.districts) {
    counts[wish.district].wanted = wish.seats;
  }
  for (const VenueOffer& offer : offers) {
    DistrictCount& count = counts[offer.district];
    if (offer.state == OfferState::withdrawn) continue;
    ++count.offers;
    if (offer.state == OfferState::draft || offer.state == OfferState::asked_back) continue;
    count.answered = true;
    // Isolation and accommodation venues do not seat those for whom the city asks.
    const std::int64_t seats = offer.kind == VenueKind::regular ? count_seats(offer.rooms, request.rule).seats : 0;
    count.offered_seats += seats;
    if (is_confirmed(offer.state)) count.confirmed_seats += seats;
    if (offer.state == OfferState::accepted) count.accepted_seats += seats;
    if (offer.state == OfferState::confirmed) ++count.waiting;
  }
  std::vector<DistrictCount> list;
  for (auto& [district, count] : counts) {
    count.district = district;
    list.push_back(count);
  }
  return list;
}

}  // namespace hanjari::services
