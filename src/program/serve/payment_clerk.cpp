#include "program/serve/payment_clerk.h"

#include <chrono>

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;

constexpr int ask_every = 10;  // rounds
constexpr std::chrono::milliseconds round{1'000};
constexpr int at_once = 100;

}  // namespace

PaymentClerk::PaymentClerk(services::Intake& intake, services::TestProvider* test_provider)
    : thread_([this, &intake, test_provider] {
        bool more_wait = false;
        for (int rounds = 0; !stopping_; ++rounds) {
          try {
            if (test_provider != nullptr) services::deliver_late_notifications(intake, *test_provider);
            if (more_wait || rounds % ask_every == 0)
              more_wait = services::reconcile_payments(intake, at_once).asked == at_once;
          } catch (const std::exception&) {
            // The database is away; the next round asks again.
          }
          for (auto left = round; left > 0ms && !stopping_; left -= 100ms) std::this_thread::sleep_for(100ms);
        }
      }) {}

PaymentClerk::~PaymentClerk() {
  stopping_ = true;
  thread_.join();
}

}  // namespace hanjari::cli
