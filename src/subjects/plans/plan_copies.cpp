#include "hanjari/plans/plan_copies.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"

namespace hanjari::services {
namespace {

// What the texts of a person and of a room take beside their rows, about.
constexpr std::size_t text_of_person = 200;
constexpr std::size_t text_of_room = 60;
// What duties keep of a seat beside the copy, about; counted from the start, whether or not it is kept yet.
constexpr std::size_t duties_of_seat = 100;

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

std::shared_ptr<const KeptWithPlan> PlaceWithPlan::get() const {
  const std::lock_guard lock(mutex_);
  return kept_;
}

void PlaceWithPlan::put(std::shared_ptr<const KeptWithPlan> kept) const {
  const std::lock_guard lock(mutex_);
  kept_ = std::move(kept);
}

std::size_t memory_of(const PlanCopy& copy) {
  const Exam& exam = copy.planned.exam;
  const Plan& plan = copy.planned.plan;
  return sizeof(PlanCopy) + exam.applicants.size() * (sizeof(hanjari::Applicant) + text_of_person) +
         exam.rooms.size() * (sizeof(Room) + text_of_room) + exam.venues.size() * (sizeof(Venue) + text_of_person) +
         exam.travel.size() * sizeof(TravelRow) + plan.placements.size() * (sizeof(Placement) + duties_of_seat);
}

std::shared_ptr<const PlanCopy> PlanCopies::find(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan) {
  // Of a destroyed exam nothing stays in memory either.
  if (exams.find_destruction(code)) {
    forget_exam(code);
    require_not_destroyed(exams, code);
  }
  std::promise<std::shared_ptr<const PlanCopy>> promise;
  std::shared_future<std::shared_ptr<const PlanCopy>> known;
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& one) {
      return one.code == code && one.digest == plan.digest && one.input_sha256 == plan.input_sha256;
    });
    if (found != kept_.end()) {
      kept_.splice(kept_.begin(), kept_, found);
      known = found->copy;
    } else {
      number = ++read_;
      kept_.push_front({code, plan.digest, plan.input_sha256, number, promise.get_future().share(), 0});
    }
  }
  return known.valid() ? known.get() : read(exams, code, plan, number, std::move(promise));
}

std::shared_ptr<const PlanCopy> PlanCopies::read(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan,
                                                 std::uint64_t number,
                                                 std::promise<std::shared_ptr<const PlanCopy>> promise) {
  try {
    auto copy = read_copy(exams, code, plan);
    keep(number, memory_of(*copy));
    promise.set_value(copy);
    return copy;
  } catch (...) {
    // Whoever waits is told the same; whoever asks later tries again.
    forget(number);
    promise.set_exception(std::current_exception());
    throw;
  }
}

void PlanCopies::keep(std::uint64_t number, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  std::size_t copies = 0;
  std::size_t sum = 0;
  for (auto one = kept_.begin(); one != kept_.end();) {
    if (one->number == number) one->bytes = bytes;
    sum += one->bytes;
    const bool room = copies == 0 || (copies < most_ && sum <= most_bytes_);
    if (room) ++copies;
    if (!room) sum -= one->bytes;
    one = room ? std::next(one) : kept_.erase(one);
  }
}

void PlanCopies::forget(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  kept_.remove_if([&](const Kept& one) { return one.number == number; });
}

void PlanCopies::forget_exam(const ExamCode& code) {
  const std::lock_guard lock(mutex_);
  kept_.remove_if([&](const Kept& one) { return one.code == code; });
}

void PlanCopies::forget_destroyed(ExamRepository& exams) {
  std::set<ExamCode> codes;
  {
    const std::lock_guard lock(mutex_);
    for (const Kept& one : kept_) codes.insert(one.code);
  }
  // Asked without the lock, so that nobody who wants a plan waits for the database.
  for (const ExamCode& code : codes) {
    if (exams.find_destruction(code)) forget_exam(code);
  }
}

PlanCopies::Use PlanCopies::use() const {
  const std::lock_guard lock(mutex_);
  Use use;
  for (const Kept& one : kept_) {
    ++use.copies;
    use.bytes += one.bytes;
  }
  return use;
}

}  // namespace hanjari::services
