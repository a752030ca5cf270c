// The live plans that this program decides on, each with its exam, kept in memory from one decision to the next: a
// decision then reads what others have moved meanwhile and not everybody.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

#include "hanjari/plans/exams.h"

namespace hanjari::services {

// May be used by several threads.
class LiveCopies {
 public:
  // `patience`: how long a turn is waited for.
  explicit LiveCopies(std::chrono::milliseconds patience = std::chrono::seconds(30)) : patience_(patience) {}

 private:
  struct Copy {
    explicit Copy(ExamCode of) : code(std::move(of)) {}
    ExamCode code;
    std::timed_mutex turn;
    PlannedExam planned;
    LivePointer live;  // of `planned`; version 0: nothing is kept
  };

 public:
  // The copy of one exam, of which one caller has the turn at a time.
  class Turn {
   public:
    // The live plan as it is now in the database, whoever changed it; the digests say that the copy is the same. Throws
    // Conflict (no_live_plan).
    const PlannedExam& bring_up_to_date(ExamRepository& exams);
    const LivePointer& live() const { return copy_->live; }
    // What is live from now on, made from the copy.
    void adopt(PlannedExam next, std::int64_t live_version);

   private:
    friend class LiveCopies;
    Turn(std::shared_ptr<Copy> copy, std::unique_lock<std::timed_mutex> held)
        : copy_(std::move(copy)), held_(std::move(held)) {}
    bool follow_moves(ExamRepository& exams);

    std::shared_ptr<Copy> copy_;
    std::unique_lock<std::timed_mutex> held_;
  };

  // Waits while others have the turn of this exam; throws Unavailable (live_plan_busy) after the patience.
  Turn take_turn(const ExamCode& code);

 private:
  std::shared_ptr<Copy> find_copy(const ExamCode& code);

  std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::list<std::shared_ptr<Copy>> copies_;  // the one that was asked for last is first
};

}  // namespace hanjari::services
