// The steps of the written stage for one unit, also for asking what another number of posts would change.
#pragma once

#include <vector>

#include "hanjari/selection/decision.h"
#include "selection/cut.h"

namespace hanjari::selection {

struct MarkedUnit {
  UnitDecision decision;               // applied and sat are set
  std::vector<PersonDecision> people;  // of the unit, absent and below the line decided
  std::vector<Contender> contenders;   // everybody else
};

// Rules 2 and 6 to 8 for everybody of the unit.
MarkedUnit mark_unit(const Results& results, const Rules& rules, const ElectiveStatistics& statistics,
                     const ResultUnit& unit);

// Rules 13 and 14: totals, ranks, outcomes and reasons of the contenders after decide_unit.
void record_contenders(const ResultUnit& unit, MarkedUnit& marked);

// Rule 13: 1 + how many are higher, for each.
std::vector<std::uint32_t> rank_marks(const std::vector<Mark>& totals);

}  // namespace hanjari::selection
