// Costs of people at sites or groups of rooms that are found in a k-d tree instead of looked up in a row: for exams
// whose travel is not kept in memory.
#pragma once

#include <vector>

#include "allocation/problem.h"
#include "allocation/sites/point_tree.h"
#include "allocation/sites/transport.h"

namespace hanjari::allocation {

// Place: Site or RoomGroup. Not for several threads at once.
template <class Place>
class NearPlaces : public SiteCosts {
 public:
  // `people`: applicants by the number that the transport has for them; empty when the two are the same.
  NearPlaces(const Problem& problem, std::vector<const Place*> places, std::span<const std::uint32_t> people = {})
      : problem_(problem),
        places_(std::move(places)),
        people_(people),
        tree_(points_of(problem, places_)),
        price_(places_.size()) {}

  void set_prices(std::span<const Cost> prices) override {
    std::copy(prices.begin(), prices.begin() + static_cast<std::ptrdiff_t>(price_.size()), price_.begin());
    tree_.set_prices(price_);
  }

  std::size_t find_cheapest(std::size_t number, Cost below, std::span<Option> best) override {
    const std::size_t person = people_.empty() ? number : people_[number];
    CheapestOptions cheapest(best, std::min(below, impossible));
    const auto offer = [&](std::uint32_t i) {
      const Place& place = *places_[i];
      if (!problem_.may_use(person, place)) return;
      const Cost cost = problem_.cost(person, place.venue);
      cheapest.offer({i, cost}, cost + price_[i]);
    };
    if (problem_.travel.is_great_circle(person)) {
      tree_.visit_cheap(
          problem_.exam->applicants[person].home, problem_.scale.travel, [&] { return cheapest.below(); }, offer);
    } else {
      for (std::uint32_t i = 0; i < places_.size(); ++i) offer(i);
    }
    return cheapest.kept();
  }

 private:
  static std::vector<Point> points_of(const Problem& problem, const std::vector<const Place*>& places) {
    std::vector<Point> points;
    points.reserve(places.size());
    for (const Place* place : places) points.push_back((*problem.exam)[place->venue].at);
    return points;
  }

  const Problem& problem_;
  std::vector<const Place*> places_;
  std::span<const std::uint32_t> people_;
  PointTree tree_;
  std::vector<Cost> price_;
};

}  // namespace hanjari::allocation
