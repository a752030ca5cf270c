#include "allocation/sites/transport.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/successive_shortest_path_nonnegative_weights.hpp>

#include "allocation/rooms/class_seats.h"
#include "hanjari/base/random.h"

namespace hanjari::allocation {
namespace {

struct Instance {
  std::size_t people;
  std::vector<std::int64_t> seats;
  std::vector<std::vector<Cost>> costs;
};

constexpr Cost no_seat = 1'000'000;

Instance make_instance(std::uint64_t number, std::size_t people, std::size_t sites, std::uint64_t spread) {
  RandomStream random(Seed{}, "transport " + std::to_string(number));
  Instance instance{people, {}, {}};
  for (std::size_t site = 0; site < sites; ++site) {
    instance.seats.push_back(static_cast<std::int64_t>(random.below(2 * people / sites + 2)));
  }
  for (std::size_t person = 0; person < people; ++person) {
    std::vector<Cost> row;
    for (std::size_t site = 0; site < sites; ++site) {
      row.push_back(random.below(12) == 0 ? impossible : static_cast<Cost>(random.below(spread)));
    }
    instance.costs.push_back(row);
  }
  return instance;
}

class Rows : public CostRows {
 public:
  explicit Rows(const Instance& instance) : CostRows(instance.seats.size()), instance_(instance) {}
  void row(std::size_t person, std::span<Cost> costs) const override {
    std::copy(instance_.costs[person].begin(), instance_.costs[person].end(), costs.begin());
  }

 private:
  const Instance& instance_;
};

// One person after the other along the cheapest augmenting path by Bellman-Ford: slow, and nothing in common with the
// solver but the problem.
Cost cheapest_by_bellman_ford(const Instance& instance) {
  const std::size_t sites = instance.seats.size() + 1;
  const auto cost = [&](std::size_t person, std::size_t site) {
    return site + 1 == sites ? no_seat : instance.costs[person][site];
  };
  std::vector<std::size_t> site_of(instance.people, sites);
  std::vector<std::int64_t> taken(sites);
  Cost total = 0;
  for (std::size_t person = 0; person < instance.people; ++person) {
    std::vector<Cost> distance(sites, impossible);
    std::vector<std::pair<std::size_t, std::size_t>> came(sites, {sites, person});
    for (std::size_t site = 0; site < sites; ++site) distance[site] = cost(person, site);
    for (bool again = true; again;) {
      again = false;
      for (std::size_t other = 0; other < person; ++other) {
        const std::size_t from = site_of[other];
        for (std::size_t to = 0; to < sites; ++to) {
          if (to == from || cost(other, to) == impossible || distance[from] == impossible) continue;
          const Cost there = distance[from] + cost(other, to) - cost(other, from);
          if (there >= distance[to]) continue;
          distance[to] = there;
          came[to] = {from, other};
          again = true;
        }
      }
    }
    std::size_t end = sites - 1;
    for (std::size_t site = 0; site + 1 < sites; ++site) {
      if (taken[site] < instance.seats[site] && distance[site] < distance[end]) end = site;
    }
    total += distance[end];
    ++taken[end];
    for (std::size_t at = end;;) {
      const auto [from, mover] = came[at];
      site_of[mover] = at;
      if (from == sites) break;
      at = from;
    }
  }
  return total;
}

TEST(Transport, EqualsAnIndependentMethodAndProvesItself) {
  for (std::uint64_t number = 0; number < 40; ++number) {
    const Instance instance = make_instance(number, 5 + number, 2 + number % 6, number % 2 == 0 ? 20 : 5000);
    const Transport transport = solve_transport(instance.people, instance.seats, Rows(instance), no_seat);
    EXPECT_EQ(transport.primal, cheapest_by_bellman_ford(instance)) << number;
    EXPECT_EQ(transport.primal, transport.dual) << number;
  }
}

TEST(Transport, StartsWarmAndWithFewCandidatesYetEndsAtTheSameOptimum) {
  const Instance instance = make_instance(7, 2000, 12, 30000);
  const Transport cold =
      solve_transport(instance.people, instance.seats, Rows(instance), no_seat, {.warm_start = false});
  const Transport warm = solve_transport(instance.people, instance.seats, Rows(instance), no_seat);
  const Transport narrow = solve_transport(instance.people, instance.seats, Rows(instance), no_seat,
                                           {.candidates = 1, .warm_start = false});
  EXPECT_EQ(cold.primal, warm.primal);
  EXPECT_EQ(cold.primal, narrow.primal);
  EXPECT_EQ(narrow.primal, narrow.dual);
  EXPECT_GT(narrow.added_pairs, 0U);
}

TEST(Transport, MoreSeatsNeverCostMoreAndSaveAtMostThePrice) {
  for (std::uint64_t number = 0; number < 20; ++number) {
    Instance instance = make_instance(number, 60, 5, 1000);
    const Transport before = solve_transport(instance.people, instance.seats, Rows(instance), no_seat);
    for (std::size_t site = 0; site < instance.seats.size(); ++site) {
      ++instance.seats[site];
      const Transport after = solve_transport(instance.people, instance.seats, Rows(instance), no_seat);
      --instance.seats[site];
      EXPECT_LE(after.primal, before.primal);
      EXPECT_GE(after.primal, before.primal - before.price[site]);
    }
  }
}

TEST(Transport, IsTheSameByOurOwnDijkstra) {
  for (std::uint64_t number = 0; number < 30; ++number) {
    const Instance instance = make_instance(number, 20 + 40 * number, 3 + number % 9, number % 2 == 0 ? 30 : 5000);
    const Transport boost = solve_transport(instance.people, instance.seats, Rows(instance), no_seat);
    const Transport own =
        solve_transport(instance.people, instance.seats, Rows(instance), no_seat, {.searches = Searches::own});
    EXPECT_EQ(boost.primal, own.primal) << number;
    EXPECT_EQ(boost.dual, own.dual) << number;
    EXPECT_EQ(boost.unseated, own.unseated) << number;
  }
}

// A chain of nodes source -> person -> site -> sink for Boost's successive shortest paths.
Cost cheapest_by_boost_flow(const Instance& instance) {
  using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
  using Graph = boost::adjacency_list<
      boost::vecS, boost::vecS, boost::directedS, boost::no_property,
      boost::property<boost::edge_capacity_t, std::int64_t,
                      boost::property<boost::edge_residual_capacity_t, std::int64_t,
                                      boost::property<boost::edge_reverse_t, Traits::edge_descriptor,
                                                      boost::property<boost::edge_weight_t, Cost>>>>>;
  const std::size_t sites = instance.seats.size();
  Graph graph(instance.people + sites + 3);
  const std::size_t source = instance.people + sites + 1;
  const std::size_t sink = source + 1;
  const auto add = [&](std::size_t from, std::size_t to, std::int64_t capacity, Cost cost) {
    const auto there = boost::add_edge(from, to, graph).first;
    const auto back = boost::add_edge(to, from, graph).first;
    boost::put(boost::edge_capacity, graph, there, capacity);
    boost::put(boost::edge_capacity, graph, back, 0);
    boost::put(boost::edge_weight, graph, there, cost);
    boost::put(boost::edge_weight, graph, back, -cost);
    boost::put(boost::edge_reverse, graph, there, back);
    boost::put(boost::edge_reverse, graph, back, there);
  };
  for (std::size_t person = 0; person < instance.people; ++person) {
    add(source, person, 1, 0);
    for (std::size_t site = 0; site < sites; ++site) {
      if (instance.costs[person][site] < impossible)
        add(person, instance.people + site, 1, instance.costs[person][site]);
    }
    add(person, instance.people + sites, 1, no_seat);
  }
  for (std::size_t site = 0; site < sites; ++site) add(instance.people + site, sink, instance.seats[site], 0);
  add(instance.people + sites, sink, static_cast<std::int64_t>(instance.people), 0);
  boost::successive_shortest_path_nonnegative_weights(graph, source, sink);
  Cost total = 0;
  for (const auto edge : boost::make_iterator_range(boost::edges(graph))) {
    const std::int64_t capacity = boost::get(boost::edge_capacity, graph, edge);
    if (capacity == 0) continue;
    const std::int64_t flow = capacity - boost::get(boost::edge_residual_capacity, graph, edge);
    total += flow * boost::get(boost::edge_weight, graph, edge);
  }
  return total;
}

TEST(Transport, EqualsBoostsSuccessiveShortestPaths) {
  for (std::uint64_t number = 0; number < 12; ++number) {
    const Instance instance = make_instance(number, 60 + 20 * number, 4 + number % 7, number % 2 == 0 ? 50 : 20'000);
    EXPECT_EQ(solve_transport(instance.people, instance.seats, Rows(instance), no_seat).primal,
              cheapest_by_boost_flow(instance))
        << number;
  }
}

TEST(Transport, GivesUpOnlyWhenSomebodyHasNoSeat) {
  int gave_up = 0;
  for (std::uint64_t number = 0; number < 60; ++number) {
    const Instance instance = make_instance(number, 40 + number, 6, 3'000);
    const Transport whole = solve_transport(instance.people, instance.seats, Rows(instance), no_seat);
    const Transport quick = solve_transport(instance.people, instance.seats, Rows(instance), no_seat,
                                            {.candidates = 2, .if_short = IfShort::give_up});
    EXPECT_EQ(quick.unseated > 0, whole.unseated > 0) << number;
    if (whole.unseated == 0) {
      EXPECT_EQ(quick.primal, whole.primal) << number;
    }
    gave_up += quick.unseated > 0 ? 1 : 0;
  }
  EXPECT_GT(gave_up, 5);
  EXPECT_LT(gave_up, 55);
}

// Most people come from one place far away and find the same few sites nearest: without good prices nearly everybody
// would have to be moved along a path.
TEST(Transport, NeedsFewPathsWherePeopleComeFromAfar) {
  RandomStream random(Seed{}, "afar");
  Instance instance{8'000, std::vector<std::int64_t>(60, 137), {}};
  std::vector<std::pair<double, double>> places;
  for (int site = 0; site < 60; ++site) {
    // One draw a statement: compilers are free in which order they take the arguments of a call.
    const auto along = static_cast<double>(random.below(20'000));
    const auto across = static_cast<double>(random.below(20'000));
    places.emplace_back(across, along);
  }
  for (std::size_t person = 0; person < instance.people; ++person) {
    const double away = person % 3 == 0 ? 0 : 300'000;
    const double x = away + static_cast<double>(random.below(20'000));
    const double y = static_cast<double>(random.below(20'000));
    std::vector<Cost> row;
    for (const auto& [across, along] : places) row.push_back(static_cast<Cost>(std::hypot(x - across, y - along)));
    instance.costs.push_back(row);
  }
  const Transport transport = solve_transport(instance.people, instance.seats, Rows(instance), no_seat);
  EXPECT_EQ(transport.primal, transport.dual);
  EXPECT_EQ(transport.unseated, 0U);
  EXPECT_LT(transport.searches, instance.people / 2);
}

std::vector<Cost> matrix_of(const Instance& instance) {
  std::vector<Cost> costs;
  for (const auto& row : instance.costs) {
    for (const Cost cost : row) costs.push_back(cost == impossible ? ClassSeats::never : cost);
    costs.push_back(no_seat);
  }
  return costs;
}

// Everybody where they pay least at the prices, and nothing paid for a free seat: so both searches prove themselves.
void expect_optimal_prices(const ClassSeats& seats) {
  for (std::size_t place = 0; place < seats.places(); ++place) {
    EXPECT_GE(seats.price(place), 0);
    if (static_cast<std::int64_t>(seats.taken(place)) < seats.seats(place)) {
      EXPECT_EQ(seats.price(place), 0);
    }
    for (const std::uint32_t person : seats.members(place)) {
      for (std::size_t other = 0; other < seats.places(); ++other) {
        EXPECT_LE(seats.costs_of(person)[place] + seats.price(place),
                  seats.costs_of(person)[other] + seats.price(other));
      }
    }
  }
}

class ClassSeatsBySearches : public testing::TestWithParam<Searches> {};
INSTANTIATE_TEST_SUITE_P(Both, ClassSeatsBySearches, testing::Values(Searches::boost, Searches::own));

TEST_P(ClassSeatsBySearches, StayTheCheapestWhileSeatsComeAndGo) {
  for (std::uint64_t number = 0; number < 30; ++number) {
    Instance instance = make_instance(number, 50, 6, number % 2 == 0 ? 30 : 4000);
    ClassSeats seats(instance.people, instance.seats.size() + 1, matrix_of(instance), GetParam());
    seats.start(instance.seats, std::vector<Cost>(instance.seats.size(), 0));
    RandomStream random(Seed{}, "changes " + std::to_string(number));
    for (int change = 0; change < 12; ++change) {
      const auto place = static_cast<std::size_t>(random.below(instance.seats.size()));
      std::int64_t difference = static_cast<std::int64_t>(random.below(9)) - 4;
      difference = std::max(difference, -instance.seats[place]);
      instance.seats[place] += difference;
      seats.change_seats(place, difference);
      ASSERT_EQ(seats.total(), solve_transport(instance.people, instance.seats, Rows(instance), no_seat).primal)
          << number << " " << change;
      expect_optimal_prices(seats);
    }
  }
}

TEST(ClassSeats, TakeTrialsBackAsIfNothingHadBeen) {
  Instance instance = make_instance(3, 80, 6, 3000);
  ClassSeats seats(instance.people, instance.seats.size() + 1, matrix_of(instance));
  seats.start(instance.seats, std::vector<Cost>(instance.seats.size(), 0));
  const Cost total = seats.total();
  std::vector<std::uint32_t> before;
  for (std::uint32_t person = 0; person < 80; ++person) before.push_back(seats.place_of(person));
  seats.begin_trial();
  seats.change_seats(0, 5);
  seats.begin_trial();
  seats.change_seats(1, -std::min<std::int64_t>(4, seats.seats(1)));
  seats.roll_back();
  seats.change_seats(2, -seats.seats(2), 10);  // stops early: hopeless
  seats.roll_back();
  EXPECT_EQ(seats.total(), total);
  for (std::uint32_t person = 0; person < 80; ++person) EXPECT_EQ(seats.place_of(person), before[person]);
  seats.change_seats(0, 5);
  instance.seats[0] += 5;
  EXPECT_EQ(seats.total(), solve_transport(instance.people, instance.seats, Rows(instance), no_seat).primal);
}

}  // namespace
}  // namespace hanjari::allocation
