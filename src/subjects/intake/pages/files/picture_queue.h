// Where pictures wait to be decoded: a processor and memory for a few at a time, so that many that are sent at once are
// all taken, one after the other, and one account or address cannot hold the places of everybody.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>

namespace hanjari::web {

class PictureQueue {
 public:
  struct Limits {
    int at_once = 2;
    // Those at work and waiting: in all, of one source and of one account. Each holds a thread that makes answers.
    int in_all = 24;
    int of_source = 12;
    int of_account = 2;
    std::chrono::milliseconds longest_wait{20'000};
  };

  // The right to decode; given back at its end.
  class Turn {
   public:
    // Waits; the first that came goes first. `address` as requests name it. Throws Unavailable (busy) at a limit or
    // when the wait is too long.
    Turn(PictureQueue& queue, const std::string& account, const std::string& address);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    PictureQueue& queue_;
    std::string account_;
    std::string source_;
  };

  explicit PictureQueue(const Limits& limits) : limits_(limits) {}
  int waiting() const;

 private:
  void enter(const std::string& account, const std::string& source);
  void leave(const std::string& account, const std::string& source, bool was_at_work) noexcept;

  Limits limits_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int at_work_ = 0;
  std::uint64_t next_ = 0;
  std::deque<std::uint64_t> line_;
  std::map<std::string, int> of_;  // accounts and sources that are in
};

// The one of this program.
PictureQueue& picture_queue();

}  // namespace hanjari::web
