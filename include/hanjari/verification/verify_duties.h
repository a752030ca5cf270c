// An independent judge of invigilators' duties, ours or hand-made. Shares no code with the staffing: it reads the
// contract again.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "hanjari/domain/duties.h"
#include "hanjari/verification/verify.h"

namespace hanjari::verification {

// Every code a violation of duties can carry: those of the contract in its order, then the one added since
// (no_such_place).
std::span<const std::string_view> duty_violation_codes();

// Judges every rule; a subject is an invigilator_id, two joined by a blank, VENUE, VENUE/ROOM, VENUE/ROOM/ROLE or a key
// of report.json. People and rooms checked are rows of duties.csv and rooms of the plan with somebody in them. Rows of
// the plan that name nobody or no room count for nothing here: judge the plan itself first.
Verdict verify_duties(const Exam& exam, const PlanRows& plan, const Staff& staff, const DutyRows& rows);

// What a change of duties breaks that was not broken before. Where places, people and rules are broken, figures of the
// report that cannot agree then are left out: they would hide the cause.
std::vector<Violation> new_duty_violations(const Verdict& before, const Verdict& after);

}  // namespace hanjari::verification
