#include "hanjari/plans/plan_copies.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"

namespace hanjari::services {
namespace {

std::shared_ptr<const PlanCopy> read_copy(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan) {
  auto exam = exams.find_exam(code, plan.input_sha256);
  auto stored = exam ? exams.find_plan(*exam, plan.digest) : std::nullopt;
  if (!stored) {
    throw NotFound("plan_not_found", {fmt::format("Plan {} is not stored.", plan.digest.substr(0, 12)),
                                      in_korean("배정안 {}[은/는] 저장되어 있지 않습니다.", plan.digest.substr(0, 12))});
  }
  auto copy = std::make_shared<PlanCopy>();
  copy->planned = {std::move(*exam), std::move(*stored)};
  copy->broken = broken_rules(copy->planned.exam, copy->planned.plan);
  return copy;
}

}  // namespace

std::shared_ptr<const PlanCopy> PlanCopies::find(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan) {
  const std::lock_guard lock(mutex_);
  // Of a destroyed exam nothing stays in memory either.
  if (exams.find_destruction(code)) {
    kept_.remove_if([&](const Kept& one) { return one.code == code; });
    require_not_destroyed(exams, code);
  }
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& one) {
    return one.code == code && one.digest == plan.digest && one.input_sha256 == plan.input_sha256;
  });
  if (found != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, found);
  } else {
    kept_.push_front({code, plan.digest, plan.input_sha256, read_copy(exams, code, plan)});
    if (kept_.size() > most_) kept_.pop_back();
  }
  return kept_.front().copy;
}

}  // namespace hanjari::services
