#include "invigilators/staffed_plan.h"

#include <utility>

#include "hanjari/invigilators/staffing_job.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/package/staffing_package.h"

namespace hanjari::services {

std::shared_ptr<const StaffedPlan> find_staffed_plan(InvigilatorRepository& invigilators, const ExamCode& code,
                                                     const PlanCopy& copy) {
  // Asked for before the people are: whoever changes one in between makes the mark an old one.
  std::string mark = invigilators.mark_of_people(code);
  const auto known = std::dynamic_pointer_cast<const StaffedPlan>(copy.duties.get());
  if (known && known->mark == mark) return known;
  const PlannedExam& stored = copy.planned;
  auto made = std::make_shared<StaffedPlan>();
  made->mark = std::move(mark);
  made->staff =
      package::load_staff(stored.exam, people_folder(invigilators, code), package::Encoding::utf8).staff;
  for (Invigilator& person : made->staff.people) person.name.clear();
  made->judge = known ? std::make_unique<const verification::DutyJudge>(*known->judge, made->staff)
                      : std::make_unique<const verification::DutyJudge>(
                            stored.exam, package::rows_of_plan(stored.exam, stored.plan), made->staff);
  made->places = staffing::read_duty_places(stored.exam, stored.plan, made->staff);
  copy.duties.put(made);
  return made;
}

}  // namespace hanjari::services
