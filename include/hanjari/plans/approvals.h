// The steps from a stored plan to the one that people see: checked, proposed, confirmed by a second officer, published.
// Each is bound to the very plan (digest and population): another byte is another plan without any step.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/withdrawals.h"

namespace hanjari::services {

// draft: incomplete, leaves somebody without a seat. checked: lawful and complete, which the verifier said before it was stored.
// published: is live, or was.
enum class PlanStep { draft, checked, proposed, confirmed, published };
std::string_view spell(PlanStep step);
Text name_of(PlanStep step);

struct PlanApproval {
  PlanStep step = PlanStep::checked;
  std::string proposed_by;
  std::string confirmed_by;
  Instant changed_at{};
  std::int64_t version = 0;  // counts the changes of the steps; 0: none was taken yet
  // Whose shell took the step for that officer (Change::shell); empty when the officer had signed in.
  std::string proposed_at_shell{};
  std::string confirmed_at_shell{};
};
// Whether a second officer stands behind the plan. A plan that went live without one (in an emergency, by a decision on
// one person's health, before one was asked for) is published and still not confirmed, and so is one that was confirmed,
// went live and gave way: its confirmation was for the live plan of that day.
bool is_confirmed(const PlanApproval&);
// Whether the next step is a proposal: of a checked plan, and of one that went live and gave way since.
bool may_be_proposed(const PlanApproval&, bool is_live);

// One change of the live pointer.
struct LiveChange {
  std::int64_t version = 0;
  std::string plan_digest;
  std::string before;  // digest of the plan that was live; empty for the first
  std::string author;
  Instant at{};
  bool emergency = false;  // without the second officer
  std::string at_shell{};  // as PlanApproval::proposed_at_shell
  bool by_decision = false;  // on one person's health: whoever it moves is told by a message of its own
  bool withdrawn = false;    // the plan was taken back: none is live from then on
};

// Whether plans of an exam go live only when a second officer has confirmed them.
struct PublicationRule {
  bool second_officer = false;
  std::int64_t version = 0;
};

class ApprovalRepository {
 public:
  virtual ~ApprovalRepository() = default;
  virtual PlanApproval find_approval(const ExamCode& code, const StoredPlan& plan) = 0;
  // Of each of these plans, in their order; times and shells may be left out.
  virtual std::vector<PlanApproval> list_approvals(const ExamCode& code, const std::vector<StoredPlan>& plans) {
    std::vector<PlanApproval> approvals;
    for (const StoredPlan& plan : plans) approvals.push_back(find_approval(code, plan));
    return approvals;
  }
  // Compare-and-set: throws Conflict (plan_step_changed) unless the version is still `next.version - 1`.
  virtual void save_approval(const ExamCode& code, const StoredPlan& plan, const PlanApproval& next,
                             const Change& change) = 0;
  virtual PublicationRule find_rule(const ExamCode& code) = 0;
  // Compare-and-set as save_approval; throws NotFound (exam_not_found).
  virtual void save_rule(const ExamCode& code, const PublicationRule& next, const Change& change) = 0;
  // Newest first.
  virtual std::vector<LiveChange> list_live_changes(const ExamCode& code) = 0;

  // The proposal that was made last and neither carried out nor taken back, whatever is live by now.
  virtual std::optional<WithdrawalProposal> find_withdrawal_proposal(const ExamCode& code) = 0;
  // Takes the place of one for an earlier live plan. Throws Conflict (live_plan_changed) unless `next.live` is live, and
  // (withdrawal_proposed) where one for it stands.
  virtual void save_withdrawal_proposal(const ExamCode& code, const WithdrawalProposal& next, const Change& change) = 0;
  // Throws Conflict (withdrawal_not_proposed) when it does not stand any more.
  virtual void remove_withdrawal_proposal(const ExamCode& code, const WithdrawalProposal& proposal,
                                          const Change& change) = 0;
  // Compare-and-set: throws Conflict (live_plan_changed) unless `live` is live, (withdrawal_not_proposed) where a second
  // officer is asked for and no other officer's proposal for it stands.
  virtual void withdraw_live_plan(const ExamCode& code, const LivePointer& live, WithdrawalRight right,
                                  const Change& change) = 0;
};

// Each gives the plan's steps after it. `digest`: as for make_plan_live. They throw InvalidInput (bad_digest), NotFound
// (plan_not_found) and Conflict: plan_incomplete, plan_step_changed, and
//   wrong_plan_step  the plan is not at the step before;
//   same_officer     who proposed cannot confirm.
PlanApproval propose_plan(ExamRepository&, ApprovalRepository&, const ExamCode& code, const std::string& digest,
                          const Change& change);
PlanApproval confirm_plan(ExamRepository&, ApprovalRepository&, const ExamCode& code, const std::string& digest,
                          const Change& change);
// Back to checked, from proposed or confirmed.
PlanApproval take_back_plan(ExamRepository&, ApprovalRepository&, const ExamCode& code, const std::string& digest,
                            const Change& change);

// Whether a second officer is needed from now on.
void set_second_officer(ApprovalRepository&, const ExamCode& code, bool needed, const Change& change);

}  // namespace hanjari::services
