// Plans that officers work on, each with its exam, kept in memory from one request to the next: a plan never changes, so
// a copy stays right.
#pragma once

#include <cstddef>
#include <cstdint>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "hanjari/plans/exams.h"
#include "hanjari/plans/hand_edit.h"

namespace hanjari::services {

// What another subject has worked out of a plan and keeps with its copy.
struct KeptWithPlan {
  virtual ~KeptWithPlan() = default;
};

// Has room for one of them. May be used by several threads.
class PlaceWithPlan {
 public:
  std::shared_ptr<const KeptWithPlan> get() const;
  void put(std::shared_ptr<const KeptWithPlan> kept) const;

 private:
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const KeptWithPlan> kept_;
};

struct PlanCopy {
  PlannedExam planned;
  // What the verifier finds in the plan itself, as code and subject: an edit is judged by what it breaks beside it.
  BrokenRules broken;
  // Of duties. It refers to the exam above and goes with it.
  PlaceWithPlan duties{};
};

// Bytes that a copy takes, about: rows by their size, and what their texts hold beside it.
std::size_t memory_of(const PlanCopy& copy);

// May be used by several threads.
class PlanCopies {
 public:
  // Kept are at most `most` copies of together at most `most_bytes`; the one that was asked for last always. The founding
  // case takes some twenty megabytes a copy, an exam of a million people some hundreds.
  explicit PlanCopies(std::size_t most = 3, std::size_t most_bytes = std::size_t{512} * 1024 * 1024)
      : most_(most), most_bytes_(most_bytes) {}
  // Reads and judges the plan the first time, while others who ask for the same one wait and those who ask for another do
  // not. Throws NotFound (plan_not_found), Conflict (exam_destroyed).
  std::shared_ptr<const PlanCopy> find(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan);
  // Lets go of every copy whose exam is destroyed, whoever destroyed it, and with it of what others keep there.
  void forget_destroyed(ExamRepository& exams);

  struct Use {
    std::size_t copies = 0;
    std::size_t bytes = 0;
  };
  Use use() const;

 private:
  struct Kept {
    ExamCode code;
    std::string digest;
    std::string input_sha256;
    std::uint64_t number = 0;
    std::shared_future<std::shared_ptr<const PlanCopy>> copy;
    std::size_t bytes = 0;  // 0 while it is read
  };
  std::shared_ptr<const PlanCopy> read(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan,
                                       std::uint64_t number, std::promise<std::shared_ptr<const PlanCopy>> promise);
  void keep(std::uint64_t number, std::size_t bytes);
  void forget(std::uint64_t number);
  void forget_exam(const ExamCode& code);

  std::size_t most_;
  std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::list<Kept> kept_;  // the one that was asked for last is first
  std::uint64_t read_ = 0;
};

}  // namespace hanjari::services
