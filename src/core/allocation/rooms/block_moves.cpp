#include "allocation/rooms/block_moves.h"

#include <algorithm>
#include <tuple>

namespace hanjari::allocation {
namespace {

constexpr std::int32_t most_rooms = 8;        // of a class that is cleared from a venue
constexpr std::size_t options_evaluated = 4;  // exactly, of those that promise most

}  // namespace

BlockMoves::BlockMoves(Rooming& rooming) : rooming_(rooming), touched_(rooming.classes()) {
  for (std::size_t i = 0; i < rooming.classes(); ++i) {
    auto& place = place_.emplace_back(rooming.problem().groups.size());
    const auto& group_of = rooming.of(i).group_of;
    for (std::uint32_t at = 0; at < group_of.size(); ++at) place[group_of[at]] = at + 1;
  }
}

bool BlockMoves::wanted(const Problem& problem) {
  return problem.exam->policy.weights.unit_at_venue > 0 || openings_cost(*problem.exam);
}

std::optional<std::uint32_t> BlockMoves::place_of(std::uint32_t i, std::uint32_t group) const {
  const std::uint32_t place = place_[i][group];
  return place > 0 ? std::optional(place - 1) : std::nullopt;
}

Cost BlockMoves::entering(std::uint32_t i, VenueIndex venue) const {
  const Problem& problem = rooming_.problem();
  return problem.classes[i].carries_pairs && rooming_.rooms_at(i, venue) == 0
             ? problem.exam->policy.weights.unit_at_venue
             : 0;
}

Cost BlockMoves::leaving(std::uint32_t i, VenueIndex venue) const {
  const Problem& problem = rooming_.problem();
  return problem.classes[i].carries_pairs && rooming_.rooms_at(i, venue) == 1
             ? problem.exam->policy.weights.unit_at_venue
             : 0;
}

void BlockMoves::touch(std::uint32_t i) {
  if (touched_[i]) return;
  touched_[i] = 1;
  rooming_.of(i).seats.begin_trial();
}

void BlockMoves::count(std::uint32_t i, std::uint32_t place, std::int32_t difference) {
  rooming_.count_room(i, place, difference);
  counted_.push_back({i, place, difference});
}

// Keeps everything since the first touch, or takes it back.
bool BlockMoves::finish(bool accepted) {
  for (std::uint32_t i = 0; i < touched_.size(); ++i) {
    if (!touched_[i]) continue;
    touched_[i] = 0;
    auto& seats = rooming_.of(i).seats;
    if (!accepted) {
      seats.roll_back();
      continue;
    }
    for (const std::uint32_t place : seats.changed_places()) changed_.push_back({i, place});
    seats.keep();
  }
  if (!accepted) {
    for (auto step = counted_.rbegin(); step != counted_.rend(); ++step) {
      rooming_.count_room(step->people_class, step->place, -step->difference);
    }
  }
  counted_.clear();
  return accepted;
}

// What the options cost at least, cheapest first.
void BlockMoves::list_options(std::uint32_t i, std::uint32_t from, bool only_free) {
  options_.clear();
  const Problem& problem = rooming_.problem();
  const auto& groups = problem.groups;
  const auto& people = rooming_.of(i);
  const std::uint32_t from_group = people.group_of[from];
  const VenueIndex venue = groups[from_group].venue;
  struct Comer {  // a class that may take the room given up, and what that saves at most
    std::uint32_t people_class;
    Cost change;
  };
  std::vector<Comer> comers;
  for (std::uint32_t j = 0; !only_free && j < rooming_.classes(); ++j) {
    const auto place = place_of(j, from_group);
    if (j == i || !place) continue;
    const Cost saved = rooming_.of(j).seats.seat_worth(*place) * groups[from_group].capacity;
    comers.push_back({j, entering(j, venue) - saved});
  }
  for (std::uint32_t to = 0; to < people.group_of.size(); ++to) {
    const std::uint32_t group = people.group_of[to];
    if (groups[group].venue == venue) continue;
    const Cost own = entering(i, groups[group].venue) - people.seats.seat_worth(to) * groups[group].capacity;
    if (rooming_.free_rooms(group) > 0) options_.push_back({own, to, std::nullopt});
    for (const Comer& comer : comers) {
      const auto place = place_of(comer.people_class, group);
      if (!place || rooming_.rooms()(comer.people_class, group) == 0) continue;
      const auto& seats = rooming_.of(comer.people_class).seats;
      const std::int64_t out =
          static_cast<std::int64_t>(seats.taken(*place)) - (seats.seats(*place) - groups[group].capacity);
      const Cost left = std::max<std::int64_t>(0, out) * seats.price(*place);
      const Cost change = own + comer.change + left - leaving(comer.people_class, groups[group].venue);
      options_.push_back({change, to, comer.people_class});
    }
  }
  const auto kept = std::min(options_evaluated, options_.size());
  std::partial_sort(options_.begin(), options_.begin() + static_cast<std::ptrdiff_t>(kept), options_.end(),
                    [](const Option& a, const Option& b) {
                      return std::tuple(a.change, a.to, a.other) < std::tuple(b.change, b.to, b.other);
                    });
  options_.resize(kept);
}

// The seats of the option, in trials that are open. The room given up has been counted as free already.
Cost BlockMoves::take(std::uint32_t i, const Option& option, std::uint32_t from_group) {
  const auto& groups = rooming_.problem().groups;
  auto& people = rooming_.of(i);
  const std::uint32_t group = people.group_of[option.to];
  Cost change = people.seats.change_seats(option.to, groups[group].capacity);
  if (option.other) {
    auto& seats = rooming_.of(*option.other).seats;
    change += seats.change_seats(*place_of(*option.other, from_group), groups[from_group].capacity);
    change += seats.change_seats(*place_of(*option.other, group), -std::int64_t{groups[group].capacity});
  }
  return change;
}

// One room of the class to elsewhere, by the best of the most promising options. The change of travel and pairs,
// nullopt when it is sure to be more than `most`.
std::optional<Cost> BlockMoves::move_room(std::uint32_t i, std::uint32_t from, bool only_free, Cost most) {
  const auto& groups = rooming_.problem().groups;
  auto& people = rooming_.of(i);
  const std::uint32_t from_group = people.group_of[from];
  const VenueIndex venue = groups[from_group].venue;
  const Cost left = leaving(i, venue);
  touch(i);
  const Cost removed = people.seats.change_seats(from, -std::int64_t{groups[from_group].capacity}) - left;
  count(i, from, -1);
  list_options(i, from, only_free);
  const std::vector<Option> options = options_;
  const Option* best = nullptr;
  Cost least = impossible;
  const auto pairs = [&](const Option& option) {
    const VenueIndex there = groups[people.group_of[option.to]].venue;
    Cost change = entering(i, there);
    if (option.other) change += entering(*option.other, venue) - leaving(*option.other, there);
    return change;
  };
  for (const Option& option : options) {
    if (removed + option.change > most || option.change >= least) break;
    people.seats.begin_trial();
    if (option.other) {
      touch(*option.other);
      rooming_.of(*option.other).seats.begin_trial();
    }
    const Cost change = take(i, option, from_group) + pairs(option);
    people.seats.roll_back();
    if (option.other) rooming_.of(*option.other).seats.roll_back();
    if (change >= least) continue;
    least = change;
    best = &option;
  }
  if (best == nullptr || removed + least > most) return std::nullopt;
  take(i, *best, from_group);
  const std::uint32_t group = people.group_of[best->to];
  if (best->other) {
    count(*best->other, *place_of(*best->other, from_group), 1);
    count(*best->other, *place_of(*best->other, group), -1);
  }
  count(i, best->to, 1);
  return removed + least;
}

// All rooms of the class at the venue to elsewhere. False when that is sure to cost more than `most`.
bool BlockMoves::move_rooms(std::uint32_t i, VenueIndex venue, bool only_free, Cost most, Cost& spent) {
  const auto& group_of = rooming_.of(i).group_of;
  for (std::uint32_t place = 0; place < group_of.size(); ++place) {
    if (rooming_.problem().groups[group_of[place]].venue != venue) continue;
    while (rooming_.rooms()(i, group_of[place]) > 0) {
      // The weight of the pair falls away with the last room: until then it may be spent.
      const bool last = leaving(i, venue) > 0;
      const Cost pair = rooming_.problem().classes[i].carries_pairs && !last
                            ? rooming_.problem().exam->policy.weights.unit_at_venue
                            : 0;
      const auto change = move_room(i, place, only_free, most + pair - spent);
      if (!change) return false;
      spent += *change;
    }
  }
  return true;
}

bool BlockMoves::clear_class(std::uint32_t i, VenueIndex venue) {
  Cost spent = 0;
  const bool cleared = move_rooms(i, venue, false, -1, spent);
  return finish(cleared && spent < 0);
}

bool BlockMoves::close_venue(VenueIndex venue) {
  const Exam& exam = *rooming_.problem().exam;
  const Cost opening = exam.policy.weights.venue + exam[venue].opening_cost;
  const Cost before = rooming_.weights();
  Cost spent = 0;
  Cost travel = -rooming_.travel();
  bool cleared = true;
  for (std::uint32_t i = 0; cleared && i < rooming_.classes(); ++i) {
    cleared = move_rooms(i, venue, true, opening - 1, spent);
  }
  if (cleared) travel += rooming_.travel();
  return finish(cleared && travel + rooming_.weights() - before < 0);
}

Cost BlockMoves::run_slice() {
  changed_.clear();
  const Exam& exam = *rooming_.problem().exam;
  const Cost before = rooming_.cost();
  for (std::size_t v = slice_; v < exam.venues.size(); v += slices) {
    const VenueIndex venue(v);
    if (exam.policy.weights.venue + exam[venue].opening_cost > 0) close_venue(venue);
    for (std::uint32_t i = 0; exam.policy.weights.unit_at_venue > 0 && i < rooming_.classes(); ++i) {
      const std::int32_t rooms = rooming_.rooms_at(i, venue);
      if (rooms > 0 && rooms <= most_rooms && rooming_.problem().classes[i].carries_pairs) clear_class(i, venue);
    }
  }
  slice_ = (slice_ + 1) % slices;
  return rooming_.cost() - before;
}

}  // namespace hanjari::allocation
