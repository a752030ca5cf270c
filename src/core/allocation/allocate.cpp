#include "hanjari/allocation/allocate.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "allocation/explain.h"
#include "allocation/leftover/rests.h"
#include "allocation/leftover/shared_rooms.h"
#include "allocation/openings/open_venues.h"
#include "allocation/plan_values.h"
#include "allocation/problem.h"
#include "allocation/room_lists.h"
#include "allocation/rooms/block_moves.h"
#include "allocation/rooms/first_rooms.h"
#include "allocation/rooms/room_blocks.h"
#include "allocation/rooms/room_bound.h"
#include "allocation/rooms/room_moves.h"
#include "allocation/rooms/rooming.h"
#include "allocation/sites/people_to_sites.h"
#include "allocation/weights_bound.h"
#include "hanjari/allocation/stages.h"
#include "hanjari/exact/solve.h"
#include "hanjari/seating/geometry.h"

namespace hanjari::allocation {
namespace {

std::vector<Cost> prices_of_groups(const Problem& problem, const std::vector<Cost>& site_price) {
  std::vector<Cost> price;
  price.reserve(problem.groups.size());
  for (const RoomGroup& group : problem.groups) price.push_back(site_price[group.site]);
  return price;
}

// By regular venue, for rooms like its largest that everybody may use. Prices are metres only where nobody more could
// be kept below the detour cap by a seat: none are told otherwise.
std::vector<RoomPrice> list_room_prices(const Problem& problem, const std::vector<Cost>& seat_price) {
  std::vector<RoomPrice> prices;
  const Cost penalty = problem.scale.over_cap > 0 ? problem.scale.over_cap : problem.scale.unseated;
  const auto counts_people = [&](Cost price) { return price >= penalty - problem.scale.most_travel; };
  if (std::any_of(seat_price.begin(), seat_price.end(), counts_people)) return prices;
  for (std::size_t group = 0; group < seat_price.size(); ++group) {
    const RoomGroup& rooms = problem.groups[group];
    if (problem.sites[rooms.site].pool != Pool{} || seat_price[group] <= 0) continue;
    if (prices.empty() || prices.back().venue != rooms.venue) prices.push_back({.venue = rooms.venue});
    RoomPrice& price = prices.back();
    price.people = std::max(price.people, rooms.capacity);
    price.saves = std::max(price.saves, seat_price[group] * price.people);
  }
  std::stable_sort(prices.begin(), prices.end(),
                   [](const RoomPrice& a, const RoomPrice& b) { return a.saves > b.saves; });
  return prices;
}

// How much is done, README.md: without limits the work is counted, not timed, so that the plan is the same everywhere;
// with a time limit the last round that was completed counts.
class Effort {
 public:
  Effort(const Limits& limits, const Clock& clock) : limits_(limits), clock_(clock), began_(clock.elapsed()) {}

  bool timed() const { return limits_.time_limit_seconds.has_value(); }
  bool spent(double share) const { return timed() && elapsed() > share * *limits_.time_limit_seconds; }
  // The limits of a part of the work that may take this share of the time that is left.
  Limits part(double share) const {
    Limits part = limits_;
    if (timed()) part.time_limit_seconds = share * std::max(0.0, *limits_.time_limit_seconds - elapsed());
    return part;
  }
  // The bound's steps before the rounds: their multipliers shape the plan, so only the exam may say how many.
  static std::int64_t first_steps(const Problem& problem) {
    return std::clamp<std::int64_t>(6'000'000 / static_cast<std::int64_t>(problem.people() + 1), 40, 160);
  }
  static constexpr std::uint64_t default_searches = 45'000;
  // Of the time limit; the rest is for the bound, which changes nothing in the plan.
  static constexpr double improving_share = 0.8;
  // With less than half of the time left after the quick plan nothing better would be ready.
  static constexpr double quick_share = 0.5;
  static constexpr double opening_share = 0.2;
  // A round of blocks is long: none is begun later than this.
  static constexpr double block_share = 0.5;

  const Limits& limits() const { return limits_; }

 private:
  double elapsed() const { return seconds_between(began_, clock_.elapsed()); }
  const Limits& limits_;
  const Clock& clock_;
  std::chrono::nanoseconds began_;
};

// Whether the exact method follows the rounds (README.md, Small exams).
bool is_small(const Exam& exam) {
  return exact::is_small({.exam = &exam});
}

void step_bound(RoomBound& bound, const Rooming& rooming, const Effort& effort, Progress& progress) {
  progress.stage({bound_stage, "이론적 최솟값 계산"}, 0);
  const std::int64_t steps = Effort::first_steps(rooming.problem());
  while (bound.steps() < steps && !effort.spent(0.5)) {
    bound.step();
    progress.report(static_cast<std::uint64_t>(bound.steps()), group_digits(bound.best()));
  }
}

// Rounds, and whether nothing improved any more at their end.
std::pair<std::int64_t, bool> improve(Rooming& rooming, std::vector<Cost> room_worth, const Effort& effort,
                                      Progress& progress) {
  RoomMoves moves(rooming, std::move(room_worth), effort.limits().threads);
  const std::optional<std::int64_t> most = effort.limits().rounds;
  const std::uint64_t searches_before = moves.work();
  std::int64_t rounds = 0;
  progress.stage({improving_stage, "배정 개선"}, most ? static_cast<std::uint64_t>(*most) : 0);
  const auto stop = [&effort] { return effort.spent(Effort::improving_share); };
  const std::uint64_t searches = is_small(*rooming.problem().exam)
                                     ? UINT64_MAX
                                     : Effort::default_searches * (BlockMoves::wanted(rooming.problem()) ? 4 : 1);
  bool settled = false;
  std::optional<BlockMoves> blocks;
  if (BlockMoves::wanted(rooming.problem())) blocks.emplace(rooming);
  for (std::size_t idle = 0; idle < (blocks ? BlockMoves::slices : 1);) {
    if (most && rounds >= *most) break;
    if (!most && !effort.timed() && moves.work() - searches_before > searches) break;
    std::optional<Cost> change = moves.run_round(stop);
    if (change && blocks) {
      *change += blocks->run_slice();
      for (const auto& [people_class, place] : blocks->changed()) moves.note_changed(people_class, place);
    }
    if (!change) break;
    idle = *change < 0 ? 0 : idle + 1;
    settled = idle > 0;
    ++rounds;
    progress.report(static_cast<std::uint64_t>(rounds), group_digits(rooming.cost()));
  }
  return {rounds, settled};
}

// The rest of the time: the plan stays, the bound rises.
void raise_bound(RoomBound& bound, const Effort& effort, Progress& progress) {
  progress.stage({bound_stage, "이론적 최솟값 계산"}, 0);
  while (effort.timed() && !effort.spent(1) && !bound.settled()) {
    bound.step();
    progress.report(static_cast<std::uint64_t>(bound.steps()), group_digits(bound.best()));
  }
}

// What was found, and what is known of the best that could be.
struct Found {
  std::vector<RoomIndex> room_of;
  std::vector<RoomIndex> unshared;     // under `leftover`: the plan in which nobody shares
  std::vector<Cost> seat_price;        // by group
  std::vector<std::uint32_t> site_of;  // of A, by applicant
  std::int64_t rounds = 0;
  bool settled = false;          // nothing improved any more
  Cost of_assignment = 0;        // bound of A, penalties and no other weights inside
  std::optional<Cost> of_rooms;  // bound of whole rooms, with everything inside
  std::optional<std::int64_t> over_cap;  // no plan that seats everybody has fewer people beyond the detour cap
  std::optional<Cost> of_openings;  // bound of people and openings, penalties and no other weights inside
};

// Where policy may set other rooms aside than the plan does, or units may share rooms, bounds hold for any choice: those
// of the problem in which every choice is allowed.
void bound_any_choice(const Problem& problem, const Effort& effort, Found& found) {
  const int threads = effort.limits().threads;
  Transport transport = solve_people_to_sites(problem);
  found.of_assignment = transport.dual;
  found.over_cap = count_over_cap(problem, transport);
  found.of_rooms.reset();
  if (transport.unseated > 0 || !problem.rooms_bound || effort.spent(1)) return;
  Rooming rooming(problem, threads);
  RoomBound bound(rooming, prices_of_groups(problem, transport.price), Effort::first_steps(problem), threads);
  const auto is_enough = [&] {
    return effort.timed() ? effort.spent(1) || bound.settled() : bound.steps() >= Effort::first_steps(problem);
  };
  do bound.step();
  while (!is_enough());
  found.of_rooms = bound.best();
}

// Under `leftover` the (unit, venue) pairs weigh in a bound of their own, in which every seat is a room: of plans with
// `over` people beyond the detour cap. Rooms weigh nothing there.
std::optional<Cost> bound_pairs(const Problem& problem, std::int64_t over, const Effort& effort) {
  Exam exam = *problem.exam;
  if (exam.policy.mixing != Mixing::leftover || exam.policy.weights.unit_at_venue == 0) return std::nullopt;
  exam.policy.weights.room = 0;
  const Problem seats = make_problem(exam, {.any_choice = has_choice(exam), .seat_by_seat = true}, problem.travel);
  Found found;
  bound_any_choice(seats, effort, found);
  if (!found.of_rooms) return std::nullopt;
  return *found.of_rooms - over * seats.scale.over_cap;
}

// A complete plan at once, when there is no time for a better one. Nothing if it leaves somebody out.
std::optional<Found> find_quick_plan(const Problem& problem, const Effort& effort, Progress& progress) {
  const auto stop = [] { return true; };
  const BlockPlan blocks = plan_by_blocks(problem, {.rounds = 0, .threads = effort.limits().threads}, stop, progress);
  if (blocks.unseated > 0 || !effort.spent(Effort::quick_share)) return std::nullopt;
  RoomLists lists = fill_rooms(problem, blocks.group_of);
  if (!lists.crowded.empty()) return std::nullopt;
  return Found{.room_of = std::move(lists.room_of), .seat_price = blocks.seat_price, .of_assignment = blocks.bound};
}

// Everything about every class in memory.
Found plan_class_by_class(Problem& problem, Reading reading, const Effort& effort, Progress& progress) {
  const Exam& exam = *problem.exam;
  const int threads = effort.limits().threads;
  reading.fenced.resize(exam.venues.size());
  if (effort.timed()) {
    if (auto quick = find_quick_plan(problem, effort, progress)) return *std::move(quick);
  }
  Found found;
  progress.stage({"people to venues", "시험장 배정"}, 0);
  Transport transport = solve_people_to_sites(problem);
  for (;;) {
    progress.stage({"whole rooms", "시험실 배정"}, 0);
    Rooming rooming(problem, threads);
    const std::vector<Cost> price = prices_of_groups(problem, transport.price);
    RoomBound bound(rooming, price, Effort::first_steps(problem), threads);
    std::vector<Cost> room_worth;
    if (transport.unseated == 0) {
      step_bound(bound, rooming, effort, progress);
      start_rooms(rooming, transport, price, &bound, threads);
      for (std::size_t group = 0; group < price.size(); ++group) room_worth.push_back(bound.room_worth(group));
    } else {
      start_rooms(rooming, transport, price, nullptr, threads);
      for (std::size_t group = 0; group < price.size(); ++group) {
        room_worth.push_back(price[group] * problem.groups[group].capacity);
      }
    }
    std::tie(found.rounds, found.settled) = improve(rooming, std::move(room_worth), effort, progress);
    RoomLists lists = fill_rooms(problem, rooming.group_of_people());
    found.room_of = std::move(lists.room_of);
    if (lists.crowded.empty()) {
      if (rooming.unseated() == 0 && problem.rooms_bound) {
        if (!has_choice(exam)) raise_bound(bound, effort, progress);  // else another problem's is asked for afterwards
        found.of_rooms = bound.best();
      }
      break;
    }
    // Rare: too many wheelchair users at a venue. Decide them exactly there, and plan again.
    for (const VenueIndex venue : lists.crowded) reading.fenced[venue.value] = true;
    problem = make_problem(exam, reading, std::move(problem.travel));
    transport = solve_people_to_sites(problem);
  }
  found.of_assignment = transport.dual;
  found.over_cap = count_over_cap(problem, transport);
  found.site_of = std::move(transport.site_of);
  found.seat_price = prices_of_groups(problem, transport.price);
  return found;
}

// Too large for that: blocks of people to rooms.
Found plan_large_exam(Problem& problem, const Effort& effort, Progress& progress) {
  const Exam& exam = *problem.exam;
  if (std::any_of(exam.applicants.begin(), exam.applicants.end(),
                  [](const Applicant& applicant) { return applicant.accommodation.wheelchair; })) {
    // Wheelchair users exactly everywhere: to find out where it is needed would take a whole plan.
    problem = make_problem(exam, {.fenced = std::vector<bool>(exam.venues.size(), true)}, std::move(problem.travel));
  }
  BlockLimits limits{.threads = effort.limits().threads};
  if (effort.limits().rounds) limits.rounds = *effort.limits().rounds;
  const auto stop = [&effort] { return effort.spent(Effort::block_share); };
  const BlockPlan blocks = plan_by_blocks(problem, limits, stop, progress);
  Found found{.rounds = blocks.rounds, .of_assignment = blocks.bound};
  found.room_of = fill_rooms(problem, blocks.group_of).room_of;
  found.seat_price = blocks.seat_price;
  return found;
}

// Of the search for the venues to open: about two seconds.
constexpr std::uint64_t opening_work = 2'000'000'000;

OpenVenues choose_openings(const Problem& problem, const Effort& effort, Progress& progress) {
  progress.stage({"venues to open", "개설할 시험장 선택"}, 0);
  OpeningEffort limits{.work = opening_work};
  if (effort.timed()) limits.stop = [&effort] { return effort.spent(Effort::opening_share); };
  return choose_open_venues(make_location(problem), limits);
}

Problem with_open_venues(const Problem& problem, const std::vector<char>& open, Reading& reading) {
  reading.closed.clear();
  for (const char is_open : open) reading.closed.push_back(is_open == 0);
  return make_problem(*problem.exam, reading, problem.travel);
}

// Takes the better plan of the two.
void take_better(const Problem& problem, Found&& found, Found& best) {
  best.settled = best.settled && found.settled;
  if (rank_of(problem, found.room_of) >= rank_of(problem, best.room_of)) return;
  best.room_of = std::move(found.room_of);
  best.rounds = found.rounds;
}

// Opening costs: plans with those venues alone that the location problem chooses; where its choice has too few whole
// rooms, with more of them. Unless the first is as cheap as its bound, a plan with all venues, too, in which they are
// closed one by one. The best of them.
Found plan_with_openings(Problem& problem, const Limits& limits, const Clock& clock, Progress& progress) {
  OpenVenues choice = choose_openings(problem, Effort(limits, clock), progress);
  if (choice.open.empty()) return plan_class_by_class(problem, {}, Effort(limits, clock), progress);
  Limits part = limits;
  if (part.time_limit_seconds) *part.time_limit_seconds *= (1 - Effort::opening_share) / 2;
  const LeastWeights weights = least_weights(problem);
  Reading reading;
  Limits unimproved = part;
  unimproved.rounds = 0;
  Problem few = with_open_venues(problem, choice.open, reading);
  Found best = plan_class_by_class(few, reading, Effort(unimproved, clock), progress);
  const auto is_complete = [](const Found& found) {
    return std::all_of(found.room_of.begin(), found.room_of.end(), [](RoomIndex room) { return room.exists(); });
  };
  const Cost least = choice.bound + weights.rooms + weights.pairs;
  best.seat_price.clear();  // of the groups of those venues alone
  best.of_openings = choice.bound;
  best.over_cap.reset();
  const Cost penalties = count_over_cap(problem, best.room_of) * problem.scale.over_cap;
  if (is_complete(best) && objective(problem, best.room_of) + penalties == least) {
    best.settled = true;
    return best;
  }
  Found all = plan_class_by_class(problem, {}, Effort(part, clock), progress);
  all.of_openings = choice.bound;
  for (std::size_t more = 1;; more *= 2) {
    Found found = plan_class_by_class(few, reading, Effort(part, clock), progress);
    const bool complete = is_complete(found);
    take_better(problem, std::move(found), all);
    if (complete || more > choice.next.size() || (limits.time_limit_seconds && more > 1)) return all;
    for (std::size_t i = more / 2; i < more; ++i) choice.open[choice.next[i]] = 1;
    few = with_open_venues(problem, choice.open, reading);
  }
}

constexpr std::size_t crowd_of_class = 10'000;

// Under `leftover`: as if nobody shared; again as if all might, then packed into rooms as the policy wants; and with the
// rests of the units together. The best of the three.
Found plan_with_sharing(Problem& problem, const Effort& effort, const Clock& clock, Progress& progress) {
  const Limits apart = effort.part(1.0 / 3);
  Found best = plan_class_by_class(problem, {}, Effort(apart, clock), progress);
  best.unshared = best.room_of;
  std::int64_t rounds = best.rounds;  // the most of any of the plans
  const auto plan_again = [&](double share, Reading reading, const auto& share_out) {
    Limits part = effort.part(share);
    // Classes of nearly everybody are rounded well at once; where that is very many people they are slow to improve.
    if (reading.join != Join::nobody && problem.people() > crowd_of_class) part.rounds = 0;
    Problem sharing = make_problem(*problem.exam, reading, problem.travel);
    Found found = plan_class_by_class(sharing, std::move(reading), Effort(part, clock), progress);
    const std::optional<Cost> bound = found.of_rooms;
    rounds = std::max(rounds, found.rounds);
    best.settled = best.settled && found.settled;
    if (share_out(sharing, found.room_of)) take_better(problem, std::move(found), best);
    return bound;
  };
  const bool hurried = best.site_of.empty();  // no time for three
  if (hurried && effort.spent(Effort::quick_share)) return best;
  const auto stop = [&] { return effort.spent(hurried ? 1 : Effort::improving_share); };
  const auto share_out = [&](const Problem& sharing, auto& room_of) { return share_rooms(sharing, room_of, stop); };
  best.of_rooms = plan_again(0.5, {.join = Join::plain}, share_out);
  best.settled = best.settled && !stop();
  if (hurried || stop()) return best;
  plan_again(1, {.rests = choose_rests(problem, best.site_of)},
             [](const Problem& sharing, std::vector<RoomIndex>& room_of) {
               gather_rests(sharing, room_of);
               return true;
             });
  // With so many rounds each of them ends by itself again, and an exact plan follows again.
  if (best.settled) best.rounds = rounds;
  return best;
}

// Under `leftover` whoever shares nothing keeps the rule too: the search begins with the best plan without sharing where
// that is better than what the rounds found, so that sharing never makes a plan worse. Nothing when time ran out.
bool start_without_sharing(const Problem& problem, const std::vector<int>& capacities, const exact::Budget& budget,
                           const std::vector<RoomIndex>& unshared, std::vector<RoomIndex>& room_of) {
  Exam apart = *problem.exam;
  apart.policy.mixing = Mixing::never;
  const auto answer =
      exact::solve({.exam = &apart, .capacity = &capacities, .standing = nullptr, .start = &unshared}, budget);
  if (!answer) return true;
  if (answer->stopped) return false;
  if (rank_of(problem, answer->room_of) < rank_of(problem, room_of)) room_of = answer->room_of;
  return true;
}

// Small exams are planned exactly, as one more round after those in which something improved. Nothing when the exam is
// not small, or the rounds were to end or ended before that. An answer that the time limit stopped gives its bounds
// only, so that the plan stays that of the last completed round.
std::optional<exact::Answer> plan_exactly(const Problem& problem, Found& found, const Effort& effort,
                                          Progress& progress) {
  const Exam& exam = *problem.exam;
  const std::optional<std::int64_t>& most = effort.limits().rounds;
  if (!is_small(exam) || !found.settled || (most && found.rounds >= *most)) return std::nullopt;
  progress.stage({"exact plan", "최적 배정 확인"}, 0);
  std::vector<int> capacities;
  for (const seating::RoomCapacity& capacity : seating::room_capacities(exam)) capacities.push_back(capacity.people);
  exact::Budget budget;
  if (effort.timed()) budget.stop = [&effort] { return effort.spent(1); };
  std::vector<RoomIndex> start = found.room_of;
  if (exam.policy.mixing == Mixing::leftover &&
      !start_without_sharing(problem, capacities, budget, found.unshared, start)) {
    return std::nullopt;
  }
  const exact::Question question{.exam = &exam, .capacity = &capacities, .standing = nullptr, .start = &start};
  std::optional<exact::Answer> answer = exact::solve(question, budget);
  if (!answer || answer->stopped) return answer;
  if (!exact::judge(question, answer->room_of)) return std::nullopt;
  ++found.rounds;
  found.room_of = answer->room_of;
  return answer;
}

// The bound of a plan that seats everybody, and whether the plan reaches it.
void certify(const Problem& problem, const Problem& of_bounds, const Found& found,
             const std::optional<exact::Answer>& exactly, const Effort& effort, Assignment& assignment) {
  const std::int64_t over = count_over_cap(problem, assignment.room_of);
  // Two safe bounds; that of whole rooms has all weights inside.
  const LeastWeights weights = least_weights(of_bounds);
  const Cost penalties = over * of_bounds.scale.over_cap;
  const Cost of_assignment = found.of_assignment + weights.rooms + weights.pairs + weights.venues - penalties;
  Cost of_plan = found.of_rooms ? *found.of_rooms - penalties : of_assignment;
  const Cost of_openings =
      found.of_openings ? *found.of_openings + weights.rooms + weights.pairs - penalties : of_assignment;
  const std::optional<Cost> of_pairs =
      problem.travel.is_kept() && !effort.spent(1) ? bound_pairs(problem, over, effort) : std::nullopt;
  if (of_pairs) of_plan = std::max(of_plan, *of_pairs + weights.rooms);
  const bool whole_rooms = std::max(of_plan, of_openings) > of_assignment;
  Cost bound = std::max({of_plan, of_assignment, of_openings});
  if (problem.scale.over_cap > 0) bound = std::max(bound, least_travel(of_bounds));
  // The exact bound is of all plans with no more people beyond the cap than its own plan.
  const bool exact_bound = exactly && exactly->values.unseated == 0 && exactly->values.over_cap == over;
  if (exact_bound) bound = std::max(exactly->bound.total, of_openings);
  assignment.bound = Bound{.total = bound, .of = whole_rooms || exact_bound ? BoundOf::plan : BoundOf::assignment};
  const Cost total = objective(problem, assignment.room_of);
  if (problem.scale.over_cap > 0) assignment.over_detour_bound = over == 0 ? 0 : found.over_cap;
  if (exact_bound && assignment.over_detour_bound) {
    assignment.over_detour_bound = std::max<std::int64_t>(*assignment.over_detour_bound, exactly->bound.over_cap);
  }
  const bool fewest_over = !exact_bound || exactly->bound.over_cap == over;
  assignment.status = total == bound && fewest_over ? PlanStatus::optimal : PlanStatus::feasible;
}

}  // namespace

Assignment allocate(const Exam& exam, const Seed& seed, const Limits& limits, const Clock& clock, Progress& progress) {
  static_cast<void>(seed);
  const Effort effort(limits, clock);
  Assignment assignment;
  assignment.room_of.resize(exam.applicants.size());
  if (exam.applicants.empty()) {
    assignment.status = PlanStatus::optimal;
    assignment.bound = Bound{.total = 0, .of = BoundOf::plan};
    return assignment;
  }
  progress.stage({"computing travel", "거리 계산"}, 0);
  Problem problem = make_problem(exam, {}, limits.threads);
  Found found = !problem.travel.is_kept()                ? plan_large_exam(problem, effort, progress)
                : exam.policy.mixing == Mixing::leftover ? plan_with_sharing(problem, effort, clock, progress)
                : openings_cost(exam)                    ? plan_with_openings(problem, limits, clock, progress)
                                                         : plan_class_by_class(problem, {}, effort, progress);
  const std::optional<exact::Answer> exactly = plan_exactly(problem, found, effort, progress);
  const bool any_choice = has_choice(exam);
  const bool any_sharing = exam.policy.mixing == Mixing::leftover && problem.travel.is_kept() &&
                           (any_choice || !found.of_rooms) && !effort.spent(1);
  std::optional<Problem> relaxed;
  if (any_choice || any_sharing) {
    const Join join = any_sharing ? Join::all : Join::nobody;
    relaxed = make_problem(exam, {.any_choice = any_choice, .join = join}, problem.travel);
  }
  const Problem& of_bounds = relaxed ? *relaxed : problem;
  assignment.room_of = std::move(found.room_of);
  assignment.rounds = found.rounds;
  assignment.unseated = explain_unseated(problem, assignment.room_of);
  if (!assignment.unseated.empty()) {
    assignment.conflicts = prove_infeasible(of_bounds);
    if (exactly && exactly->bound.unseated == 0) assignment.conflicts.clear();
    if (exactly && exactly->bound.unseated > 0 && assignment.conflicts.empty()) {
      assignment.conflicts.push_back(tell_fewest_unseated(exactly->bound.unseated));
    }
    assignment.status = assignment.conflicts.empty() ? PlanStatus::gave_up : PlanStatus::infeasible;
    return assignment;
  }
  assignment.room_prices = list_room_prices(problem, found.seat_price);
  if (relaxed) bound_any_choice(*relaxed, effort, found);
  if (relaxed && found.of_openings) {
    const OpenVenues choice = choose_openings(*relaxed, effort, progress);
    found.of_openings.reset();
    if (!choice.open.empty()) found.of_openings = choice.bound;
  }
  certify(problem, of_bounds, found, exactly, effort, assignment);
  return assignment;
}

}  // namespace hanjari::allocation
