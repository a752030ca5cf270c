// The graph of A: the sites as vertices; the arc (u, v) costs what the cheapest switch of a person from u to v costs.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "allocation/sites/transport.h"

namespace hanjari::allocation {

// Options of many people: `width` for everybody in one block, more for a few.
class OptionLists {
 public:
  OptionLists(std::size_t people, std::size_t width)
      : width_(width), flat_(people * width), used_(people, static_cast<std::uint32_t>(width)) {}
  std::size_t width() const { return width_; }
  Option* block(std::size_t person) { return flat_.data() + person * width_; }
  void set_used(std::size_t person, std::size_t used) { used_[person] = static_cast<std::uint32_t>(used); }
  void add(std::size_t person, Option option) { extra_[person].push_back(option); }
  bool has(std::size_t person, std::uint32_t site) const {
    bool found = false;
    for_each(person, [&](const Option& option) { found = found || option.site == site; });
    return found;
  }
  template <class Visit>
  void for_each(std::size_t person, Visit&& visit) const {
    const Option* begin = flat_.data() + person * width_;
    for (const Option* option = begin; option != begin + used_[person]; ++option) visit(*option);
    if (extra_.empty()) return;
    if (const auto found = extra_.find(person); found != extra_.end()) {
      for (const Option& option : found->second) visit(option);
    }
  }

 private:
  std::size_t width_;
  std::vector<Option> flat_;
  std::vector<std::uint32_t> used_;
  std::unordered_map<std::size_t, std::vector<Option>> extra_;  // only looked up, never walked
};

class SiteGraph {
 public:
  struct InArc {
    std::uint32_t from;
    std::uint32_t slot;
  };

  SiteGraph(std::size_t sites, std::size_t people);

  // People first: everybody gets a site, then build(); from then on move().
  std::vector<std::uint32_t> site_of;  // by person
  std::vector<Cost> cost_of;           // of the person at that site
  void build(const OptionLists& options);
  // Moves the person to `to`; keeps every arc's cheapest switch up to date.
  void move(std::uint32_t person, std::uint32_t to);
  // The person became able to go to one more site.
  void let_in(std::uint32_t person, Option option);

  std::size_t sites() const { return out_.size(); }
  std::span<const std::uint32_t> targets(std::uint32_t site) const { return out_[site].to; }
  std::span<const Cost> switch_costs(std::uint32_t site) const { return out_[site].cost; }
  std::span<const InArc> sources(std::uint32_t site) const { return in_[site]; }
  Cost switch_cost(InArc arc) const { return out_[arc.from].cost[arc.slot]; }
  // Who switches: the person behind the arc's cost.
  std::uint32_t switcher(std::uint32_t site, std::uint32_t slot) const {
    return out_[site].waiting[slot].front().person;
  }

 private:
  struct Entry {
    Cost key;
    std::uint32_t person;
    bool operator<(const Entry& other) const {  // for heaps with the smallest on top
      return key != other.key ? key > other.key : person > other.person;
    }
  };
  struct Out {
    std::vector<std::uint32_t> to;
    std::vector<Cost> cost;
    std::vector<std::vector<Entry>> waiting;  // heaps; entries of people who have left are dropped when met
  };
  std::uint32_t slot(std::uint32_t from, std::uint32_t to);
  void drop_stale(std::uint32_t from, std::uint32_t slot);
  void make_place(std::vector<Entry>& heap, std::uint32_t from);

  std::vector<Out> out_;
  std::vector<std::vector<InArc>> in_;
  const OptionLists* options_ = nullptr;
  std::vector<std::uint32_t> dense_;  // slot + 1 by pair, for few sites
  std::unordered_map<std::uint64_t, std::uint32_t> sparse_;
};

}  // namespace hanjari::allocation
