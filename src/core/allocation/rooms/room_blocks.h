// Whole rooms for exams too large for a cost by class, person and room: people who live near one another and may share
// a room are tied into blocks of a room each, blocks go to rooms as people go to venues, and then everybody moves to
// the best room of the own class (README.md, Blocks).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "allocation/problem.h"
#include "hanjari/base/progress.h"

namespace hanjari::allocation {

struct BlockPlan {
  std::vector<std::uint32_t> group_of;  // by applicant; the number of groups when unseated
  std::size_t unseated = 0;
  Cost cost = 0;   // travel, penalties and weights
  Cost bound = 0;  // no plan has less of travel and penalties, whatever the rooms are
  std::int64_t rounds = 0;
  std::vector<Cost> seat_price;  // by group: what one more seat would be worth, as far as the bound knows
};

struct BlockLimits {
  std::optional<std::int64_t> rounds = {};  // of tying blocks anew, at most; unless given 6, and 6 more with tolls
  int threads = 1;
};

// `stop` is asked before every round but the first.
BlockPlan plan_by_blocks(const Problem& problem, const BlockLimits& limits, const std::function<bool()>& stop,
                         Progress& progress);

}  // namespace hanjari::allocation
