// The payment provider for tests and demonstrations, complete: it keeps its own books (handed in), signs what it says,
// and does on demand what real ones do by accident.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/intake/payments.h"

namespace hanjari::services {

// The buttons of its page.
enum class TestOutcome { success, failure, delay, double_notice, lost_notice };
std::optional<TestOutcome> parse_test_outcome(std::string_view word);

constexpr const char* test_provider_name = "test";

class TestProviderBooks {
 public:
  virtual ~TestProviderBooks() = default;
  virtual void save_order(const ProviderNotice& notice, Instant now) = 0;  // kept when there
  virtual std::optional<ProviderNotice> find_order(const std::string& order) = 0;
  // Compare-and-set on the order's state; whether it was `from`.
  virtual bool move_order(const ProviderNotice& notice, ProviderState from) = 0;
};

class TestProvider : public PaymentProvider {
 public:
  TestProvider(TestProviderBooks& books, const Clock& clock, std::string secret);
  ~TestProvider() override;
  std::string name() const override { return test_provider_name; }
  std::string begin(const Payment& payment) override;
  ProviderNotice ask(const std::string& order) override;
  ProviderNotice cancel(const std::string& order) override;
  void refund(const std::string& order) override;
  std::optional<ProviderNotice> read_notification(std::string_view body, std::string_view signature) const override;

  // The order of a page that `begin` gave the address of: its last part holds a key, so that knowing an order's number
  // is not enough to decide it. Throws NotFound (unknown_order).
  std::string order_of(std::string_view page) const;

  struct Notification {
    std::string body;
    std::string signature;
  };
  // The payer pressed a button: the books change, and these notifications go out now (none for lost_notice, two for
  // double_notice). The caller delivers them. That of `delay` goes out `delay_of_notice` later, unless the program ends
  // before: then it is lost, as it is with real providers.
  std::vector<Notification> decide(const std::string& order, TestOutcome outcome);
  static constexpr std::chrono::seconds delay_of_notice{3};
  // Delayed notifications whose time has come, once each.
  std::vector<Notification> take_late();

 private:
  Notification notification_of(const ProviderNotice& notice) const;
  TestProviderBooks& books_;
  const Clock& clock_;
  std::string secret_;
  std::mutex mutex_;
  std::vector<std::pair<Instant, Notification>> late_;
};

}  // namespace hanjari::services
