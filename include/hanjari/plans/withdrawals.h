// Taking the live plan of an exam back: from then on nobody is shown a seat, until a plan goes live by its steps again.
// One officer proposes it with a reason, another one confirms it; the confirmation is the withdrawal itself, because what
// is wrong with seats that people see does not get better by a third step.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

class ApprovalRepository;

// Counts for this very change of the live pointer: another plan, or a person moved in the live one, is not what the
// officer looked at, and voids it.
struct WithdrawalProposal {
  LivePointer live;
  std::string proposed_by;
  std::string proposed_at_shell{};  // as PlanApproval::proposed_at_shell
  std::string reason;               // kept sealed: it may name people; empty when it cannot be read any more
  Instant at{};
};

enum class WithdrawalRight { by_steps, emergency };

// What whoever withdraws has to know.
struct WithdrawalView {
  LivePointer live;
  StoredPlan plan;  // `seated` people were told a seat, at `venues` venues whose papers become void
  bool second_officer = false;
  std::optional<WithdrawalProposal> proposal{};  // only one that counts for `live`
};

struct WithdrawalWish {
  std::string plan;                            // digest of the live plan, or at least its first 12 digits
  std::optional<std::int64_t> people{};        // how many people were told a seat, as the officer was told
  std::optional<std::int64_t> live_version{};  // that was looked at, where the caller knows it
  bool emergency = false;                      // without the second officer
};

// Throws Conflict (no_live_plan, exam_destroyed).
WithdrawalView look_at_live_plan(ExamRepository&, ApprovalRepository&, const ExamCode& code);

// They throw what look_at_live_plan throws, InvalidInput (reason_missing) and Conflict:
//   not_the_live_plan        another plan is live than the wish names;
//   live_plan_changed        the live plan has changed since it was looked at;
//   people_concerned         another number of people, or none, was said;
//   exam_held                the exam day is over: the plan says who sat where, and results are read by it;
//   withdrawal_proposed      somebody has proposed it already;
//   withdrawal_not_proposed  nobody has, and a second officer is asked for;
//   same_officer             who proposed cannot confirm.
WithdrawalProposal propose_withdrawal(ExamRepository&, ApprovalRepository&, const ExamCode& code,
                                      const WithdrawalWish& wish, const Change& change);
void take_back_withdrawal(ExamRepository&, ApprovalRepository&, const ExamCode& code, const std::string& plan,
                          const Change& change);
// Withdraws: where a second officer is asked for as the one who confirms another's proposal, unless it is an emergency.
// Without a reason of its own it has the proposal's. Returns the number of this change of the live pointer.
std::int64_t withdraw_plan(ExamRepository&, ApprovalRepository&, const ExamCode& code, const WithdrawalWish& wish,
                           const Change& change);

}  // namespace hanjari::services
