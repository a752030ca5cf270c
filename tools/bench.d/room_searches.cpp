// Times the searches of whole rooms in a process of its own: room_searches own|boost [EXAM]
//
// The first rooms and six rounds of improvement by our own Dijkstra or by Boost.Graph's, on one thread; without EXAM
// the founding sample. Prints one line: whose searches, CPU seconds of the first rooms and of the rounds, the cost
// reached, which is the same if both are right.
#include <cstdio>
#include <ctime>
#include <string>

#include "allocation/rooms/first_rooms.h"
#include "allocation/rooms/room_moves.h"
#include "allocation/sites/people_to_sites.h"
#include "hanjari/base/error.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/sample/sample.h"

namespace {

using namespace hanjari;

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string whose = argc > 1 ? argv[1] : "";
  if (whose != "own" && whose != "boost") {
    std::fputs("usage: room_searches own|boost [EXAM]\n", stderr);
    return 64;
  }
  try {
    const Exam exam =
        argc > 2 ? package::load_exam(argv[2], package::Encoding::utf8, no_progress()).exam : sample::make_sample({});
    const allocation::Problem problem = allocation::make_problem(exam, {}, 1);
    const allocation::Transport transport = allocation::solve_people_to_sites(problem);
    std::vector<allocation::Cost> price;
    std::vector<allocation::Cost> worth;
    for (const allocation::RoomGroup& group : problem.groups) {
      price.push_back(transport.price[group.site]);
      worth.push_back(price.back() * group.capacity);
    }
    allocation::Rooming rooming(problem, 1, whose == "own" ? allocation::Searches::own : allocation::Searches::boost);
    const double began = cpu_seconds();
    allocation::start_rooms(rooming, transport, price, nullptr, 1);
    const double started = cpu_seconds();
    allocation::RoomMoves moves(rooming, worth, 1);
    for (int round = 0; round < 6; ++round) moves.run_round([] { return false; });
    std::printf("%s %.3f %.3f %lld\n", whose.c_str(), started - began, cpu_seconds() - started,
                static_cast<long long>(rooming.cost()));
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.message().en.c_str());
    return 2;
  }
}
