#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "hanjari/allocation/allocate.h"
#include "hanjari/replanning/replan.h"
#include "hanjari/seating/seats.h"
#include "hanjari/whatif/whatif.h"

namespace hanjari::whatif {
namespace {

Point explore_one(const Exam& exam, Key key, const std::string& value, const PlanRows* published, const Effort& effort,
                  const Clock& clock) {
  const Exam scenario = make_scenario(exam, key, value);
  Point point{.value = value};
  if (published != nullptr) {
    replanning::Replanned replanned = replanning::replan(scenario, *published, 1, no_progress());
    point.report = std::move(replanned.plan.report);
    for (const replanning::MissingRooms& rooms : replanned.missing) point.missing_rooms += rooms.rooms;
    return point;
  }
  const Seed seed{};
  allocation::Limits limits;
  limits.rounds = effort.rounds;
  point.report =
      seating::seat(scenario, allocation::allocate(scenario, seed, limits, clock, no_progress()), seed).report;
  return point;
}

}  // namespace

std::vector<Point> explore(const Exam& exam, const Variation& variation, const PlanRows* published,
                           const Effort& effort, const Clock& clock, Progress& progress) {
  const std::size_t count = variation.values.size();
  std::vector<Point> points(count);
  progress.stage({"what if", "바꿔 보기"}, count);
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto work = [&] {
    for (std::size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) {
      try {
        points[i] = explore_one(exam, variation.key, variation.values[i], published, effort, clock);
        const std::lock_guard lock(mutex);
        progress.report(++done, variation.values[i]);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!thrown) thrown = std::current_exception();
        next.store(count);
      }
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < std::min(effort.threads, static_cast<int>(count)); ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  if (thrown) std::rethrow_exception(thrown);
  return points;
}

}  // namespace hanjari::whatif
