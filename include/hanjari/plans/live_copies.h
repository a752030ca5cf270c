// The live plans that this program decides on, each with its exam, kept in memory from one decision to the next: a
// decision then reads what others have moved meanwhile and not everybody.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

#include "hanjari/plans/exams.h"

namespace hanjari::services {

// May be used by several threads.
class LiveCopies {
 private:
  struct Copy {
    explicit Copy(ExamCode of) : code(std::move(of)) {}
    const ExamCode code;
    std::mutex mutex;  // of the queue
    std::condition_variable changed;
    std::list<char> queue;  // who waits, in the order of asking; the first has the turn, and with it what follows
    PlannedExam planned;
    LivePointer live;  // of `planned`; version 0: nothing is kept
  };
  // In the queue of a copy for as long as it lives.
  class Place {
   public:
    explicit Place(std::shared_ptr<Copy> copy);
    ~Place();
    Place(Place&& other) noexcept : copy_(std::move(other.copy_)), at_(other.at_) {}
    Place& operator=(Place&&) = delete;
    // Until it is the first; false when the timeout was over before.
    bool wait(std::chrono::milliseconds timeout);
    Copy& copy() const { return *copy_; }

   private:
    std::shared_ptr<Copy> copy_;
    std::list<char>::iterator at_;
  };

 public:
  // `timeout`: how long a turn is waited for, in this program and then among all.
  explicit LiveCopies(std::chrono::milliseconds timeout = std::chrono::seconds(20)) : timeout_(timeout) {}

  // The copy of one exam, of which one caller has the turn at a time.
  class Turn {
   public:
    // The live plan as it is now in the database, whoever changed it; the digests say that the copy is the same. The first
    // call waits for the turn among all programs. Throws Conflict (no_live_plan), Unavailable (live_plan_busy).
    const PlannedExam& bring_up_to_date(ExamRepository& exams);
    const LivePointer& live() const { return place_.copy().live; }
    // What is live from now on, made from the copy.
    void adopt(PlannedExam next, std::int64_t live_version);

   private:
    friend class LiveCopies;
    Turn(Place place, std::chrono::seconds timeout) : place_(std::move(place)), timeout_(timeout) {}
    bool follow_moves(ExamRepository& exams);

    Place place_;
    std::chrono::seconds timeout_;
    std::unique_ptr<LiveTurn> among_all_;  // ends before the place in the queue
  };

  // Waits while others have the turn of this exam, in the order of asking, so that nobody is passed by a long list of
  // decisions; throws Unavailable (live_plan_busy) after the timeout.
  Turn take_turn(const ExamCode& code);

 private:
  std::shared_ptr<Copy> find_copy(const ExamCode& code);

  std::chrono::milliseconds timeout_;
  std::mutex mutex_;
  std::list<std::shared_ptr<Copy>> copies_;  // the one that was asked for last is first
};

}  // namespace hanjari::services
