// Shortest paths over the places of one class (class_seats.h), where every place has an arc to every other.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "allocation/cost.h"
#include "allocation/sites/searches.h"

namespace hanjari::allocation {

struct SwitchGraph {
  static constexpr Cost never = std::numeric_limits<Cost>::max() / 4;

  std::size_t places = 0;              // the last is that of the unseated, which is never full
  const Cost* change = nullptr;        // by place, place: what the cheapest switch costs; near `never`: nobody can
  const Cost* price = nullptr;         // by place
  const std::int64_t* free = nullptr;  // by place: free seats, negative when people are too many

  bool has_switch(std::size_t from, std::size_t to) const { return change[from * places + to] < never / 2; }
  Cost reduced(std::size_t from, std::size_t to) const { return change[from * places + to] + price[to] - price[from]; }
};

class ClassSearch {
 public:
  struct Path {
    Cost reached = impossible;
    std::uint32_t end = 0;
  };
  virtual ~ClassSearch() = default;
  // From a place with too many people to the nearest with a free seat. Always finds one: the unseated have room.
  virtual Path push(const SwitchGraph& graph, std::uint32_t from) = 0;
  // To a place with free seats and a price: from the nearest with too many people, or from one that gives a person and
  // takes an empty seat for its price; `end` is the place itself when that is its own.
  virtual Path pull(const SwitchGraph& graph, std::uint32_t to) = 0;
  // Of the last search, by place: what is below `reached` is final. And the place before on the way.
  virtual const std::vector<Cost>& distance() const = 0;
  virtual std::uint32_t came(std::size_t place) const = 0;
};

std::unique_ptr<ClassSearch> make_class_search(std::size_t places, Searches searches);
std::unique_ptr<ClassSearch> make_boost_class_search(std::size_t places);

}  // namespace hanjari::allocation
