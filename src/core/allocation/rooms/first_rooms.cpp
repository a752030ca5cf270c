#include "allocation/rooms/first_rooms.h"

#include <algorithm>

#include "allocation/rooms/block_moves.h"
#include "allocation/rooms/room_costs.h"
#include "allocation/rooms/rounding.h"

namespace hanjari::allocation {
namespace {

constexpr int tries_with_weights = 10;

// Weights that count once for a venue, shared out to the rooms there.
class SharedWeights : public RoomCosts {
 public:
  SharedWeights(const Rooming& rooming, const RoomCosts& losses)
      : rooming_(rooming),
        losses_(losses),
        groups_(rooming.problem().groups.size()),
        toll_(rooming.classes() * groups_) {}

  Cost of(std::size_t people_class, std::size_t group, std::int32_t room) const override {
    const Cost loss = losses_.of(people_class, group, room);
    return loss < impossible ? loss + toll_[people_class * groups_ + group] : loss;
  }

  bool any() const { return BlockMoves::wanted(rooming_.problem()); }

  // Shares the weights out by the rooms in use now; where there are none a toll stays what it was, so that a venue
  // which was left does not look free.
  void share() {
    const Problem& problem = rooming_.problem();
    const Exam& exam = *problem.exam;
    std::vector<std::int32_t> rooms(exam.venues.size());
    for (std::uint32_t venue = 0; venue < exam.venues.size(); ++venue) {
      for (std::size_t i = 0; i < rooming_.classes(); ++i) rooms[venue] += rooming_.rooms_at(i, VenueIndex(venue));
    }
    for (std::size_t i = 0; i < rooming_.classes(); ++i) {
      for (const std::uint32_t group : rooming_.of(i).group_of) {
        const VenueIndex venue = problem.groups[group].venue;
        const std::int32_t own = rooming_.rooms_at(i, venue);
        Cost& toll = toll_[i * groups_ + group];
        if (own == 0 && toll > 0) continue;
        const Cost pair = problem.classes[i].carries_pairs ? exam.policy.weights.unit_at_venue : 0;
        const Cost opening = exam.policy.weights.venue + exam[venue].opening_cost;
        toll = pair / std::max(own, 1) + opening / std::max(rooms[venue.value], 1);
      }
    }
  }

 private:
  const Rooming& rooming_;
  const RoomCosts& losses_;
  std::size_t groups_;
  std::vector<Cost> toll_;  // by class and group: of every room
};

}  // namespace

void start_rooms(Rooming& rooming, const Transport& transport, const std::vector<Cost>& group_price,
                 const RoomBound* bound, int threads) {
  RoomCounts best(0, 0);
  Cost best_cost = impossible;
  const auto attempt = [&](const RoomCosts& costs) {
    RoomCounts rooms = round_to_rooms(rooming, costs);
    rooming.start(rooms, group_price, threads);
    const Cost cost = rooming.cost();
    if (cost >= best_cost) return false;
    best_cost = cost;
    best = std::move(rooms);
    return true;
  };
  bool last_is_best = attempt(*costs_by_flow(rooming, transport.site_of, group_price, threads));
  if (bound != nullptr) {
    const auto losses = costs_by_bound(rooming, *bound, threads);
    SharedWeights costs(rooming, *losses);
    last_is_best = attempt(costs);
    for (int i = 0; costs.any() && i < tries_with_weights; ++i) {
      costs.share();
      last_is_best = attempt(costs);
    }
  }
  if (!last_is_best) rooming.start(best, group_price, threads);
}

}  // namespace hanjari::allocation
