#include "hanjari/sample/sample.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "sample/people.h"
#include "sample/places.h"
#include "sample/schools.h"
#include "sample/units.h"

namespace hanjari::sample {
namespace {

constexpr std::int64_t founding_applicants = 36109;
constexpr std::int64_t founding_venues = 101;
constexpr std::int64_t most_applicants = 10'000'000;
constexpr std::int64_t most_rooms_a_venue = 60;
constexpr int caps[] = {15, 20, 25, 30};
constexpr int largest_cap = 30;  // the desks of the largest room, 6 x 5
constexpr int isolation_cap = 6;

std::string grouped(std::int64_t number) {
  return group_digits(number);
}

[[noreturn]] void refuse(Text message) {
  throw InvalidInput("sample_impossible", std::move(message));
}

void check(const SampleRequest& request) {
  if (request.applicants < 1 || request.applicants > most_applicants) {
    refuse(
        {fmt::format("a sample has 1 to {} applicants, not {}", grouped(most_applicants), grouped(request.applicants)),
         fmt::format("응시자는 1명에서 {}명까지이며 {}명은 만들 수 없습니다", grouped(most_applicants),
                     grouped(request.applicants))});
  }
  if (request.units && (*request.units < 1 || *request.units > most_units || *request.units > request.applicants)) {
    refuse({fmt::format("a sample has 1 to {} units and not more than applicants, not {}", most_units, *request.units),
            fmt::format("모집단위는 1개에서 {}개까지, 응시자 수 이하여야 하며 {}개는 만들 수 없습니다", most_units,
                        *request.units)});
  }
  if (request.cap && (*request.cap < 1 || *request.cap > largest_cap)) {
    refuse({fmt::format("a room holds 1 to {} people, not {}", largest_cap, *request.cap),
            fmt::format("시험실 정원은 1명에서 {}명까지이며 {}명은 안 됩니다", largest_cap, *request.cap)});
  }
  if (!(request.accommodations_percent >= 0 && request.accommodations_percent <= 30)) {
    refuse({fmt::format("0 to 30 percent of the people have accommodations, not {}", request.accommodations_percent),
            in_korean("편의지원 비율은 0에서 30퍼센트까지이며 {}[은/는] 안 됩니다", request.accommodations_percent)});
  }
  if (request.venues && (*request.venues < 1 || *request.venues > 100'000)) {
    refuse({fmt::format("a sample has 1 to 100,000 venues, not {}", *request.venues),
            fmt::format("시험장은 1곳에서 100,000곳까지이며 {}곳은 만들 수 없습니다", *request.venues)});
  }
}

ExamHeader make_header(const SampleRequest& request, const UnitPlan& units) {
  ExamHeader header;
  const bool national = request.area == Area::national;
  header.code =
      ExamCode(fmt::format("sample-{}-{}-{}", national ? "national" : "seoul", request.applicants, request.seed));
  header.name_ko =
      fmt::format("가상 {} 임용시험 (응시자 {}명)", national ? "전국" : "서울특별시", grouped(request.applicants));
  header.name_en = fmt::format("Sample recruitment exam, {} ({} applicants)", national ? "whole country" : "Seoul",
                               grouped(request.applicants));
  header.exam_on = *parse_date("2027-06-12");
  header.time_zone = "Asia/Seoul";
  const std::int64_t largest = *std::max_element(units.applicants.begin(), units.applicants.end());
  header.applicant_number.digits = std::max(5, static_cast<int>(std::to_string(largest).size()));
  return header;
}

struct Size {
  std::int64_t venues = 0;
  std::int64_t rooms = 0;
  int cap = 0;
};

std::int64_t with_spare(std::int64_t rooms) {
  return rooms + rooms * 2 / 100;
}

// The smallest cap whose rooms fit, with as many rooms as wanted or as needed.
Size choose_size(const SampleRequest& request, const RoomNeed& need) {
  const auto most_of = [&](std::int64_t venues) { return venues * most_rooms_a_venue; };
  std::vector<int> candidates(std::begin(caps), std::end(caps));
  if (request.cap) candidates = {*request.cap};
  std::int64_t least_needed = 0;
  for (const int cap : candidates) {
    const std::int64_t needed = need.exam_rooms(cap);
    least_needed = needed;
    Size size;
    size.cap = cap;
    size.rooms = request.rooms ? *request.rooms : with_spare(needed);
    size.venues = request.venues
                      ? *request.venues
                      : std::clamp<std::int64_t>(
                            (request.applicants * founding_venues + founding_applicants / 2) / founding_applicants,
                            (size.rooms + most_rooms_a_venue - 1) / most_rooms_a_venue, size.rooms);
    // Without a wish for rooms every venue gets one at least.
    if (!request.rooms) size.rooms = std::max(size.rooms, size.venues);
    if (size.rooms >= needed && size.rooms >= size.venues && size.rooms <= most_of(size.venues)) return size;
  }
  const int cap = candidates.back();
  if (request.rooms && *request.rooms < least_needed) {
    refuse({fmt::format("{} rooms are too few: one unit per room and {} people a room need {}; ask for more rooms or "
                        "fewer applicants",
                        grouped(*request.rooms), cap, grouped(least_needed)),
            fmt::format(
                "시험실 {}개로는 모자랍니다. 시험실마다 한 모집단위, {}명씩이면 {}개가 필요합니다. 시험실을 늘리거나 "
                "응시자를 줄이십시오",
                grouped(*request.rooms), cap, grouped(least_needed))});
  }
  const std::int64_t rooms = request.rooms ? *request.rooms : with_spare(least_needed);
  const std::int64_t venues = request.venues.value_or(0);
  refuse({fmt::format("{} not fit {}: a venue has 1 to {} rooms", count_of(venues, "venue does", "venues do"),
                      count_of(rooms, "room", "rooms"), most_rooms_a_venue),
          fmt::format("시험장 {}곳에 시험실 {}개는 맞지 않습니다. 시험장마다 시험실은 1개에서 {}개까지입니다",
                      grouped(venues), grouped(rooms), most_rooms_a_venue)});
}

Map map_of_area(const SampleRequest& request) {
  std::vector<Place> places(seoul_districts().begin(), seoul_districts().end());
  if (request.area == Area::national) {
    places.insert(places.end(), capital_region().begin(), capital_region().end());
    places.insert(places.end(), other_cities().begin(), other_cities().end());
  }
  return Map(std::move(places), request.seed);
}

Map map_of(std::span<const Place> places, std::uint64_t seed) {
  return Map(std::vector<Place>(places.begin(), places.end()), seed);
}

}  // namespace

Exam make_sample(const SampleRequest& request, Progress& progress) {
  check(request);
  const int units =
      request.units.value_or(static_cast<int>(std::min<std::int64_t>(founding_units, request.applicants)));
  const UnitPlan unit_plan = plan_units(units, request.applicants, request.area);
  Exam exam;
  exam.header = make_header(request, unit_plan);
  const Map area = map_of_area(request);
  add_people(exam, request, unit_plan, area, map_of(capital_region(), request.seed),
             map_of(other_cities(), request.seed), progress);

  const RoomNeed need = count_need(exam);
  const Size size = choose_size(request, need);
  exam.policy.people_cap = size.cap;
  SchoolPlan schools;
  schools.venues = size.venues;
  schools.exam_rooms = size.rooms;
  schools.cap = size.cap;
  schools.rows = size.cap > 25 || request.area == Area::national ? 6 : 5;
  if (request.accommodations_percent > 0) {
    schools.reserve_rooms = true;
    schools.accessible_rooms = need.accessible_rooms(size.cap);
    // One room for two of those who sit apart, as they live all over the area.
    const std::int64_t needed = need.separate_rooms(std::min<std::int64_t>(size.cap, separate_room_people));
    schools.separate_rooms = std::max(needed + 2, need.people_apart() / 2);
    schools.isolation_rooms = need.isolation_rooms(std::min(size.cap, isolation_cap)) + 4;
    schools.accommodation_rooms = static_cast<int>(12 + request.applicants / 100'000);
  }
  add_schools(exam, schools, area, request.seed);
  make_canonical(exam);
  return exam;
}

}  // namespace hanjari::sample
