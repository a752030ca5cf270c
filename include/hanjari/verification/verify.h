// An independent judge of plans, ours or hand-made. Shares no code with the solver or the seating: it reads the
// contract again.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::verification {

// One broken rule. `code` is one of violation_codes().
struct Violation {
  std::string code;
  std::string subject;  // whom or what: an applicant_id, VENUE, VENUE/ROOM, VENUE/ROOM/SEAT, a district_code, a file's
                        // name or a key of report.json
  Text message;
};

struct Verdict {
  std::vector<Violation> violations;  // 1,000 of each code at most, in the order of violation_codes(), then subject
  std::map<std::string, std::uint64_t> counts;  // all of them, by code; a code with none is absent
  std::uint64_t people_checked = 0;             // rows of placements.csv
  std::uint64_t rooms_checked = 0;              // rooms with somebody in them
  std::uint64_t people = 0;                     // of the exam
  std::uint64_t unseated = 0;                   // of these, how many placements.csv does not name
  // No rule is broken. A plan without violations may still leave people unseated.
  bool clean() const { return counts.empty(); }
  bool complete() const { return unseated == 0; }
};

// Every code a violation can carry: those of the contract in its order, then the ones added since (number_form,
// number_order).
std::span<const std::string_view> violation_codes();

// Judges every rule of the contract; throws nothing but std::bad_alloc. Takes time in proportion to the plan (times the
// logarithm of its size) and a few words of memory per person beside the arguments.
Verdict verify_plan(const Exam& exam, const PlanRows& rows);

}  // namespace hanjari::verification
