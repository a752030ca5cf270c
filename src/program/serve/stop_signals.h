// SIGTERM, SIGINT and SIGHUP of a running server: heard at once, whatever else the program does.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <thread>

namespace hanjari::cli {

// They wait instead of ending the program, in this thread and in all that it starts afterwards.
void hold_back_signals();

// Waits for SIGTERM or SIGINT. `on_hangup` is called for every SIGHUP and must return at once: whatever takes time
// belongs to another thread, or SIGTERM waits for it.
void wait_for_stop(const std::function<void()>& on_hangup);

// Whether SIGTERM or SIGINT comes within this time.
bool is_asked_to_end(std::chrono::milliseconds within);

// Hears SIGTERM and SIGINT in a thread of its own for as long as it lives: while the program opens its database and
// brings it up to date, which may take minutes, nobody waits in wait_for_stop().
class EndWhileOpening {
 public:
  // `on_end` is called in that thread, once; it may end the program.
  explicit EndWhileOpening(std::function<void()> on_end);
  ~EndWhileOpening() = default;
  EndWhileOpening(const EndWhileOpening&) = delete;
  EndWhileOpening& operator=(const EndWhileOpening&) = delete;

 private:
  std::jthread thread_;
};

}  // namespace hanjari::cli
