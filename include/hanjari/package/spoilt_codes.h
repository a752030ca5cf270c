// Codes of a plan that a spreadsheet or copying spoilt in many rows: one cause, whatever number of rules it breaks.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::package {

struct SpoiltCodes {
  // In the order in which they stand in the plan, each with its count and its first row as the example.
  std::vector<Fault> causes;
  // What the verifier says of the rows of these causes: subjects by the code of the violation.
  std::map<std::string, std::set<std::string>, std::less<>> consequences;

  // Whether a violation says once more what a cause says.
  bool explain(std::string_view violation, const std::string& subject) const;
};

// Ids, codes and numbers that the exam does not have and that stand for one that it has: leading zeros lost, a number made of a code,
// case, quotes, another normal form. Only where more rows than RepeatedFaults::most_told have one cause: fewer are findings
// of the verifier like any other.
SpoiltCodes find_spoilt_codes(const Exam& exam, const PlanRows& rows);

// Of those the applicant numbers, from the first row on. Lists that tell people a change by their numbers must not be made from them:
// people's slips say the whole ones.
std::vector<Fault> find_spoilt_numbers(const Exam& exam, const PlanRows& rows);

}  // namespace hanjari::package
