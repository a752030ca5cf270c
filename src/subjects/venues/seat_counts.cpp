// Seats of offered rooms under the rule of a request, and the sums of the districts.
#include <map>

#include <fmt/format.h>

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
  const seating::RoomCapacity capacity = seating::room_capacity(room, policy_of_rule(rule));
  return {capacity.people, capacity.desks, limit_of(capacity.binding)};
}

bool is_countable(const SeatRule& rule) {
  constexpr int most = 10'000;
  return rule.min_gap_cm >= 0 && rule.min_gap_cm <= most &&
         (!rule.people_cap || (*rule.people_cap >= 1 && *rule.people_cap <= most));
}

void find_uncountable(const std::vector<Room>& rooms, const SeatRule& rule, EntryFaults& faults) {
  const Policy policy = policy_of_rule(rule);
  std::map<seating::RoomShape, bool> countable;
  for (const Room& room : rooms) {
    const auto [entry, is_new] = countable.try_emplace(seating::shape_of(room), true);
    if (is_new) {
      try {
        static_cast<void>(seating::room_capacity(room, policy));
      } catch (const InvalidInput&) {
        entry->second = false;
      }
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
  seating::Capacities capacities(policy);
  OfferSeats seats;
  for (const Room& room : rooms) {
    ++seats.rooms;
    if (room.use != RoomUse::exam) continue;  // a reserve room has nobody on the plan
    try {
      const seating::RoomCapacity capacity = capacities.of(room);
      seats.seats += capacity.people;
      count_binding(seats, capacity.binding);
    } catch (const InvalidInput&) {
      ++seats.uncounted;  // one room of one district keeps no table from being shown
    }
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
