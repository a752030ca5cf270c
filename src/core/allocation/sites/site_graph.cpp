#include "allocation/sites/site_graph.h"

#include <algorithm>

namespace hanjari::allocation {
namespace {

constexpr std::size_t most_dense_sites = 2048;

}  // namespace

SiteGraph::SiteGraph(std::size_t sites, std::size_t people)
    : site_of(people), cost_of(people), out_(sites), in_(sites) {
  if (sites <= most_dense_sites) dense_.resize(sites * sites);
}

std::uint32_t SiteGraph::slot(std::uint32_t from, std::uint32_t to) {
  std::uint32_t& known =
      dense_.empty() ? sparse_[std::uint64_t{from} << 32 | to] : dense_[std::size_t{from} * out_.size() + to];
  if (known == 0) {
    Out& out = out_[from];
    in_[to].push_back({from, static_cast<std::uint32_t>(out.to.size())});
    out.to.push_back(to);
    out.cost.push_back(impossible);
    out.waiting.emplace_back();
    known = static_cast<std::uint32_t>(out.to.size());
  }
  return known - 1;
}

void SiteGraph::build(const OptionLists& options) {
  options_ = &options;
  // Counted first: with a million people what vectors keep for later would be a third of the memory.
  std::vector<std::vector<std::uint32_t>> counts(out_.size());
  for (std::uint32_t person = 0; person < site_of.size(); ++person) {
    const std::uint32_t site = site_of[person];
    options.for_each(person, [&](const Option& option) {
      if (option.site == site) return;
      const std::uint32_t at = slot(site, option.site);
      if (counts[site].size() <= at) counts[site].resize(at + 1);
      ++counts[site][at];
    });
  }
  for (std::size_t site = 0; site < out_.size(); ++site) {
    for (std::size_t at = 0; at < counts[site].size(); ++at) out_[site].waiting[at].reserve(counts[site][at]);
  }
  for (std::uint32_t person = 0; person < site_of.size(); ++person) {
    const std::uint32_t site = site_of[person];
    options.for_each(person, [&](const Option& option) {
      if (option.site == site) return;
      const std::uint32_t at = slot(site, option.site);
      out_[site].waiting[at].push_back({option.cost - cost_of[person], person});
    });
  }
  for (Out& out : out_) {
    for (std::size_t i = 0; i < out.to.size(); ++i) {
      std::make_heap(out.waiting[i].begin(), out.waiting[i].end());
      out.cost[i] = out.waiting[i].front().key;
    }
  }
}

void SiteGraph::drop_stale(std::uint32_t from, std::uint32_t at) {
  auto& heap = out_[from].waiting[at];
  while (!heap.empty() && site_of[heap.front().person] != from) {
    std::pop_heap(heap.begin(), heap.end());
    heap.pop_back();
  }
  out_[from].cost[at] = heap.empty() ? impossible : heap.front().key;
}

// Before a heap grows: without the people who have left it may not have to. If hardly anybody has, it grows enough for
// this not to be asked again at once.
void SiteGraph::make_place(std::vector<Entry>& heap, std::uint32_t from) {
  const std::size_t before = heap.size();
  const auto left = [&](const Entry& entry) { return site_of[entry.person] != from; };
  heap.erase(std::remove_if(heap.begin(), heap.end(), left), heap.end());
  if (heap.size() != before) std::make_heap(heap.begin(), heap.end());
  if (heap.size() + before / 8 >= before) heap.reserve(before + before / 4 + 4);
}

void SiteGraph::move(std::uint32_t person, std::uint32_t to) {
  const std::uint32_t from = site_of[person];
  site_of[person] = to;
  Cost cost_there = 0;
  options_->for_each(person, [&](const Option& option) {
    if (option.site == to) cost_there = option.cost;
    if (option.site == from) return;
    const std::uint32_t at = slot(from, option.site);
    const auto& heap = out_[from].waiting[at];
    if (!heap.empty() && heap.front().person == person) drop_stale(from, at);
  });
  cost_of[person] = cost_there;
  options_->for_each(person, [&](const Option& option) {
    if (option.site == to) return;
    const std::uint32_t at = slot(to, option.site);
    auto& heap = out_[to].waiting[at];
    if (heap.size() == heap.capacity()) make_place(heap, to);
    heap.push_back({option.cost - cost_there, person});
    std::push_heap(heap.begin(), heap.end());
    out_[to].cost[at] = heap.front().key;
  });
}

void SiteGraph::let_in(std::uint32_t person, Option option) {
  const std::uint32_t from = site_of[person];
  const std::uint32_t at = slot(from, option.site);
  auto& heap = out_[from].waiting[at];
  heap.push_back({option.cost - cost_of[person], person});
  std::push_heap(heap.begin(), heap.end());
  out_[from].cost[at] = heap.front().key;
}

}  // namespace hanjari::allocation
