#include "hanjari/allocation/detour_caps.h"

#include <algorithm>
#include <mutex>

#include "allocation/people_to_sites.h"
#include "allocation/problem.h"
#include "allocation/workers.h"

namespace hanjari::allocation {
namespace {

constexpr Metres step_m = 100;

class CapTracer {
 public:
  CapTracer(const Exam& exam, int threads, Progress& progress)
      : exam_(exam), threads_(threads), travel_(exam, threads), progress_(progress) {}

  CapPoint solve(std::optional<Metres> cap_m) const {
    Exam capped = exam_;
    capped.policy.detour_cap_m = cap_m;
    const Problem problem = make_problem(capped, {}, travel_);
    const Transport transport = solve_people_to_sites(problem);
    CapPoint point{.cap_m = cap_m};
    for (std::size_t person = 0; person < problem.people(); ++person) {
      const std::uint32_t site = transport.site_of[person];
      if (site >= problem.sites.size()) {
        ++point.unseated;
        continue;
      }
      const std::int32_t metres = problem.travel.row(person)[problem.sites[site].venue.value];
      const Metres detour = std::max(0, metres - problem.travel.nearest(person));
      point.travel_m += metres;
      point.detour_m += detour;
      point.longest_m = std::max(point.longest_m, detour);
      point.over += problem.over_cap(person, metres) ? 1 : 0;
    }
    return point;
  }

  std::vector<CapPoint> run(std::size_t points) {
    progress_.stage({"detour caps", "우회 상한"}, points + 1);
    const CapPoint free = solve(std::nullopt);
    // The smallest cap that can be kept, in steps: everything from `kept` on can, `broken` cannot.
    Metres broken = -1;
    Metres kept = (free.longest_m + step_m - 1) / step_m;
    while (kept - broken > 1) {
      const Metres middle = broken + (kept - broken) / 2;
      (solve(middle * step_m).over == 0 ? kept : broken) = middle;
      progress_.report(0, group_digits(kept * step_m));
    }
    const Metres longest = (free.longest_m + step_m - 1) / step_m;
    std::vector<Metres> caps;
    for (std::size_t i = 1; i + 1 < points; ++i) {
      const auto part = static_cast<Metres>(i);
      const Metres cap = longest - (longest - kept) * part / static_cast<Metres>(points - 2);
      if (caps.empty() || caps.back() != cap) caps.push_back(cap);
    }
    if (broken >= 0) caps.push_back(broken);
    std::vector<CapPoint> traced(caps.size());
    std::mutex mutex;
    std::uint64_t done = 1;
    for_each_item(threads_, caps.size(), [&](std::size_t i) {
      traced[i] = solve(caps[i] * step_m);
      const std::lock_guard lock(mutex);
      progress_.report(++done, group_digits(caps[i] * step_m));
    });
    traced.insert(traced.begin(), free);
    return traced;
  }

 private:
  const Exam& exam_;
  int threads_;
  TravelMatrix travel_;
  Progress& progress_;
};

}  // namespace

std::vector<CapPoint> trace_detour_caps(const Exam& exam, std::size_t points, int threads, Progress& progress) {
  return CapTracer(exam, threads, progress).run(std::max<std::size_t>(points, 2));
}

}  // namespace hanjari::allocation
