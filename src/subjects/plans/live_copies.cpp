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

bool is_same_plan(const LivePointer& one, const LivePointer& other) {
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

auto find_placement_of(std::vector<Placement>& placements, ApplicantIndex person) {
  const auto found =
      std::lower_bound(placements.begin(), placements.end(), person,
                       [](const Placement& one, ApplicantIndex wanted) { return one.applicant < wanted; });
  return found == placements.end() || found->applicant != person ? placements.end() : found;
}

bool holds(std::vector<Placement>& placements, ApplicantIndex person) {
  return find_placement_of(placements, person) != placements.end();
}

}  // namespace

LiveCopies::Place::Place(std::shared_ptr<Copy> copy) : copy_(std::move(copy)) {
  const std::lock_guard lock(copy_->mutex);
  at_ = copy_->queue.insert(copy_->queue.end(), char{});
}

LiveCopies::Place::~Place() {
  if (!copy_) return;
  {
    const std::lock_guard lock(copy_->mutex);
    copy_->queue.erase(at_);
  }
  copy_->changed.notify_all();
}

bool LiveCopies::Place::wait(std::chrono::milliseconds timeout) {
  std::unique_lock lock(copy_->mutex);
  return copy_->changed.wait_for(lock, timeout, [&] { return at_ == copy_->queue.begin(); });
}

// Nothing of the copy is trusted but what its digests prove.
bool LiveCopies::Turn::follow_moves(ExamRepository& exams) {
  Copy& copy = place_.copy();
  auto moves = exams.find_live_moves(copy.planned.exam, copy.live);
  if (!moves) return false;
  Exam& exam = copy.planned.exam;
  std::vector<Placement> placements = std::move(copy.planned.plan.placements);
  for (std::size_t at = 0; at < moves->plan.placements.size(); ++at) {
    const Placement& moved = moves->plan.placements[at];
    const auto found = find_placement_of(placements, moved.applicant);
    if (found == placements.end()) return false;
    *found = moved;
    exam.applicants[moved.applicant.value].routing = moves->routings.at(at);
  }
  std::vector<OverDetour>& over = moves->plan.over_detour;
  for (const OverDetour& one : copy.planned.plan.over_detour) {
    if (!holds(moves->plan.placements, one.applicant)) over.push_back(one);
  }
  std::sort(over.begin(), over.end(),
            [](const OverDetour& a, const OverDetour& b) { return a.applicant < b.applicant; });
  // Moves in the place of a plan leave these as they are.
  moves->plan.unseated = std::move(copy.planned.plan.unseated);
  moves->plan.report.keep_apart_broken = std::move(copy.planned.plan.report.keep_apart_broken);
  moves->plan.placements = std::move(placements);
  count_used_seats(exam.policy, moves->plan.placements);
  copy.planned.plan = std::move(moves->plan);
  exam.input_sha256 = package::digest_exam(exam);
  copy.live = moves->live;
  return exam.input_sha256 == copy.live.input_sha256 &&
         package::digest_plan(exam, copy.planned.plan) == copy.live.plan_digest;
}

const PlannedExam& LiveCopies::Turn::bring_up_to_date(ExamRepository& exams) {
  Copy& copy = place_.copy();
  if (!among_all_) among_all_ = exams.wait_for_turn(copy.code, timeout_);
  const auto now = exams.find_live_plan(copy.code);
  if (!now) {
    copy.live = {};
    copy.planned = {};
    if (exams.find_withdrawn_plan(copy.code)) {
      throw Conflict("no_live_plan",
                     {"The seats of this exam were withdrawn and are being decided again. Decide once a plan is live.",
                      "이 시험의 좌석은 공개가 철회되어 다시 배정하고 있습니다. 배정안이 확정된 뒤에 결정하십시오."});
    }
    throw Conflict("no_live_plan", {"This exam has no live plan yet.", "아직 확정된 배정안이 없습니다."});
  }
  const bool kept = copy.live.version != 0;
  if (kept && is_same_plan(copy.live, *now)) {
    copy.live.version = now->version;
    return copy.planned;
  }
  if (kept && follow_moves(exams)) return copy.planned;
  copy.live = {};  // what fails on the way leaves nothing kept
  copy.planned = {};
  copy.planned = read_whole(exams, copy.code, *now);
  copy.live = *now;
  return copy.planned;
}

void LiveCopies::Turn::adopt(PlannedExam next, std::int64_t live_version) {
  Copy& copy = place_.copy();
  copy.live = {next.plan.digest, next.exam.input_sha256, live_version};
  copy.planned = std::move(next);
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
  Place place(find_copy(code));
  if (!place.wait(timeout_)) {
    throw Unavailable("live_plan_busy", {"many decisions on this exam are being made; please try again in a moment",
                                         "이 시험에 대한 결정이 몰리고 있습니다. 잠시 뒤에 다시 시도해 주십시오"});
  }
  return {std::move(place), std::chrono::ceil<std::chrono::seconds>(timeout_)};
}

}  // namespace hanjari::services
