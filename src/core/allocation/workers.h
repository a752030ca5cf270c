// Work shared out to threads so that the result cannot depend on their number: every item writes only its own place.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace hanjari::allocation {

// Calls work(item) for every item in [0, items), on at most `threads` threads. Rethrows the first exception.
template <class Work>
void for_each_item(int threads, std::size_t items, Work&& work) {
  if (threads <= 1 || items <= 1) {
    for (std::size_t item = 0; item < items; ++item) work(item);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto run = [&] {
    try {
      for (std::size_t item = next++; item < items; item = next++) work(item);
    } catch (...) {
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::current_exception();
      next = items;
    }
  };
  std::vector<std::thread> others;
  try {
    for (std::size_t i = 1; i < std::min(static_cast<std::size_t>(threads), items); ++i) others.emplace_back(run);
  } catch (const std::system_error&) {
    // The system gives no more threads: the work is done by those there are, with the same result.
  }
  run();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace hanjari::allocation
