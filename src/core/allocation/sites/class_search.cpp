#include "allocation/sites/class_search.h"

#include <algorithm>

namespace hanjari::allocation {
namespace {

class OwnClassSearch : public ClassSearch {
 public:
  explicit OwnClassSearch(std::size_t places) : distance_(places), came_(places), settled_(places) {}

  Path push(const SwitchGraph& graph, std::uint32_t from) override {
    begin(from);
    Waiting next{};
    while (settle_next(next)) {
      const std::size_t at = next.place;
      if (graph.free[at] > 0 || at + 1 == graph.places) break;
      const Cost* row = graph.change + at * graph.places;
      const Cost base = next.distance - graph.price[at];
      for (std::size_t to = 0; to < graph.places; ++to) {
        if (row[to] >= SwitchGraph::never / 2 || settled_[to]) continue;
        reach(base + row[to] + graph.price[to], to, next.place);
      }
    }
    return {.reached = next.distance, .end = next.place};
  }

  Path pull(const SwitchGraph& graph, std::uint32_t to) override {
    begin(to);
    Path path{.end = to};
    Waiting next{};
    while (settle_next(next)) {
      if (next.distance >= path.reached) break;
      const std::size_t at = next.place;
      if (at != to && graph.free[at] < 0) {
        path = {.reached = next.distance, .end = next.place};
        break;
      }
      if (next.distance + graph.price[at] < path.reached) {
        path = {.reached = next.distance + graph.price[at], .end = next.place};
      }
      const Cost base = next.distance + graph.price[at];
      const Cost* column = graph.change + at;
      for (std::size_t from = 0; from < graph.places; ++from) {
        const Cost change = column[from * graph.places];
        if (change >= SwitchGraph::never / 2 || settled_[from]) continue;
        const Cost there = base + change - graph.price[from];
        if (there < path.reached) reach(there, from, next.place);
      }
    }
    return path;
  }

  const std::vector<Cost>& distance() const override { return distance_; }
  std::uint32_t came(std::size_t place) const override { return came_[place]; }

 private:
  struct Waiting {
    Cost distance;
    std::uint32_t place;
    bool operator<(const Waiting& other) const {  // smallest distance on top, then the lowest place
      return distance != other.distance ? distance > other.distance : place > other.place;
    }
  };

  void begin(std::uint32_t place) {
    std::fill(distance_.begin(), distance_.end(), impossible);
    std::fill(settled_.begin(), settled_.end(), 0);
    queue_.clear();
    distance_[place] = 0;
    queue_.push_back({0, place});
  }
  bool settle_next(Waiting& next) {
    while (!queue_.empty()) {
      next = queue_.front();
      std::pop_heap(queue_.begin(), queue_.end());
      queue_.pop_back();
      if (settled_[next.place]) continue;
      settled_[next.place] = 1;
      return true;
    }
    return false;
  }
  void reach(Cost distance, std::size_t place, std::uint32_t from) {
    if (distance >= distance_[place]) return;
    distance_[place] = distance;
    came_[place] = from;
    queue_.push_back({distance, static_cast<std::uint32_t>(place)});
    std::push_heap(queue_.begin(), queue_.end());
  }

  std::vector<Cost> distance_;
  std::vector<std::uint32_t> came_;
  std::vector<char> settled_;
  std::vector<Waiting> queue_;
};

}  // namespace

std::unique_ptr<ClassSearch> make_class_search(std::size_t places, Searches searches) {
  if (searches == Searches::boost) return make_boost_class_search(places);
  return std::make_unique<OwnClassSearch>(places);
}

}  // namespace hanjari::allocation
