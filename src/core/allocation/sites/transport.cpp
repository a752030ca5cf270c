#include "allocation/sites/transport.h"

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>

#include "allocation/sites/price_steps.h"
#include "allocation/sites/site_graph.h"
#include "allocation/sites/site_search.h"

namespace hanjari::allocation {
namespace {

// Below this many people per site a sample's prices are noise and the paths of the next level grow long.
constexpr std::size_t least_people_per_site = 10;

// A sample's people are asked for their candidates at most this often, while many want to be elsewhere.
constexpr int most_rounds = 6;

constexpr std::size_t usual_candidates = 20;
// Prices that the steps have found are near the last ones.
constexpr std::size_t candidates_after_steps = 12;
constexpr std::size_t candidates_of_first = 40;

// Better sites of a person that the proof looks at.
constexpr std::size_t found_at_once = 8;

// A well-mixed number of a person, the same everywhere: who belongs to the sample.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

// The sites that are cheapest at these prices, for everybody in `ids`, and the place of the unseated.
OptionLists cheapest_options(std::span<const std::uint32_t> ids, SiteCosts& costs, std::span<const Cost> price,
                             Cost unseated, std::size_t width) {
  const std::size_t sites = price.size() - 1;
  OptionLists lists(ids.size(), width);
  costs.set_prices(price);
  for (std::size_t person = 0; person < ids.size(); ++person) {
    Option* best = lists.block(person);
    std::size_t kept = costs.find_cheapest(ids[person], impossible, {best, width - 1});
    best[kept++] = {static_cast<std::uint32_t>(sites), unseated};
    lists.set_used(person, kept);
  }
  return lists;
}

// One level: everybody in `ids`, or a sample of them.
class Level {
 public:
  Level(std::span<const std::uint32_t> ids, std::vector<std::int64_t> seats, OptionLists options,
        std::vector<Cost> price, Searches whose)
      : ids_(ids),
        seats_(std::move(seats)),
        options_(std::move(options)),
        graph_(seats_.size(), ids.size()),
        taken_(seats_.size()),
        price_(std::move(price)),
        search_(whose == Searches::own ? make_own_site_search(seats_.size()) : make_boost_site_search(seats_.size())) {
    std::vector<std::uint32_t> undecided;
    for (std::uint32_t person = 0; person < ids_.size(); ++person) {
      Cost best = impossible;
      bool tied = false;
      options_.for_each(person, [&](const Option& option) {
        const Cost cost = option.cost + price_[option.site];
        if (cost > best) return;
        tied = cost == best;
        if (tied) return;
        best = cost;
        graph_.site_of[person] = option.site;
        graph_.cost_of[person] = option.cost;
      });
      if (tied) {
        undecided.push_back(person);
      } else {
        ++taken_[graph_.site_of[person]];
      }
    }
    // Who finds several sites equally good goes where most seats are free.
    for (const std::uint32_t person : undecided) {
      const Cost best = graph_.cost_of[person] + price_[graph_.site_of[person]];
      options_.for_each(person, [&](const Option& option) {
        const std::uint32_t now = graph_.site_of[person];
        if (option.cost + price_[option.site] != best) return;
        if (seats_[option.site] - taken_[option.site] <= seats_[now] - taken_[now]) return;
        graph_.site_of[person] = option.site;
        graph_.cost_of[person] = option.cost;
      });
      ++taken_[graph_.site_of[person]];
    }
    graph_.build(options_);
  }

  Level(const Level&) = delete;  // the graph refers to the options
  Level& operator=(const Level&) = delete;

  // Makes every site hold what it may, and every price that is not zero belong to a full site. Ends before that as soon
  // as somebody is unseated, if told to give up then.
  void balance(IfShort if_short = IfShort::seat_most) {
    for (std::uint32_t site = 0; site < seats_.size(); ++site) fill(site);
    for (std::uint32_t site = 0; site < seats_.size(); ++site) {
      while (taken_[site] > seats_[site]) {
        release_one(site);
        if (if_short == IfShort::give_up && unseated() > 0) return;
      }
    }
  }

  // Looks at all pairs. Whoever would be better off elsewhere goes there, and the balance is restored at once: the
  // prices that change by that keep others where they are. True when nobody would.
  bool prove(SiteCosts& costs, std::uint64_t& added) {
    costs.set_prices(price_);
    bool clean = true;
    std::array<Option, found_at_once> found{};
    for (std::uint32_t person = 0; person < ids_.size(); ++person) {
      const std::uint32_t from = graph_.site_of[person];
      Cost best = graph_.cost_of[person] + price_[from];
      // By the prices at the beginning, which only choose whom to look at: what counts are those of now.
      const std::size_t count = costs.find_cheapest(ids_[person], best, found);
      const Option* better = nullptr;
      for (std::size_t i = 0; i < count; ++i) {
        if (found[i].cost + price_[found[i].site] >= best) continue;
        best = found[i].cost + price_[found[i].site];
        better = &found[i];
      }
      clean = clean && count == 0;
      if (better == nullptr) continue;
      ++added;
      if (!options_.has(person, better->site)) {
        options_.add(person, *better);
        graph_.let_in(person, *better);
      }
      --taken_[from];
      ++taken_[better->site];
      graph_.move(person, better->site);
      while (taken_[better->site] > seats_[better->site]) release_one(better->site);
      fill(from);
    }
    return clean;
  }

  const std::vector<Cost>& price() const { return price_; }
  std::int64_t unseated() const { return taken_.back(); }
  const SiteGraph& graph() const { return graph_; }

  std::uint64_t searches = 0;

 private:
  // Free seats that have a price go to those who save most by them.
  void fill(std::uint32_t site) {
    while (taken_[site] < seats_[site] && price_[site] > 0) {
      ++searches;
      search_->pull(
          graph_, price_, site, [&](std::uint32_t v) { return taken_[v] > seats_[v]; }, path_);
      follow();
      if (path_.empty()) break;  // the empty seats of this site are the cheapest ones now
    }
  }

  // One of those who are too many goes, by the cheapest path.
  void release_one(std::uint32_t site) {
    ++searches;
    search_->push(
        graph_, price_, site, [&](std::uint32_t v) { return taken_[v] < seats_[v]; }, path_);
    follow();
  }

  void follow() {
    for (const Step& step : path_) {
      --taken_[graph_.site_of[step.person]];
      ++taken_[step.to];
      graph_.move(step.person, step.to);
    }
  }

  std::span<const std::uint32_t> ids_;
  std::vector<std::int64_t> seats_;
  OptionLists options_;
  SiteGraph graph_;
  std::vector<std::int64_t> taken_;
  std::vector<Cost> price_;
  std::unique_ptr<SiteSearch> search_;
  std::vector<Step> path_;
};

// Seats for `part` of `whole` people by the largest remainder, ties to the lower site.
std::vector<std::int64_t> scaled_seats(std::span<const std::int64_t> seats, std::size_t part, std::size_t whole) {
  std::vector<std::int64_t> scaled(seats.size());
  std::vector<std::uint32_t> order(seats.size());
  std::iota(order.begin(), order.end(), 0);
  std::int64_t total = 0;
  std::int64_t given = 0;
  const auto a = static_cast<std::int64_t>(part);
  const auto b = static_cast<std::int64_t>(whole);
  for (std::size_t site = 0; site < seats.size(); ++site) {
    scaled[site] = seats[site] * a / b;
    total += seats[site];
    given += scaled[site];
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t x, std::uint32_t y) { return seats[x] * a % b > seats[y] * a % b; });
  const std::int64_t wanted = std::max(total * a / b, std::min(total, a));
  for (std::size_t i = 0; i < order.size() && given < wanted; ++i, ++given) ++scaled[order[i]];
  return scaled;
}

struct Demand {
  SiteCosts& costs;
  Cost unseated;
  TransportOptions how;
  std::uint64_t searches = 0;
};

// How many sites a person is to know.
std::size_t candidates_of(const Demand& demand, bool steps) {
  if (demand.how.candidates > 0) return demand.how.candidates;
  return steps ? candidates_after_steps : usual_candidates;
}

OptionLists options_of(std::span<const std::uint32_t> ids, std::span<const Cost> price, const Demand& demand,
                       std::size_t candidates) {
  const std::size_t width = std::min(candidates, price.size() - 1) + 1;
  return cheapest_options(ids, demand.costs, price, demand.unseated, width);
}

// Everybody may also stay unseated: a last site with room for all.
std::vector<std::int64_t> with_unseated(std::vector<std::int64_t> seats, std::size_t people) {
  seats.push_back(static_cast<std::int64_t>(people));
  return seats;
}

// The more people there are for every site, the finer prices can be told.
Softness softness_of(std::size_t people, std::size_t sites) {
  const double last = 2 * static_cast<double>(sites) / static_cast<double>(people);
  return {.first = std::min(1.0, 10 * last), .last = std::min(1.0, last)};
}

// Steps lead to prices where people are enough to tell them, and where everybody can have a seat.
bool steps_pay(std::size_t people, const std::vector<std::int64_t>& seats, const Demand& demand) {
  return demand.how.warm_start && people >= least_people_per_site * seats.size() &&
         std::accumulate(seats.begin(), seats.end(), std::int64_t{0}) >= static_cast<std::int64_t>(people);
}

std::vector<Cost> sample_prices(std::vector<std::uint32_t> ids, const std::vector<std::int64_t>& seats,
                                Demand& demand) {
  const std::size_t part = ids.size() / 4;
  if (!demand.how.warm_start || part < least_people_per_site * std::max<std::size_t>(seats.size(), 1)) {
    return std::vector<Cost>(seats.size() + 1);
  }
  std::nth_element(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(part), ids.end(),
                   [](std::uint32_t a, std::uint32_t b) {
                     const std::uint64_t x = mixed(a), y = mixed(b);
                     return x != y ? x < y : a < b;
                   });
  const std::size_t whole = ids.size();
  ids.resize(part);
  std::sort(ids.begin(), ids.end());
  std::vector<std::int64_t> fewer = scaled_seats(seats, part, whole);
  std::vector<Cost> price = sample_prices(ids, fewer, demand);
  const std::vector<std::int64_t> sample_seats = with_unseated(std::move(fewer), part);
  const bool steps = steps_pay(whole, seats, demand);
  // From no prices at all people have to see further.
  const bool cold = std::all_of(price.begin(), price.end(), [](Cost each) { return each == 0; });
  const std::size_t known = steps && cold ? candidates_of_first : candidates_of(demand, steps);
  OptionLists options = options_of(ids, price, demand, known);
  if (steps) {
    Softness softness = softness_of(part, seats.size());
    if (cold) softness.first = 1;
    Misplaced left = step_prices(options, part, sample_seats, softness, price);
    for (int round = 1; round < most_rounds && left.elsewhere > static_cast<double>(part) / 100; ++round) {
      options = options_of(ids, price, demand, known);
      left = step_prices(options, part, sample_seats, softness, price);
    }
    if (left.too_many + left.elsewhere < static_cast<double>(part) / 4) return price;
  }
  // Too few seats, or none where people could go: only paths show what that makes the others worth.
  Level level(ids, sample_seats, std::move(options), std::move(price), demand.how.searches);
  level.balance();
  demand.searches += level.searches;
  return level.price();
}

}  // namespace

void CostRows::set_prices(std::span<const Cost> prices) {
  std::copy(prices.begin(), prices.begin() + static_cast<std::ptrdiff_t>(price_.size()), price_.begin());
}

std::size_t CostRows::find_cheapest(std::size_t person, Cost below, std::span<Option> best) {
  row(person, row_);
  CheapestOptions cheapest(best, std::min(below, impossible));
  Cost limit = cheapest.below();
  for (std::uint32_t site = 0; site < row_.size(); ++site) {
    const Cost cost = row_[site] + price_[site];
    if (cost >= limit) continue;
    cheapest.offer({site, row_[site]}, cost);
    limit = cheapest.below();
  }
  return cheapest.kept();
}

Transport solve_transport(std::size_t people, std::span<const std::int64_t> seats, SiteCosts& costs, Cost unseated,
                          const TransportOptions& how) {
  Transport result;
  Demand demand{.costs = costs, .unseated = unseated, .how = how};
  std::vector<std::uint32_t> ids(people);
  std::iota(ids.begin(), ids.end(), 0);
  const std::vector<std::int64_t> all(seats.begin(), seats.end());
  std::vector<Cost> price(how.first_prices.begin(), how.first_prices.end());
  if (price.empty()) {
    price = sample_prices(ids, all, demand);
  } else {
    price.push_back(0);
  }
  std::vector<std::int64_t> level_seats = with_unseated(all, people);
  const bool steps = how.first_prices.empty() && steps_pay(people, all, demand);
  OptionLists options = options_of(ids, price, demand, candidates_of(demand, steps));
  if (steps) step_prices(options, people, level_seats, softness_of(people, all.size()), price);
  Level level(ids, std::move(level_seats), std::move(options), std::move(price), demand.how.searches);
  level.balance(how.if_short);
  // Candidates are not all there is: whoever found no seat among them may find one elsewhere.
  while ((how.proof || level.unseated() > 0) && !level.prove(costs, result.added_pairs)) level.balance(how.if_short);
  result.searches = demand.searches + level.searches;
  result.site_of = level.graph().site_of;
  result.price.assign(level.price().begin(), level.price().end() - 1);
  for (std::size_t person = 0; person < people; ++person) {
    const Cost cost = level.graph().cost_of[person];
    result.primal += cost;
    if (result.site_of[person] == all.size()) ++result.unseated;
    result.dual += cost + level.price()[result.site_of[person]];
  }
  for (std::size_t site = 0; site < all.size(); ++site) result.dual -= result.price[site] * all[site];
  return result;
}

}  // namespace hanjari::allocation
