// An independent judge of plans, ours or hand-made. Shares no code with the solver or the seating: it reads the
// contract again.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::verification {

// One broken rule. `code` is one of the contract's.
struct Violation {
  std::string code;
  std::string subject;  // whom or what: an applicant_id, VENUE/ROOM, VENUE/ROOM/SEAT or a key of report.json
  Text message;
};

struct Verdict {
  std::vector<Violation> violations;  // the first 1,000 of each code, by code in the contract's order, then subject
  std::map<std::string, std::uint64_t> counts;  // all of them, by code
  std::uint64_t people_checked = 0;
  std::uint64_t rooms_checked = 0;
  bool clean() const { return counts.empty(); }
};

Verdict verify_plan(const Exam& exam, const PlanRows& rows);

}  // namespace hanjari::verification
