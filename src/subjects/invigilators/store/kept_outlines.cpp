#include "invigilators/store/kept_outlines.h"

#include <utility>

namespace hanjari::storage {
namespace {

// Invigilators are placed for one exam at a time, seldom for two; some megabytes are kept of each.
constexpr std::size_t most_kept_exams = 4;

}  // namespace

std::shared_ptr<const OutlinesByNumber> KeptOutlines::of(const ExamCode& exam) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = exams_.find(exam);
  return found == exams_.end() ? std::make_shared<const OutlinesByNumber>() : found->second;
}

void KeptOutlines::put(const ExamCode& exam, std::shared_ptr<const OutlinesByNumber> outlines) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (exams_.size() >= most_kept_exams && !exams_.contains(exam)) exams_.erase(exams_.begin());
  exams_[exam] = std::move(outlines);
}

void KeptOutlines::forget(const ExamCode& exam) {
  const std::lock_guard<std::mutex> lock(mutex_);
  exams_.erase(exam);
}

}  // namespace hanjari::storage
