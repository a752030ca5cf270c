// The limit on guesses in memory.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/actor/actor.h"

namespace hanjari::tests {

class MemoryAttempts : public services::AttemptLimit {
 public:
  Reserved reserve(const std::string& guess, const std::vector<services::GuessLimit>& limits, Instant at) override {
    const std::lock_guard lock(mutex);
    Reserved answer = Reserved::yes;
    for (const services::GuessLimit& limit : limits) {
      if (count(limit.key, at - limit.within) < limit.misses) continue;
      if (count(limit.key, at - limit.within) - in_work(limit.key) >= limit.misses) return Reserved::full;
      answer = Reserved::busy;
    }
    if (answer != Reserved::yes) return answer;
    for (const services::GuessLimit& limit : limits) {
      misses[limit.key].push_back(at);
      reserved[guess].push_back({limit.key, at});
    }
    return answer;
  }
  void settle(const std::string& guess, bool wrong) override {
    const std::lock_guard lock(mutex);
    auto& of_guess = settled[guess];
    of_guess.insert(of_guess.end(), reserved[guess].begin(), reserved[guess].end());
    reserved.erase(guess);
    if (wrong) return;
    for (const auto& [key, at] : of_guess) {
      auto& of_key = misses[key];
      if (const auto found = std::find(of_key.begin(), of_key.end(), at); found != of_key.end()) of_key.erase(found);
    }
    settled.erase(guess);
  }
  int count_misses(const std::string& key, Instant since) override {
    const std::lock_guard lock(mutex);
    return count(key, since);
  }
  void record_miss(const std::string& key, Instant at) override {
    const std::lock_guard lock(mutex);
    misses[key].push_back(at);
  }

  std::map<std::string, std::vector<Instant>> misses;

 private:
  int count(const std::string& key, Instant since) {
    const auto& of_key = misses[key];
    return static_cast<int>(
        std::count_if(of_key.begin(), of_key.end(), [&](const Instant at) { return at > since; }));
  }
  int in_work(const std::string& key) const {
    int found = 0;
    for (const auto& [guess, keys] : reserved) {
      found += static_cast<int>(
          std::count_if(keys.begin(), keys.end(), [&](const auto& one) { return one.first == key; }));
    }
    return found;
  }

  std::map<std::string, std::vector<std::pair<std::string, Instant>>> reserved;
  std::map<std::string, std::vector<std::pair<std::string, Instant>>> settled;
  std::mutex mutex;
};

}  // namespace hanjari::tests
