// The steps from a plan to the published one in memory, by compare-and-set.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/plans/approvals.h"

namespace hanjari::tests {

class MemoryApprovals : public services::ApprovalRepository {
 public:
  services::PlanApproval find_approval(const ExamCode&, const services::StoredPlan& plan) override {
    return approvals[plan.digest];
  }
  void save_approval(const ExamCode&, const services::StoredPlan& plan, const services::PlanApproval& next,
                     const services::Change&) override {
    if (approvals[plan.digest].version != next.version - 1) throw Conflict("plan_step_changed", {"changed", "바뀜"});
    approvals[plan.digest] = next;
  }
  services::PublicationRule find_rule(const ExamCode&) override { return rule; }
  void save_rule(const ExamCode&, const services::PublicationRule& next, const services::Change&) override { rule = next; }
  std::vector<services::LiveChange> list_live_changes(const ExamCode&) override { return changes; }
  std::optional<services::WithdrawalProposal> find_withdrawal_proposal(const ExamCode&) override { return proposal; }
  void save_withdrawal_proposal(const ExamCode&, const services::WithdrawalProposal& next,
                                const services::Change&) override {
    if (proposal && proposal->live.version == next.live.version)
      throw Conflict("withdrawal_proposed", {"proposed already", "이미 상신됨"});
    proposal = next;
  }
  void remove_withdrawal_proposal(const ExamCode&, const services::WithdrawalProposal&,
                                  const services::Change&) override {
    proposal.reset();
  }
  void withdraw_live_plan(const ExamCode&, const services::LivePointer& live, services::WithdrawalRight right,
                          const services::Change& change) override {
    services::LiveChange withdrawal{live.version + 1, live.plan_digest, "", change.author, change.at,
                                    right == services::WithdrawalRight::emergency};
    withdrawal.withdrawn = true;
    changes.insert(changes.begin(), withdrawal);
    reasons.push_back(change.reason);
    proposal.reset();
    if (on_withdrawal) on_withdrawal({live.plan_digest, live.input_sha256, live.version + 1});
  }
  std::optional<services::WithdrawalProposal> proposal;
  std::vector<std::string> reasons;  // of withdrawals
  // Whoever keeps the live plan takes it from there.
  std::function<void(const services::LivePointer&)> on_withdrawal;
  std::map<std::string, services::PlanApproval> approvals;
  services::PublicationRule rule;
  std::vector<services::LiveChange> changes;
};

}  // namespace hanjari::tests
