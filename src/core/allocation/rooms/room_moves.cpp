#include "allocation/rooms/room_moves.h"

#include <algorithm>
#include <array>

#include "allocation/rooms/block_moves.h"
#include "allocation/workers.h"

namespace hanjari::allocation {
namespace {

constexpr std::size_t slices = 8;      // a round evaluates one slice of the places
constexpr std::size_t moves_kept = 6;  // per class and place moved to: those that promise most

// How far the search looks: first near and fast, further when nothing near improves.
struct Reach {
  Cost allowance_metres;  // per seat: what the rest of a cycle may make up for
  std::size_t longest;   // moves in a cycle
  std::size_t width;     // moves tried from a group
};
constexpr std::array<Reach, 4> reaches{{{30, 3, 6}, {80, 4, 6}, {160, 4, 8}, {320, 5, 8}}};

}  // namespace

RoomMoves::RoomMoves(Rooming& rooming, std::vector<Cost> room_worth, int threads)
    : rooming_(rooming),
      threads_(threads),
      weighed_(BlockMoves::wanted(rooming.problem())),
      room_worth_(std::move(room_worth)) {
  for (std::size_t i = 0; i < rooming.classes(); ++i) {
    const std::size_t places = rooming.of(i).group_of.size();
    moves_to_.emplace_back(places);
    drops_.emplace_back(places);
    stale_.emplace_back(places, 1);
    changed_.emplace_back(places, 0);
  }
}

std::uint64_t RoomMoves::work() const {
  std::uint64_t searches = 0;
  for (std::size_t i = 0; i < rooming_.classes(); ++i) searches += rooming_.of(i).seats.searches();
  return searches;
}

// What the weights say to one more room of the class there, when it has `rooms_before`.
Cost RoomMoves::entering(std::size_t people_class, std::uint32_t place, std::int32_t rooms_before) const {
  const Problem& problem = rooming_.problem();
  const Exam& exam = *problem.exam;
  const Weights& weights = exam.policy.weights;
  Cost cost = weights.room;
  if (!weighed_) return cost;
  const std::uint32_t group = rooming_.of(people_class).group_of[place];
  const VenueIndex venue = problem.groups[group].venue;
  const std::int32_t elsewhere = rooming_.rooms_at(people_class, venue) - rooming_.rooms()(people_class, group);
  if (elsewhere + rooms_before > 0) return cost;
  if (problem.classes[people_class].carries_pairs) cost += weights.unit_at_venue;
  const Cost opening = weights.venue + exam[venue].opening_cost;
  for (std::size_t i = 0; opening > 0 && i < rooming_.classes(); ++i) {
    if (i != people_class && rooming_.rooms_at(i, venue) > 0) return cost;
  }
  return cost + opening;
}

void RoomMoves::evaluate_place(std::size_t i, std::uint32_t to) {
  ClassRooms& people = rooming_.of(i);
  const Problem& problem = rooming_.problem();
  auto& moves = moves_to_[i][to];
  moves.clear();
  const std::uint32_t to_group = people.group_of[to];
  const auto capacity = [&](std::uint32_t place) {
    return std::int64_t{problem.groups[people.group_of[place]].capacity};
  };
  const auto rooms_at = [&](std::uint32_t place) { return rooming_.rooms()(i, people.group_of[place]); };
  if (rooms_at(to) == static_cast<std::int32_t>(problem.groups[to_group].rooms.size())) return;
  const auto places = static_cast<std::uint32_t>(people.group_of.size());

  const Cost allowance = capacity(to) * reaches[reach_].allowance_metres * problem.scale.travel;
  if (worth(to_group) - capacity(to) * people.seats.seat_worth(to) > allowance) return;
  people.seats.begin_trial();
  const Cost enter = entering(i, to, rooms_at(to));
  const Cost added = people.seats.change_seats(to, capacity(to), allowance - worth(to_group) - enter);
  if (added == impossible) {
    people.seats.roll_back();
    return;
  }
  const Cost gain = added + enter;
  if (gain < 0) {
    moves.push_back({.to = to_group,
                     .people_class = static_cast<std::uint32_t>(i),
                     .to_place = to,
                     .change = gain,
                     .reduced = gain + worth(to_group)});
  }
  struct Promise {
    Cost reduced;
    std::uint32_t from;
    bool operator<(const Promise& other) const {
      return reduced != other.reduced ? reduced < other.reduced : from < other.from;
    }
  };
  std::vector<Promise> promises;
  for (std::uint32_t from = 0; from < places; ++from) {
    if (from == to || rooms_at(from) == 0) continue;
    const std::int64_t leave =
        static_cast<std::int64_t>(people.seats.taken(from)) - (people.seats.seats(from) - capacity(from));
    const Cost least =
        gain + std::max<std::int64_t>(0, leave) * people.seats.price(from) - entering(i, from, rooms_at(from) - 1);
    promises.push_back({least + worth(to_group) - worth(people.group_of[from]), from});
  }
  const std::size_t kept = std::min(moves_kept, promises.size());
  std::partial_sort(promises.begin(), promises.begin() + static_cast<std::ptrdiff_t>(kept), promises.end());
  promises.resize(kept);
  for (const Promise& promise : promises) {
    const std::uint32_t from = promise.from;
    const std::uint32_t from_group = people.group_of[from];
    if (promise.reduced > allowance) break;
    people.seats.begin_trial();
    const Cost left = entering(i, from, rooms_at(from) - 1);
    const Cost removed =
        people.seats.change_seats(from, -capacity(from), allowance - worth(to_group) + worth(from_group) - gain + left);
    people.seats.roll_back();
    if (removed == impossible) continue;
    const Cost change = gain + removed - left;
    moves.push_back({.from = from_group,
                     .to = to_group,
                     .people_class = static_cast<std::uint32_t>(i),
                     .from_place = from,
                     .to_place = to,
                     .change = change,
                     .reduced = change + worth(to_group) - worth(from_group)});
  }
  people.seats.roll_back();
}

void RoomMoves::evaluate_drop(std::size_t i, std::uint32_t place) {
  ClassRooms& people = rooming_.of(i);
  const Problem& problem = rooming_.problem();
  drops_[i][place].clear();
  const std::uint32_t group = people.group_of[place];
  const std::int32_t rooms = rooming_.rooms()(i, group);
  if (rooms == 0) return;
  const std::int64_t capacity = problem.groups[group].capacity;
  const Cost left = entering(i, place, rooms - 1);
  const Cost allowance = capacity * reaches[reach_].allowance_metres * problem.scale.travel;
  people.seats.begin_trial();
  const Cost removed = people.seats.change_seats(place, -capacity, allowance + worth(group) + left);
  people.seats.roll_back();
  if (removed == impossible) return;
  drops_[i][place].push_back({.from = group,
                              .people_class = static_cast<std::uint32_t>(i),
                              .from_place = place,
                              .change = removed - left,
                              .reduced = removed - left - worth(group)});
}

// Moves that lean on what has changed are forgotten; those of this round's places are evaluated again.
void RoomMoves::evaluate_class(std::size_t i, const std::function<bool()>& stop) {
  for (std::uint32_t place = 0; place < moves_to_[i].size(); ++place) {
    auto& moves = moves_to_[i][place];
    const bool leans = std::any_of(moves.begin(), moves.end(), [&](const Move& move) {
      return changed_[i][place] || (move.from_place != nowhere && changed_[i][move.from_place]);
    });
    if (leans || changed_[i][place]) {
      stale_[i][place] = 1;
      moves.clear();
      drops_[i][place].clear();
    }
  }
  std::fill(changed_[i].begin(), changed_[i].end(), 0);
  for (std::uint32_t place = 0; place < moves_to_[i].size(); ++place) {
    if (!stale_[i][place] || (place + i) % slices != slice_) continue;
    if (stop()) return;
    evaluate_place(i, place);
    evaluate_drop(i, place);
    stale_[i][place] = 0;
  }
}

void RoomMoves::index_moves() {
  out_.assign(room_worth_.size() + 1, {});
  for (std::size_t i = 0; i < moves_to_.size(); ++i) {
    for (std::size_t place = 0; place < moves_to_[i].size(); ++place) {
      for (const Move& move : moves_to_[i][place]) out_[node(move.from)].push_back(&move);
      for (const Move& move : drops_[i][place]) out_[node(move.from)].push_back(&move);
    }
  }
  for (auto& moves : out_) {
    std::stable_sort(moves.begin(), moves.end(), [](const Move* a, const Move* b) { return a->reduced < b->reduced; });
  }
}

// The path's rooms: path[0].from is given, path.back().to must come from the next move, from the stock, or be
// path[0].from itself.
void RoomMoves::extend(std::vector<Move>& path, Cost reduced, Cycle& best) {
  const std::uint32_t at = path.back().to;
  const std::uint32_t start = path.front().from;
  // Closing costs: nothing when the cycle meets itself; the worth comes out of the reduced costs.
  const bool meets = at == start;
  const bool from_stock = at != nowhere && rooming_.free_rooms(at) > 0;
  if (meets || at == nowhere || from_stock) {
    const Cost change = reduced - worth(at) + worth(start);
    if (change < best.change) best = {path, change};
  }
  if (meets || path.size() == reaches[reach_].longest || at == nowhere) return;
  std::size_t tried = 0;
  for (const Move* next : out_[node(at)]) {
    if (reduced + next->reduced >= 0 || ++tried > reaches[reach_].width) break;
    const bool passed = std::any_of(path.begin(), path.end(), [&](const Move& move) {
      return move.people_class == next->people_class || (move.from == next->to && next->to != start);
    });
    if (passed) continue;
    path.push_back(*next);
    extend(path, reduced + next->reduced, best);
    path.pop_back();
  }
}

void RoomMoves::search(const Move& first, Cycle& best) {
  std::vector<Move> path{first};
  extend(path, first.reduced, best);
}

bool RoomMoves::apply(const Cycle& cycle) {
  // What the cycle needs must still be there.
  std::vector<std::int32_t> balance(room_worth_.size());
  for (const Move& move : cycle.moves) {
    if (move.from != nowhere) {
      if (rooming_.rooms()(move.people_class, move.from) == 0) return false;
      ++balance[move.from];
    }
    if (move.to != nowhere) --balance[move.to];
  }
  for (std::size_t group = 0; group < balance.size(); ++group) {
    if (balance[group] + rooming_.free_rooms(group) < 0) return false;
  }
  const Problem& problem = rooming_.problem();
  Cost change = -rooming_.weights();
  const auto count = [&](const Move& move, std::int32_t sign) {
    if (move.from != nowhere) rooming_.count_room(move.people_class, move.from_place, -sign);
    if (move.to != nowhere) rooming_.count_room(move.people_class, move.to_place, sign);
  };
  for (const Move& move : cycle.moves) {
    ClassRooms& people = rooming_.of(move.people_class);
    people.seats.begin_trial();
    if (move.to != nowhere) change += people.seats.change_seats(move.to_place, problem.groups[move.to].capacity);
    if (move.from != nowhere) {
      change += people.seats.change_seats(move.from_place, -std::int64_t{problem.groups[move.from].capacity});
    }
    count(move, 1);
  }
  change += rooming_.weights();
  if (change >= 0) {
    for (const Move& move : cycle.moves) {
      rooming_.of(move.people_class).seats.roll_back();
      count(move, -1);
    }
    return false;
  }
  for (const Move& move : cycle.moves) {
    ClassRooms& people = rooming_.of(move.people_class);
    for (const std::uint32_t place : people.seats.changed_places()) changed_[move.people_class][place] = 1;
    people.seats.keep();
  }
  return true;
}

std::optional<Cost> RoomMoves::run_round(const std::function<bool()>& stop) {
  for (;;) {
    const std::optional<Cost> change = run_slice(stop);
    if (!change) return change;
    slice_ = (slice_ + 1) % slices;
    idle_ = *change < 0 ? 0 : idle_ + 1;
    if (*change < 0) return change;
    if (idle_ < slices) continue;
    if (reach_ + 1 == reaches.size()) return 0;
    ++reach_;
    idle_ = 0;
    for (auto& of_class : stale_) std::fill(of_class.begin(), of_class.end(), 1);
  }
}

std::optional<Cost> RoomMoves::run_slice(const std::function<bool()>& stop) {
  for_each_item(threads_, rooming_.classes(), [&](std::size_t i) { evaluate_class(i, stop); });
  if (stop()) return std::nullopt;
  index_moves();
  // Every improving cycle has a place to begin from which all its partial sums are negative.
  std::vector<const Move*> starts;
  for (const auto& moves : out_) {
    for (const Move* move : moves) {
      if (move->reduced >= 0) break;
      starts.push_back(move);
    }
  }
  std::vector<Cycle> cycles(starts.size());
  for_each_item(threads_, starts.size(), [&](std::size_t i) { search(*starts[i], cycles[i]); });
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < cycles.size(); ++i) {
    if (cycles[i].change < 0) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return cycles[a].change < cycles[b].change; });
  Cost before = 0;
  for (std::size_t i = 0; i < rooming_.classes(); ++i) before += rooming_.of(i).seats.total();
  bool improved = false;
  for (const std::size_t i : order) improved = apply(cycles[i]) || improved;
  Cost after = 0;
  for (std::size_t i = 0; i < rooming_.classes(); ++i) after += rooming_.of(i).seats.total();
  return improved ? std::min<Cost>(after - before, -1) : 0;
}

}  // namespace hanjari::allocation
