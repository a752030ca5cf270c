// What a pin can ask for.
#pragma once

#include "hanjari/base/fault.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari {

// A pin keeps what a published plan has; it moves nobody. So a person's pin that names a place is a fault unless the
// published plan has the person there, and always where there is no published plan (null).
Faults find_misplaced_pins(const Exam& exam, const PlanRows* published);

}  // namespace hanjari
