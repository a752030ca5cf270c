// A: people to sites with seats, exactly. Shortest augmenting paths over a graph whose vertices are the sites, with
// prices from a random quarter of the people and a final proof over all pairs (README.md, A).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "allocation/problem.h"

namespace hanjari::allocation {

// What a person costs at every site; `impossible` where the person cannot go.
class CostRows {
 public:
  virtual ~CostRows() = default;
  virtual void row(std::size_t person, std::span<Cost> costs) const = 0;
};

struct TransportOptions {
  std::size_t candidates = 20;  // sites per person that the searches see; the proof sees all
  bool warm_start = true;
};

struct Transport {
  std::vector<std::uint32_t> site_of;  // by person; the number of sites when unseated
  std::vector<Cost> price;             // by site: what one more seat would save
  std::size_t unseated = 0;            // people
  Cost primal = 0;
  Cost dual = 0;  // equal to primal: the proof
  std::uint64_t searches = 0;
  std::uint64_t added_pairs = 0;  // pairs outside the candidates that the proof had to let in
};

// The cheapest way to seat people, where leaving a person out costs `unseated`. Any number of people and seats.
Transport solve_transport(std::size_t people, std::span<const std::int64_t> seats, const CostRows& costs, Cost unseated,
                          const TransportOptions& options = {});

}  // namespace hanjari::allocation
