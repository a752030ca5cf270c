// Carries out destructions on their day, as long as the server runs.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/database/settings.h"

namespace hanjari::cli {

class DestructionClerk {
 public:
  // `on_done` is given the exam, `on_failure` what stopped a try; the next minute tries again.
  DestructionClerk(storage::DatabaseSettings settings, std::function<void(const std::string&)> on_done,
                   std::function<void(const Error&)> on_failure);
  // Ends after the step in hand; the next start goes on from there.
  ~DestructionClerk();
  DestructionClerk(const DestructionClerk&) = delete;
  DestructionClerk& operator=(const DestructionClerk&) = delete;

 private:
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace hanjari::cli
