// Fees, from the applicant's checkout to the last unknown outcome.
#include <algorithm>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/paying.h"
#include "hanjari/intake/refusals.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

// After so many orders without an answer the provider is left alone until the next round.
constexpr int unanswered_in_a_row = 3;
constexpr int portion = 200;

// A call of an account that waits for the provider. One that does not answer keeps everybody who asks it: two calls of an
// account, for a button that is pressed twice, and no more.
class BeingBegun {
 public:
  explicit BeingBegun(const std::string& account) : account_(account) {
    const std::lock_guard lock(calls().mutex);
    int& of_account = calls().of[account_];
    if (of_account >= most) {
      throw Conflict("payment_in_work", {"Your payment is being prepared. Open the page again in a moment.",
                                         "결제를 준비하고 있습니다. 잠시 후 화면을 다시 열어 주십시오."});
    }
    ++of_account;
  }
  ~BeingBegun() {
    const std::lock_guard lock(calls().mutex);
    const auto found = calls().of.find(account_);
    if (--found->second == 0) calls().of.erase(found);
  }
  BeingBegun(const BeingBegun&) = delete;
  BeingBegun& operator=(const BeingBegun&) = delete;

 private:
  static constexpr int most = 2;
  struct Calls {
    std::mutex mutex;
    std::map<std::string, int> of;
  };
  static Calls& calls() {
    static Calls all;
    return all;
  }

  std::string account_;
};

Change change_of_provider(const Paying::Needs& needs, const std::string& why) {
  return {needs.provider.name(), why, needs.clock.now(), "program", "", ""};
}

// Moves a payment by what the provider says.
void settle(const Paying::Needs& needs, const Payment& payment, const ProviderNotice& notice);

// Asked before: the answer to an earlier return may not have been heard, and not everybody takes a second one.
void refund(const Paying::Needs& needs, const Payment& payment) {
  // Of an order that was cancelled there after it was paid there is nothing to give back any more.
  const auto is_back = [&] {
    const ProviderState state = needs.provider.ask(payment.id).state;
    return state == ProviderState::refunded || state == ProviderState::failed;
  };
  if (!is_back()) {
    needs.provider.refund(payment.id);
    if (!is_back()) return;
  }
  needs.payments.settle_refunded(payment.id, change_of_provider(needs, "refunded"));
}

// Whether the order may be closed at the provider: nobody is to pay it any more.
bool is_over(const Payment& payment, Instant now) {
  return payment.state == PaymentState::failed || now >= payment.expires_at;
}

std::string why_failed(const Payment& payment, const ProviderNotice& notice) {
  return payment.state == PaymentState::begun && notice.why == "cancelled" ? "expired" : notice.why;
}

// What the provider says of the order; one that is over is closed there.
ProviderNotice ask(const Paying::Needs& needs, const Payment& payment, Instant now) {
  const ProviderNotice notice = needs.provider.ask(payment.id);
  return notice.state == ProviderState::waiting && is_over(payment, now) ? needs.provider.cancel(payment.id) : notice;
}

// Moves the payment by what the provider said; true when that decided it.
bool take(const Paying::Needs& needs, const Payment& payment, ProviderNotice notice, Instant now) {
  if (notice.state == ProviderState::waiting) return false;
  if (notice.state == ProviderState::unknown) {
    // It may be on its way to the provider still.
    if (now < payment.expires_at + announcing_grace) return false;
    needs.payments.settle_failed(payment.id, "unknown_to_provider", change_of_provider(needs, "unknown"));
    return true;
  }
  if (notice.state == ProviderState::failed) notice.why = why_failed(payment, notice);
  settle(needs, payment, notice);
  return true;
}

// Asks the provider how the order stands; true when that decided it.
bool reconcile(const Paying::Needs& needs, const Payment& payment) {
  if (payment.state == PaymentState::refunding) {
    refund(needs, payment);
    return true;
  }
  const Instant now = needs.clock.now();
  return take(needs, payment, ask(needs, payment, now), now);
}

// A row or an answer that goes wrong concerns its own payment only: the others are asked about all the same.
class Asking {
 public:
  explicit Asking(const Paying::Needs& needs) : needs_(needs) {}
  // False when the provider does not answer at all now.
  bool ask(const Payment& payment) {
    // Of another provider, which is not set now: it stays undecided.
    if (payment.provider != needs_.provider.name()) return true;
    ++done_.asked;
    try {
      if (reconcile(needs_, payment)) ++done_.settled;
      unanswered_ = 0;
    } catch (const BadProviderAnswer&) {
      unanswered_ = 0;  // says nothing of the other orders
    } catch (const PersonalDataDamaged&) {
      unanswered_ = 0;  // neither does what does not open
    } catch (const Unavailable&) {
      ++unanswered_;
    } catch (const std::exception&) {
      // An amount that differs, an application that was destroyed: for people to look into, it stays undecided.
      unanswered_ = 0;
    }
    return unanswered_ < unanswered_in_a_row;
  }
  const Reconciled& done() const { return done_; }

 private:
  const Paying::Needs& needs_;
  Reconciled done_;
  int unanswered_ = 0;
};

// Money that does not count goes back at once when the provider answers.
void finish_return(const Paying::Needs& needs, const Payment& payment, PaymentState after) {
  if (after != PaymentState::refunding) return;
  try {
    refund(needs, payment);
  } catch (const Unavailable&) {
    // Reconciling tries again.
  }
}

void check_amount(const Payment& payment, const ProviderNotice& notice) {
  if (notice.state == ProviderState::unknown || notice.amount == payment.amount) return;
  throw InvalidInput("amount_differs", {"The amount paid is not the fee.", "결제 금액이 응시수수료와 다릅니다."});
}

// What was paid is said to be paid no more. A notice may be an old one that comes late or again, so the provider is asked before
// anybody is told; an officer decides then, and once.
void note_taken_back(const Paying::Needs& needs, const Payment& payment) {
  if (payment.why == taken_back_word) return;
  const ProviderState state = needs.provider.ask(payment.id).state;
  if (state != ProviderState::refunded && state != ProviderState::failed) return;
  std::vector<Message> messages;
  const auto application = needs.applications.find_as_listed(payment.application);
  if (application && application->legible == Legible::yes) {
    const auto stored = load_recruitment(needs.recruitments, payment.exam);
    messages.push_back(taken_back_message(stored->notice, *application, payment));
  }
  needs.payments.note_taken_back(payment.id, messages, change_of_provider(needs, std::string(taken_back_word)));
}

void settle(const Paying::Needs& needs, const Payment& payment, const ProviderNotice& notice) {
  check_amount(payment, notice);
  const bool is_gone = notice.state == ProviderState::failed || notice.state == ProviderState::refunded;
  if (payment.state == PaymentState::paid && is_gone) return note_taken_back(needs, payment);
  switch (notice.state) {
    case ProviderState::unknown:
    case ProviderState::waiting:
      return;
    case ProviderState::failed:
      needs.payments.settle_failed(payment.id, notice.why, change_of_provider(needs, "failed"));
      return;
    case ProviderState::refunded:
      needs.payments.settle_refunded(payment.id, change_of_provider(needs, "refunded"));
      return;
    case ProviderState::paid:
      break;
  }
  const Instant now = needs.clock.now();
  const Instant paid_at = std::min(notice.paid_at.value_or(now), now);
  const auto found = needs.applications.find_as_listed(payment.application);
  if (!found) {
    // Destroyed with its exam: the money goes back, and nobody is left to be told.
    finish_return(needs, payment,
                  needs.payments.settle_paid(payment.id, paid_at, paid_at, {}, change_of_provider(needs, "paid")));
    return;
  }
  const Application& application = *found;
  // A key that is gone although nobody destroys the exam is damage like another.
  if (application.legible == Legible::destroyed) needs.recruitments.refuse_destroyed(payment.exam);
  const auto stored = load_recruitment(needs.recruitments, payment.exam);
  // Whose form does not open cannot be written to. The money counts all the same: undecided it would keep a whole exam
  // from closing.
  SettleMessages messages;
  if (application.legible == Legible::yes) {
    messages = {paid_message(stored->notice, application),
                [&](MoneyReturn why) { return returned_message(stored->notice, application, payment, why); }};
  }
  finish_return(
      needs, payment,
      needs.payments.settle_paid(payment.id, paid_at, calendar_of(stored->notice, application).payment_closes(),
                                 messages, change_of_provider(needs, "paid")));
}

}  // namespace

Checkout Paying::begin_payment(const Applicant& who, const ApplicationId& id) {
  const BeingBegun one(who.account);
  Application application = load_own(needs_.applications, who, id);
  const Instant now = needs_.clock.now();
  // Who has paid an order that has just expired is not sent to pay another one.
  for (const Payment& payment : needs_.payments.list_payments(id)) {
    const bool ours = payment.provider == needs_.provider.name();
    if (ours && payment.state == PaymentState::begun && is_over(payment, now) && reconcile(needs_, payment))
      application = load_own(needs_.applications, who, id);
  }
  require_alive(application);
  if (application.state == ApplicationState::paid || application.fee == 0) {
    throw Conflict("nothing_due", {"Nothing is due for this application.", "결제할 응시수수료가 없습니다."});
  }
  const auto stored = load_recruitment(needs_.recruitments, application.exam);
  if (!needs_.provider.takes_orders()) needs_.provider.begin({});  // says why
  const Calendar& calendar = calendar_of(stored->notice, application);
  if (!calendar.takes_payments(now)) {
    throw Conflict("payment_over", {"The time for paying is over.", "결제 기간이 끝났습니다."});
  }
  OrderTerms terms;
  terms.provider = needs_.provider.name();
  terms.expires_at = std::min(now + order_lifetime, calendar.payment_closes());
  Checkout checkout;
  checkout.payment = needs_.payments.begin_payment(application, terms, change_of(who, "", now));
  checkout.address = needs_.provider.begin(checkout.payment);
  return checkout;
}

std::vector<Payment> Paying::list_own_payments(const Applicant& who, const ApplicationId& id) {
  load_own(needs_.applications, who, id);
  return needs_.payments.list_payments(id);
}

TestProvider* Paying::test_provider() {
  return dynamic_cast<TestProvider*>(&needs_.provider);
}

std::optional<ApplicationId> Paying::find_application_of(const std::string& order) {
  const auto payment = needs_.payments.find_payment(order);
  return payment ? std::optional(payment->application) : std::nullopt;
}

void Paying::accept_notification(std::string_view body, std::string_view signature) {
  const auto notice = needs_.provider.read_notification(body, signature);
  if (!notice) {
    throw NotAllowed("bad_signature",
                     {"The notification is not signed by the payment provider.", "결제 대행사의 서명이 아닙니다."});
  }
  const auto payment = needs_.payments.find_payment(notice->order);
  if (!payment || payment->provider != needs_.provider.name())
    throw NotFound("unknown_order", {"There is no such order.", "해당 결제 주문이 없습니다."});
  settle(needs_, *payment, *notice);
}

int Paying::deliver_late_notifications(TestProvider& provider) {
  const auto due = provider.take_late();
  for (const auto& notification : due) accept_notification(notification.body, notification.signature);
  return static_cast<int>(due.size());
}

Reconciled Paying::reconcile_payments(int most) {
  Asking asking(needs_);
  for (const Payment& payment : needs_.payments.claim_undecided(needs_.provider.name(), needs_.clock.now(), most)) {
    if (!asking.ask(payment)) break;
  }
  return asking.done();
}

void Paying::decide_payments(const ExamCode& exam, const std::vector<UnitCode>& units, Progress& progress) {
  Asking asking(needs_);
  for (const UnitCode& unit : units) {
    std::string after;
    while (true) {
      const auto page = needs_.payments.list_undecided(exam, unit, after, portion);
      for (const Payment& payment : page) {
        if (!asking.ask(payment)) return;
        progress.report(static_cast<std::uint64_t>(asking.done().asked));
      }
      if (static_cast<int>(page.size()) < portion) break;
      after = page.back().id;
    }
  }
}

}  // namespace hanjari::services
