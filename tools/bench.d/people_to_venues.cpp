// Times one solver of "people to venues" in a process of its own: people_to_venues SOLVER [EXAM]
//
// SOLVER is hanjari, own_search (the same with our own Dijkstra in place of Boost.Graph's), tree and tree_own_search
// (the same two with a k-d tree of venues in place of the matrix of travel, for any size; the clock starts with the
// coordinates in memory), lemon_full (NetworkSimplex on every person x venue arc) or lemon_sparse (the same on each
// person's cheapest venues, more than our own search begins with). EXAM is an exam package; without it the founding
// sample is made. The clock starts with the matrix of travel in memory and stops with the optimum. Prints one line:
// solver, people, venues, CPU seconds, peak memory in MB, total metres.
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <numeric>
#include <string>
#include <vector>

#include "allocation/sites/near_places.h"
#include "allocation/sites/transport.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/travel.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/sample/sample.h"
#include "hanjari/seating/geometry.h"

namespace {

using namespace hanjari;

constexpr std::size_t sparse_width = 16;

struct Instance {
  std::size_t people = 0;
  std::size_t venues = 0;
  std::vector<std::int32_t> metres;  // by person, venue
  std::vector<std::int64_t> seats;
  std::int32_t at(std::size_t person, std::size_t venue) const { return metres[person * venues + venue]; }
};

Instance make_instance(const Exam& exam) {
  Instance instance;
  instance.people = exam.applicants.size();
  instance.venues = exam.venues.size();
  const TravelTable travel(exam);
  instance.metres.reserve(instance.people * instance.venues);
  for (std::size_t person = 0; person < instance.people; ++person) {
    for (std::size_t venue = 0; venue < instance.venues; ++venue) {
      instance.metres.push_back(static_cast<std::int32_t>(travel.between(ApplicantIndex(person), VenueIndex(venue))));
    }
  }
  instance.seats.assign(instance.venues, 0);
  const auto capacities = seating::room_capacities(exam);
  for (std::size_t room = 0; room < exam.rooms.size(); ++room)
    instance.seats[exam.rooms[room].venue.value] += capacities[room].people;
  return instance;
}

class MatrixRows : public allocation::CostRows {
 public:
  explicit MatrixRows(const Instance& instance) : CostRows(instance.venues), instance_(instance) {}
  void row(std::size_t person, std::span<allocation::Cost> costs) const override {
    for (std::size_t venue = 0; venue < instance_.venues; ++venue) costs[venue] = instance_.at(person, venue);
  }

 private:
  const Instance& instance_;
};

std::int64_t solve_hanjari(const Instance& instance, allocation::Searches searches) {
  const allocation::Transport transport = allocation::solve_transport(
      instance.people, instance.seats, MatrixRows(instance), allocation::Cost{1} << 40, {.searches = searches});
  if (transport.primal != transport.dual) throw std::logic_error("no proof");
  return transport.primal;
}

std::int64_t solve_by_tree(const allocation::Problem& problem, allocation::Searches searches) {
  std::vector<std::int64_t> seats;
  std::vector<const allocation::Site*> sites;
  for (const allocation::Site& site : problem.sites) {
    seats.push_back(site.seats);
    sites.push_back(&site);
  }
  const allocation::Transport transport =
      allocation::solve_transport(problem.people(), seats, allocation::NearPlaces<allocation::Site>(problem, sites),
                                  problem.scale.unseated, {.searches = searches});
  if (transport.primal != transport.dual) throw std::logic_error("no proof");
  return transport.primal;
}

std::int64_t solve_lemon(const Instance& instance, std::size_t width) {
  lemon::SmartDigraph graph;
  graph.reserveNode(static_cast<int>(instance.people + instance.venues));
  graph.reserveArc(static_cast<int>(instance.people * width));
  std::vector<lemon::SmartDigraph::Node> people;
  std::vector<lemon::SmartDigraph::Node> venues;
  for (std::size_t person = 0; person < instance.people; ++person) people.push_back(graph.addNode());
  for (std::size_t venue = 0; venue < instance.venues; ++venue) venues.push_back(graph.addNode());
  lemon::SmartDigraph::ArcMap<std::int64_t> cost(graph);
  std::vector<std::size_t> order(instance.venues);
  for (std::size_t person = 0; person < instance.people; ++person) {
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (width < instance.venues) {
      std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(width), order.end(),
                       [&](std::size_t a, std::size_t b) { return instance.at(person, a) < instance.at(person, b); });
    }
    for (std::size_t rank = 0; rank < width; ++rank) {
      cost[graph.addArc(people[person], venues[order[rank]])] = instance.at(person, order[rank]);
    }
  }
  lemon::SmartDigraph::NodeMap<int> supply(graph);
  for (const auto node : people) supply[node] = 1;
  for (std::size_t venue = 0; venue < instance.venues; ++venue)
    supply[venues[venue]] = -static_cast<int>(instance.seats[venue]);
  lemon::NetworkSimplex<lemon::SmartDigraph, int, std::int64_t> simplex(graph);
  simplex.costMap(cost).supplyMap(supply);
  if (simplex.run() != decltype(simplex)::OPTIMAL) return -1;  // the cheapest venues alone do not hold everybody
  return simplex.totalCost<std::int64_t>();
}

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string solver = argc > 1 ? argv[1] : "";
  const std::array solvers{"hanjari", "own_search", "tree", "tree_own_search", "lemon_full", "lemon_sparse"};
  if (std::find(solvers.begin(), solvers.end(), solver) == solvers.end()) {
    std::fputs("usage: people_to_venues hanjari|own_search|tree|tree_own_search|lemon_full|lemon_sparse [EXAM]\n",
               stderr);
    return 64;
  }
  try {
    const Exam exam =
        argc > 2 ? package::load_exam(argv[2], package::Encoding::utf8, no_progress()).exam : sample::make_sample({});
    Instance instance;
    allocation::Problem problem;
    const bool by_tree = solver.find("tree") == 0;
    if (by_tree) {
      problem = allocation::make_problem(exam, {}, 1);
      instance.people = problem.people();
      instance.venues = problem.sites.size();
    } else {
      instance = make_instance(exam);
    }
    const auto searches =
        solver.find("own_search") == std::string::npos ? allocation::Searches::boost : allocation::Searches::own;
    const double began = cpu_seconds();
    std::int64_t total = 0;
    if (by_tree) {
      total = solve_by_tree(problem, searches);
    } else if (solver == "hanjari" || solver == "own_search") {
      total = solve_hanjari(instance, searches);
    } else {
      total = solve_lemon(instance, solver == "lemon_full" ? instance.venues : std::min(sparse_width, instance.venues));
    }
    const double seconds = cpu_seconds() - began;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%s %zu %zu %.3f %.0f %lld\n", solver.c_str(), instance.people, instance.venues, seconds,
                static_cast<double>(usage.ru_maxrss) / 1024, static_cast<long long>(total));
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.message().en.c_str());
    return 2;
  }
}
