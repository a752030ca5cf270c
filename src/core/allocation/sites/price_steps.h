// Prices at which nearly as many people want a site as it has seats: Newton's steps on the dual of A, made smooth
// (README.md, A).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "allocation/sites/site_graph.h"

namespace hanjari::allocation {

// How evenly people take sites that cost nearly the same, as a share of how far apart sites are for them: the steps
// begin with the first and go on to the last.
struct Softness {
  double first = 1;
  double last = 1;
};

// People (in parts) who still want a site beyond its seats, or one that is not among their options.
struct Misplaced {
  double too_many = 0;
  double elsewhere = 0;
};

// Changes prices (by site; the last one, of the unseated, stays zero) until about as many people want every site with
// a price as it has seats, as far as a few steps come. People know of sites beyond their options only that those cost
// more.
Misplaced step_prices(const OptionLists& options, std::size_t people, std::span<const std::int64_t> seats,
                      Softness softness, std::vector<Cost>& price);

}  // namespace hanjari::allocation
