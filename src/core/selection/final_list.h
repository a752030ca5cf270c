// Rules 17 to 20 for one unit.
#pragma once

#include <span>
#include <vector>

#include "hanjari/selection/final_decision.h"

namespace hanjari::selection {

// Rule 17. `marks` are all of one person, sorted by examiner and item.
InterviewGrade grade_of(std::span<const InterviewMark> marks);

// Somebody of the final list of a unit.
struct Finalist {
  FinalPersonDecision decision;
  Sex sex = Sex::female;
};

// Which of `totals` (any order) get one of `places`: the lowest total that does, nothing when nobody does.
std::optional<Mark> lowest_taken(std::vector<Mark> totals, std::int64_t places, Ties ties);

// Rule 18: outcomes of the excellent and the ordinary, and the cut.
void apply_final_list(std::vector<Finalist>& finalists, const Rules& rules, FinalUnitDecision& decision);
// Rule 19.
void apply_final_equality(const ResultUnit& unit, std::vector<Finalist>& finalists, const Rules& rules,
                          FinalUnitDecision& decision);
// Rule 20: how many of the written order are called up when `interviewed` came.
std::int64_t number_to_call_up(std::int64_t posts, std::int64_t interviewed);
// Rule 20: the ordinary who did not pass, by written total.
void rank_reserve(std::vector<Finalist>& finalists);

}  // namespace hanjari::selection
