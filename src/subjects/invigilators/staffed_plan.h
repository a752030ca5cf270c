// A plan and the people for it as hand edits of duties need them, kept from one edit to the next.
#pragma once

#include <memory>
#include <string>

#include "hanjari/domain/duties.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/plans/plan_copies.h"
#include "hanjari/staffing/desk.h"
#include "hanjari/verification/verify_duties.h"

namespace hanjari::services {

struct StaffedPlan : KeptWithPlan {
  std::string mark;  // of the people, when they were read
  Staff staff;       // without names, which no rule asks for
  std::unique_ptr<const verification::DutyJudge> judge;
  std::shared_ptr<const staffing::DutyPlaces> places;
};

// Kept with the copy, which must outlive what is returned; read anew as soon as anybody of the list has changed. Throws
// InvalidInput as load_staff.
std::shared_ptr<const StaffedPlan> find_staffed_plan(InvigilatorRepository&, const ExamCode&, const PlanCopy& copy);

}  // namespace hanjari::services
