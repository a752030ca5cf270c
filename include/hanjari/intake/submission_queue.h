// Submissions on their way into the database: many share one durable commit, each is answered after it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hanjari/intake/applications.h"

namespace hanjari::services {

struct QueueSettings {
  std::size_t batch = 256;              // most submissions of one commit
  std::size_t waiting = 256;            // submissions taken and not yet stored; more get a place in the queue
  std::size_t line = 10'000;            // places kept; more are told to come back without one
  int committers = 2;                   // threads, each with its own commit
  std::chrono::seconds keep_place{60};  // a place is lost when its owner does not come back for so long
};

class SubmissionQueue {
 public:
  SubmissionQueue(ApplicationRepository& applications, const Clock& clock, QueueSettings settings = {});
  ~SubmissionQueue();
  SubmissionQueue(const SubmissionQueue&) = delete;
  SubmissionQueue& operator=(const SubmissionQueue&) = delete;

  // A place among the submissions being stored, for as long as it lives. `first_received` is when this key first came,
  // if it had to wait in the queue.
  class Admission {
   public:
    Admission(SubmissionQueue& queue, Instant first_received) : queue_(&queue), first_received_(first_received) {}
    ~Admission();
    Admission(Admission&& other) noexcept : queue_(other.queue_), first_received_(other.first_received_) {
      other.queue_ = nullptr;
    }
    Admission& operator=(Admission&&) = delete;
    Instant first_received() const { return first_received_; }

   private:
    SubmissionQueue* queue_;
    Instant first_received_;
  };
  // The line stands by the moment in which each key first came. `received_at`: that moment as far as the caller knows
  // it, now or, with a ticket of an earlier try, before; so a queue that was lost with the program stands again as its
  // people come back. Throws InQueue when there is no room now, or others came before.
  Admission admit(const std::string& key, Instant received_at);

  // Waits for the commit. Submissions of the same key at the same moment are stored once. Throws what the repository
  // throws.
  StoredSubmission store(Submission submission);

  struct Figures {
    std::size_t waiting = 0;
    std::size_t line = 0;
    std::uint64_t stored = 0;
    std::uint64_t commits = 0;
  };
  Figures figures() const;

 private:
  struct Job {
    Submission submission;
    std::vector<std::promise<StoredSubmission>> answers;
  };
  // By the moment, and among those of one moment by who came to this program first.
  using Number = std::pair<Instant, std::uint64_t>;
  struct Place {
    Number number;
    std::chrono::steady_clock::time_point seen;
  };
  // What became of one submission of a batch.
  struct Stored {
    StoredSubmission answer;
    std::exception_ptr failure;  // then there is no answer
  };
  void work();
  bool take(std::vector<std::shared_ptr<Job>>& taken);
  void store_taken(const std::vector<std::shared_ptr<Job>>& taken);
  // Tells everybody who waits for one of these.
  void fail(const std::vector<std::shared_ptr<Job>>& taken, const std::exception_ptr& failure);
  std::vector<Stored> store_batch(const std::vector<Submission>& batch);
  void leave();
  void give_up(const std::string& key);
  void forget_absent(std::chrono::steady_clock::time_point now);

  ApplicationRepository& applications_;
  const Clock& clock_;
  QueueSettings settings_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::shared_ptr<Job>> jobs_;
  std::map<std::string, std::shared_ptr<Job>> by_key_;  // jobs waiting or being stored
  std::vector<Number> line_;                            // numbers of the places, rising
  std::map<std::string, Place> places_;                 // by key
  std::chrono::steady_clock::time_point looked_at_{};   // when places were last given up
  std::uint64_t next_number_ = 1;
  std::size_t admitted_ = 0;
  std::uint64_t stored_ = 0;
  std::uint64_t commits_ = 0;
  double per_second_ = 200;  // of late, for honest estimates
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace hanjari::services
