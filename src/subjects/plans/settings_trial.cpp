#include "hanjari/plans/settings_trial.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/plan.h"
#include "hanjari/domain/travel.h"
#include "hanjari/seating/geometry.h"

namespace hanjari::services {
namespace {

constexpr int largest_cap = 1'000;
constexpr int widest_gap_cm = 2'000;
constexpr int most_reserve_rooms = 100;
constexpr Metres farthest_detour_m = 1'000'000;

template <class Number>
void ask_range(Faults& faults, const std::optional<Number>& value, Number least, Number most, const char* name,
               const Text& what) {
  if (!value || (*value >= least && *value <= most)) return;
  const std::string range = std::to_string(least) + "–" + std::to_string(most);
  faults.add({"", 0, name, {what.en + ": " + range, what.ko + ": " + range}, {}});
}

void refuse_impossible(const SettingsWish& wish) {
  Faults faults;
  ask_range(faults, wish.people_cap, 1, largest_cap, "people_cap", {"People in a room", "시험실 인원"});
  ask_range(faults, wish.min_gap_cm, 0, widest_gap_cm, "min_gap_cm", {"Distance in cm", "좌석 간격(cm)"});
  ask_range(faults, wish.reserve_rooms, 0, most_reserve_rooms, "reserve_rooms", {"Reserve rooms", "예비 시험실"});
  ask_range(faults, wish.detour_cap_m, Metres{0}, farthest_detour_m, "detour_cap_m", {"Detour in m", "우회 거리(m)"});
  if (!faults.empty()) throw InvalidInput(std::move(faults));
}

Policy policy_of(const Policy& now, const SettingsWish& wish) {
  Policy policy = now;
  if (wish.people_cap) policy.people_cap = wish.people_cap;
  if (wish.min_gap_cm) policy.min_gap_cm = *wish.min_gap_cm;
  if (wish.reserve_rooms) policy.reserve_rooms.per_venue = *wish.reserve_rooms;
  if (wish.detour_cap_m) policy.detour_cap_m = wish.detour_cap_m;
  return policy;
}

// People that every room holds under a policy.
std::vector<int> capacities_of(const Exam& exam, const Policy& policy) {
  seating::Capacities capacities(policy);
  std::vector<int> people;
  for (const Room& room : exam.rooms) people.push_back(room.use == RoomUse::exam ? capacities.of(room).people : 0);
  return people;
}

// Of the exam rooms of a venue without its reserve, for which the smallest are taken: so much at most.
std::int64_t capacity_of_venue(const Exam& exam, const Venue& venue, const std::vector<int>& capacities, int reserve) {
  std::vector<int> rooms;
  for (std::uint32_t at = venue.first_room; at < venue.first_room + venue.room_count; ++at) {
    if (exam.rooms[at].use == RoomUse::exam) rooms.push_back(capacities[at]);
  }
  std::sort(rooms.begin(), rooms.end());
  std::int64_t sum = 0;
  for (std::size_t at = static_cast<std::size_t>(std::max(reserve, 0)); at < rooms.size(); ++at) sum += rooms[at];
  return sum;
}

std::int64_t rooms_for(std::int64_t people, int largest) {
  return people <= 0 || largest <= 0 ? 0 : (people + largest - 1) / largest;
}

std::int64_t count_beyond(const PlannedExam& planned, const std::optional<Metres>& cap) {
  if (!cap) return 0;
  const TravelTable travel(planned.exam);
  std::int64_t beyond = 0;
  for (const Placement& placed : planned.plan.placements) {
    const Metres nearest = travel.nearest(placed.applicant);
    if (nearest != unreachable && placed.travel_m - nearest > *cap) ++beyond;
  }
  return beyond;
}

// Whom the plan seats nowhere. People with an accommodation or another routing might sit where no exam room is counted:
// without them it stays true that no plan seats the rest.
std::int64_t count_unseated(const PlannedExam& planned) {
  std::vector<bool> seated(planned.exam.applicants.size(), false);
  for (const Placement& placed : planned.plan.placements) seated[placed.applicant.value] = true;
  std::int64_t unseated = 0;
  for (std::size_t at = 0; at < seated.size(); ++at) {
    const hanjari::Applicant& person = planned.exam.applicants[at];
    if (!seated[at] && person.routing == Routing::none && !person.accommodation.any()) ++unseated;
  }
  return unseated;
}

}  // namespace

Text tell_why_unseated(std::string_view reason) {
  const UnseatedReason* known = find_unseated_reason(reason);
  return known == nullptr ? Text{"another reason", "그 밖의 이유"} : known->of_people;
}

SettingsTrial try_settings(const PlanCopy& copy, const SettingsWish& wish) {
  refuse_impossible(wish);
  const Exam& exam = copy.planned.exam;
  const Policy policy = policy_of(exam.policy, wish);
  const std::vector<int> before = capacities_of(exam, exam.policy);
  const std::vector<int> after = capacities_of(exam, policy);
  std::vector<std::int64_t> sitting(exam.rooms.size(), 0);
  for (const Placement& placed : copy.planned.plan.placements) ++sitting[placed.room.value];
  std::map<std::string, DistrictTrial> districts;
  std::map<std::string, int> largest;
  SettingsTrial trial;
  int largest_of_all = 0;
  for (const Venue& venue : exam.venues) {
    const std::string& code = exam.words[venue.district];
    DistrictTrial& district = districts[code];
    district.capacity_before += capacity_of_venue(exam, venue, before, exam.policy.reserve_rooms.per_venue);
    district.capacity_after += capacity_of_venue(exam, venue, after, policy.reserve_rooms.per_venue);
    for (std::uint32_t at = venue.first_room; at < venue.first_room + venue.room_count; ++at) {
      if (exam.rooms[at].use != RoomUse::exam) continue;
      district.people += sitting[at];
      district.displaced += std::max<std::int64_t>(sitting[at] - after[at], 0);
      largest[code] = std::max(largest[code], after[at]);
      largest_of_all = std::max(largest_of_all, after[at]);
    }
  }
  for (auto& [code, district] : districts) {
    district.code = code;
    district.name = code.empty() ? Text{"Without a district", "시군구 미지정"} : name_of_district(code);
    district.missing = std::max<std::int64_t>(district.people - district.capacity_after, 0);
    district.rooms = rooms_for(district.missing, largest[code] > 0 ? largest[code] : largest_of_all);
    trial.people += district.people;
    trial.capacity_before += district.capacity_before;
    trial.capacity_after += district.capacity_after;
    trial.displaced += district.displaced;
    trial.districts.push_back(district);
  }
  trial.unseated = count_unseated(copy.planned);
  trial.people += trial.unseated;
  trial.missing = std::max<std::int64_t>(trial.people - trial.capacity_after, 0);
  trial.rooms = rooms_for(trial.missing, largest_of_all);
  trial.over_cap_before = count_beyond(copy.planned, exam.policy.detour_cap_m);
  trial.over_cap_after = count_beyond(copy.planned, policy.detour_cap_m);
  return trial;
}

}  // namespace hanjari::services
