// Independent pieces of work on several threads: every item writes only its own place, so threads change nothing.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace hanjari::replanning {

// Calls work(0) ... work(count - 1), each once. The first exception is thrown again after all threads have ended.
template <class Work>
void for_each_item(int threads, std::size_t count, const Work& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto take = [&] {
    for (std::size_t item = next.fetch_add(1); item < count; item = next.fetch_add(1)) {
      try {
        work(item);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!thrown) thrown = std::current_exception();
        next.store(count);
      }
    }
  };
  std::vector<std::thread> others;
  const std::size_t wanted = std::min(count, static_cast<std::size_t>(std::max(threads, 1)));
  try {
    for (std::size_t i = 1; i < wanted; ++i) others.emplace_back(take);
  } catch (const std::system_error&) {
    // The system gives no more threads: the work is done by those there are, with the same result.
  }
  take();
  for (std::thread& other : others) other.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace hanjari::replanning
