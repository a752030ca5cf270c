// An independent judge of fairness reports: computes every figure again from the exam and the plan, and shares no code with what
// made the report.
#pragma once

#include <string_view>
#include <vector>

#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"
#include "hanjari/verification/verify.h"

namespace hanjari::verification {

// Codes: wrong_figure (a row that is neither the right figures nor withheld, is missing, or is too much), small_cell (figures of
// fewer than five people), small_rest (what is withheld of a dimension is fewer than five people, and everybody is given).
// `subject` is the row as it should be, or begins. Differences between several reports are not judged here.
std::vector<Violation> verify_fairness(const Exam& exam, const PlanRows& rows, std::string_view csv);

}  // namespace hanjari::verification
