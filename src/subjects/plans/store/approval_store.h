// The steps of plans on their way to being published, and the changes of live pointers, in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/plans/approvals.h"

namespace hanjari::storage {

class ApprovalStore : public services::ApprovalRepository {
 public:
  explicit ApprovalStore(const Store& store) : store_(store) {}
  services::PlanApproval find_approval(const ExamCode& code, const services::StoredPlan& plan) override;
  std::vector<services::PlanApproval> list_approvals(const ExamCode& code,
                                                     const std::vector<services::StoredPlan>& plans) override;
  void save_approval(const ExamCode& code, const services::StoredPlan& plan, const services::PlanApproval& next,
                     const services::Change& change) override;
  services::PublicationRule find_rule(const ExamCode& code) override;
  void save_rule(const ExamCode& code, const services::PublicationRule& next, const services::Change& change) override;
  std::vector<services::LiveChange> list_live_changes(const ExamCode& code) override;
  std::optional<services::WithdrawalProposal> find_withdrawal_proposal(const ExamCode& code) override;
  void save_withdrawal_proposal(const ExamCode& code, const services::WithdrawalProposal& next,
                                const services::Change& change) override;
  void remove_withdrawal_proposal(const ExamCode& code, const services::WithdrawalProposal& proposal,
                                  const services::Change& change) override;
  void withdraw_live_plan(const ExamCode& code, const services::LivePointer& live, services::WithdrawalRight right,
                          const services::Change& change) override;

 private:
  const Store& store_;
};

// By which right a plan goes live: confirmed where the exam asks for it, in an emergency, or as part of a decision on one
// person's health, which is an officer's own.
enum class LiveRight { by_steps, emergency, health };

// Inside the transaction that moves the pointer: throws Conflict (plan_not_confirmed) where the right is wanting, notes
// the change and that the plan is published; a confirmation of the plan that gave way counts no more. `before`: the plan that gave way, 0 for none.
struct LiveNote {
  std::int64_t exam_id = 0;
  std::int64_t plan_id = 0;
  std::int64_t before = 0;
  std::int64_t version = 0;
};
void require_right(Connection& connection, const LiveNote& note, LiveRight right);
void note_live_change(Connection& connection, const LiveNote& note, LiveRight right, const services::Change& change);

}  // namespace hanjari::storage
