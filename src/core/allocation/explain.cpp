#include "allocation/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "allocation/demand_flow.h"
#include "hanjari/base/people.h"

namespace hanjari::allocation {
namespace {

std::string grouped(std::int64_t count) {
  return group_digits(count);
}

Text list_units(const Exam& exam, const std::vector<UnitIndex>& units) {
  if (units.size() == exam.units.size() && units.size() > 1) return {"all units", "전체 모집단위"};
  std::string codes;
  for (std::size_t i = 0; i < units.size() && i < 8; ++i) {
    codes += (i == 0 ? "" : ", ") + exam[units[i]].code.text();
  }
  if (units.size() > 8) codes += ", ...";
  return {(units.size() == 1 ? "unit " : "units ") + codes, "모집단위 " + codes};
}

// Who the people are beyond their units.
Text describe_needs(Routing routing, bool wheelchair, bool apart, TimeMultiplier multiplier) {
  Text text;
  const auto add = [&](const std::string& en, const std::string& ko) {
    text.en += (text.en.empty() ? "" : ", ") + en;
    text.ko += (text.ko.empty() ? "" : ", ") + ko;
  };
  if (routing == Routing::isolation) add("routed to isolation", "격리 대상");
  if (routing == Routing::reserve) add("routed to a reserve room", "예비시험실 대상");
  if (wheelchair) add("wheelchair", "휠체어");
  if (apart) add("separate room or scribe", "별도시험실·대필");
  if (multiplier != TimeMultiplier::x1_0) {
    const int tenths = static_cast<int>(multiplier);
    add(fmt::format("extra time x{}.{}", tenths / 10, tenths % 10),
        fmt::format("시간 연장 {}.{}배", tenths / 10, tenths % 10));
  }
  return text;
}

struct Named {
  FlowDemand demand;
  Text who;
};

// What could serve people at best.
struct Supply {
  std::vector<std::int64_t> seats;       // by site
  std::vector<std::int64_t> rooms;       // by site
  std::vector<std::int64_t> accessible;  // rooms, by site
  std::vector<int> largest;              // room of the site
};

Supply best_supply(const Problem& problem) {
  const std::size_t sites = problem.sites.size();
  Supply supply{std::vector<std::int64_t>(sites), std::vector<std::int64_t>(sites), std::vector<std::int64_t>(sites),
                std::vector<int>(sites)};
  for (const RoomGroup& group : problem.groups) {
    const auto count = static_cast<std::int64_t>(group.rooms.size());
    supply.seats[group.site] += count * group.capacity;
    supply.rooms[group.site] += count;
    supply.accessible[group.site] += group.accessible;
    supply.largest[group.site] = std::max(supply.largest[group.site], group.capacity);
  }
  return supply;
}

// Sites by who may use them: equal for most people, so each distinct set is kept once.
std::vector<std::uint32_t> sites_for(const Problem& problem, std::size_t person) {
  std::vector<std::uint32_t> sites;
  for (std::uint32_t site = 0; site < problem.sites.size(); ++site) {
    if (problem.may_use(person, problem.sites[site])) sites.push_back(site);
  }
  return sites;
}

// The fewest rooms of these sites whose seats hold so many people; more than there are when they do not.
std::int64_t fewest_rooms(const Problem& problem, const Supply& supply, const std::vector<std::uint32_t>& sites,
                          std::int64_t people) {
  std::int64_t largest = 0;
  for (const std::uint32_t site : sites) largest = std::max<std::int64_t>(largest, supply.largest[site]);
  if (largest == 0) return people;
  std::map<int, std::int64_t, std::greater<>> rooms_of;
  const std::set<std::uint32_t> wanted(sites.begin(), sites.end());
  for (const RoomGroup& group : problem.groups) {
    if (wanted.contains(group.site)) rooms_of[group.capacity] += static_cast<std::int64_t>(group.rooms.size());
  }
  std::int64_t count = 0;
  for (const auto& [capacity, rooms] : rooms_of) {
    const std::int64_t take = std::min(rooms, (people + capacity - 1) / capacity);
    count += take;
    people -= take * capacity;
    if (people <= 0) return count;
  }
  return count + people;  // not even all rooms: the seats say it already
}

Text conflict(const std::vector<Named>& demands, const std::vector<std::uint32_t>& unmet,
              const std::vector<std::int64_t>& supplies, const Text& unit_of_demand, const Text& unit_of_supply) {
  std::int64_t wanted = 0;
  std::set<std::uint32_t> suppliers;
  Text who;
  std::size_t named = 0;
  for (const std::uint32_t i : unmet) {
    wanted += demands[i].demand.amount;
    suppliers.insert(demands[i].demand.suppliers.begin(), demands[i].demand.suppliers.end());
    if (++named > 6) continue;
    who.en += (named == 1 ? "" : "; ") + demands[i].who.en + " " + grouped(demands[i].demand.amount);
    who.ko += (named == 1 ? "" : "; ") + demands[i].who.ko + ": " + grouped(demands[i].demand.amount) + "개";
  }
  if (named > 6) {
    who.en += fmt::format("; and {} more", named - 6);
    who.ko += fmt::format("; 그 밖에 {}건", named - 6);
  }
  std::int64_t there = 0;
  std::int64_t places = 0;
  for (const std::uint32_t supplier : suppliers) {
    there += supplies[supplier];
    places += supplies[supplier] > 0 ? 1 : 0;
  }
  return {fmt::format("{} {} needed ({}), but the {} that may be used {} only {} {}", grouped(wanted), unit_of_demand.en, who.en,
                      count_of(places, "place", "places"), word_for(places, "has", "have"), grouped(there),
                      unit_of_supply.en),
          fmt::format("{} {}개 필요하지만({}), 사용할 수 있는 {}곳에는 {} {}개밖에 없습니다", unit_of_demand.ko,
                      grouped(wanted), who.ko, grouped(places), unit_of_supply.ko, grouped(there))};
}

std::vector<Text> judge(const std::vector<Named>& demands, const std::vector<std::int64_t>& supplies,
                        const Text& unit_of_demand, const Text& unit_of_supply) {
  std::vector<FlowDemand> flows;
  for (const Named& named : demands) flows.push_back(named.demand);
  const auto unmet = find_unmet_demands(flows, supplies);
  if (unmet.empty()) return {};
  return {conflict(demands, unmet, supplies, unit_of_demand, unit_of_supply)};
}

Text named(const Text& units, const Text& needs) {
  return needs.en.empty() ? units : Text{units.en + " (" + needs.en + ")", units.ko + "(" + needs.ko + ")"};
}

// People by what they may use; `keep` chooses who counts.
template <class Keep>
std::vector<Named> people_demands(const Problem& problem, Keep keep) {
  const Exam& exam = *problem.exam;
  using Key = std::tuple<std::vector<std::uint32_t>, Routing, bool>;
  std::map<Key, std::vector<std::uint32_t>> groups;
  for (std::uint32_t person = 0; person < problem.people(); ++person) {
    const Applicant& applicant = exam.applicants[person];
    if (!keep(applicant)) continue;
    groups[Key(sites_for(problem, person), applicant.routing, applicant.accommodation.wheelchair)].push_back(person);
  }
  std::vector<Named> demands;
  for (const auto& [key, people] : groups) {
    std::vector<UnitIndex> units;
    for (const std::uint32_t person : people) units.push_back(exam.applicants[person].unit);
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    demands.push_back({{static_cast<std::int64_t>(people.size()), std::get<0>(key)},
                       named(list_units(exam, units),
                             describe_needs(std::get<1>(key), std::get<2>(key), false, TimeMultiplier::x1_0))});
  }
  return demands;
}

// Rooms that every class needs: those that its people without an accommodation fill, and those that all fill.
std::vector<Named> room_demands(const Problem& problem, const Supply& supply) {
  const Exam& exam = *problem.exam;
  std::vector<Named> demands;
  if (exam.policy.mixing == Mixing::leftover) return demands;  // rests may share
  for (const PeopleClass& people : problem.classes) {
    std::set<std::uint32_t> for_plain;
    std::set<std::uint32_t> for_all;
    std::int64_t plain = 0;
    for (const std::uint32_t person : people.people) {
      const auto sites = sites_for(problem, person);
      for_all.insert(sites.begin(), sites.end());
      if (exam.applicants[person].accommodation.any()) continue;
      ++plain;
      for_plain.insert(sites.begin(), sites.end());
    }
    const Text who =
        named(list_units(exam, people.units), describe_needs(people.routing, false, people.apart, people.multiplier));
    const std::vector<std::uint32_t> plain_sites(for_plain.begin(), for_plain.end());
    const std::vector<std::uint32_t> all_sites(for_all.begin(), for_all.end());
    const std::int64_t plain_rooms = plain == 0 ? 0 : fewest_rooms(problem, supply, plain_sites, plain);
    const std::int64_t rooms =
        fewest_rooms(problem, supply, all_sites, static_cast<std::int64_t>(people.people.size()));
    if (plain_rooms > 0) demands.push_back({{plain_rooms, plain_sites}, who});
    if (rooms > plain_rooms) demands.push_back({{rooms - plain_rooms, all_sites}, who});
  }
  return demands;
}

std::vector<Named> wheelchair_room_demands(const Problem& problem, const Supply& supply) {
  const Exam& exam = *problem.exam;
  std::vector<Named> demands;
  if (exam.policy.mixing == Mixing::leftover) return demands;
  for (const PeopleClass& people : problem.classes) {
    std::set<std::uint32_t> sites;
    std::int64_t count = 0;
    std::int64_t largest = 1;
    for (const std::uint32_t person : people.people) {
      if (!exam.applicants[person].accommodation.wheelchair) continue;
      ++count;
      for (const std::uint32_t site : sites_for(problem, person)) sites.insert(site);
    }
    if (count == 0) continue;
    for (const std::uint32_t site : sites) largest = std::max<std::int64_t>(largest, supply.largest[site]);
    demands.push_back(
        {{(count + largest - 1) / largest, {sites.begin(), sites.end()}},
         named(list_units(exam, people.units), describe_needs(people.routing, true, people.apart, people.multiplier))});
  }
  return demands;
}

Unseated explain_one(const Problem& problem, std::uint32_t person) {
  const Exam& exam = *problem.exam;
  const Applicant& applicant = exam.applicants[person];
  const Accommodation& needs = applicant.accommodation;
  bool reachable = false;
  bool admitted = false;
  bool usable = false;
  for (const Site& site : problem.sites) {
    const bool way = problem.travel.has_way(person, site.venue.value);
    reachable = reachable || way;
    admitted = admitted || (way && problem.admits(site.pool, person));
    usable = usable || problem.may_use(person, site);
  }
  Unseated unseated{.applicant = ApplicantIndex(std::size_t{person})};
  const auto say = [&](const char* reason, const std::string& en, const std::string& ko) {
    unseated.reason = reason;
    unseated.detail = {en, ko};
  };
  if (!reachable) {
    say("no_reachable_venue", "no venue with a room can be reached from the person's origin",
        "출발지에서 갈 수 있는 시험장 중 시험실이 있는 곳이 없습니다");
  } else if (!admitted && applicant.routing == Routing::isolation) {
    say("no_isolation_venue",
        "the person is routed to isolation, and no isolation venue that can be reached has a room",
        "격리 대상이지만 갈 수 있는 별도시험장(격리)에 시험실이 없습니다");
  } else if (!admitted && applicant.routing == Routing::reserve) {
    say("no_reserve_room", "the person is routed to a reserve room, and no venue that can be reached has one",
        "예비시험실 대상이지만 갈 수 있는 시험장에 예비시험실이 없습니다");
  } else if (!admitted) {
    say("no_reachable_venue", "no venue that can be reached has a room open to the person",
        "갈 수 있는 시험장 중 이 사람이 사용할 수 있는 시험실이 있는 곳이 없습니다");
  } else if (!usable) {
    say("no_accessible_room", "the person needs an accessible room, and no venue that can be reached has one",
        "휠체어로 접근할 수 있는 시험실이 필요하지만 갈 수 있는 시험장에 그런 시험실이 없습니다");
  } else if (needs.apart()) {
    say("no_separate_room", "the rooms for people with a separate room or a scribe are full and no other room is free",
        "별도시험실·대필 대상자의 시험실이 가득 찼고 비어 있는 다른 시험실이 없습니다");
  } else if (needs.multiplier != TimeMultiplier::x1_0) {
    say("no_multiplier_room", "the rooms with the person's extra time are full and no other room is free",
        "같은 연장 시간의 시험실이 가득 찼고 비어 있는 다른 시험실이 없습니다");
  } else if (needs.wheelchair) {
    say("no_accessible_room", "the accessible rooms that the person may use are full",
        "이 사람이 사용할 수 있는 휠체어 접근 시험실이 가득 찼습니다");
  } else {
    const PeopleClass& people = problem.classes[problem.class_of[person]];
    const Text units = list_units(exam, people.units);
    say("no_capacity", fmt::format("every room that {} may use is full or given to others", units.en),
        fmt::format("{}에서 사용할 수 있는 모든 시험실이 가득 찼거나 다른 응시자에게 배정되었습니다", units.ko));
  }
  return unseated;
}

}  // namespace

std::vector<Text> prove_infeasible(const Problem& problem) {
  const Supply supply = best_supply(problem);
  std::vector<Text> conflicts;
  const auto add = [&](std::vector<Text> more) { conflicts.insert(conflicts.end(), more.begin(), more.end()); };
  const Text people_unit{"seats are", "좌석이"};
  const Text rooms_unit{"rooms are", "시험실이"};
  add(judge(people_demands(problem, [](const Applicant&) { return true; }), supply.seats, people_unit,
            {"seats", "좌석이"}));
  if (conflicts.empty()) {
    add(judge(room_demands(problem, supply), supply.rooms, rooms_unit, {"rooms", "시험실이"}));
  }
  add(judge(wheelchair_room_demands(problem, supply), supply.accessible,
            {"accessible rooms are", "휠체어 접근 시험실이"}, {"of them", "그런 시험실이"}));
  return conflicts;
}

Text tell_fewest_unseated(std::int64_t people) {
  return {fmt::format("at least {} {} no seat in any plan: all ways to give the rooms were compared", count_people(people),
                      word_for(people, "has", "have")),
          fmt::format("시험실을 나누는 모든 방법을 비교한 결과, 어떤 배정안에서도 {}명 이상이 좌석을 받지 못합니다",
                      grouped(people))};
}

std::vector<Unseated> explain_unseated(const Problem& problem, const std::vector<RoomIndex>& room_of) {
  std::vector<Unseated> unseated;
  for (std::uint32_t person = 0; person < problem.people(); ++person) {
    if (!room_of[person].exists()) unseated.push_back(explain_one(problem, person));
  }
  return unseated;
}

}  // namespace hanjari::allocation
