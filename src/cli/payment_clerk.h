// Asks the payment provider about unknown outcomes, again and again, as long as the server runs.
#pragma once

#include <atomic>
#include <thread>

#include "hanjari/services/intake.h"

namespace hanjari::cli {

class PaymentClerk {
 public:
  explicit PaymentClerk(services::Intake& intake);
  ~PaymentClerk();
  PaymentClerk(const PaymentClerk&) = delete;
  PaymentClerk& operator=(const PaymentClerk&) = delete;

 private:
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace hanjari::cli
