#include "program/serve/payment_clerk.h"

#include <chrono>

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds ask_after{30};  // a notification comes by itself until then
constexpr int ask_every = 10;                  // rounds
constexpr std::chrono::milliseconds round{1'000};
constexpr int at_once = 100;

}  // namespace

PaymentClerk::PaymentClerk(services::Intake& intake, services::TestProvider& provider)
    : thread_([this, &intake, &provider] {
        for (int rounds = 0; !stopping_; ++rounds) {
          try {
            services::deliver_late_notifications(intake, provider);
            if (rounds % ask_every == 0) services::reconcile_payments(intake, ask_after, at_once);
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
