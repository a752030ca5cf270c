#include "hanjari/allocation/allocate.h"

#include <algorithm>
#include <optional>

#include "allocation/explain.h"
#include "allocation/people_to_sites.h"
#include "allocation/problem.h"
#include "allocation/room_bound.h"
#include "allocation/room_lists.h"
#include "allocation/room_moves.h"
#include "allocation/rooming.h"
#include "allocation/rounding.h"
#include "allocation/weights_bound.h"

namespace hanjari::allocation {
namespace {

std::int64_t count_over_cap(const Problem& problem, const std::vector<RoomIndex>& room_of) {
  std::int64_t count = 0;
  for (std::size_t person = 0; person < room_of.size(); ++person) {
    if (!room_of[person].exists()) continue;
    const VenueIndex venue = (*problem.exam)[room_of[person]].venue;
    count += problem.over_cap(person, problem.travel.row(person)[venue.value]);
  }
  return count;
}

// The objective of a plan, as the contract counts it.
Cost objective(const Problem& problem, const std::vector<RoomIndex>& room_of) {
  const Exam& exam = *problem.exam;
  const Weights& weights = exam.policy.weights;
  Cost total = 0;
  std::vector<char> room_open(exam.rooms.size());
  std::vector<char> venue_open(exam.venues.size());
  std::vector<char> pair_open(exam.venues.size() * exam.units.size());
  for (std::size_t person = 0; person < room_of.size(); ++person) {
    if (!room_of[person].exists()) continue;
    const VenueIndex venue = exam[room_of[person]].venue;
    total += weights.travel * problem.travel.row(person)[venue.value];
    room_open[room_of[person].value] = 1;
    venue_open[venue.value] = 1;
    pair_open[std::size_t{venue.value} * exam.units.size() + exam.applicants[person].unit.value] = 1;
  }
  total += weights.room * std::count(room_open.begin(), room_open.end(), 1);
  total += weights.unit_at_venue * std::count(pair_open.begin(), pair_open.end(), 1);
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    if (venue_open[venue]) total += weights.venue + exam.venues[venue].opening_cost;
  }
  return total;
}

// Everybody at the nearest place that may be used: a bound that holds whatever the detour cap does.
Cost least_travel(const Problem& problem) {
  Cost total = 0;
  for (std::size_t person = 0; person < problem.people(); ++person) {
    std::int32_t least = TravelMatrix::no_way;
    for (const Site& site : problem.sites) {
      if (problem.may_use(person, site)) least = std::min(least, problem.travel.row(person)[site.venue.value]);
    }
    if (least != TravelMatrix::no_way) total += problem.scale.travel * least;
  }
  return total;
}

std::vector<Cost> prices_of_groups(const Problem& problem, const std::vector<Cost>& site_price) {
  std::vector<Cost> price;
  price.reserve(problem.groups.size());
  for (const RoomGroup& group : problem.groups) price.push_back(site_price[group.site]);
  return price;
}

// Rounds until nothing improves or the limits say so. Without limits the work is counted, not timed, so that the plan
// is the same everywhere: README.md, "How much is done".
constexpr std::uint64_t default_work = 45'000;
constexpr std::size_t default_bound_work = 40'000'000;  // people x groups x steps
// Of the time limit; the rest is for the bound, which changes nothing in the plan.
constexpr double improving_share = 0.75;

// The best lower bound of travel, penalties and room weights found within the limits.
Cost bound_rooms(const Rooming& rooming, const std::vector<Cost>& price, const Limits& limits, const Clock& clock,
                 std::chrono::nanoseconds began, Progress& progress) {
  Cost target = 0;
  for (std::size_t i = 0; i < rooming.classes(); ++i) target += rooming.of(i).seats.total();
  for (std::size_t group = 0; group < price.size(); ++group) {
    const auto rooms = static_cast<Cost>(rooming.problem().groups[group].rooms.size());
    target += rooming.problem().exam->policy.weights.room * (rooms - rooming.free_rooms(group));
  }
  RoomBound bound(rooming, price, limits.threads);
  progress.stage({"lower bound", "하한 계산"}, 0);
  const std::size_t size = std::max<std::size_t>(rooming.problem().people() * price.size(), 1);
  const std::size_t least = std::min<std::size_t>(default_bound_work / size, 200);
  for (std::size_t step = 0;; ++step) {
    const bool in_time =
        limits.time_limit_seconds && seconds_between(began, clock.elapsed()) < *limits.time_limit_seconds;
    if (step >= least && !in_time) break;
    bound.step(target);
    progress.report(static_cast<std::uint64_t>(step), group_digits(bound.best()));
    if (bound.best() >= target) break;
  }
  return bound.best();
}

std::int64_t improve(Rooming& rooming, const std::vector<Cost>& price, const Limits& limits, const Clock& clock,
                     std::chrono::nanoseconds began, Progress& progress) {
  RoomMoves moves(rooming, price, limits.threads);
  const std::uint64_t work_before = moves.work();
  std::int64_t rounds = 0;
  progress.stage({"improving", "배정 개선"}, limits.rounds ? static_cast<std::uint64_t>(*limits.rounds) : 0);
  for (;;) {
    if (limits.rounds && rounds >= *limits.rounds) break;
    if (!limits.rounds && !limits.time_limit_seconds && moves.work() - work_before > default_work) break;
    if (limits.time_limit_seconds &&
        seconds_between(began, clock.elapsed()) > improving_share * *limits.time_limit_seconds) {
      break;
    }
    const Cost change = moves.run_round();
    if (change == 0) break;
    ++rounds;
    Cost total = 0;
    for (std::size_t i = 0; i < rooming.classes(); ++i) total += rooming.of(i).seats.total();
    progress.report(static_cast<std::uint64_t>(rounds), group_digits(total));
  }
  return rounds;
}

}  // namespace

Assignment allocate(const Exam& exam, const Seed& seed, const Limits& limits, const Clock& clock, Progress& progress) {
  static_cast<void>(seed);
  const auto began = clock.elapsed();
  Assignment assignment;
  assignment.room_of.resize(exam.applicants.size());
  if (exam.applicants.empty()) {
    assignment.status = PlanStatus::optimal;
    assignment.bound = Bound{.total = 0, .of = BoundOf::plan};
    return assignment;
  }
  progress.stage({"computing travel", "거리 계산"}, 0);
  std::vector<bool> fenced(exam.venues.size());
  Problem problem = make_problem(exam, fenced, limits.threads);
  std::optional<Cost> rooms_bound;
  progress.stage({"people to venues", "시험장 배정"}, 0);
  Transport transport = solve_people_to_sites(problem);
  for (;;) {
    progress.stage({"whole rooms", "시험실 배정"}, 0);
    Rooming rooming(problem, limits.threads);
    const std::vector<Cost> price = prices_of_groups(problem, transport.price);
    rooming.start(round_to_rooms(rooming, transport.site_of, price, limits.threads), price, limits.threads);
    assignment.rounds = improve(rooming, price, limits, clock, began, progress);
    RoomLists lists = fill_rooms(problem, rooming.group_of_people());
    assignment.room_of = std::move(lists.room_of);
    if (lists.crowded.empty()) {
      if (rooming.unseated() == 0 && exam.policy.mixing != Mixing::leftover) {
        rooms_bound = bound_rooms(rooming, price, limits, clock, began, progress);
      }
      break;
    }
    // Rare: too many wheelchair users at a venue. Decide them exactly there, and plan again.
    for (const VenueIndex venue : lists.crowded) fenced[venue.value] = true;
    problem = make_problem(exam, fenced, std::move(problem.travel));
    transport = solve_people_to_sites(problem);
  }
  assignment.unseated = explain_unseated(problem, assignment.room_of);
  if (!assignment.unseated.empty()) {
    assignment.conflicts = prove_infeasible(problem);
    assignment.status = assignment.conflicts.empty() ? PlanStatus::gave_up : PlanStatus::infeasible;
    return assignment;
  }
  const std::int64_t over = count_over_cap(problem, assignment.room_of);
  // Two safe bounds; that of whole rooms has the room weights inside.
  const LeastWeights weights = least_weights(problem);
  const Cost penalties = over * problem.scale.over_cap;
  const Cost of_assignment = transport.dual + weights.rooms + weights.pairs + weights.venues - penalties;
  const Cost of_plan = rooms_bound ? *rooms_bound + weights.pairs + weights.venues - penalties : of_assignment;
  const bool whole_rooms = of_plan > of_assignment;
  Cost bound = std::max(of_plan, of_assignment);
  if (problem.scale.over_cap > 0) bound = std::max(bound, least_travel(problem));
  assignment.bound = Bound{.total = bound, .of = whole_rooms ? BoundOf::plan : BoundOf::assignment};
  const Cost total = objective(problem, assignment.room_of);
  assignment.status = total == bound ? PlanStatus::optimal : PlanStatus::feasible;
  return assignment;
}

}  // namespace hanjari::allocation
