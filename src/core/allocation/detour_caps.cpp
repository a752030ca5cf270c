#include "hanjari/allocation/detour_caps.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include "allocation/problem.h"
#include "allocation/sites/transport.h"
#include "allocation/workers.h"

namespace hanjari::allocation {
namespace {

constexpr Metres step_m = 100;

// Costs under a cap. Beyond it a venue costs a fee that outweighs all travel, or cannot be chosen at all.
class CappedRows : public CostRows {
 public:
  CappedRows(const Problem& problem, std::optional<Metres> cap_m, Cost fee)
      : CostRows(problem.sites.size()), problem_(problem), cap_m_(cap_m), fee_(fee) {}
  void row(std::size_t person, std::span<Cost> costs) const override {
    const std::int32_t nearest = problem_.travel.nearest(person);
    for (std::size_t i = 0; i < costs.size(); ++i) {
      const Site& site = problem_.sites[i];
      costs[i] = impossible;
      if (!problem_.may_use(person, site)) continue;
      const std::int32_t metres = problem_.travel.metres(person, site.venue.value);
      const bool over = cap_m_ && nearest != Travel::no_way && metres - nearest > *cap_m_;
      if (over && fee_ == impossible) continue;
      costs[i] = problem_.scale.travel * metres + (over ? fee_ : 0);
    }
  }

 private:
  const Problem& problem_;
  std::optional<Metres> cap_m_;
  Cost fee_;
};

struct Solved {
  CapPoint point;
  std::vector<Cost> price;
};

class CapTracer {
 public:
  CapTracer(const Exam& exam, int threads, Progress& progress)
      : uncapped_(without_cap(exam)),
        threads_(threads),
        problem_(make_problem(uncapped_, {}, threads)),
        progress_(progress) {
    for (const Site& site : problem_.sites) seats_.push_back(site.seats);
    // As in make_problem: more than any exchange of people can save, and seats come before the cap.
    fee_ = static_cast<Cost>(problem_.sites.size() + 4) * problem_.scale.most_travel + 1;
    unseated_ = static_cast<Cost>(problem_.sites.size() + 4) * (fee_ + problem_.scale.most_travel) + 1;
  }

  std::vector<CapPoint> run(std::size_t points) {
    progress_.stage({"detour caps", "우회 상한"}, points + 1);
    const Solved free = *solve({}, fee_, {}, IfShort::seat_most);
    // The smallest cap that can be kept, in steps: everything from `kept` on can, `broken` cannot. Prices of a looser
    // cap are a good beginning for the next one.
    Metres broken = -1;
    const Metres longest = (free.point.longest_m + step_m - 1) / step_m;
    Metres kept = longest;
    std::vector<Cost> price = free.price;
    while (kept - broken > 1) {
      const Metres middle = broken + (kept - broken) / 2;
      if (const auto solved = find_kept(middle * step_m, price, free.point.unseated)) {
        kept = middle;
        price = solved->price;
      } else {
        broken = middle;
      }
      progress_.report(0, group_digits(kept * step_m));
    }
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
      traced[i] = solve(caps[i] * step_m, fee_, caps[i] > kept ? free.price : price, IfShort::seat_most)->point;
      const std::lock_guard lock(mutex);
      progress_.report(++done, group_digits(caps[i] * step_m));
    });
    traced.insert(traced.begin(), free.point);
    return traced;
  }

 private:
  static Exam without_cap(Exam exam) {
    exam.policy.detour_cap_m.reset();
    return exam;
  }

  // Nothing when more people than `unseated` would have no seat within the cap.
  std::optional<Solved> find_kept(Metres cap_m, const std::vector<Cost>& price, std::int64_t unseated) const {
    const IfShort if_short = unseated == 0 ? IfShort::give_up : IfShort::seat_most;
    auto solved = solve(cap_m, impossible, price, if_short);
    if (solved && solved->point.unseated > unseated) solved.reset();
    return solved;
  }

  std::optional<Solved> solve(std::optional<Metres> cap_m, Cost fee, const std::vector<Cost>& price,
                              IfShort if_short) const {
    CappedRows rows(problem_, cap_m, fee);
    TransportOptions how;
    how.first_prices = price;
    how.if_short = if_short;
    const Transport transport = solve_transport(problem_.people(), seats_, rows, unseated_, how);
    if (if_short == IfShort::give_up && transport.unseated > 0) return std::nullopt;
    Solved solved{.point = {.cap_m = cap_m}, .price = transport.price};
    CapPoint& point = solved.point;
    for (std::size_t person = 0; person < problem_.people(); ++person) {
      const std::uint32_t site = transport.site_of[person];
      if (site >= problem_.sites.size()) {
        ++point.unseated;
        continue;
      }
      const std::int32_t metres = problem_.travel.metres(person, problem_.sites[site].venue.value);
      const std::int32_t nearest = problem_.travel.nearest(person);
      const Metres detour = std::max(0, metres - nearest);
      point.travel_m += metres;
      point.detour_m += detour;
      point.longest_m = std::max(point.longest_m, detour);
      point.over += cap_m && nearest != Travel::no_way && detour > *cap_m ? 1 : 0;
    }
    return solved;
  }

  Exam uncapped_;
  int threads_;
  Problem problem_;
  Progress& progress_;
  std::vector<std::int64_t> seats_;
  Cost fee_ = 0;
  Cost unseated_ = 0;
};

}  // namespace

std::vector<CapPoint> trace_detour_caps(const Exam& exam, std::size_t points, int threads, Progress& progress) {
  return CapTracer(exam, threads, progress).run(std::max<std::size_t>(points, 2));
}

}  // namespace hanjari::allocation
