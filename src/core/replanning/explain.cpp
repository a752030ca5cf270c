#include "replanning/explain.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/base/people.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/plan.h"
#include "replanning/room_choice.h"

namespace hanjari::replanning {
namespace {

const char* find_reason(const ChangeProblem& problem, const TravelTable& travel, std::uint32_t person) {
  const Exam& exam = *problem.exam;
  const Applicant& applicant = exam.applicants[person];
  if (problem.pinned[person] != 0) return "pinned";
  bool admitted = false;
  bool accessible = false;
  bool reachable = false;
  for (const RoomPool& pool : problem.pools) {
    if (!problem.admits(pool, person)) continue;
    admitted = true;
    const bool fits =
        !applicant.accommodation.wheelchair ||
        std::any_of(pool.rooms.begin(), pool.rooms.end(), [&](RoomIndex room) { return exam[room].accessible; });
    accessible = accessible || fits;
    reachable = reachable || (fits && travel.between(ApplicantIndex(person), pool.venue) != unreachable);
  }
  if (!admitted && applicant.routing == Routing::isolation) return "no_isolation_venue";
  if (!admitted && applicant.routing == Routing::reserve) return "no_reserve_room";
  if (admitted && !accessible) return "no_accessible_room";
  if (!reachable) return "no_reachable_venue";
  if (applicant.accommodation.apart()) return "no_separate_room";
  if (applicant.accommodation.multiplier != TimeMultiplier::x1_0) return "no_multiplier_room";
  return "no_capacity";
}

Text name_of_rooms(const MissingRooms& missing) {
  if (missing.kind == VenueKind::isolation) return {"rooms of an isolation venue", "별도시험장 시험실"};
  if (missing.use == RoomUse::reserve) return {"reserve rooms", "예비시험실"};
  if (missing.kind == VenueKind::accommodation || missing.use == RoomUse::separate)
    return {"rooms for people with accommodations", "편의지원 시험실"};
  return {"exam rooms", "시험실"};
}

}  // namespace

void explain_unseated(const ChangeProblem& problem, const std::vector<RoomIndex>& room_of, Plan& plan) {
  const TravelTable travel(*problem.exam);
  for (std::uint32_t person = 0; person < room_of.size(); ++person) {
    if (room_of[person].exists()) continue;
    const UnseatedReason& reason = *find_unseated_reason(find_reason(problem, travel, person));
    plan.unseated.push_back({ApplicantIndex(person), std::string(reason.code), reason.detail});
  }
}

bool is_proof(const Unseated& unseated) {
  return find_unseated_reason(unseated.reason)->alone;
}

std::vector<MissingRooms> find_missing_rooms(const ChangeProblem& problem, const Seed& seed, Exam& larger) {
  const Exam& exam = *problem.exam;
  seating::Reseating seats(exam, seed, problem.published->digest);
  const RoomChooser chooser(problem, Aim::plan, seats);
  const RoomChoice choice = chooser.choose({.weights = exam.policy.change_weights, .additions = true});
  using Key = std::tuple<std::string, VenueKind, RoomUse, int>;
  std::map<Key, Count> rooms;
  std::vector<int> last_room_no(exam.venues.size(), 0);
  for (const Room& room : exam.rooms)
    last_room_no[room.venue.value] = std::max(last_room_no[room.venue.value], room.room_no);
  for (std::size_t i = 0; i < choice.additions.size(); ++i) {
    if (choice.additions[i] == 0) continue;
    const RoomPool& pool = problem.pools[i];
    const RoomIndex like = *std::find_if(pool.rooms.begin(), pool.rooms.end(), [&](RoomIndex room) {
      return problem.capacity[room.value] == pool.capacities.front();
    });
    const Venue& venue = exam[pool.venue];
    rooms[{exam.words[venue.district], venue.kind, exam[like].use, pool.capacities.front()}] += choice.additions[i];
    for (Count count = 0; count < choice.additions[i]; ++count) {
      Room room = exam[like];
      room.room_no = ++last_room_no[pool.venue.value];
      larger.rooms.push_back(std::move(room));
    }
  }
  make_canonical(larger);
  std::vector<MissingRooms> missing;
  for (const auto& [key, count] : rooms)
    missing.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count, std::get<3>(key)});
  return missing;
}

void add_conflicts(const ChangeProblem& problem, Replanned& result) {
  const Exam& exam = *problem.exam;
  std::vector<Text>& conflicts = result.plan.report.conflicts;
  std::map<std::string, Count> by_reason;
  for (const Unseated& who : result.plan.unseated) ++by_reason[who.reason];
  for (const auto& [code, count] : by_reason) {
    const Text& detail = find_unseated_reason(code)->detail;
    conflicts.push_back({fmt::format("{}: {}; each {}", code, count_people(count), detail.en),
                         fmt::format("{}: {}명. {}", code, group_digits(count), detail.ko)});
  }
  std::set<std::tuple<VenueKind, RoomUse, int>> kinds;
  for (const MissingRooms& missing : result.missing) kinds.insert({missing.kind, missing.use, missing.capacity});
  for (const auto& [kind, use, capacity] : kinds) {
    Count all = 0;
    Text list;
    Text name;
    for (const MissingRooms& missing : result.missing) {
      if (std::tuple(missing.kind, missing.use, missing.capacity) != std::tuple(kind, use, capacity)) continue;
      all += missing.rooms;
      name = name_of_rooms(missing);
      const std::string& code = missing.district_code;
      const Text district = code.empty() ? Text{"elsewhere", "그 밖"} : name_of_district(code);
      list.en += fmt::format("{}{} {}", list.en.empty() ? "" : ", ", district.en, missing.rooms);
      list.ko += fmt::format("{}{} {}", list.ko.empty() ? "" : ", ", district.ko, missing.rooms);
    }
    Count there = 0;
    for (const RoomPool& pool : problem.pools) {
      const Venue& venue = exam[pool.venue];
      if (venue.kind == kind && !pool.set_aside && exam[pool.rooms.front()].use == use) there += pool.allowed;
    }
    const bool enough = result.missing_is_enough;
    conflicts.push_back(
        {fmt::format(
             "{} more {} of {} each are needed beside the {} that may be used{}; fewest moves by district: {}",
             group_digits(all), name.en, count_people(capacity), group_digits(there), enough ? ", and are enough" : "", list.en),
         fmt::format(
             "사용할 수 있는 {} {}실 외에 {}명씩 들어가는 {}실이 더 필요합니다{}. 이동이 가장 적은 시군구별 수: {}",
             name.ko, group_digits(there), capacity, group_digits(all), enough ? "(그만큼이면 충분합니다)" : "",
             list.ko)});
  }
}

}  // namespace hanjari::replanning
