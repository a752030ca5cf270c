#include "hanjari/replanning/replan.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "hanjari/seating/seats.h"
#include "hanjari/seating/tally.h"
#include "replanning/exact_change.h"
#include "replanning/explain.h"
#include "replanning/farther_moves.h"
#include "replanning/new_numbers.h"
#include "replanning/room_choice.h"
#include "replanning/room_exchange.h"
#include "replanning/room_table.h"
#include "replanning/separate_rooms.h"
#include "replanning/sharing/free_seats.h"
#include "replanning/workers.h"

namespace hanjari::replanning {
namespace {

// Up to so many people without a place are tried one by one before rooms are exchanged between classes.
constexpr std::size_t few_people = 400;
constexpr int most_attempts = 6;
constexpr std::int64_t most_tried = 300'000;  // people whose class was tried with other rooms

struct Floors {
  Count weighted = 0;
  Count venue = 0;
  Count left_room = 0;
};

class Replan {
 public:
  Replan(const Exam& exam, const PlanRows& published, int threads, Progress& progress)
      : exam_(exam),
        published_(published),
        threads_(threads),
        progress_(progress),
        seed_(parse_seed(published.report.seed).value_or(Seed{})),
        travel_(exam),
        problem_(make_change_problem(exam, published, travel_)),
        costs_(problem_, travel_),
        seats_(exam, seed_, published.digest),
        chooser_(problem_, Aim::plan, seats_),
        table_(problem_, chooser_),
        room_of_(exam.applicants.size()) {}

  Replanned run() {
    progress_.stage({"who has to move", "이동 대상 확인"}, 0);
    Floors floors = forced();
    if (!place_few(floors.weighted))
      place_many(floors);
    else if (count_farther(problem_, travel_, room_of_) > floor_farther(problem_, travel_, weighted(), weighted()))
      place_nearer();
    replan_exactly(floors);
    return finish(floors);
  }

  const ChangeProblem& problem() const { return problem_; }
  const Seed& seed() const { return seed_; }

 private:
  void place_many(Floors& floors) {
    progress_.stage({"rooms of every unit", "모집단위별 시험실 배정"}, 0);
    place_all();
    repair_wheelchairs();
    progress_.stage({"how few could move at best", "최소 이동 인원 계산"}, 0);
    floors = find_floors();
    divide_rooms_anew(floors.weighted);
    if (!everybody_sits()) seat_the_rest();  // and under `leftover` beside other units
  }

  // Few people took one seat after the other; all of them at once may have shorter ways. The better plan stays.
  void place_nearer() {
    const auto value = [&] {
      const Count unseated = std::count(room_of_.begin(), room_of_.end(), RoomIndex::none());
      return std::tuple(unseated, weighted(), count_farther(problem_, travel_, room_of_));
    };
    const auto [few, few_table, before] = std::tuple(room_of_, table_, value());
    Floors same;
    place_many(same);
    if (value() < before) return;
    room_of_ = few;
    table_ = few_table;
  }

  // What everybody costs who alone cannot stay, whatever is done with rooms.
  Floors forced() const {
    const ChangeWeights& weights = exam_.policy.change_weights;
    Floors floors;
    for (std::size_t person = 0; person < room_of_.size(); ++person) {
      if (problem_.row_of[person] == none || problem_.may_keep_room[person] != 0) continue;
      ++floors.left_room;
      if (problem_.may_keep_venue[person] == 0) ++floors.venue;
    }
    floors.weighted = std::min(weights.venue, weights.room) * (floors.left_room - floors.venue) + weights.venue * floors.venue;
    return floors;
  }

  std::vector<GivenRoom> rooms_of(std::uint32_t people_class) const { return table_.rooms_of(people_class); }
  bool everybody_sits() const { return std::count(room_of_.begin(), room_of_.end(), RoomIndex::none()) == 0; }

  void keep_shared_rooms() {
    std::vector<Count> taken(exam_.rooms.size(), 0);
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      const RoomIndex room = problem_.old_room[person];
      if (problem_.may_keep_room[person] == 0 || problem_.shared_before[room.value] == 0) continue;
      if (taken[room.value] == problem_.capacity[room.value]) continue;
      ++taken[room.value];
      room_of_[person] = room;
    }
  }

  // Moves the people of one class; those of shared rooms are placed already and stay out.
  void move_class(std::uint32_t number) {
    const PeopleClass& all = problem_.classes.list[number];
    seating::Reseating seats(exam_, seed_, published_.digest);
    if (!any_shared_) {
      for (const std::uint32_t person : all.people) room_of_[person] = RoomIndex::none();
      move_people(problem_, all, rooms_of(number), costs_, seats, room_of_);
      return;
    }
    PeopleClass rest = all;
    std::erase_if(rest.people, [&](std::uint32_t person) {
      return room_of_[person].exists() && problem_.shared_before[room_of_[person].value] != 0;
    });
    for (const std::uint32_t person : rest.people) room_of_[person] = RoomIndex::none();
    move_people(problem_, rest, rooms_of(number), costs_, seats, room_of_);
  }

  Count weighted() const {
    const ChangeWeights& weights = exam_.policy.change_weights;
    Count sum = 0;
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      if (problem_.row_of[person] == none || !room_of_[person].exists() || room_of_[person] == problem_.old_room[person]) continue;
      sum += exam_[room_of_[person]].venue == problem_.old_venue[person] ? weights.room : weights.venue;
    }
    return sum;
  }

  // A small change: everybody without a place finds a free seat or a free room, and nobody else moves. True when that
  // costs no more than it must.
  bool place_few(Count least) {
    any_shared_ = std::count(problem_.shared_before.begin(), problem_.shared_before.end(), 1) > 0;
    if (any_shared_) keep_shared_rooms();
    std::vector<Count> spare(problem_.capacity.begin(), problem_.capacity.end());
    std::vector<std::uint32_t> waiting;
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      const RoomIndex room = problem_.old_room[person];
      if (problem_.may_keep_room[person] != 0 && table_.owner(room) == problem_.classes.of[person]) {
        if (--spare[room.value] < 0) return false;
        room_of_[person] = room;
      } else if (problem_.may_keep_room[person] != 0 && problem_.shared_before[room.value] != 0) {
        if (!room_of_[person].exists()) return false;
      } else {
        waiting.push_back(person);
        if (problem_.pinned[person] != 0 || waiting.size() > few_people) return false;
      }
    }
    if (table_.overdrawn()) return false;
    // First those who can stay at their venue, for they have the least choice.
    std::stable_partition(waiting.begin(), waiting.end(),
                          [&](std::uint32_t person) { return problem_.may_keep_venue[person] != 0; });
    RoomTable table = table_;
    for (const std::uint32_t person : waiting) {
      if (!find_place(person, problem_.may_keep_venue[person] != 0, table, spare)) return false;
    }
    return weighted() == least;
  }

  // Counts of rooms do not see for whom a room is: whoever is left takes a free seat of the own class or a free room.
  void seat_the_rest() {
    std::vector<Count> spare(problem_.capacity.begin(), problem_.capacity.end());
    for (const RoomIndex room : room_of_)
      if (room.exists()) --spare[room.value];
    for (std::uint32_t i = 0; i < spare.size(); ++i) {
      const RoomIndex room(i);
      if (spare[i] == problem_.capacity[i] && table_.owner(room) != none && !table_.is_held(room)) table_.release(room);
    }
    const auto place = [&](std::uint32_t person) {
      return (problem_.may_keep_venue[person] != 0 && find_place(person, true, table_, spare)) || find_place(person, false, table_, spare);
    };
    // Wheelchair users first: fewer of the free seats are for them.
    for (std::size_t step = 0; step < 2 * room_of_.size(); ++step) {
      const auto person = static_cast<std::uint32_t>(step % room_of_.size());
      const bool turn = exam_.applicants[person].accommodation.wheelchair == (step < room_of_.size());
      if (turn && !room_of_[person].exists() && problem_.pinned[person] == 0) place(person);
    }
    make_room_among_others(problem_, costs_, place, room_of_);
    take_shared_seats(problem_, costs_, room_of_);
  }

  // The cheapest free seat among the rooms of the own class and the free rooms; `at_home`: only at the own venue.
  bool find_place(std::uint32_t person, bool at_home, RoomTable& table, std::vector<Count>& spare) {
    const std::uint32_t own = problem_.classes.of[person];
    const bool wheelchair = exam_.applicants[person].accommodation.wheelchair;
    RoomIndex best;
    std::uint32_t best_pool = none;  // when the room is a free one
    std::int64_t best_cost = VenueCosts::impossible;
    for (std::uint32_t number = 0; number < problem_.pools.size(); ++number) {
      const RoomPool& pool = problem_.pools[number];
      if (!problem_.admits(pool, person) || (at_home && pool.venue != problem_.old_venue[person])) continue;
      const std::int64_t cost = costs_(person, pool.venue);
      if (cost >= best_cost) continue;
      for (const RoomIndex room : pool.rooms) {
        if (table.owner(room) != own || spare[room.value] <= 0 || problem_.shared_before[room.value] != 0) continue;
        if (wheelchair && !exam_[room].accessible) continue;
        best = room;
        best_pool = none;
        best_cost = cost;
        break;
      }
      const std::int64_t opening = cost + exam_.policy.weights.room;
      if (opening >= best_cost) continue;
      const auto room = table.find_free(number, wheelchair);
      if (room && spare[room->value] > 0 && (!wheelchair || exam_[*room].accessible)) {
        best = *room;
        best_pool = number;
        best_cost = opening;
      }
    }
    if (!best.exists()) return false;
    if (best_pool != none) table.give(best, own, best_pool);
    --spare[best.value];
    room_of_[person] = best;
    return true;
  }

  // Moves everybody over the rooms of the table; counts those without a seat, in all and by class.
  Count move_everybody(std::vector<Count>& unseated_of) {
    std::fill(room_of_.begin(), room_of_.end(), RoomIndex::none());
    if (any_shared_) keep_shared_rooms();
    for_each_item(threads_, problem_.classes.list.size(),
                  [&](std::size_t number) { move_class(static_cast<std::uint32_t>(number)); });
    Count unseated = 0;
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      if (room_of_[person].exists()) continue;
      ++unseated;
      ++unseated_of[problem_.classes.of[person]];
    }
    return unseated;
  }

  void place_all() {
    const FreshCosts fresh = problem_.pools.empty() ? FreshCosts{} : estimate_fresh_costs(problem_, chooser_, costs_, threads_);
    std::vector<Count> extra(problem_.classes.list.size(), 0);
    std::vector<RoomIndex> best;
    std::optional<RoomTable> best_table;
    Count best_unseated = 0;
    // Rooms of unequal size, or for few, can turn out smaller than was counted on: plan for more seats and try again.
    for (const SeatEstimate estimate : {SeatEstimate::average, SeatEstimate::largest}) {
      std::fill(extra.begin(), extra.end(), 0);
      for (int attempt = 0; attempt < most_attempts; ++attempt) {
        const RoomChoice choice = chooser_.choose(
            {.weights = exam_.policy.change_weights, .fresh = &fresh, .extra_seats = &extra, .estimate = estimate});
        table_.follow(choice);
        const Count unseated = move_everybody(extra);
        if (best.empty() || unseated < best_unseated) {
          best = room_of_;
          best_table = table_;
          best_unseated = unseated;
        }
        if (unseated == 0 || choice.unseated > 0) break;
      }
      if (best_unseated == 0) break;
    }
    table_ = *std::move(best_table);
    room_of_ = std::move(best);
  }

  // A wheelchair user whose class has no accessible room where there is a seat: exchange a room of the class for an
  // accessible one of another class at the same venue, with the fewest people in both.
  void repair_wheelchairs() {
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      if (room_of_[person].exists() || !exam_.applicants[person].accommodation.wheelchair ||
          problem_.pinned[person] != 0)
        continue;
      const std::uint32_t own = problem_.classes.of[person];
      std::vector<Count> people_in(exam_.rooms.size(), 0);
      std::vector<char> needed(exam_.rooms.size(), 0);
      for (std::uint32_t other = 0; other < room_of_.size(); ++other) {
        if (!room_of_[other].exists()) continue;
        ++people_in[room_of_[other].value];
        if (exam_.applicants[other].accommodation.wheelchair || problem_.pinned[other] != 0)
          needed[room_of_[other].value] = 1;
      }
      std::optional<std::pair<RoomIndex, RoomIndex>> best;
      Count best_cost = 0;
      for (const GivenRoom& given : rooms_of(own)) {
        const VenueIndex venue = exam_[given.room].venue;
        if (exam_[given.room].accessible || given.assisted || needed[given.room.value] != 0) continue;
        if (costs_(person, venue) == VenueCosts::impossible) continue;
        for (std::uint32_t i = 0; i < exam_.venues[venue.value].room_count; ++i) {
          const RoomIndex other(std::size_t{exam_.venues[venue.value].first_room} + i);
          if (!exam_[other].accessible || exam_[other].use != exam_[given.room].use || needed[other.value] != 0)
            continue;
          if (problem_.shared_before[other.value] != 0 || table_.owner(other) == own) continue;
          if (problem_.capacity[other.value] < people_in[given.room.value] ||
              problem_.capacity[given.room.value] < people_in[other.value])
            continue;
          const Count cost =
              people_in[given.room.value] + people_in[other.value] + (venue == problem_.old_venue[person] ? 0 : 1'000);
          if (!best || cost < best_cost) {
            best = {given.room, other};
            best_cost = cost;
          }
        }
      }
      if (!best) continue;
      const std::uint32_t second = table_.owner(best->second);
      table_.exchange(best->first, best->second);
      move_class(own);
      if (second != none) move_class(second);
    }
  }

  // In small exams the best plan and the floors are known exactly.
  void replan_exactly(Floors& floors) {
    progress_.stage({"exact plan", "최적 배정 확인"}, 0);
    exact_ = change_exactly(problem_, seats_, room_of_);
    if (!exact_) return;
    room_of_ = exact_->answer.room_of;
    floors = {exact_->answer.bound.changed, exact_->floor_venue, exact_->floor_left_room};
  }

  // What counts of rooms do not see, if the floor leaves something to be found.
  void divide_rooms_anew(Count least) {
    if (everybody_sits() && weighted() <= least) return;
    RoomExchange(problem_, costs_, seats_, table_, room_of_).improve(most_tried);
  }

  Floors find_floors() {
    const RoomChooser bound(problem_, Aim::bound, seats_);
    const ChangeWeights& own = exam_.policy.change_weights;
    const std::vector<ChangeWeights> asked = {own, {1, 0, 0}, {1, 1, 0}};
    std::vector<RoomChoice> found(asked.size());
    for_each_item(threads_, asked.size(), [&](std::size_t i) { found[i] = bound.choose({.weights = asked[i]}); });
    least_unseated_ = found[0].unseated;
    const Floors single = forced();
    return {std::max(found[0].weighted, single.weighted), std::max(found[1].weighted, single.venue),
            std::max(found[2].weighted, single.left_room)};
  }

  Replanned finish(const Floors& floors) {
    progress_.stage({"seats and numbers", "좌석과 응시번호 부여"}, 0);
    Replanned result;
    result.plan = seat_everybody();
    Plan& plan = result.plan;
    PlanReport& report = plan.report;
    explain_unseated(problem_, room_of_, plan);
    const bool impossible_alone = std::any_of(plan.unseated.begin(), plan.unseated.end(), is_proof);
    const bool impossible = exact_ ? exact_->answer.bound.unseated > 0 : least_unseated_ > 0 || impossible_alone;
    report.status = plan.unseated.empty() ? PlanStatus::feasible
                    : impossible          ? PlanStatus::infeasible
                                          : PlanStatus::gave_up;
    // A bound of the same exam holds for this plan too.
    const bool same_exam = !exam_.input_sha256.empty() && published_.report.input_sha256 == exam_.input_sha256;
    if (same_exam && plan.unseated.empty()) report.bound = published_.report.bound;
    seating::tally(exam_, plan);
    if (report.bound && report.bound->total == report.objective.total) report.status = PlanStatus::optimal;
    result.changes = list_changes(exam_, published_, plan);
    ChangeFigures figures = count_changes(result.changes, exam_.policy.change_weights);
    figures.floor_weighted = floors.weighted;
    figures.floor_venue = floors.venue;
    figures.floor_left_room = floors.left_room;
    figures.floor_room = std::max<Count>(0, floors.left_room - figures.venue);
    set_farther(figures);
    if (!plan.unseated.empty()) {  // fewer people are seated than the floors are of
      figures.floor_weighted = std::min(figures.floor_weighted, figures.weighted);
      figures.floor_venue = std::min(figures.floor_venue, figures.venue);
      figures.floor_left_room = std::min(figures.floor_left_room, figures.venue + figures.room);
      figures.floor_room = std::max<Count>(0, figures.floor_left_room - figures.venue);
      figures.floor_farther = 0;
    }
    report.change = figures;
    return result;
  }

  void set_farther(ChangeFigures& figures) const {
    figures.farther_cap_m = exam_.policy.moved_farther_m;
    if (!figures.farther_cap_m) return;
    figures.farther = count_farther(problem_, travel_, room_of_);
    figures.floor_farther = floor_farther(problem_, travel_, figures.weighted, forced().weighted);
    // The exact search counts a seat as kept where it is there; only if that is what the plan comes to is it about the
    // same plans.
    if (exact_ && exact_->answer.values.changed == figures.weighted)
      figures.floor_farther = std::max(figures.floor_farther, exact_->answer.bound.farther);
  }

  Plan seat_everybody() {
    Plan plan;
    plan.report.seed = seed_.hex();
    plan.report.input_sha256 = exam_.input_sha256;
    plan.report.replanned_from = published_.digest;
    NewNumbers numbers(exam_, published_);
    std::vector<std::uint32_t> position(exam_.applicants.size(), none);
    std::vector<std::vector<std::uint32_t>> people_in(exam_.rooms.size());
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      if (!room_of_[person].exists()) continue;
      people_in[room_of_[person].value].push_back(person);
      position[person] = static_cast<std::uint32_t>(plan.placements.size());
      Placement& placed = plan.placements.emplace_back();
      placed.applicant = ApplicantIndex(person);
      placed.room = room_of_[person];
      placed.venue = exam_[placed.room].venue;
      placed.travel_m = travel_.between(placed.applicant, placed.venue);
      // A published metre more or less is the same way.
      if (problem_.row_of[person] != none && problem_.old_venue[person] == placed.venue) {
        const Metres before = published_.placements[problem_.row_of[person]].travel_m;
        if (before - placed.travel_m <= 1 && placed.travel_m - before <= 1) placed.travel_m = before;
      }
    }
    std::vector<seating::Stayer> stayers;
    std::vector<ApplicantIndex> newcomers;
    for (std::uint32_t room = 0; room < people_in.size(); ++room) {
      if (people_in[room].empty()) continue;
      stayers.clear();
      newcomers.clear();
      for (const std::uint32_t person : people_in[room]) {
        if (problem_.old_room[person] == RoomIndex(room)) {
          stayers.push_back({ApplicantIndex(person), problem_.old_seat[person]});
        } else {
          newcomers.push_back(ApplicantIndex(person));
        }
      }
      const seating::ReseatedRoom seated = seats_.seat(RoomIndex(room), stayers, newcomers);
      for (const seating::Reseated& person : seated.people) {
        Placement& placed = plan.placements[position[person.applicant.value]];
        placed.seat_no = person.seat_no;
        placed.desk = person.desk;
        placed.booklet = seating::booklet_of(person.desk, exam_.policy.booklets);
      }
      auto& broken = plan.report.keep_apart_broken;
      broken.insert(broken.end(), seated.broken.begin(), seated.broken.end());
    }
    std::sort(plan.report.keep_apart_broken.begin(), plan.report.keep_apart_broken.end(),
              [](const KeepApartBroken& a, const KeepApartBroken& b) {
                return std::pair(a.first, a.second) < std::pair(b.first, b.second);
              });
    give_numbers(plan, numbers);
    return plan;
  }

  // In the order of a first plan: unit by unit, venue by venue, room by room, seat by seat.
  void give_numbers(Plan& plan, NewNumbers& numbers) const {
    std::vector<Placement*> added;
    for (Placement& placed : plan.placements) {
      const std::uint32_t row = problem_.row_of[placed.applicant.value];
      const UnitIndex unit = exam_[placed.applicant].unit;
      if (row != none && numbers.may_keep(published_.placements[row], unit)) {
        placed.number = published_.placements[row].applicant_number;
      } else {
        added.push_back(&placed);
      }
    }
    std::sort(added.begin(), added.end(), [&](const Placement* a, const Placement* b) {
      return std::tuple(exam_[a->applicant].unit, a->room, a->seat_no) <
             std::tuple(exam_[b->applicant].unit, b->room, b->seat_no);
    });
    for (Placement* placed : added) placed->number = numbers.next(exam_[placed->applicant].unit);
    plan.report.last_serials = numbers.last_serials();
  }

  const Exam& exam_;
  const PlanRows& published_;
  int threads_;
  Progress& progress_;
  Seed seed_;
  TravelTable travel_;
  ChangeProblem problem_;
  VenueCosts costs_;
  seating::Reseating seats_;
  RoomChooser chooser_;
  RoomTable table_;
  std::vector<RoomIndex> room_of_;
  bool any_shared_ = false;
  Count least_unseated_ = 0;
  std::optional<ExactChange> exact_;  // of a small exam
};

}  // namespace

Replanned replan(const Exam& exam, const PlanRows& published, int threads, Progress& progress) {
  Replan own(exam, published, threads, progress);
  Replanned result = own.run();
  if (result.plan.unseated.empty()) return result;
  Exam larger = exam;
  result.missing = find_missing_rooms(own.problem(), own.seed(), larger);
  if (!result.missing.empty()) {
    Replan with_rooms(larger, published, threads, progress);
    result.missing_is_enough = with_rooms.run().plan.unseated.empty();
  }
  add_conflicts(own.problem(), result);
  return result;
}

}  // namespace hanjari::replanning
