// Plans that officers work on, each with its exam, kept in memory from one request to the next: a plan never changes, so
// a copy stays right.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "hanjari/plans/exams.h"
#include "hanjari/plans/hand_edit.h"

namespace hanjari::services {

struct PlanCopy {
  PlannedExam planned;
  // What the verifier finds in the plan itself, as code and subject: an edit is judged by what it breaks beside it.
  BrokenRules broken;
};

// May be used by several threads.
class PlanCopies {
 public:
  // `most`: copies kept; of the largest exams one takes some dozen megabytes.
  explicit PlanCopies(std::size_t most = 3) : most_(most) {}
  // Reads and judges the plan the first time, while others who ask for it wait. Throws NotFound (plan_not_found), Conflict
  // (exam_destroyed).
  std::shared_ptr<const PlanCopy> find(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan);

 private:
  struct Kept {
    ExamCode code;
    std::string digest;
    std::string input_sha256;
    std::shared_ptr<const PlanCopy> copy;
  };
  std::size_t most_;
  std::mutex mutex_;
  std::list<Kept> kept_;  // the one that was asked for last is first
};

}  // namespace hanjari::services
