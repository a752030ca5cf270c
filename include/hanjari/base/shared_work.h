// Many independent items of work shared out to threads, in runs of neighbours: what each run makes is put together in their
// order, so that the result cannot depend on the number of threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <system_error>
#include <thread>
#include <vector>

namespace hanjari {

// One run for each processor, and none without an item.
inline std::size_t usual_runs(std::size_t items) {
  return std::min<std::size_t>(items, std::max(1U, std::thread::hardware_concurrency()));
}

// Calls work(run, begin, end) for every run of [0, items), each on a thread of its own. When all have ended the exception of the
// earliest run is thrown again: it is the one that a single thread would have met first.
template <class Work>
void share_out(std::size_t items, std::size_t runs, const Work& work) {
  std::vector<std::exception_ptr> thrown(runs);
  const auto do_run = [&](std::size_t run) {
    try {
      work(run, items * run / runs, items * (run + 1) / runs);
    } catch (...) {
      thrown[run] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    others.reserve(runs);
    for (std::size_t run = 1; run < runs; ++run) {
      try {
        others.emplace_back(do_run, run);
      } catch (const std::system_error&) {
        do_run(run);  // the system gives no more threads
      }
    }
    if (runs > 0) do_run(0);
  }
  for (const std::exception_ptr& one : thrown) {
    if (one) std::rethrow_exception(one);
  }
}

}  // namespace hanjari
