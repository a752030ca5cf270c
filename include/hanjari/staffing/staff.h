// From a plan and the people who may invigilate to duties, in the contract's order of levels, each with its bound.
#pragma once

#include <cstdint>
#include <vector>

#include "hanjari/base/progress.h"
#include "hanjari/domain/duties.h"
#include "hanjari/domain/plan.h"

namespace hanjari::staffing {

struct Limits {
  // How much is searched, counted in arcs and steps, not in seconds: the same duties on any machine. The first solution
  // is always looked for to the end.
  std::int64_t work = 400'000'000;
};

// Duties of every staffed room and venue; sorted as the files are. `old`: the duties to keep to, may be null; a person
// stands in them once. The plan's rows must belong to the exam. Throws InvalidInput (too_many_invigilators) when the
// sums would leave 128 bits. One thread; the same input gives the same duties.
DutyRows staff_exam(const Exam& exam, const Plan& plan, const Staff& staff, const std::vector<DutyRow>* old,
                    const Limits& limits = {}, Progress& progress = no_progress());

}  // namespace hanjari::staffing
