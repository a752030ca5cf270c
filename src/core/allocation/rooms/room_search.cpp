#include "allocation/rooms/room_search.h"

#include <algorithm>
#include <queue>

namespace hanjari::allocation {
namespace {

class OwnRoomSearch : public RoomSearch {
 public:
  explicit OwnRoomSearch(std::size_t nodes) : distance_(nodes), came_(nodes) {}

  Path nearest_room(const RoomChains& chains, std::uint32_t people_class) override {
    std::fill(distance_.begin(), distance_.end(), impossible);
    std::priority_queue<Waiting> waiting;
    distance_[people_class] = 0;
    waiting.push({0, people_class});
    Path path;
    while (!waiting.empty() && waiting.top().distance < path.reached) {
      const auto [distance, node] = waiting.top();
      waiting.pop();
      if (distance > distance_[node]) continue;
      if (chains.has_free_room(node) && distance + chains.to_end(node) < path.reached) {
        path = {.reached = distance + chains.to_end(node), .end = node};
      }
      for (const std::uint32_t next : chains.next(node)) {
        const std::uint32_t to = chains.node_of(node, next);
        const Cost cost = chains.reduced(node, to);
        if (cost == impossible || distance + cost >= distance_[to] || distance + cost >= path.reached) continue;
        distance_[to] = distance + cost;
        came_[to] = node;
        waiting.push({distance + cost, to});
      }
    }
    return path;
  }

  const std::vector<Cost>& distance() const override { return distance_; }
  std::uint32_t came(std::size_t node) const override { return came_[node]; }

 private:
  struct Waiting {
    Cost distance;
    std::uint32_t node;
    bool operator<(const Waiting& other) const {  // smallest distance on top, then the lowest node
      return distance != other.distance ? distance > other.distance : node > other.node;
    }
  };
  std::vector<Cost> distance_;
  std::vector<std::uint32_t> came_;
};

}  // namespace

std::unique_ptr<RoomSearch> make_room_search(std::size_t nodes, Searches searches) {
  if (searches == Searches::boost) return make_boost_room_search(nodes);
  return std::make_unique<OwnRoomSearch>(nodes);
}

}  // namespace hanjari::allocation
