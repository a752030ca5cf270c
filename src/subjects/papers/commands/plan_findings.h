// Whether a plan may be printed: the rules of the verifier, before a single paper is made.
#pragma once

#include "hanjari/cli/command.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::cli {

// Throws InvalidInput (plan_refused) with every broken rule, as `import` refuses such a plan: two people on one seat are
// two papers that contradict each other. People whom the plan lists as unseated
// are no finding here, the caller tells of them; somebody whom it does not name at all is one. A plan of
// another package is refused with both digests and the way out.
void require_printable(const Arguments& arguments, const Exam& exam, const PlanRows& rows);

}  // namespace hanjari::cli
