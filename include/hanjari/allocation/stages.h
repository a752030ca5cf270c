// Stages of making a plan whose note is a figure: the best lower bound so far, and the cost of the best plan so far. Both
// are in the unit of the objective's total.
#pragma once

namespace hanjari::allocation {

inline constexpr const char* bound_stage = "lower bound";
inline constexpr const char* improving_stage = "improving";

}  // namespace hanjari::allocation
