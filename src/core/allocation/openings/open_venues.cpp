#include "allocation/openings/open_venues.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>

#include "allocation/openings/location_bound.h"
#include "allocation/sites/transport.h"

namespace hanjari::allocation {
namespace {

constexpr int root_steps = 400;
constexpr int node_steps = 60;
constexpr int steps_without_gain = 12;  // steps without a better bound before they are halved
constexpr double least_step = 1.0 / 256;

// People of customers at the sites of open venues.
class CustomerCosts : public CostRows {
 public:
  CustomerCosts(const Location& location, const std::vector<std::uint32_t>& customer_of,
                const std::vector<std::uint32_t>& sites)
      : CostRows(sites.size()), location_(location), customer_of_(customer_of), sites_(sites) {}
  void row(std::size_t person, std::span<Cost> costs) const override {
    const std::span<const Cost> all = location_.costs_of(customer_of_[person]);
    for (std::size_t at = 0; at < sites_.size(); ++at) costs[at] = all[sites_[at]];
  }

 private:
  const Location& location_;
  const std::vector<std::uint32_t>& customer_of_;
  const std::vector<std::uint32_t>& sites_;
};

struct Node {
  std::vector<Opening> openings;
  std::vector<Cost> price;
  Cost bound = 0;
};

class OpeningSearch {
 public:
  OpeningSearch(const Location& location, const OpeningEffort& effort)
      : location_(location), effort_(effort), relaxation_(location) {
    for (const Cost opening : location.opening) dearest_price_ = std::max(dearest_price_, static_cast<double>(opening));
    for (std::size_t customer = 0; customer < location.customers(); ++customer) {
      customer_of_.insert(customer_of_.end(), static_cast<std::size_t>(location.demand[customer]),
                          static_cast<std::uint32_t>(customer));
    }
  }

  OpenVenues run();

 private:
  bool spent() const { return work_ > effort_.work || (effort_.stop && effort_.stop()); }
  void climb(Node& node, int steps, std::vector<double>& opened);
  bool fix(Node& node);
  void try_open(std::vector<char> open);
  void try_near(const Node& node, const std::vector<double>& opened);
  void improve();
  std::optional<Cost> cost_of(const std::vector<char>& open);
  std::int64_t seats_of(std::size_t venue) const;
  std::optional<std::size_t> choose_branch(const Node& node, const std::vector<double>& opened) const;

  const Location& location_;
  const OpeningEffort& effort_;
  LocationBound relaxation_;
  std::vector<std::uint32_t> customer_of_;  // by person
  double dearest_price_ = 0;  // beyond the dearest way no seat is worth more than an opening
  std::uint64_t work_ = 0;
  std::set<std::vector<char>> tried_;
  std::vector<char> best_open_;
  Cost best_cost_ = impossible;
  LocationAnswer at_best_;  // the relaxation where the node's bound is highest
};

// Nothing when not everybody can be seated there.
std::optional<Cost> OpeningSearch::cost_of(const std::vector<char>& open) {
  std::vector<std::uint32_t> sites;
  std::vector<std::int64_t> seats;
  Cost total = 0;
  std::int64_t all = 0;
  for (std::size_t site = 0; site < location_.sites; ++site) {
    if (!open[location_.venue_of[site]]) continue;
    sites.push_back(static_cast<std::uint32_t>(site));
    seats.push_back(location_.seats[site]);
    all += location_.seats[site];
  }
  if (all < static_cast<std::int64_t>(customer_of_.size())) return std::nullopt;
  for (std::size_t venue = 0; venue < open.size(); ++venue) total += open[venue] ? location_.opening[venue] : 0;
  work_ += std::uint64_t{8} * customer_of_.size() * sites.size();
  const Cost dearest = *std::max_element(location_.dearest.begin(), location_.dearest.end());
  const Cost unseated = dearest * static_cast<Cost>(sites.size() + 4) + 1;
  const Transport transport = solve_transport(customer_of_.size(), seats, CustomerCosts(location_, customer_of_, sites),
                                              unseated, {.if_short = IfShort::give_up});
  if (transport.unseated > 0) return std::nullopt;
  return total + transport.primal;
}

void OpeningSearch::try_open(std::vector<char> open) {
  if (spent() || !tried_.insert(open).second) return;
  const std::optional<Cost> cost = cost_of(open);
  if (!cost || *cost >= best_cost_) return;
  best_cost_ = *cost;
  best_open_ = std::move(open);
}

std::int64_t OpeningSearch::seats_of(std::size_t venue) const {
  std::int64_t seats = 0;
  for (std::size_t site = 0; site < location_.sites; ++site) {
    if (location_.venue_of[site] == venue) seats += location_.seats[site];
  }
  return seats;
}

// What the relaxation opened most of the time, and as many more as seat everybody.
void OpeningSearch::try_near(const Node& node, const std::vector<double>& opened) {
  std::vector<std::uint32_t> order(opened.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return opened[a] > opened[b]; });
  std::vector<char> open(opened.size());
  auto left = static_cast<std::int64_t>(customer_of_.size());
  for (const std::uint32_t venue : order) {
    if (node.openings[venue] == Opening::closed) continue;
    const bool wanted = node.openings[venue] == Opening::open || opened[venue] >= 0.5;
    if (!wanted && left <= 0) continue;
    open[venue] = 1;
    left -= seats_of(venue);
  }
  try_open(std::move(open));
}

// Subgradient steps towards the best known cost; the node keeps the prices of its highest bound.
void OpeningSearch::climb(Node& node, int steps, std::vector<double>& opened) {
  std::vector<Cost> price = node.price;
  std::vector<double> direction(price.size());
  double step = 1;
  int idle = 0;
  bool first = true;
  for (int at = 0; at < steps && !spent() && step >= least_step; ++at) {
    const LocationAnswer& answer = relaxation_.evaluate(node.openings, price);
    work_ += 2 * location_.pairs();
    if (first || answer.value > node.bound) {
      if (first || answer.value > at_best_.value) at_best_ = answer;
      node.price = price;
      node.bound = std::max(node.bound, answer.value);
      idle = 0;
    } else if (++idle >= steps_without_gain) {
      step /= 2;
      idle = 0;
    }
    first = false;
    if (node.bound >= best_cost_) return;
    for (std::size_t venue = 0; venue < opened.size(); ++venue) {
      const bool is_open = node.openings[venue] == Opening::open ||
                           (node.openings[venue] == Opening::undecided && answer.worth[venue] < 0);
      opened[venue] = 0.9 * opened[venue] + (is_open ? 0.1 : 0);
    }
    double length = 0;
    for (std::size_t customer = 0; customer < price.size(); ++customer) {
      direction[customer] = 0.3 * direction[customer] +
                            static_cast<double>(location_.demand[customer] - answer.seated[customer]);
      length += direction[customer] * direction[customer];
    }
    if (length <= 0) return;
    const double target =
        best_cost_ < impossible ? static_cast<double>(best_cost_) : 1.05 * static_cast<double>(answer.value) + 1;
    const double factor = step * std::max(1.0, target - static_cast<double>(answer.value)) / length;
    for (std::size_t customer = 0; customer < price.size(); ++customer) {
      const double moved = static_cast<double>(price[customer]) + factor * direction[customer];
      price[customer] = static_cast<Cost>(std::clamp(moved, 0.0, dearest_price_ + static_cast<double>(location_.dearest[customer])));
    }
  }
}

// Decides venues whose other choice would cost more than the best plan known. False when the node is done with.
bool OpeningSearch::fix(Node& node) {
  for (std::size_t venue = 0; venue < node.openings.size(); ++venue) {
    if (node.openings[venue] != Opening::undecided) continue;
    const Cost worth = at_best_.worth[venue];
    if (at_best_.value + (worth < 0 ? -worth : worth) < best_cost_) continue;
    node.openings[venue] = worth < 0 ? Opening::open : Opening::closed;
  }
  std::int64_t seats = 0;
  for (std::size_t site = 0; site < location_.sites; ++site) {
    if (node.openings[location_.venue_of[site]] != Opening::closed) seats += location_.seats[site];
  }
  return node.bound < best_cost_ && seats >= static_cast<std::int64_t>(customer_of_.size());
}

std::optional<std::size_t> OpeningSearch::choose_branch(const Node& node, const std::vector<double>& opened) const {
  std::optional<std::size_t> chosen;
  double least = 2;
  for (std::size_t venue = 0; venue < opened.size(); ++venue) {
    if (node.openings[venue] != Opening::undecided) continue;
    const double far = opened[venue] < 0.5 ? 0.5 - opened[venue] : opened[venue] - 0.5;
    if (far < least) {
      least = far;
      chosen = venue;
    }
  }
  return chosen;
}

// Opens, closes or exchanges a venue as long as that pays.
void OpeningSearch::improve() {
  for (bool better = true; better && !best_open_.empty() && !spent();) {
    const Cost before = best_cost_;
    const std::vector<char> from = best_open_;
    for (std::size_t venue = 0; venue < from.size() && !spent(); ++venue) {
      std::vector<char> open = from;
      open[venue] = open[venue] ? 0 : 1;
      try_open(std::move(open));
    }
    for (std::size_t a = 0; a < from.size() && best_cost_ == before; ++a) {
      for (std::size_t b = 0; b < from.size() && from[a] && !spent(); ++b) {
        if (from[b]) continue;
        std::vector<char> open = from;
        std::swap(open[a], open[b]);
        try_open(std::move(open));
      }
    }
    better = best_cost_ < before;
  }
}

OpenVenues OpeningSearch::run() {
  OpenVenues answer;
  const std::size_t venues = location_.opening.size();
  std::vector<Opening> openings(venues, Opening::undecided);
  std::vector<char> has_site(venues);
  for (const std::uint32_t venue : location_.venue_of) has_site[venue] = 1;
  for (std::size_t venue = 0; venue < venues; ++venue) {
    if (!has_site[venue]) openings[venue] = Opening::closed;
  }
  std::vector<Cost> price;
  for (std::size_t customer = 0; customer < location_.customers(); ++customer) {
    const std::span<const Cost> costs = location_.costs_of(customer);
    price.push_back(std::min(*std::min_element(costs.begin(), costs.end()), location_.dearest[customer]));
  }
  Node root{.openings = openings, .price = std::move(price)};
  std::vector<double> opened(venues);
  try_open(has_site);
  climb(root, root_steps / 4, opened);
  try_near(root, opened);
  improve();
  climb(root, root_steps, opened);
  try_near(root, opened);
  improve();
  Cost open_bound = impossible;  // of what was not looked at
  for (std::size_t venue = 0; venue < venues; ++venue) {
    if (has_site[venue] && (best_open_.empty() || !best_open_[venue])) {
      answer.next.push_back(static_cast<std::uint32_t>(venue));
    }
  }
  std::stable_sort(answer.next.begin(), answer.next.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return opened[a] > opened[b]; });
  std::vector<std::pair<Node, std::vector<double>>> stack;
  stack.emplace_back(std::move(root), std::move(opened));
  bool is_root = true;
  while (!stack.empty()) {
    auto [node, mean] = std::move(stack.back());
    stack.pop_back();
    if (node.bound >= best_cost_) continue;
    if (spent()) {
      open_bound = std::min(open_bound, node.bound);
      continue;
    }
    climb(node, is_root ? 1 : node_steps, mean);
    is_root = false;
    try_near(node, mean);
    if (!fix(node)) continue;
    const std::optional<std::size_t> branch = choose_branch(node, mean);
    if (!branch) {
      std::vector<char> open(venues);
      for (std::size_t venue = 0; venue < venues; ++venue) open[venue] = node.openings[venue] == Opening::open;
      try_open(open);
      if (node.bound < best_cost_ && spent()) open_bound = std::min(open_bound, node.bound);
      continue;
    }
    const bool open_first = mean[*branch] >= 0.5;
    for (const Opening decision : {open_first ? Opening::closed : Opening::open,
                                   open_first ? Opening::open : Opening::closed}) {
      Node child{.openings = node.openings, .price = node.price, .bound = node.bound};
      child.openings[*branch] = decision;
      std::vector<double> child_mean = mean;
      child_mean[*branch] = decision == Opening::open ? 1 : 0;
      stack.emplace_back(std::move(child), std::move(child_mean));
    }
  }
  answer.open = best_open_;
  answer.cost = best_cost_;
  answer.bound = std::min(open_bound, best_cost_);
  return answer;
}

}  // namespace

OpenVenues choose_open_venues(const Location& location, const OpeningEffort& effort) {
  return OpeningSearch(location, effort).run();
}

}  // namespace hanjari::allocation
