// Which cells of tables by group may be published, so that nobody learns the figure of a few people from them: neither from
// one cell, nor by subtracting cells of one table, of several, or of several editions.
//
// Assumed of whoever tries: knows everybody's groups in every edition, solves every equation, and takes what is summed over
// a person as unchanged between editions. Not covered: what follows from bounds rather than equations (if everybody of a
// cell passed, everybody knows), and what other sources tell.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hanjari/base/random.h"

namespace hanjari::fairness {

// No figure of fewer people can be computed.
constexpr int smallest_group = 5;

// Everybody by a name of the own, with the own value in each dimension; as many dimensions for everybody.
using Members = std::map<std::string, std::vector<std::string>>;

struct Cell {
  int dimension = -1;  // -1: everybody
  std::string value;   // empty for everybody
  auto operator<=>(const Cell&) const = default;
};
using Cells = std::set<Cell>;

struct PublishedEdition {
  Members members;
  Cells cells;  // whose figures were given
};

// The cells of `members` that may be published beside everything that was. Everybody first, then the larger cells first, so that
// small ones are withheld. The same input gives the same cells; `seed` chooses the numbers of a test that is wrong less often than
// once in 10^12 cells, and then only withholds a cell too many.
Cells cells_to_publish(const Members& members, const std::vector<PublishedEdition>& before, const Seed& seed);

}  // namespace hanjari::fairness
