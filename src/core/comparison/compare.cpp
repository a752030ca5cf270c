#include "hanjari/comparison/compare.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "hanjari/domain/distribution.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/objective.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/domain/travel.h"

namespace hanjari::comparison {
namespace {

// Running mean and variance (Welford), so that a million metres squared lose nothing.
struct Spread {
  std::int64_t count = 0;
  double mean = 0;
  double squares = 0;

  void add(double value) {
    ++count;
    const double step = value - mean;
    mean += step / static_cast<double>(count);
    squares += step * (value - mean);
  }
  double variance_of_mean() const {
    return count < 2 ? 0 : squares / static_cast<double>(count - 1) / static_cast<double>(count);
  }
};

Spread without(const Spread& all, const Spread& part) {
  Spread rest;
  rest.count = all.count - part.count;
  if (rest.count <= 0) return Spread{};
  const auto n = static_cast<double>(rest.count);
  const auto m = static_cast<double>(part.count);
  rest.mean = (all.mean * static_cast<double>(all.count) - part.mean * m) / n;
  const double between = (rest.mean - part.mean) * (rest.mean - part.mean) * n * m / static_cast<double>(all.count);
  rest.squares = std::max(0.0, all.squares - part.squares - between);
  return rest;
}

bool is_farther(const Spread& all, const Spread& group) {
  const Spread rest = without(all, group);
  if (group.count < 2 || rest.count < 2) return false;
  const double difference = group.mean - rest.mean;
  return difference > 0.1 * rest.mean && difference > 3 * std::sqrt(group.variance_of_mean() + rest.variance_of_mean());
}

struct Journey {
  ApplicantIndex applicant;
  Metres travel_m = 0;
  Metres detour_m = 0;    // as it is told
  Metres measured_m = 0;  // negative where the own venue is nearer than any regular one
};

// One way of grouping: the group of every applicant, and the groups' names in the order shown.
struct Grouping {
  std::string key;
  Text name;
  std::vector<Text> groups;
  std::function<std::size_t(const Applicant&)> group_of;
};

Grouping by_district(const Exam& exam) {
  std::map<std::string, std::size_t> positions;  // in code order; the empty code, outside the area, comes first
  for (const Applicant& applicant : exam.applicants) positions.emplace(exam.words[applicant.district], 0);
  Grouping grouping{"district", {"Home district", "거주 시군구"}, {}, {}};
  for (auto& [code, position] : positions) {
    position = grouping.groups.size();
    grouping.groups.push_back(code.empty() ? Text{"outside", "관외"} : name_of_district(code));
  }
  grouping.group_of = [&exam, positions](const Applicant& applicant) {
    return positions.at(exam.words[applicant.district]);
  };
  return grouping;
}

Grouping by_sex() {
  return {"sex", {"Sex", "성별"}, {name_of(Sex::male), name_of(Sex::female)}, [](const Applicant& applicant) {
            return applicant.sex == Sex::male ? std::size_t{0} : std::size_t{1};
          }};
}

Grouping by_unit(const Exam& exam) {
  Grouping grouping{"unit", {"Recruitment unit", "모집단위"}, {}, [](const Applicant& applicant) {
                      return std::size_t{applicant.unit.value};
                    }};
  for (const Unit& unit : exam.units) {
    const Text quota = name_of(unit.quota_group);
    grouping.groups.push_back({unit.code.text() + " " + unit.series_en + " (" + quota.en + ")",
                               unit.code.text() + " " + unit.series_ko + " (" + quota.ko + ")"});
  }
  return grouping;
}

Grouping by_accommodation() {
  return {"accommodation",
          {"Accommodation", "편의지원"},
          {{"none", "없음"}, {"any", "있음"}},
          [](const Applicant& applicant) { return applicant.accommodation.any() ? std::size_t{1} : std::size_t{0}; }};
}

Dimension measure(const Exam& exam, const Grouping& grouping, const std::vector<Journey>& journeys) {
  struct Sums {
    Spread detour;
    Spread travel;
    std::vector<Metres> detours;
    std::vector<Metres> measured;
  };
  std::vector<Sums> sums(grouping.groups.size());
  Spread all;
  for (const Journey& journey : journeys) {
    Sums& group = sums[grouping.group_of(exam[journey.applicant])];
    group.detour.add(static_cast<double>(journey.detour_m));
    group.travel.add(static_cast<double>(journey.travel_m));
    group.detours.push_back(journey.detour_m);
    group.measured.push_back(journey.measured_m);
    all.add(static_cast<double>(journey.detour_m));
  }
  Dimension dimension{grouping.key, grouping.name, {}};
  for (std::size_t group = 0; group < sums.size(); ++group) {
    const DetourDistribution measured = distribution_of(std::move(sums[group].measured));
    dimension.groups.push_back({grouping.groups[group], sums[group].detour.count, sums[group].travel.mean,
                                sums[group].detour.mean, nearest_rank(sums[group].detours, 95),
                                is_farther(all, sums[group].detour), measured.mean, measured.p95});
  }
  return dimension;
}

void measure_venues(const Exam& exam, const Plan& plan, PlanFigures& figures) {
  std::vector<char> room_opened(exam.rooms.size(), 0);
  std::vector<std::set<UnitIndex>> units(exam.venues.size());
  std::vector<Metres> travel(exam.venues.size(), 0);
  figures.venues.resize(exam.venues.size());
  for (const Placement& placement : plan.placements) {
    VenueUse& venue = figures.venues[placement.venue.value];
    ++venue.people;
    travel[placement.venue.value] += placement.travel_m;
    units[placement.venue.value].insert(exam[placement.applicant].unit);
    if (!std::exchange(room_opened[placement.room.value], char{1})) ++venue.rooms_opened;
  }
  for (std::size_t room = 0; room < exam.rooms.size(); ++room) {
    if (room_opened[room] == 0 && exam.rooms[room].use == RoomUse::exam)
      ++figures.venues[exam.rooms[room].venue.value].rooms_spare;
  }
  std::map<std::string, DistrictUse> districts;
  for (std::size_t index = 0; index < exam.venues.size(); ++index) {
    VenueUse& venue = figures.venues[index];
    venue.venue = VenueIndex(index);
    venue.units = static_cast<std::int64_t>(units[index].size());
    if (venue.people > 0) venue.mean_travel_m = static_cast<double>(travel[index]) / static_cast<double>(venue.people);
    figures.rooms_spare += venue.rooms_spare;
    DistrictUse& district = districts[exam.words[exam.venues[index].district]];
    district.district = exam.venues[index].district;
    district.people += venue.people;
    district.rooms_opened += venue.rooms_opened;
    district.rooms_spare += venue.rooms_spare;
  }
  for (const auto& [code, district] : districts) figures.districts.push_back(district);
}

// Plans list their placements by applicant, so two plans are walked side by side.
Moves moves_between(const Plan& from, const Plan& to) {
  Moves moves;
  auto old_place = from.placements.begin();
  auto new_place = to.placements.begin();
  while (old_place != from.placements.end() || new_place != to.placements.end()) {
    if (new_place == to.placements.end() ||
        (old_place != from.placements.end() && old_place->applicant < new_place->applicant)) {
      ++moves.removed;
      ++old_place;
      continue;
    }
    if (old_place == from.placements.end() || new_place->applicant < old_place->applicant) {
      ++moves.added;
      ++new_place;
      continue;
    }
    if (old_place->venue != new_place->venue) {
      ++moves.venue;
    } else if (old_place->room != new_place->room) {
      ++moves.room;
    } else if (old_place->seat_no != new_place->seat_no) {
      ++moves.seat;
    } else {
      ++moves.unmoved;
    }
    ++old_place;
    ++new_place;
  }
  return moves;
}

// The same for plans of two packages, in which positions mean different people and places.
Moves moves_between(const Exam& old_exam, const Plan& from, const Exam& new_exam, const Plan& to) {
  std::unordered_map<std::string_view, const Placement*> placed;
  placed.reserve(to.placements.size());
  for (const Placement& placement : to.placements)
    placed.emplace(new_exam[placement.applicant].id.text(), &placement);
  Moves moves;
  for (const Placement& old_place : from.placements) {
    const auto found = placed.find(old_exam[old_place.applicant].id.text());
    if (found == placed.end()) {
      ++moves.removed;
      continue;
    }
    const Placement& new_place = *found->second;
    placed.erase(found);
    if (old_exam[old_place.venue].code != new_exam[new_place.venue].code) {
      ++moves.venue;
    } else if (old_exam[old_place.room].room_no != new_exam[new_place.room].room_no) {
      ++moves.room;
    } else if (old_place.seat_no != new_place.seat_no) {
      ++moves.seat;
    } else {
      ++moves.unmoved;
    }
  }
  moves.added = static_cast<std::int64_t>(placed.size());
  return moves;
}

// What all plans of one package are measured by.
class Measure {
 public:
  explicit Measure(const Exam& exam)
      : exam_(exam), groupings_{by_district(exam), by_sex(), by_unit(exam), by_accommodation()} {
    const TravelTable travel(exam);
    nearest_.reserve(exam.applicants.size());
    for (std::size_t applicant = 0; applicant < exam.applicants.size(); ++applicant)
      nearest_.push_back(travel.nearest(ApplicantIndex(applicant)));
  }

  PlanFigures measure_plan(const NamedPlan& named) const {
    const Plan& plan = named.plan;
    PlanFigures figures;
    figures.name = named.name;
    figures.exam = &exam_;
    figures.digest = plan.digest;
    figures.status = plan.report.status;
    figures.seated = static_cast<std::int64_t>(plan.placements.size());
    figures.unseated = static_cast<std::int64_t>(exam_.applicants.size()) - figures.seated;
    figures.objective = objective_of(exam_, plan);
    figures.bound = plan.report.bound;
    figures.gap = plan.report.gap;
    std::vector<Journey> journeys;
    std::vector<Metres> measured;
    for (const Placement& placement : plan.placements) {
      const Metres least = nearest_[placement.applicant.value];
      if (least == unreachable) continue;
      journeys.push_back({placement.applicant, placement.travel_m, told_detour(placement.travel_m, least), placement.travel_m - least});
      figures.detours.push_back(journeys.back().detour_m);
      measured.push_back(journeys.back().measured_m);
      const auto& cap = exam_.policy.detour_cap_m;
      if (cap && journeys.back().detour_m > *cap) ++figures.over_detour_cap;
    }
    std::sort(figures.detours.begin(), figures.detours.end());
    figures.detour = distribution_of(figures.detours);
    figures.measured_detour = distribution_of(std::move(measured));
    measure_venues(exam_, plan, figures);
    for (const Grouping& grouping : groupings_) figures.fairness.push_back(measure(exam_, grouping, journeys));
    return figures;
  }

 private:
  const Exam& exam_;
  std::vector<Grouping> groupings_;
  std::vector<Metres> nearest_;
};

}  // namespace

Comparison compare_plans(const Exam& exam, std::span<const NamedPlan> plans) {
  Comparison comparison;
  std::map<const Exam*, Measure> measures;
  for (const NamedPlan& named : plans) {
    const Exam& own = named.exam == nullptr ? exam : *named.exam;
    comparison.plans.push_back(measures.try_emplace(&own, own).first->second.measure_plan(named));
  }
  for (std::size_t from = 0; from < plans.size(); ++from) {
    for (std::size_t to = from + 1; to < plans.size(); ++to) {
      const Exam& old_exam = *comparison.plans[from].exam;
      const Exam& new_exam = *comparison.plans[to].exam;
      comparison.moves.push_back(&old_exam == &new_exam
                                     ? moves_between(plans[from].plan, plans[to].plan)
                                     : moves_between(old_exam, plans[from].plan, new_exam, plans[to].plan));
      comparison.moves.back().from = from;
      comparison.moves.back().to = to;
    }
  }
  return comparison;
}

}  // namespace hanjari::comparison
