// Codes of a plan that a spreadsheet or copying spoilt: one cause for each, before the rules are judged.
#pragma once

#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::package {

// Throws InvalidInput for ids, codes and numbers that the exam does not have and that stand for one that it has: leading
// zeros lost, blanks, case, width or characters that nobody sees. Each cause is told once with its count, for as broken rules
// of everybody it would be told line by line. A code that is near to none is left to whoever judges the plan.
void require_unspoilt_codes(const Exam& exam, const PlanRows& rows);

}  // namespace hanjari::package
