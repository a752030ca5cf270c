// Fees: through a payment provider whose answers may be late, doubled or lost. What counts is in our database; a signed
// notification or a question to the provider moves it, each at most once.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/domain/application.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// begun: sent to the provider, outcome unknown. paid. failed: the provider said no. refunding: money goes back.
// refunded.
enum class PaymentState { begun, paid, failed, refunding, refunded };
std::string_view spell(PaymentState);

struct Payment {
  std::string id;  // our order number at the provider
  ApplicationId application;
  ExamCode exam;
  Won amount = 0;
  PaymentState state = PaymentState::begun;
  Instant begun_at{};
  std::optional<Instant> settled_at;
  std::string why;  // of a failure, the provider's word
};

enum class ProviderState { unknown, waiting, paid, failed, refunded };
std::string_view spell(ProviderState);

// What a provider says of an order, by itself or when asked.
struct ProviderNotice {
  std::string order;
  ProviderState state = ProviderState::unknown;
  Won amount = 0;
  std::optional<Instant> paid_at;  // by the provider's clock
  std::string why;
};

class PaymentProvider {
 public:
  virtual ~PaymentProvider() = default;
  virtual std::string name() const = 0;
  // Announces an order; doing it twice is doing it once. Gives the address (a path of ours or an https address) where
  // the applicant pays.
  virtual std::string begin(const Payment& payment) = 0;
  // Throws Unavailable.
  virtual ProviderNotice ask(const std::string& order) = 0;
  // Gives the money back; doing it twice is doing it once. Throws Unavailable.
  virtual void refund(const std::string& order) = 0;
  // The notice of a notification's body when the signature is the provider's; nothing otherwise.
  virtual std::optional<ProviderNotice> read_notification(std::string_view body, std::string_view signature) const = 0;
};

class PaymentRepository {
 public:
  virtual ~PaymentRepository() = default;
  // A begun or paid payment of the application, else a new one; an application has at most one such.
  virtual Payment begin_payment(const Application& application, const Change& change) = 0;
  virtual std::optional<Payment> find_payment(const std::string& id) = 0;
  virtual std::vector<Payment> list_payments(const ApplicationId& application) = 0;
  // begun -> paid and the application submitted -> paid, with event, audit row and message in one transaction. Done
  // already: nothing happens. Paid too late (after `window_closes`, or the application is over): the payment goes to
  // refunding instead. Gives the state afterwards.
  virtual PaymentState settle_paid(const std::string& id, Instant paid_at, Instant window_closes,
                                   const Message& message, const Change& change) = 0;
  virtual void settle_failed(const std::string& id, const std::string& why, const Change& change) = 0;
  virtual void settle_refunded(const std::string& id, const Change& change) = 0;
  // Begun before `until` and still unknown, or refunding; oldest first.
  virtual std::vector<Payment> list_unsettled(Instant until, int most) = 0;
};

// The provider for tests and demonstrations, complete: it keeps its own books (handed in), signs what it says, and does
// on demand what real ones do by accident.
enum class TestOutcome { success, failure, delay, double_notice, lost_notice };
std::optional<TestOutcome> parse_test_outcome(std::string_view word);

class TestProviderBooks {
 public:
  virtual ~TestProviderBooks() = default;
  virtual void save_order(const ProviderNotice& notice, Instant now) = 0;  // kept when there
  virtual std::optional<ProviderNotice> find_order(const std::string& order) = 0;
  virtual void set_order(const ProviderNotice& notice) = 0;
};

class TestProvider : public PaymentProvider {
 public:
  TestProvider(TestProviderBooks& books, const Clock& clock, std::string secret);
  ~TestProvider() override;
  std::string name() const override { return "test"; }
  std::string begin(const Payment& payment) override;
  ProviderNotice ask(const std::string& order) override;
  void refund(const std::string& order) override;
  std::optional<ProviderNotice> read_notification(std::string_view body, std::string_view signature) const override;

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
