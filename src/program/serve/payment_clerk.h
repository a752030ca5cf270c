// What happens to payments without anybody asking, as long as the server runs: late notifications of the test provider
// go out, and the provider is asked about unknown outcomes, again and again.
#pragma once

#include <atomic>
#include <thread>

#include "hanjari/intake/intake.h"

namespace hanjari::cli {

class PaymentClerk {
 public:
  // `test_provider`: null with any other provider.
  PaymentClerk(services::Intake& intake, services::TestProvider* test_provider);
  ~PaymentClerk();
  PaymentClerk(const PaymentClerk&) = delete;
  PaymentClerk& operator=(const PaymentClerk&) = delete;

 private:
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace hanjari::cli
