#include "sample/people.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "sample/names.h"

namespace hanjari::sample {
namespace {

constexpr std::int64_t percent_in_seoul = 64;
constexpr std::int64_t percent_around = 27;  // the rest comes from beyond

// Millionths of a degree a metre, at the latitude of Seoul.
constexpr std::int64_t lat_e9_a_metre = 8993;
constexpr std::int64_t lon_e9_a_metre = 11330;

std::int64_t metres_north(std::int64_t metres) {
  return metres * lat_e9_a_metre / 1000;
}
std::int64_t metres_east(std::int64_t metres) {
  return metres * lon_e9_a_metre / 1000;
}

Date draw_birth_day(Dice& dice, Date exam_on) {
  // 19 to 39 years, most of them in the late twenties; one in sixteen is older.
  std::int64_t age = 19 * 365 + 5 + dice.below(2900) + dice.below(4200);
  if (dice.below(16) == 0) age += dice.below(6000);
  return {exam_on.days - static_cast<std::int32_t>(age)};
}

struct Kind {
  Accommodation accommodation;
  std::int64_t weight;
};

constexpr TimeMultiplier x1_0 = TimeMultiplier::x1_0;
constexpr Kind kinds[] = {
    {{.wheelchair = true}, 13},
    {{.wheelchair = true, .multiplier = TimeMultiplier::x1_5}, 12},
    {{.separate_room = true}, 11},
    {{.large_print = true}, 13},
    {{.scribe = true, .multiplier = TimeMultiplier::x1_5}, 12},
    {{.multiplier = TimeMultiplier::x1_2}, 12},
    {{.multiplier = TimeMultiplier::x1_5}, 14},
    {{.large_print = true, .multiplier = TimeMultiplier::x1_7}, 13},
};

// Of the drawn people one who has nothing special yet.
Applicant& draw_plain(Exam& exam, Dice& dice) {
  for (;;) {
    Applicant& applicant = exam.applicants[static_cast<std::size_t>(dice.below(std::ssize(exam.applicants)))];
    if (!applicant.accommodation.any() && applicant.routing == Routing::none) return applicant;
  }
}

void add_accommodations(Exam& exam, const SampleRequest& request) {
  const auto people = std::ssize(exam.applicants);
  const auto wanted = static_cast<std::int64_t>(static_cast<double>(people) * request.accommodations_percent / 100);
  if (request.accommodations_percent <= 0) return;
  Dice dice(request.seed, "accommodations");
  std::vector<std::int64_t> weights;
  for (const Kind& kind : kinds) weights.push_back(kind.weight);
  const std::vector<std::int64_t> counts = apportion(wanted, weights);
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    for (std::int64_t count = 0; count < counts[kind]; ++count)
      draw_plain(exam, dice).accommodation = kinds[kind].accommodation;
  }
  // Confirmed or quarantined: three in ten thousand.
  for (std::int64_t count = 0; count < people * 3 / 10'000; ++count)
    draw_plain(exam, dice).routing = Routing::isolation;
  // Households of two or three who applied together and shall not sit side by side.
  for (std::int64_t word = 1; word <= people / 900; ++word) {
    const WordIndex index = exam.words.intern(fmt::format("K{:03}", word));
    Applicant first;
    for (std::int64_t member = 0; member < 2 + (word % 3 == 0 ? 1 : 0); ++member) {
      Applicant& applicant = exam.applicants[static_cast<std::size_t>(dice.below(people))];
      if (applicant.keep_apart != empty_word) continue;
      applicant.keep_apart = index;
      if (member == 0) first = applicant;
      applicant.home = first.home;
      applicant.district = first.district;
    }
  }
}

std::int64_t rooms_for(std::int64_t people, std::int64_t cap) {
  return (people + cap - 1) / cap;
}

template <class Groups>
std::int64_t rooms_for_all(const Groups& groups, std::int64_t cap) {
  std::int64_t rooms = 0;
  for (const auto& group : groups) {
    if constexpr (requires { group.second; }) {
      rooms += rooms_for(group.second, cap);
    } else {
      rooms += rooms_for(group, cap);
    }
  }
  return rooms;
}

}  // namespace

Map::Map(std::vector<Place> places, std::uint64_t seed) : places_(std::move(places)) {
  std::int64_t sum = 0;
  for (const Place& place : places_) {
    people_.push_back(sum += place.thousands);
    Dice dice(seed, fmt::format("neighbourhoods/{}", place.code));
    // A neighbourhood of Seoul has some 22,000 people.
    std::vector<Spot>& spots = spots_.emplace_back();
    for (int spot = 0; spot < std::max(3, place.thousands / 22); ++spot)
      spots.push_back({place.lat_e4 * std::int64_t{100} + dice.scatter(metres_north(place.spread_m)),
                       place.lon_e4 * std::int64_t{100} + dice.scatter(metres_east(place.spread_m))});
  }
}

Point Map::draw_point(Dice& dice, std::size_t place, std::int64_t spread_m) const {
  const std::vector<Spot>& spots = spots_[place];
  const Spot& spot = spots[static_cast<std::size_t>(dice.below(std::ssize(spots)))];
  const std::int64_t lat_e6 = spot.lat_e6 + dice.scatter(metres_north(spread_m));
  const std::int64_t lon_e6 = spot.lon_e6 + dice.scatter(metres_east(spread_m));
  return {static_cast<double>(lat_e6) / 1e6, static_cast<double>(lon_e6) / 1e6};
}

void add_people(Exam& exam, const SampleRequest& request, const UnitPlan& plan, const Map& area, const Map& around,
                const Map& beyond, Progress& progress) {
  progress.stage({"making people", "응시자 만드는 중"}, static_cast<std::uint64_t>(request.applicants));
  exam.units = plan.units;
  std::vector<std::uint16_t> unit_of;
  unit_of.reserve(static_cast<std::size_t>(request.applicants));
  for (std::size_t unit = 0; unit < plan.units.size(); ++unit)
    unit_of.insert(unit_of.end(), static_cast<std::size_t>(plan.applicants[unit]), static_cast<std::uint16_t>(unit));
  Dice order(request.seed, "order");
  for (std::size_t at = unit_of.size(); at > 1; --at)
    std::swap(unit_of[at - 1], unit_of[static_cast<std::size_t>(order.below(static_cast<std::int64_t>(at)))]);

  std::vector<WordIndex> districts;
  for (const Place& place : area.places()) districts.push_back(exam.words.intern(place.code));
  const auto width = std::max<std::size_t>(7, std::to_string(request.applicants).size());
  Dice dice(request.seed, "people");
  exam.applicants.reserve(unit_of.size());
  for (std::size_t at = 0; at < unit_of.size(); ++at) {
    if (at % 4096 == 0) progress.report(at);
    Applicant& applicant = exam.applicants.emplace_back();
    applicant.id = ApplicantId(fmt::format("A{:0{}}", at + 1, width));
    applicant.unit = UnitIndex(unit_of[at]);
    applicant.sex = dice.below(100) < plan.female_percent[unit_of[at]] ? Sex::female : Sex::male;
    applicant.name = draw_person_name(dice, applicant.sex);
    applicant.birth_on = draw_birth_day(dice, exam.header.exam_on);
    const std::int64_t lot = request.area == Area::national ? 0 : dice.below(100);
    const Map& from = lot < percent_in_seoul ? area : lot < percent_in_seoul + percent_around ? around : beyond;
    const std::size_t place = from.draw_place(dice);
    applicant.home = from.draw_point(dice, place, 350);
    if (&from == &area) applicant.district = districts[place];
  }
  add_accommodations(exam, request);
}

RoomNeed count_need(const Exam& exam) {
  RoomNeed need;
  need.with_everybody.resize(exam.units.size());
  need.isolated.resize(exam.units.size());
  need.wheelchairs.resize(exam.units.size());
  for (const Applicant& applicant : exam.applicants) {
    const Accommodation& own = applicant.accommodation;
    const std::pair time{exam[applicant.unit].duration_min, static_cast<int>(own.multiplier)};
    if (applicant.routing != Routing::isolation) ++need.with_everybody[applicant.unit.value];
    if (applicant.routing == Routing::isolation) {
      ++need.isolated[applicant.unit.value];
    } else if (own.apart()) {
      ++need.apart[time];
    } else if (own.multiplier != x1_0) {
      ++need.extra_time[time];
      if (own.wheelchair) ++need.wheelchairs_with_extra_time;
    } else if (own.wheelchair) {
      ++need.wheelchairs[applicant.unit.value];
    }
  }
  return need;
}

std::int64_t RoomNeed::people_apart() const {
  std::int64_t people = 0;
  for (const auto& [time, count] : apart) people += count;
  return people;
}

std::int64_t RoomNeed::exam_rooms(std::int64_t cap) const {
  return rooms_for_all(with_everybody, cap) + rooms_for_all(extra_time, cap);
}

std::int64_t RoomNeed::accessible_rooms(std::int64_t cap) const {
  // Every duration may need a room of its own for its wheelchairs with extra time.
  return rooms_for_all(wheelchairs, cap) + rooms_for(wheelchairs_with_extra_time, cap) +
         std::ssize(extra_time) * (wheelchairs_with_extra_time > 0 ? 1 : 0);
}

std::int64_t RoomNeed::separate_rooms(std::int64_t cap) const {
  return rooms_for_all(apart, cap);
}

std::int64_t RoomNeed::isolation_rooms(std::int64_t cap) const {
  return rooms_for_all(isolated, cap);
}

}  // namespace hanjari::sample
