#include "seating/arrangement.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>

namespace hanjari::seating {
namespace {

constexpr std::size_t nobody = static_cast<std::size_t>(-1);

// Depth-first search over the desks of those with wishes, wheelchairs first, best desk first; the rest is cut off as
// soon as it cannot become better than the best found.
class Search {
 public:
  Search(const std::vector<Sitter>& sitters, const std::vector<Desk>& desks, const Door& door, std::int64_t& steps,
         const std::vector<Desk>& preferred)
      : sitters_(sitters), desks_(desks), door_(door), steps_(steps), taken_(desks.size(), nobody) {
    for (std::size_t desk = 0; desk < desks.size(); ++desk) {
      if (std::find(preferred.begin(), preferred.end(), desks[desk]) == preferred.end()) continue;
      is_preferred_.resize(desks.size(), 0);
      is_preferred_[desk] = 1;
    }
    std::map<std::uint32_t, std::size_t> group_size;
    for (const Sitter& sitter : sitters) ++group_size[sitter.keep_apart.value];
    for (std::size_t sitter = 0; sitter < sitters.size(); ++sitter) {
      const bool has_partner =
          sitters[sitter].keep_apart != empty_word && group_size[sitters[sitter].keep_apart.value] > 1;
      if (sitters[sitter].front || has_partner) wishers_.push_back(sitter);
    }
    std::stable_partition(wishers_.begin(), wishers_.end(), [&](std::size_t sitter) { return sitters[sitter].front; });
    desk_of_.assign(wishers_.size(), nobody);
    lowest_ = lowest_cost();
  }

  Arrangement run() {
    descend(0, {});
    Arrangement result;
    result.sitter_at = fill(best_desk_of_ ? *best_desk_of_ : any_desks());
    result.cost = cost_of(result.sitter_at);
    result.is_best = best_desk_of_ && (result.cost == lowest_ || !ran_out_);
    return result;
  }

 private:
  // The desks of a sitter's block: people are sorted by block, so desk i belongs to the block of sitter i.
  bool may_use(std::size_t sitter, std::size_t desk) const { return sitters_[desk].block == sitters_[sitter].block; }

  // Free desks of the block, the most fitting first: near the door for a wheelchair, near the own place for others.
  std::vector<std::size_t> options(std::size_t sitter) const {
    std::vector<std::size_t> result;
    for (std::size_t desk = 0; desk < desks_.size(); ++desk) {
      if (taken_[desk] == nobody && may_use(sitter, desk)) result.push_back(desk);
    }
    const auto misfit = [&](std::size_t desk) {
      std::size_t away = desk > sitter ? desk - sitter : sitter - desk;
      if (!is_preferred_.empty() && is_preferred_[desk] == 0) away += desks_.size();
      return sitters_[sitter].front ? door_.distance(desks_[desk]) : static_cast<std::int64_t>(away);
    };
    std::stable_sort(result.begin(), result.end(), [&](std::size_t a, std::size_t b) { return misfit(a) < misfit(b); });
    return result;
  }

  void descend(std::size_t depth, ArrangementCost cost) {
    if (best_desk_of_ && cost >= best_cost_) return;
    if (depth == wishers_.size()) {
      best_desk_of_ = desk_of_;
      best_cost_ = cost;
      return;
    }
    const std::size_t sitter = wishers_[depth];
    for (const std::size_t desk : options(sitter)) {
      if (best_desk_of_ && best_cost_ == lowest_) return;
      if (steps_ <= 0) {
        ran_out_ = true;
        return;
      }
      --steps_;
      ArrangementCost next = cost;
      if (sitters_[sitter].front) next.from_front += door_.distance(desks_[desk]);
      for (std::size_t other = 0; other < depth; ++other) {
        if (are_kept_apart(sitter, wishers_[other]) && are_neighbours(desks_[desk], desks_[desk_of_[other]])) {
          ++next.broken;
        }
      }
      taken_[desk] = sitter;
      desk_of_[depth] = desk;
      descend(depth + 1, next);
      taken_[desk] = nobody;
    }
  }

  bool are_kept_apart(std::size_t a, std::size_t b) const {
    return sitters_[a].keep_apart != empty_word && sitters_[a].keep_apart == sitters_[b].keep_apart;
  }

  // What no arrangement on these desks undercuts: nothing broken, and every wheelchair as if it came first.
  ArrangementCost lowest_cost() const {
    ArrangementCost cost;
    std::vector<char> used(desks_.size(), 0);
    for (const std::size_t sitter : wishers_) {
      if (!sitters_[sitter].front) continue;
      for (const std::size_t desk : options(sitter)) {
        if (used[desk] != 0) continue;
        used[desk] = 1;
        cost.from_front += door_.distance(desks_[desk]);
        break;
      }
    }
    return cost;
  }

  // When the steps ran out before anything was found: everybody with a wish on the own place.
  std::vector<std::size_t> any_desks() const { return wishers_; }

  std::vector<std::size_t> fill(const std::vector<std::size_t>& desk_of) const {
    std::vector<std::size_t> sitter_at(desks_.size(), nobody);
    std::vector<char> is_placed(sitters_.size(), 0);
    for (std::size_t i = 0; i < wishers_.size(); ++i) {
      sitter_at[desk_of[i]] = wishers_[i];
      is_placed[wishers_[i]] = 1;
    }
    std::size_t desk = 0;
    for (std::size_t sitter = 0; sitter < sitters_.size(); ++sitter) {
      if (is_placed[sitter] != 0) continue;
      while (sitter_at[desk] != nobody) ++desk;
      sitter_at[desk] = sitter;
    }
    return sitter_at;
  }

  ArrangementCost cost_of(const std::vector<std::size_t>& sitter_at) const {
    ArrangementCost cost;
    for (std::size_t desk = 0; desk < desks_.size(); ++desk) {
      if (sitters_[sitter_at[desk]].front) cost.from_front += door_.distance(desks_[desk]);
      for (std::size_t other = 0; other < desk; ++other) {
        if (are_kept_apart(sitter_at[desk], sitter_at[other]) && are_neighbours(desks_[desk], desks_[other])) {
          ++cost.broken;
        }
      }
    }
    return cost;
  }

  const std::vector<Sitter>& sitters_;
  const std::vector<Desk>& desks_;
  const Door& door_;
  std::int64_t& steps_;
  std::vector<char> is_preferred_;  // by desk; empty: all alike
  std::vector<std::size_t> wishers_;
  std::vector<std::size_t> taken_;    // by desk: who sits there in the search
  std::vector<std::size_t> desk_of_;  // by position in wishers_
  std::optional<std::vector<std::size_t>> best_desk_of_;
  ArrangementCost best_cost_;
  ArrangementCost lowest_;
  bool ran_out_ = false;
};

}  // namespace

bool are_neighbours(Desk a, Desk b) {
  return std::abs(a.row - b.row) <= 1 && std::abs(a.column - b.column) <= 1;
}

Arrangement arrange(const std::vector<Sitter>& sitters, const std::vector<Desk>& desks, const Door& door,
                    std::int64_t& steps, const std::vector<Desk>& preferred) {
  return Search(sitters, desks, door, steps, preferred).run();
}

}  // namespace hanjari::seating
