#include "hanjari/plans/approvals.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/plans/refusals.h"

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

// The plan says who sat where, and results are read by it.
void require_not_held(ExamRepository& exams, const ExamCode& code, Instant now) {
  const auto head = exams.find_head(code);
  if (!head || local_time(now, head->time_zone).day <= head->exam_on) return;
  throw Conflict("exam_held", {"the exam has been held; who sat where is withdrawn no more",
                               "시험이 이미 시행되어 좌석 공개를 철회할 수 없습니다"});
}

[[noreturn]] void throw_people_told(const StoredPlan& plan) {
  const std::string people = group_digits(plan.seated);
  throw Conflict("people_concerned",
                 {fmt::format("{} {} told a seat; the slips, the papers of {} and the notices of this plan become void; "
                              "nothing was changed. Say this number of people",
                              count_people(plan.seated), word_for(plan.seated, "was", "were"),
                              count_of(plan.venues, "venue", "venues")),
                  fmt::format("좌석을 안내받은 사람은 {}명이고, 응시표와 시험장 {}곳의 문서, 이 배정안의 안내문이 모두 무효가 "
                              "됩니다. 아무것도 바꾸지 않았습니다. 이 인원을 적으십시오",
                              people, group_digits(plan.venues))});
}

// The live plan, if it is the one that the officer looked at and knows of.
WithdrawalView look_at_wanted(ExamRepository& exams, ApprovalRepository& approvals, const ExamCode& code,
                              const WithdrawalWish& wish, Instant now) {
  WithdrawalView view = look_at_live_plan(exams, approvals, code);
  if (wish.plan.size() < 12 || !view.live.plan_digest.starts_with(wish.plan)) {
    const std::string live = view.live.plan_digest.substr(0, 12);
    throw Conflict("not_the_live_plan",
                   {fmt::format("plan {} is not the live one: that is {} now; only the live plan can be withdrawn",
                                wish.plan, live),
                    in_korean("{}[은/는] 확정 배정안이 아닙니다. 지금은 {}[이/가] 확정 배정안이며, 확정 배정안만 철회할 수 "
                              "있습니다",
                              wish.plan, live)});
  }
  if (wish.live_version && *wish.live_version != view.live.version) {
    throw LivePlanChanged({"somebody else changed the live plan of this exam meanwhile; look again",
                           "그사이 다른 사람이 이 시험의 확정 배정안을 바꾸었습니다. 다시 확인하십시오"});
  }
  require_not_held(exams, code, now);
  if (!wish.people || *wish.people != view.plan.seated) throw_people_told(view.plan);
  return view;
}

[[noreturn]] void throw_no_reason() {
  throw InvalidInput("reason_missing", {"Say why the seats are withdrawn.", "좌석 공개를 철회하는 사유를 적으십시오."});
}

void require_second_officer(const WithdrawalView& view, const Change& change) {
  if (!view.second_officer) return;
  if (!view.proposal) {
    throw Conflict("withdrawal_not_proposed",
                   {"the withdrawal has to be proposed by one officer and confirmed by another one; nobody has proposed it "
                    "for the plan that is live now",
                    "한 담당자가 철회를 상신하고 다른 담당자가 승인해야 합니다. 현재 확정 배정안의 철회를 상신한 사람이 없습니다"});
  }
  if (view.proposal->proposed_by == change.author) {
    throw Conflict("same_officer", {"you proposed this withdrawal yourself; another officer has to confirm it",
                                    "본인이 상신한 철회입니다. 다른 담당자가 승인해야 합니다"});
  }
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
  next.proposed_at_shell = change.shell;
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
  next.confirmed_at_shell = change.shell;
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

WithdrawalView look_at_live_plan(ExamRepository& exams, ApprovalRepository& approvals, const ExamCode& code) {
  require_not_destroyed(exams, code);
  const auto live = exams.find_live_plan(code);
  if (!live) {
    throw Conflict("no_live_plan", {"no plan of this exam is live, so there is nothing to withdraw",
                                    "이 시험에는 확정 배정안이 없어 철회할 것이 없습니다"});
  }
  WithdrawalView view;
  view.live = *live;
  for (StoredPlan& plan : exams.list_plans(code)) {
    if (plan.digest == live->plan_digest && plan.input_sha256 == live->input_sha256) view.plan = std::move(plan);
  }
  if (view.plan.digest.empty()) {  // moved between the two readings
    throw LivePlanChanged({"somebody else changed the live plan of this exam meanwhile; look again",
                           "그사이 다른 사람이 이 시험의 확정 배정안을 바꾸었습니다. 다시 확인하십시오"});
  }
  view.second_officer = approvals.find_rule(code).second_officer;
  auto proposal = approvals.find_withdrawal_proposal(code);
  if (proposal && proposal->live.version == live->version && proposal->live.plan_digest == live->plan_digest &&
      proposal->live.input_sha256 == live->input_sha256)
    view.proposal = std::move(proposal);
  return view;
}

WithdrawalProposal propose_withdrawal(ExamRepository& exams, ApprovalRepository& approvals, const ExamCode& code,
                                      const WithdrawalWish& wish, const Change& change) {
  if (is_blank_text(change.reason)) throw_no_reason();
  const WithdrawalView view = look_at_wanted(exams, approvals, code, wish, change.at);
  WithdrawalProposal proposal{view.live, change.author, change.shell, change.reason, change.at};
  approvals.save_withdrawal_proposal(code, proposal, change);
  return proposal;
}

void take_back_withdrawal(ExamRepository& exams, ApprovalRepository& approvals, const ExamCode& code,
                          const std::string& plan, const Change& change) {
  require_not_destroyed(exams, code);
  const auto proposal = approvals.find_withdrawal_proposal(code);
  if (!proposal || plan.size() < 12 || !proposal->live.plan_digest.starts_with(plan)) {
    throw Conflict("withdrawal_not_proposed", {"nobody has proposed to withdraw this plan",
                                               "이 배정안의 철회를 상신한 사람이 없습니다"});
  }
  approvals.remove_withdrawal_proposal(code, *proposal, change);
}

std::int64_t withdraw_plan(ExamRepository& exams, ApprovalRepository& approvals, const ExamCode& code,
                           const WithdrawalWish& wish, const Change& change) {
  if (wish.emergency && is_blank_text(change.reason)) throw_no_reason();
  const WithdrawalView view = look_at_wanted(exams, approvals, code, wish, change.at);
  if (!wish.emergency) require_second_officer(view, change);
  Change taken = change;
  if (is_blank_text(taken.reason) && view.proposal) taken.reason = view.proposal->reason;
  if (is_blank_text(taken.reason)) throw_no_reason();
  const WithdrawalRight right = wish.emergency ? WithdrawalRight::emergency : WithdrawalRight::by_steps;
  approvals.withdraw_live_plan(code, view.live, right, taken);
  return view.live.version + 1;
}

void set_second_officer(ApprovalRepository& approvals, const ExamCode& code, bool needed, const Change& change) {
  const PublicationRule now = approvals.find_rule(code);
  if (now.second_officer == needed) return;
  approvals.save_rule(code, {needed, now.version + 1}, change);
}

}  // namespace hanjari::services
