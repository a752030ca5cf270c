// Times one solver of "people to venues" in a process of its own: people_to_venues SOLVER [EXAM]
//
// SOLVER is hanjari, lemon_full (NetworkSimplex on every person x venue arc) or lemon_sparse (the same on each person's
// cheapest venues, as many as our own search begins with). EXAM is an exam package; without it the founding sample is
// made. The clock starts with the matrix of travel in memory and stops with the optimum. Prints one line: solver,
// people, venues, CPU seconds, peak memory in MB, total metres.
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <numeric>
#include <string>
#include <vector>

#include "allocation/transport.h"
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

std::int64_t solve_hanjari(const Instance& instance) {
  const allocation::Transport transport =
      allocation::solve_transport(instance.people, instance.seats, MatrixRows(instance), allocation::Cost{1} << 40);
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
  if (solver != "hanjari" && solver != "lemon_full" && solver != "lemon_sparse") {
    std::fputs("usage: people_to_venues hanjari|lemon_full|lemon_sparse [EXAM]\n", stderr);
    return 64;
  }
  try {
    const Instance instance =
        argc > 2 ? make_instance(package::load_exam(argv[2], package::Encoding::utf8, no_progress()).exam)
                 : make_instance(sample::make_sample({}));
    const double began = cpu_seconds();
    const std::int64_t total = solver == "hanjari" ? solve_hanjari(instance)
                               : solver == "lemon_full"
                                   ? solve_lemon(instance, instance.venues)
                                   : solve_lemon(instance, std::min(sparse_width, instance.venues));
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
