// An independent judge of invigilators' duties, ours or hand-made. Shares no code with the staffing: it reads the
// contract again.
#pragma once

#include <memory>
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

// The same judge for many duties of one plan, which it reads once. May be asked by several threads at a time.
class DutyJudge {
 public:
  // Exam and people must outlive the judge; the rows of the plan need not.
  DutyJudge(const Exam& exam, const PlanRows& plan, const Staff& staff);
  // Of the same plan and other people; what is read of the plan is shared.
  DutyJudge(const DutyJudge& of_same_plan, const Staff& staff);
  ~DutyJudge();
  DutyJudge(const DutyJudge&) = delete;
  DutyJudge& operator=(const DutyJudge&) = delete;

  // As verify_duties.
  Verdict verify(const DutyRows& rows) const;
  // Whether report.json, unfilled.csv, travel and order say what the duties give.
  bool has_right_figures(const DutyRows& rows) const;
  // What new_duty_violations gives for the verdicts of both, as long as each code has at most 1,000 violations. Rules about
  // people and places are asked of the venues alone that the change touches; figures, which are sums over everybody, are
  // counted whole.
  std::vector<Violation> judge_change(const DutyRows& before, const DutyRows& after) const;

 private:
  struct Ground;
  std::unique_ptr<const Ground> ground_;
};

}  // namespace hanjari::verification
