#include "exact/reading.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace hanjari::exact {
namespace {

bool sets_aside(const Policy& policy) {
  return policy.reserve_rooms.per_venue > 0 || policy.reserve_rooms.per_district > 0;
}

bool may_be_set_aside(const Exam& exam, const Room& room) {
  return room.use == RoomUse::exam && exam[room.venue].kind == VenueKind::regular;
}

void make_kinds(const Question& question, Reading& reading) {
  const Exam& exam = *question.exam;
  std::vector<char> stood(exam.rooms.size(), 0);
  if (question.standing != nullptr) {
    for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
      const RoomIndex room = question.standing->room[person];
      if (room.exists() && question.standing->counts[person] != 0) stood[room.value] = 1;
    }
  }
  reading.kind_of.assign(exam.rooms.size(), nothing);
  using Key = std::tuple<std::uint32_t, int, bool, RoomUse, std::uint32_t>;
  std::map<Key, std::uint32_t> numbers;
  for (std::uint32_t at = 0; at < exam.rooms.size(); ++at) {
    const Room& room = exam.rooms[at];
    const int capacity = (*question.capacity)[at];
    if (capacity <= 0) continue;
    if (question.standing != nullptr && question.standing->closed[room.venue.value] != 0) continue;
    const Key key(room.venue.value, -capacity, !room.accessible, room.use, stood[at] != 0 ? at : nothing);
    const auto [entry, is_new] = numbers.emplace(key, static_cast<std::uint32_t>(reading.kinds.size()));
    if (is_new) {
      reading.kinds.push_back({room.venue, capacity, room.accessible, room.use, may_be_set_aside(exam, room), {}});
    }
    reading.kinds[entry->second].rooms.push_back(RoomIndex(std::size_t{at}));
    reading.kind_of[at] = entry->second;
  }
}

// The first unit that the unit may always share a room with.
std::vector<std::uint32_t> unit_keys(const Exam& exam) {
  std::vector<std::uint32_t> keys(exam.units.size());
  for (std::uint32_t unit = 0; unit < keys.size(); ++unit) {
    keys[unit] = exam.policy.mixing == Mixing::free ? 0 : unit;
    if (exam.policy.mixing != Mixing::same_series) continue;
    for (std::uint32_t other = 0; other < unit; ++other) {
      if (exam.units[other].series_ko == exam.units[unit].series_ko &&
          exam.units[other].grade == exam.units[unit].grade) {
        keys[unit] = other;
        break;
      }
    }
  }
  return keys;
}

// Companies of everybody, in an order that depends on what they are; gives everybody's.
std::vector<std::uint32_t> make_companies(Reading& reading) {
  const Exam& exam = *reading.exam;
  const std::vector<std::uint32_t> key_of_unit = unit_keys(exam);
  using Key = std::tuple<Routing, int, TimeMultiplier, bool, std::uint32_t>;
  std::map<Key, std::uint32_t> numbers;
  std::vector<Key> keys;
  for (const Applicant& person : exam.applicants) {
    const Accommodation& needs = person.accommodation;
    keys.emplace_back(person.routing, exam[person.unit].duration_min, needs.multiplier, needs.apart(),
                      needs.may_mix() ? nothing : key_of_unit[person.unit.value]);
    numbers.emplace(keys.back(), 0);
  }
  std::map<std::pair<Routing, int>, std::vector<std::uint32_t>> sharings;
  for (auto& [key, number] : numbers) {
    number = static_cast<std::uint32_t>(reading.companies.size());
    const bool may_mix = std::get<4>(key) == nothing;
    reading.companies.push_back({.routing = std::get<0>(key), .may_mix = may_mix});
    if (exam.policy.mixing == Mixing::leftover && !may_mix) {
      sharings[{std::get<0>(key), std::get<1>(key)}].push_back(number);
    }
  }
  for (const auto& [key, members] : sharings) {
    if (members.size() < 2) continue;
    for (const std::uint32_t company : members) reading.companies[company].sharing = reading.sharings;
    ++reading.sharings;
  }
  std::vector<std::uint32_t> company_of;
  for (const Key& key : keys) {
    company_of.push_back(numbers.find(key)->second);
    ++reading.companies[company_of.back()].people;
  }
  return company_of;
}

class TypeMaker {
 public:
  TypeMaker(const Question& question, const TravelTable& travel, Reading& reading)
      : question_(question), travel_(travel), exam_(*question.exam), reading_(reading) {}

  void add(std::uint32_t person, std::uint32_t company) {
    const std::vector<Place> places = places_of(person);
    if (places.empty()) {
      reading_.nowhere.push_back(person);
      reading_.type_of.push_back(nothing);
      return;
    }
    std::vector<std::int64_t> key{company, exam_.applicants[person].unit.value};
    for (const Place& place : places) {
      key.insert(key.end(), {place.kind, place.changed, place.farther, place.over_cap, place.travel});
    }
    const auto [entry, is_new] = numbers_.emplace(std::move(key), static_cast<std::uint32_t>(reading_.types.size()));
    if (is_new) reading_.types.push_back({company, exam_.applicants[person].unit, places, {}});
    reading_.types[entry->second].people.push_back(person);
    reading_.type_of.push_back(entry->second);
  }

 private:
  std::int64_t change(std::uint32_t person, const RoomKind& kind) const {
    if (question_.standing == nullptr || question_.standing->counts[person] == 0) return 0;
    const ChangeWeights& weights = exam_.policy.change_weights;
    if (kind.rooms.front() == question_.standing->room[person]) {
      return question_.standing->keeps_seat[person] != 0 ? 0 : weights.seat;
    }
    return kind.venue == question_.standing->venue[person] ? weights.room : weights.venue;
  }

  std::vector<Place> places_of(std::uint32_t person) const {
    std::vector<Place> places;
    const ApplicantIndex who(std::size_t{person});
    const Metres nearest = exam_.policy.detour_cap_m ? travel_.nearest(who) : unreachable;
    for (std::uint32_t number = 0; number < reading_.kinds.size(); ++number) {
      const RoomKind& kind = reading_.kinds[number];
      if (!may_sit(exam_, exam_[who], exam_[kind.rooms.front()])) continue;
      if (question_.standing != nullptr && question_.standing->pinned[person] != 0 &&
          kind.rooms.front() != question_.standing->room[person])
        continue;
      const Metres metres = travel_.between(who, kind.venue);
      if (metres == unreachable) continue;
      const Standing* standing = question_.standing;
      const bool farther =
          standing != nullptr && standing->goes_farther(person, kind.venue, metres, exam_.policy.moved_farther_m);
      if (standing != nullptr && standing->goes_along(person, kind.venue)) {
        places.push_back({number, change(person, kind), farther ? 1 : 0, 0, 0});
        continue;
      }
      const bool over = nearest != unreachable && metres - nearest > *exam_.policy.detour_cap_m;
      places.push_back(
          {number, change(person, kind), farther ? 1 : 0, over ? 1 : 0, exam_.policy.weights.travel * metres});
    }
    return places;
  }

  const Question& question_;
  const TravelTable& travel_;
  const Exam& exam_;
  Reading& reading_;
  std::map<std::vector<std::int64_t>, std::uint32_t> numbers_;
};

}  // namespace

bool may_sit(const Exam& exam, const Applicant& person, const Room& room) {
  const VenueKind kind = exam[room.venue].kind;
  if ((kind == VenueKind::isolation) != (person.routing == Routing::isolation)) return false;
  if (room.use == RoomUse::reserve) {
    if (person.routing != Routing::reserve) return false;
  } else if (person.routing == Routing::reserve && !(may_be_set_aside(exam, room) && sets_aside(exam.policy))) {
    return false;
  }
  const bool for_accommodations = room.use == RoomUse::separate || kind == VenueKind::accommodation;
  if (for_accommodations && !person.accommodation.any()) return false;
  return room.accessible || !person.accommodation.wheelchair;
}

void make_limits(Reading& reading) {
  const Exam& exam = *reading.exam;
  const ReserveRooms& policy = exam.policy.reserve_rooms;
  reading.venue_reserve = policy.per_venue;
  reading.others_allowed.assign(exam.venues.size(), -1);
  reading.district_of.assign(exam.venues.size(), nothing);
  std::map<std::string_view, std::uint32_t> numbers;
  std::vector<std::int64_t> rooms_of_district;
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    if (exam.venues[venue].kind != VenueKind::regular) continue;
    const auto [entry, is_new] =
        numbers.emplace(exam.words[exam.venues[venue].district], static_cast<std::uint32_t>(rooms_of_district.size()));
    if (is_new) rooms_of_district.push_back(0);
    const auto rooms = exam.rooms_of(VenueIndex(venue));
    const std::int64_t count =
        std::count_if(rooms.begin(), rooms.end(), [](const Room& room) { return room.use == RoomUse::exam; });
    rooms_of_district[entry->second] += count;
    reading.district_of[venue] = entry->second;
    reading.others_allowed[venue] = count - std::min<std::int64_t>(policy.per_venue, count);
  }
  for (const std::int64_t rooms : rooms_of_district) {
    const std::int64_t due = std::min<std::int64_t>(policy.per_district, rooms);
    reading.district_others.push_back(rooms - due);
    reading.district_reserve.push_back(due);
  }
}

Reading read(const Question& question, const TravelTable& travel) {
  Reading reading;
  reading.exam = question.exam;
  make_kinds(question, reading);
  make_limits(reading);
  const std::vector<std::uint32_t> company_of = make_companies(reading);
  TypeMaker types(question, travel, reading);
  for (std::uint32_t person = 0; person < company_of.size(); ++person) types.add(person, company_of[person]);
  return reading;
}

}  // namespace hanjari::exact
