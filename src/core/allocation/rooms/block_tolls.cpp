#include "allocation/rooms/block_tolls.h"

#include <algorithm>
#include <numeric>

#include "allocation/sites/transport.h"
#include "allocation/workers.h"

namespace hanjari::allocation {
namespace {

// Venues among which a block may be sent when its own is given up.
constexpr std::size_t alternatives = 16;

// The blocks of one class over its venues, each at the cheapest one that is kept.
class VenueChoice {
 public:
  VenueChoice(std::size_t venues, Cost weight) : weight_(weight), kept_(venues, 1), blocks_at_(venues) {}

  // Options by cost, ascending; not empty.
  void add_block(std::span<const Option> options) {
    blocks_at_[options.front().site].push_back(static_cast<std::uint32_t>(options_.size()));
    options_.emplace_back(options.begin(), options.end());
  }
  // The venue stays, whatever it costs.
  void pin(std::uint32_t venue) { pinned_.push_back(venue); }

  // Gives venues up while that pays, those first that seemed to save most.
  void give_up_venues() {
    std::vector<std::uint32_t> order(kept_.size());
    std::iota(order.begin(), order.end(), 0);
    for (bool changed = true; changed;) {
      changed = false;
      std::vector<Cost> saves(kept_.size());
      for (std::uint32_t venue = 0; venue < kept_.size(); ++venue) saves[venue] = saved_without(venue);
      std::sort(order.begin(), order.end(),
                [&](std::uint32_t a, std::uint32_t b) { return saves[a] != saves[b] ? saves[a] > saves[b] : a < b; });
      for (const std::uint32_t venue : order) {
        if (saves[venue] <= 0) break;
        if (saved_without(venue) <= 0) continue;
        give_up(venue);
        changed = true;
      }
    }
  }
  bool is_kept(std::size_t venue) const { return kept_[venue] != 0; }

 private:
  // The first two venues of a block that are kept; the same one twice when there is no other.
  std::pair<const Option*, const Option*> best_two(std::uint32_t block) const {
    const Option* best = nullptr;
    for (const Option& option : options_[block]) {
      if (kept_[option.site] == 0) continue;
      if (best != nullptr) return {best, &option};
      best = &option;
    }
    return {best, best};
  }
  Cost saved_without(std::uint32_t venue) const {
    if (kept_[venue] == 0 || std::find(pinned_.begin(), pinned_.end(), venue) != pinned_.end()) return 0;
    Cost saved = weight_;
    for (const std::uint32_t block : blocks_at_[venue]) {
      const auto [best, second] = best_two(block);
      if (best == second) return 0;
      saved -= second->cost - best->cost;
      if (saved <= 0) return saved;
    }
    return saved;
  }
  void give_up(std::uint32_t venue) {
    kept_[venue] = 0;
    for (const std::uint32_t block : blocks_at_[venue]) blocks_at_[best_two(block).first->site].push_back(block);
    blocks_at_[venue].clear();
  }

  Cost weight_;
  std::vector<char> kept_;
  std::vector<std::vector<std::uint32_t>> blocks_at_;
  std::vector<std::vector<Option>> options_;  // by block
  std::vector<std::uint32_t> pinned_;
};

}  // namespace

BlockTolls::BlockTolls(const Problem& problem)
    : problem_(problem),
      first_group_(problem.exam->venues.size() + 1),
      of_group_(problem.groups.size()),
      kept_(problem.classes.size()) {
  for (const RoomGroup& group : problem.groups) ++first_group_[group.venue.value + 1];
  std::partial_sum(first_group_.begin(), first_group_.end(), first_group_.begin());
}

Cost BlockTolls::of_new_pair(std::uint32_t people_class) const {
  return problem_.classes[people_class].carries_pairs ? within_reason(problem_.exam->policy.weights.unit_at_venue) : 0;
}

bool BlockTolls::is_kept(std::uint32_t people_class, VenueIndex venue) const {
  return std::binary_search(kept_[people_class].begin(), kept_[people_class].end(), venue.value);
}

std::vector<std::uint32_t> BlockTolls::kept_groups(std::uint32_t people_class) const {
  std::vector<std::uint32_t> groups;
  for (const std::uint32_t venue : kept_[people_class]) {
    for (std::uint32_t group = first_group_[venue]; group < first_group_[venue + 1]; ++group) groups.push_back(group);
  }
  return groups;
}

void BlockTolls::learn(const std::vector<Block>& blocks, const std::vector<std::uint32_t>& group_of_block,
                       const std::vector<Cost>& price, int threads) {
  share_openings(group_of_block);
  std::vector<Stretch> stretches(problem_.classes.size());
  for (std::size_t block = blocks.size(); block-- > 0;) {
    Stretch& stretch = stretches[blocks[block].people_class];
    if (stretch.end == 0) stretch.end = block + 1;
    stretch.begin = block;
  }
  for_each_item(threads, problem_.classes.size(), [&](std::size_t number) {
    const auto people_class = static_cast<std::uint32_t>(number);
    kept_[number].clear();
    if (of_new_pair(people_class) == 0) return;
    kept_[number] = choose_venues(people_class, stretches[number], blocks, group_of_block, price);
  });
}

Cost BlockTolls::within_reason(Cost toll) const {
  return std::min(toll, problem_.scale.unseated / 4);
}

void BlockTolls::share_openings(const std::vector<std::uint32_t>& group_of_block) {
  const Exam& exam = *problem_.exam;
  std::vector<Cost> blocks_at(exam.venues.size());
  for (const std::uint32_t group : group_of_block) {
    if (group < problem_.groups.size()) ++blocks_at[problem_.groups[group].venue.value];
  }
  for (std::size_t group = 0; group < of_group_.size(); ++group) {
    const VenueIndex venue = problem_.groups[group].venue;
    const Cost opening = exam.policy.weights.venue + exam[venue].opening_cost;
    of_group_[group] = within_reason(opening / std::max<Cost>(blocks_at[venue.value], 1));
  }
}

std::vector<std::uint32_t> BlockTolls::choose_venues(std::uint32_t people_class, Stretch stretch,
                                                     const std::vector<Block>& blocks,
                                                     const std::vector<std::uint32_t>& group_of_block,
                                                     const std::vector<Cost>& price) const {
  const Exam& exam = *problem_.exam;
  const auto usable = [&](const RoomGroup& group, bool wheelchair) {
    const Pool& pool = problem_.sites[group.site].pool;
    return !pool.assisted && pool.routing == problem_.classes[people_class].routing &&
           (!wheelchair || group.accessible > 0);
  };
  std::vector<std::uint32_t> venues;
  for (std::size_t block = stretch.begin; block < stretch.end; ++block) {
    if (group_of_block[block] < problem_.groups.size()) {
      venues.push_back(problem_.groups[group_of_block[block]].venue.value);
    }
  }
  std::sort(venues.begin(), venues.end());
  venues.erase(std::unique(venues.begin(), venues.end()), venues.end());
  std::vector<Point> points;
  std::vector<Cost> least;  // of a room, by venue
  const auto price_at = [&](std::uint32_t venue, bool wheelchair) {
    Cost cheapest = impossible;
    for (std::uint32_t group = first_group_[venue]; group < first_group_[venue + 1]; ++group) {
      if (usable(problem_.groups[group], wheelchair)) cheapest = std::min(cheapest, price[group] + of_group_[group]);
    }
    return cheapest;
  };
  for (const std::uint32_t venue : venues) {
    points.push_back(exam.venues[venue].at);
    least.push_back(price_at(venue, false));
  }
  PointTree tree(points);
  tree.set_prices(least);
  VenueChoice choice(venues.size(), of_new_pair(people_class));
  std::vector<Option> best(alternatives);
  for (std::size_t number = stretch.begin; number < stretch.end; ++number) {
    const Block& block = blocks[number];
    if (group_of_block[number] == problem_.groups.size()) continue;
    const RoomGroup& now = problem_.groups[group_of_block[number]];
    if (!usable(now, block.wheelchair)) {
      const auto at = std::lower_bound(venues.begin(), venues.end(), now.venue.value) - venues.begin();
      choice.pin(static_cast<std::uint32_t>(at));
      continue;
    }
    const Cost size = problem_.scale.travel * static_cast<Cost>(block.end - block.begin);
    CheapestOptions cheapest(best, impossible);
    tree.visit_cheap(
        block.centre, size, [&] { return cheapest.below(); },
        [&](std::uint32_t venue) {
          const Cost room = block.wheelchair ? price_at(venues[venue], true) : least[venue];
          if (room == impossible) return;
          const Cost cost = size * haversine_m(block.centre, points[venue]) + room;
          cheapest.offer({venue, cost}, cost);
        });
    choice.add_block(std::span(best).first(cheapest.kept()));
  }
  choice.give_up_venues();
  std::vector<std::uint32_t> kept;
  for (std::size_t venue = 0; venue < venues.size(); ++venue) {
    if (choice.is_kept(venue)) kept.push_back(venues[venue]);
  }
  return kept;
}

Cost weights_of(const Problem& problem, const std::vector<std::uint32_t>& group_of) {
  const Exam& exam = *problem.exam;
  const Weights& weights = exam.policy.weights;
  std::vector<char> pair_open(weights.unit_at_venue > 0 ? exam.venues.size() * exam.units.size() : 0);
  std::vector<char> venue_open(exam.venues.size());
  std::vector<std::int64_t> people_in(problem.groups.size());
  Cost sum = 0;
  for (const PeopleClass& people : problem.classes) {
    for (const std::uint32_t person : people.people) {
      if (group_of[person] == problem.groups.size()) continue;
      const VenueIndex venue = problem.groups[group_of[person]].venue;
      ++people_in[group_of[person]];
      venue_open[venue.value] = 1;
      if (pair_open.empty()) continue;
      char& open = pair_open[venue.value * exam.units.size() + exam.applicants[person].unit.value];
      sum += open != 0 ? 0 : weights.unit_at_venue;
      open = 1;
    }
    for (const std::uint32_t person : people.people) {
      if (group_of[person] == problem.groups.size()) continue;
      const std::int64_t capacity = problem.groups[group_of[person]].capacity;
      sum += weights.room * ((people_in[group_of[person]] + capacity - 1) / capacity);
      people_in[group_of[person]] = 0;
    }
  }
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    if (venue_open[venue] != 0) sum += weights.venue + exam.venues[venue].opening_cost;
  }
  return sum;
}

}  // namespace hanjari::allocation
