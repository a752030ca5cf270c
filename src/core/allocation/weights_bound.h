// What the weights for rooms, pairs and venues cost at least, whoever sits where.
#pragma once

#include "allocation/problem.h"

namespace hanjari::allocation {

// Sum of three safe bounds: the fewest rooms of every class, one venue for every unit, and the fewest (and the
// cheapest) venues whose seats hold everybody.
struct LeastWeights {
  Cost rooms = 0;
  Cost pairs = 0;
  Cost venues = 0;
};
LeastWeights least_weights(const Problem& problem);

}  // namespace hanjari::allocation
