// Exams of one day know nothing of one another: who stands in the duties of two of them.
#pragma once

#include <vector>

#include "hanjari/invigilators/invigilators.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

struct OtherDuty {
  InvigilatorId person;
  ExamCode exam;
  Text exam_name;
};

// Whoever stands in these duties, and in the newest ones of another exam of the same day (same number and name), and comes to both;
// by exams and numbers. Nobody can be at two schools, and no rule of one exam sees the other.
std::vector<OtherDuty> find_other_duties(InvigilatorRepository&, ExamRepository&, const ExamCode&, const ExamHead&, const DutyRows&);

}  // namespace hanjari::services
