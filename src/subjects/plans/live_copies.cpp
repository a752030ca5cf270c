#include "hanjari/plans/live_copies.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/refusals.h"

namespace hanjari::services {
namespace {

// Of the largest exams a copy takes some dozen megabytes, and few exams are decided on at a time.
constexpr std::size_t most_copies = 2;

bool is_same(const LivePointer& one, const LivePointer& other) {
  return one.plan_digest == other.plan_digest && one.input_sha256 == other.input_sha256;
}

PlannedExam read_whole(ExamRepository& exams, const ExamCode& code, const LivePointer& live) {
  auto exam = exams.find_exam(code, live.input_sha256);
  auto plan = exam ? exams.find_plan(*exam, live.plan_digest) : std::nullopt;
  if (!plan) {
    throw LivePlanChanged({"somebody else changed the live plan of this exam meanwhile; look again",
                                         "그사이 다른 사람이 이 시험의 확정 배정안을 바꾸었습니다. 다시 확인하십시오"});
  }
  return {std::move(*exam), std::move(*plan)};
}

}  // namespace

// Nothing of the copy is trusted but what its digests prove.
bool LiveCopies::Turn::follow_moves(ExamRepository& exams) {
  auto moves = exams.find_live_moves(copy_->planned.exam, copy_->live);
  if (!moves) return false;
  Exam& exam = copy_->planned.exam;
  std::vector<Placement> placements = std::move(copy_->planned.plan.placements);
  for (std::size_t at = 0; at < moves->plan.placements.size(); ++at) {
    const Placement& moved = moves->plan.placements[at];
    const auto found =
        std::lower_bound(placements.begin(), placements.end(), moved.applicant,
                         [](const Placement& one, ApplicantIndex person) { return one.applicant < person; });
    if (found == placements.end() || found->applicant != moved.applicant) return false;
    *found = moved;
    exam.applicants[moved.applicant.value].routing = moves->routings.at(at);
  }
  // Moves in the place of a plan leave these as they are, or are counted anew with the next plan.
  moves->plan.unseated = std::move(copy_->planned.plan.unseated);
  moves->plan.report.keep_apart_broken = std::move(copy_->planned.plan.report.keep_apart_broken);
  moves->plan.over_detour = std::move(copy_->planned.plan.over_detour);
  moves->plan.placements = std::move(placements);
  count_used_seats(exam.policy, moves->plan.placements);
  copy_->planned.plan = std::move(moves->plan);
  exam.input_sha256 = package::digest_exam(exam);
  copy_->live = moves->live;
  return exam.input_sha256 == copy_->live.input_sha256 &&
         package::digest_plan(exam, copy_->planned.plan) == copy_->live.plan_digest;
}

const PlannedExam& LiveCopies::Turn::bring_up_to_date(ExamRepository& exams) {
  const auto now = exams.find_live_plan(copy_->code);
  if (!now) {
    copy_->live = {};
    copy_->planned = {};
    throw Conflict("no_live_plan", {"This exam has no live plan yet.", "아직 확정된 배정안이 없습니다."});
  }
  const bool kept = copy_->live.version != 0;
  if (kept && is_same(copy_->live, *now)) {
    copy_->live.version = now->version;
    return copy_->planned;
  }
  if (kept && follow_moves(exams)) return copy_->planned;
  copy_->live = {};  // what fails on the way leaves nothing kept
  copy_->planned = {};
  copy_->planned = read_whole(exams, copy_->code, *now);
  copy_->live = *now;
  return copy_->planned;
}

void LiveCopies::Turn::adopt(PlannedExam next, std::int64_t live_version) {
  copy_->live = {next.plan.digest, next.exam.input_sha256, live_version};
  copy_->planned = std::move(next);
}

std::shared_ptr<LiveCopies::Copy> LiveCopies::find_copy(const ExamCode& code) {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::find_if(copies_.begin(), copies_.end(), [&](const auto& copy) { return copy->code == code; });
  if (found != copies_.end()) {
    copies_.splice(copies_.begin(), copies_, found);
  } else {
    copies_.push_front(std::make_shared<Copy>(code));
    // Whoever has the turn of a copy that is dropped keeps it to the end; what is stored meanwhile is compared with the
    // live plan anyway.
    if (copies_.size() > most_copies) copies_.pop_back();
  }
  return copies_.front();
}

LiveCopies::Turn LiveCopies::take_turn(const ExamCode& code) {
  auto copy = find_copy(code);
  std::unique_lock<std::timed_mutex> held(copy->turn, patience_);
  if (!held.owns_lock()) {
    throw Unavailable("live_plan_busy", {"many decisions on this exam are being made; please try again in a moment",
                                         "이 시험에 대한 결정이 몰리고 있습니다. 잠시 뒤에 다시 시도해 주십시오"});
  }
  return Turn(std::move(copy), std::move(held));
}

}  // namespace hanjari::services
