// Applicant numbers after a change: published ones stay, nobody gets one that was ever given.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>

#include "hanjari/domain/plan.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::replanning {

class NewNumbers {
 public:
  NewNumbers(const Exam& exam, const PlanRows& published);
  // The same of a plan whose people are all of the exam.
  NewNumbers(const Exam& exam, const Plan& published);
  // True when a published number can stay with the unit; a person whose unit has changed cannot keep one that begins
  // with the old unit's code.
  bool may_keep(const PlacementRow& published, UnitIndex unit) const;
  // The next free number of the unit.
  ApplicantNumber next(UnitIndex unit);
  // By unit code, or under "" when all units share one sequence.
  const std::map<std::string, std::int64_t>& last_serials() const { return last_; }

 private:
  const std::string& sequence(const std::string& unit_code) const;
  void read(const std::string& unit_code, const std::string& number);

  const Exam& exam_;
  std::map<std::string, std::int64_t> last_;
  std::unordered_set<std::string> given_;  // only looked up
};

}  // namespace hanjari::replanning
