// Work shared out to child processes, for libraries that can do only one thing at a time in a process (the drawing of
// PDFs).
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>

namespace hanjari::cli {

struct SharedWork {
  std::size_t tasks = 0;
  int processes = 1;  // with one, everything runs in this process
  // Does the task and says what came out of it, in any bytes. Runs in a child: what it changes there is lost.
  std::function<std::string(std::size_t task)> work;
  // Takes what `work` said; runs in this process, one at a time, in the order the tasks end.
  std::function<void(std::size_t task, std::string_view said)> heard;
  // Not 0: no further task is begun. Children see it when a signal handler sets it in each of them.
  const std::atomic<int>& stop;
};

// Returns when every task is done, or all begun ones after a stop. Rethrows the first Error that `work` threw, once the
// tasks in hand are done; throws Unavailable (worker_lost) when a child is killed. Children end with this process,
// after the task in hand. To be called while this process has one thread.
void share_work(const SharedWork& shared);

}  // namespace hanjari::cli
