// The steps from a plan to the published one in memory, by compare-and-set.
#pragma once

#include <map>
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
  std::map<std::string, services::PlanApproval> approvals;
  services::PublicationRule rule;
  std::vector<services::LiveChange> changes;
};

}  // namespace hanjari::tests
