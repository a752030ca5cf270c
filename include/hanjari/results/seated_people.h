// Whether a result package is of the people whom the live plan of its exam has seated.
#pragma once

#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/plans/exams.h"
#include "hanjari/selection/results.h"

namespace hanjari::services {

// Throws InvalidInput for numbers that nobody of the live plan has, and for people of another unit. Gives warnings of
// people of the plan who are not in the results; nothing while no plan of the exam is live.
std::vector<Fault> compare_with_seated(ExamRepository&, const ExamCode& exam, const selection::Results& results);

}  // namespace hanjari::services
