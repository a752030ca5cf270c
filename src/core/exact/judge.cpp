// The values of a plan, counted over rooms and people as the contract says it.
#include <algorithm>
#include <set>
#include <tuple>

#include "exact/reading.h"

namespace hanjari::exact {
namespace {

class Judge {
 public:
  Judge(const Question& question, const std::vector<RoomIndex>& room_of)
      : question_(question), exam_(*question.exam), room_of_(room_of), travel_(exam_), people_in_(exam_.rooms.size()) {
    for (std::uint32_t person = 0; person < room_of.size(); ++person) {
      if (room_of[person].exists()) people_in_[room_of[person].value].push_back(person);
    }
  }

  bool is_lawful() const {
    for (std::size_t room = 0; room < people_in_.size(); ++room) {
      if (!is_room_lawful(RoomIndex(room))) return false;
    }
    return keeps_pins() && shares_once() && sets_aside();
  }

  Values values() const {
    Values values;
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) add_person(person, values);
    const Weights& weights = exam_.policy.weights;
    std::set<VenueIndex> venues;
    std::set<std::pair<VenueIndex, UnitIndex>> pairs;
    for (std::size_t room = 0; room < people_in_.size(); ++room) {
      if (people_in_[room].empty()) continue;
      values.total += weights.room;
      const VenueIndex venue = exam_.rooms[room].venue;
      if (venues.insert(venue).second) values.total += weights.venue + exam_[venue].opening_cost;
      for (const std::uint32_t person : people_in_[room]) {
        if (pairs.insert({venue, exam_.applicants[person].unit}).second) values.total += weights.unit_at_venue;
      }
    }
    return values;
  }

 private:
  void add_person(std::uint32_t person, Values& values) const {
    const RoomIndex room = room_of_[person];
    if (!room.exists()) {
      ++values.unseated;
      return;
    }
    const ApplicantIndex who(std::size_t{person});
    const VenueIndex venue = exam_[room].venue;
    const Standing* standing = question_.standing;
    const Metres metres = travel_.between(who, venue);
    if (standing != nullptr && standing->goes_farther(person, venue, metres, exam_.policy.moved_farther_m))
      ++values.farther;
    if (standing == nullptr || !standing->goes_along(person, venue)) {
      values.total += exam_.policy.weights.travel * metres;
      if (exam_.policy.detour_cap_m) {
        const Metres nearest = travel_.nearest(who);
        if (nearest != unreachable && metres - nearest > *exam_.policy.detour_cap_m) ++values.over_cap;
      }
    }
    if (standing == nullptr || standing->counts[person] == 0) return;
    const ChangeWeights& weights = exam_.policy.change_weights;
    if (room == standing->room[person]) {
      values.changed += standing->keeps_seat[person] != 0 ? 0 : weights.seat;
    } else {
      values.changed += venue == standing->venue[person] ? weights.room : weights.venue;
    }
  }

  bool is_room_lawful(RoomIndex room) const {
    const std::vector<std::uint32_t>& people = people_in_[room.value];
    if (people.empty()) return true;
    if (static_cast<int>(people.size()) > (*question_.capacity)[room.value]) return false;
    const Applicant& first = exam_.applicants[people.front()];
    const Unit& unit = exam_[first.unit];
    return std::all_of(people.begin(), people.end(), [&](std::uint32_t person) {
      const Applicant& other = exam_.applicants[person];
      const Unit& other_unit = exam_[other.unit];
      if (!may_sit(exam_, other, exam_[room])) return false;
      if (travel_.between(ApplicantIndex(std::size_t{person}), exam_[room].venue) == unreachable) return false;
      if (other.routing != first.routing || other_unit.duration_min != unit.duration_min ||
          other.accommodation.multiplier != first.accommodation.multiplier ||
          other.accommodation.apart() != first.accommodation.apart())
        return false;
      if (first.accommodation.may_mix() || other.unit == first.unit) return true;
      if (exam_.policy.mixing == Mixing::same_series) {
        return other_unit.series_ko == unit.series_ko && other_unit.grade == unit.grade;
      }
      return exam_.policy.mixing != Mixing::never;
    });
  }

  bool keeps_pins() const {
    const Standing* standing = question_.standing;
    if (standing == nullptr) return true;
    for (std::size_t person = 0; person < room_of_.size(); ++person) {
      if (!room_of_[person].exists()) continue;
      if (standing->closed[exam_[room_of_[person]].venue.value] != 0) return false;
      if (standing->pinned[person] != 0 && room_of_[person] != standing->room[person]) return false;
    }
    return true;
  }

  // leftover: every unit shares at most one room a venue.
  bool shares_once() const {
    if (exam_.policy.mixing != Mixing::leftover) return true;
    std::set<std::pair<VenueIndex, UnitIndex>> sharing;
    for (std::size_t room = 0; room < people_in_.size(); ++room) {
      if (people_in_[room].empty()) continue;
      if (exam_.applicants[people_in_[room].front()].accommodation.may_mix()) continue;
      std::set<UnitIndex> units;
      for (const std::uint32_t person : people_in_[room]) units.insert(exam_.applicants[person].unit);
      if (units.size() < 2) continue;
      for (const UnitIndex unit : units) {
        if (!sharing.insert({exam_.rooms[room].venue, unit}).second) return false;
      }
    }
    return true;
  }

  bool sets_aside() const {
    Reading reading;
    reading.exam = &exam_;
    make_limits(reading);
    std::vector<std::int64_t> others(exam_.venues.size(), 0);
    std::vector<std::int64_t> reserve(exam_.venues.size(), 0);
    for (std::size_t room = 0; room < people_in_.size(); ++room) {
      if (people_in_[room].empty() || exam_.rooms[room].use != RoomUse::exam) continue;
      const bool is_reserve = exam_.applicants[people_in_[room].front()].routing == Routing::reserve;
      ++(is_reserve ? reserve : others)[exam_.rooms[room].venue.value];
    }
    for (std::size_t venue = 0; venue < others.size(); ++venue) {
      const std::uint32_t district = reading.district_of[venue];
      if (district == nothing) continue;
      if (others[venue] > reading.others_allowed[venue]) return false;
      reading.district_others[district] -= others[venue];
      reading.district_reserve[district] -= std::max<std::int64_t>(0, reserve[venue] - reading.venue_reserve);
      if (reading.district_others[district] < 0 || reading.district_reserve[district] < 0) return false;
    }
    return true;
  }

  const Question& question_;
  const Exam& exam_;
  const std::vector<RoomIndex>& room_of_;
  TravelTable travel_;
  std::vector<std::vector<std::uint32_t>> people_in_;
};

}  // namespace

std::optional<Values> judge(const Question& question, const std::vector<RoomIndex>& room_of) {
  const Judge own(question, room_of);
  if (!own.is_lawful()) return std::nullopt;
  return own.values();
}

}  // namespace hanjari::exact
