// Fees: through a payment provider whose answers may be late, doubled or lost. What counts is in our database; a signed
// notification or a question to the provider moves it, each at most once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/domain/application.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// begun: sent to the provider, outcome unknown. paid. failed: not paid and not to be paid any more, because the
// provider said no or we gave the order up. refunding: money goes back. refunded.
enum class PaymentState { begun, paid, failed, refunding, refunded };
std::string_view spell(PaymentState);

struct Payment {
  std::string id;  // our order number at the provider
  ApplicationId application;
  ExamCode exam;
  Won amount = 0;
  PaymentState state = PaymentState::begun;
  Instant begun_at{};
  Instant expires_at{};  // no money is taken for the order from here on
  std::optional<Instant> settled_at;
  // Of a failure: the provider's word, or ours: expired, withdrawn, replaced (the fee changed), unknown_to_provider.
  std::string why;
  std::string provider;  // name of the provider that has the order
  // The provider has not said yet how the order ends. Also of an order that we gave up: it may have been paid before.
  bool undecided = true;
  int asks = 0;  // how often the provider was asked
};

// Whether the provider has the money of a paid order no more (charged back, cancelled there): the application counts on until an
// officer has decided, and the order is asked about until then.
inline constexpr std::string_view taken_back_word = "taken_back";  // Payment::why, before and after the decision
inline bool is_taken_back(const Payment& payment) { return payment.state == PaymentState::paid && payment.undecided; }
// keep: the application counts as paid all the same. end: it ends, and the payment counts as refunded.
enum class TakenBackDecision { keep, end };
std::string_view spell(TakenBackDecision);
std::optional<TakenBackDecision> parse_taken_back_decision(std::string_view word);
// Conflict (not_taken_back).
[[noreturn]] void throw_not_taken_back();

// How long an order can be paid; never beyond the end of the window in which the application can be paid.
constexpr std::chrono::minutes order_lifetime{30};
// An order that the provider has never heard of may still be announced to it until this long after its end.
constexpr std::chrono::minutes announcing_grace{2};

// Orders that one application and one account can have, in all and by time.
struct OrderLimits {
  int of_application = 20;
  int of_account_in_an_hour = 10;
  int of_account_in_a_day = 30;
};

struct OrderTerms {
  std::string provider;
  Instant expires_at{};
  OrderLimits limits{};
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
  // Whether orders can be begun at all.
  virtual bool takes_orders() const { return true; }
  // Announces an order; doing it twice is doing it once. Gives the address (a path of ours or an https address) where
  // the applicant pays.
  virtual std::string begin(const Payment& payment) = 0;
  // Throws Unavailable (payments_bad_answer: of this order alone; other codes: the provider takes nothing now).
  virtual ProviderNotice ask(const std::string& order) = 0;
  // Closes an order that is not paid: no money is taken for it afterwards. Gives how the order stands then: failed, or
  // paid when the payer was faster; waiting when the provider cannot tell yet; unknown when it never heard of it.
  // Throws Unavailable.
  virtual ProviderNotice cancel(const std::string& order) = 0;
  // Gives the money back; doing it twice is doing it once. Throws Unavailable.
  virtual void refund(const std::string& order) = 0;
  // The notice of a notification's body when the signature is the provider's; nothing otherwise.
  virtual std::optional<ProviderNotice> read_notification(std::string_view body, std::string_view signature) const = 0;
};

// Why money that was paid does not pay the application.
enum class MoneyReturn {
  too_late,          // the window was closed
  application_over,  // withdrawn or lapsed, or paid by another order
  order_over,        // the order had expired or was given up
  claim_held,        // another application counts for the resident number
  fee_changed        // the application costs something else by now
};
std::string_view spell(MoneyReturn);

// What the applicant is told, made before it is known which of them is true. Without them nobody is.
struct SettleMessages {
  Message paid;
  std::function<Message(MoneyReturn)> returned;
};

// Where no provider is set: nothing can be begun, and nothing is known of what was begun before.
class NoProvider : public PaymentProvider {
 public:
  std::string name() const override { return "none"; }
  bool takes_orders() const override { return false; }
  std::string begin(const Payment& payment) override;
  ProviderNotice ask(const std::string& order) override;
  ProviderNotice cancel(const std::string& order) override;
  void refund(const std::string& order) override;
  std::optional<ProviderNotice> read_notification(std::string_view body, std::string_view signature) const override;
};

class PaymentRepository {
 public:
  virtual ~PaymentRepository() = default;
  // The begun payment of the application when it is of the same fee and provider and has not expired, else a new one;
  // the old one is given up then. An application has at most one that is begun or paid. Throws Conflict
  // (application_changed: it does not wait for this fee any more; too_many_orders; claim_held: another application
  // counts for the number, and does not yield to money).
  virtual Payment begin_payment(const Application& application, const OrderTerms& terms, const Change& change) = 0;
  virtual std::optional<Payment> find_payment(const std::string& id) = 0;
  virtual std::vector<Payment> list_payments(const ApplicationId& application) = 0;
  // begun -> paid and the application submitted -> paid, with event, audit row and message in one transaction. Done
  // already: nothing happens. What cannot count (MoneyReturn) goes to refunding, and the applicant is told. Another
  // application that counts for the same number without having paid yields. Gives the state afterwards.
  virtual PaymentState settle_paid(const std::string& id, Instant paid_at, Instant window_closes,
                                   const SettleMessages& messages, const Change& change) = 0;
  // The provider takes no money for the order any more: begun -> failed; of one that was given up nothing is open now.
  virtual void settle_failed(const std::string& id, const std::string& why, const Change& change) = 0;
  // Never of one that is paid: note_taken_back.
  virtual void settle_refunded(const std::string& id, const Change& change) = 0;
  // The provider has the money of a paid order no more: marked (is_taken_back) with event, audit row and messages in one
  // transaction. Of an order that is not paid, or that was marked before, decided or not: nothing happens. Where the application
  // was destroyed nobody can decide: refunded.
  virtual void note_taken_back(const std::string& id, const std::vector<Message>& messages, const Change& change) = 0;
  // With event, audit row and messages in one transaction. Throws Conflict (not_taken_back: nothing waits for a decision, or
  // somebody was faster).
  virtual void decide_taken_back(const std::string& id, TakenBackDecision decision, const std::vector<Message>& messages,
                                 const Change& change) = 0;
  // Names of the providers that have payments.
  virtual std::vector<std::string> list_providers() = 0;
  // Undecided payments of the provider whose time to be asked about has come, in turns over exams and in each exam over
  // accounts, so that nobody's many hide somebody's one. Each is asked about again later, the more often the later; no
  // other program gets it until then.
  virtual std::vector<Payment> claim_undecided(const std::string& provider, Instant now, int most) = 0;
  // Undecided payments of unpaid applications of the unit, by id after `after`.
  virtual std::vector<Payment> list_undecided(const ExamCode& exam, const UnitCode& unit, const std::string& after,
                                              int most) = 0;
};

// Play money never counts beside real money: throws Conflict (test_beside_real_money) when the database has payments of
// the other kind.
void require_one_kind_of_money(PaymentRepository&, const PaymentProvider&);

}  // namespace hanjari::services
