#include "hanjari/plans/approvals.h"

#include <array>

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

struct StepWords {
  std::string_view word;
  Text name;
};
const std::array<StepWords, 5> step_words = {{{"draft", {"incomplete", "미완성(미배정자 있음)"}},
                                              {"checked", {"checked", "검증 완료"}},
                                              {"proposed", {"proposed", "상신"}},
                                              {"confirmed", {"confirmed", "승인"}},
                                              {"published", {"published", "확정"}}}};

[[noreturn]] void throw_wrong_step(const PlanApproval& now, const Text& wanted) {
  const Text step = name_of(now.step);
  throw Conflict("wrong_plan_step", {fmt::format("the plan is {} and cannot be {}", step.en, wanted.en),
                                     fmt::format("현재 '{}' 단계라 {}할 수 없습니다", step.ko, wanted.ko)});
}

struct Found {
  StoredPlan plan;
  PlanApproval approval;
};

Found find(ExamRepository& exams, ApprovalRepository& approvals, const ExamCode& code, const std::string& digest) {
  require_not_destroyed(exams, code);
  Found found{find_stored_plan(exams, code, digest), {}};
  found.approval = approvals.find_approval(code, found.plan);
  return found;
}

PlanApproval save(ApprovalRepository& approvals, const ExamCode& code, const Found& found, PlanApproval next,
                  const Change& change) {
  next.version = found.approval.version + 1;
  next.changed_at = change.at;
  approvals.save_approval(code, found.plan, next, change);
  return next;
}

}  // namespace

std::string_view spell(PlanStep step) {
  return step_words.at(static_cast<std::size_t>(step)).word;
}

Text name_of(PlanStep step) {
  return step_words.at(static_cast<std::size_t>(step)).name;
}

bool is_confirmed(const PlanApproval& approval) {
  return approval.step == PlanStep::confirmed ||
         (approval.step == PlanStep::published && !approval.confirmed_by.empty());
}

bool may_be_proposed(const PlanApproval& approval, bool is_live) {
  if (approval.step == PlanStep::checked) return true;
  return approval.step == PlanStep::published && !is_confirmed(approval) && !is_live;
}

std::string shell_of(const Change& change) {
  return change.role == "program" ? change.source : std::string();
}

PlanApproval propose_plan(ExamRepository& exams, ApprovalRepository& approvals, const ExamCode& code,
                          const std::string& digest, const Change& change) {
  const Found found = find(exams, approvals, code, digest);
  require_complete(found.plan);
  const auto live = exams.find_live_plan(code);
  const bool is_live =
      live && live->plan_digest == found.plan.digest && live->input_sha256 == found.plan.input_sha256;
  if (!may_be_proposed(found.approval, is_live)) throw_wrong_step(found.approval, {"proposed", "상신"});
  PlanApproval next;
  next.step = PlanStep::proposed;
  next.proposed_by = change.author;
  next.proposed_at_shell = shell_of(change);
  return save(approvals, code, found, next, change);
}

PlanApproval confirm_plan(ExamRepository& exams, ApprovalRepository& approvals, const ExamCode& code,
                          const std::string& digest, const Change& change) {
  const Found found = find(exams, approvals, code, digest);
  if (found.approval.step != PlanStep::proposed) throw_wrong_step(found.approval, {"confirmed", "승인"});
  if (found.approval.proposed_by == change.author) {
    throw Conflict("same_officer", {"you proposed this plan yourself; another officer has to confirm it",
                                    "본인이 상신한 배정안입니다. 다른 담당자가 승인해야 합니다"});
  }
  PlanApproval next = found.approval;
  next.step = PlanStep::confirmed;
  next.confirmed_by = change.author;
  next.confirmed_at_shell = shell_of(change);
  return save(approvals, code, found, next, change);
}

PlanApproval take_back_plan(ExamRepository& exams, ApprovalRepository& approvals, const ExamCode& code,
                            const std::string& digest, const Change& change) {
  const Found found = find(exams, approvals, code, digest);
  if (found.approval.step != PlanStep::proposed && found.approval.step != PlanStep::confirmed)
    throw_wrong_step(found.approval, {"taken back", "회수"});
  PlanApproval next;
  next.step = PlanStep::checked;
  return save(approvals, code, found, next, change);
}

void set_second_officer(ApprovalRepository& approvals, const ExamCode& code, bool needed, const Change& change) {
  const PublicationRule now = approvals.find_rule(code);
  if (now.second_officer == needed) return;
  approvals.save_rule(code, {needed, now.version + 1}, change);
}

}  // namespace hanjari::services
