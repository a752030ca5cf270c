// Fees, from the applicant's checkout to the last unknown outcome.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/store_errors.h"
#include "hanjari/intake/refusals.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

// After so many orders without an answer the provider is left alone until the next round.
constexpr int unanswered_in_a_row = 3;
constexpr int portion = 200;

Change change_of_provider(Intake& intake, const std::string& why) {
  return {intake.provider.name(), why, intake.clock.now(), "program", "", ""};
}

void refund(Intake& intake, const Payment& payment) {
  intake.provider.refund(payment.id);
  if (intake.provider.ask(payment.id).state == ProviderState::refunded) {
    intake.payments.settle_refunded(payment.id, change_of_provider(intake, "refunded"));
  }
}

// Whether the order may be closed at the provider: nobody is to pay it any more.
bool is_over(const Payment& payment, Instant now) {
  return payment.state == PaymentState::failed || now >= payment.expires_at;
}

std::string why_failed(const Payment& payment, const ProviderNotice& notice) {
  return payment.state == PaymentState::begun && notice.why == "cancelled" ? "expired" : notice.why;
}

// What the provider says of the order; one that is over is closed there.
ProviderNotice ask(Intake& intake, const Payment& payment, Instant now) {
  const ProviderNotice notice = intake.provider.ask(payment.id);
  return notice.state == ProviderState::waiting && is_over(payment, now) ? intake.provider.cancel(payment.id) : notice;
}

// Moves the payment by what the provider said; true when that decided it.
bool take(Intake& intake, const Payment& payment, ProviderNotice notice, Instant now) {
  if (notice.state == ProviderState::waiting) return false;
  if (notice.state == ProviderState::unknown) {
    // It may be on its way to the provider still.
    if (now < payment.expires_at + announcing_grace) return false;
    intake.payments.settle_failed(payment.id, "unknown_to_provider", change_of_provider(intake, "unknown"));
    return true;
  }
  if (notice.state == ProviderState::failed) notice.why = why_failed(payment, notice);
  settle(intake, payment, notice);
  return true;
}

// Asks the provider how the order stands; true when that decided it.
bool reconcile(Intake& intake, const Payment& payment) {
  if (payment.state == PaymentState::refunding) {
    refund(intake, payment);
    return true;
  }
  const Instant now = intake.clock.now();
  return take(intake, payment, ask(intake, payment, now), now);
}

// A row or an answer that goes wrong concerns its own payment only: the others are asked about all the same.
class Asking {
 public:
  explicit Asking(Intake& intake) : intake_(intake) {}
  // False when the provider does not answer at all now.
  bool ask(const Payment& payment) {
    // Of another provider, which is not set now: it stays undecided.
    if (payment.provider != intake_.provider.name()) return true;
    ++done_.asked;
    try {
      if (reconcile(intake_, payment)) ++done_.settled;
      unanswered_ = 0;
    } catch (const BadProviderAnswer&) {
      unanswered_ = 0;  // says nothing of the other orders
    } catch (const PersonalDataDamaged&) {
      unanswered_ = 0;  // neither does a form that does not open
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
  Intake& intake_;
  Reconciled done_;
  int unanswered_ = 0;
};

// Money that does not count goes back at once when the provider answers.
void finish_return(Intake& intake, const Payment& payment, PaymentState after) {
  if (after != PaymentState::refunding) return;
  try {
    refund(intake, payment);
  } catch (const Unavailable&) {
    // Reconciling tries again.
  }
}

void check_amount(const Payment& payment, const ProviderNotice& notice) {
  if (notice.state == ProviderState::unknown || notice.amount == payment.amount) return;
  throw InvalidInput("amount_differs", {"The amount paid is not the fee.", "결제 금액이 응시수수료와 다릅니다."});
}

}  // namespace

void settle(Intake& intake, const Payment& payment, const ProviderNotice& notice) {
  check_amount(payment, notice);
  switch (notice.state) {
    case ProviderState::unknown:
    case ProviderState::waiting:
      return;
    case ProviderState::failed:
      intake.payments.settle_failed(payment.id, notice.why, change_of_provider(intake, "failed"));
      return;
    case ProviderState::refunded:
      intake.payments.settle_refunded(payment.id, change_of_provider(intake, "refunded"));
      return;
    case ProviderState::paid:
      break;
  }
  const Instant now = intake.clock.now();
  const Instant paid_at = std::min(notice.paid_at.value_or(now), now);
  const auto found = intake.applications.find_application(payment.application);
  if (!found) {
    // Destroyed with its exam: the money goes back, and nobody is left to be told.
    finish_return(intake, payment,
                  intake.payments.settle_paid(payment.id, paid_at, paid_at, {}, change_of_provider(intake, "paid")));
    return;
  }
  const Application& application = *found;
  const auto stored = load_recruitment(intake.recruitments, payment.exam);
  const SettleMessages messages{paid_message(stored->notice, application), [&](MoneyReturn why) {
                                  return returned_message(stored->notice, application, payment, why);
                                }};
  finish_return(intake, payment,
                intake.payments.settle_paid(payment.id, paid_at,
                                            calendar_of(stored->notice, application).applications.closes, messages,
                                            change_of_provider(intake, "paid")));
}

Checkout begin_payment(Intake& intake, const Applicant& who, const ApplicationId& id) {
  Application application = load_own(intake, who, id);
  const Instant now = intake.clock.now();
  // Who has paid an order that has just expired is not sent to pay another one.
  for (const Payment& payment : intake.payments.list_payments(id)) {
    const bool ours = payment.provider == intake.provider.name();
    if (ours && payment.state == PaymentState::begun && is_over(payment, now) && reconcile(intake, payment))
      application = load_own(intake, who, id);
  }
  require_alive(application);
  if (application.state == ApplicationState::paid || application.fee == 0) {
    throw Conflict("nothing_due", {"Nothing is due for this application.", "결제할 응시수수료가 없습니다."});
  }
  const auto stored = load_notice(intake.recruitments, application.exam);
  if (!intake.provider.takes_orders()) intake.provider.begin({});  // says why
  const Period& window = calendar_of(stored->notice, application).applications;
  if (!window.contains(now)) {
    throw Conflict("payment_over", {"The time for paying is over.", "결제 기간이 끝났습니다."});
  }
  OrderTerms terms;
  terms.provider = intake.provider.name();
  terms.expires_at = std::min(now + order_lifetime, window.closes);
  Checkout checkout;
  checkout.payment = intake.payments.begin_payment(application, terms, change_of(who, "", now));
  checkout.address = intake.provider.begin(checkout.payment);
  return checkout;
}

void accept_notification(Intake& intake, std::string_view body, std::string_view signature) {
  const auto notice = intake.provider.read_notification(body, signature);
  if (!notice) {
    throw NotAllowed("bad_signature",
                     {"The notification is not signed by the payment provider.", "결제 대행사의 서명이 아닙니다."});
  }
  const auto payment = intake.payments.find_payment(notice->order);
  if (!payment || payment->provider != intake.provider.name())
    throw NotFound("unknown_order", {"There is no such order.", "해당 결제 주문이 없습니다."});
  settle(intake, *payment, *notice);
}

int deliver_late_notifications(Intake& intake, TestProvider& provider) {
  const auto due = provider.take_late();
  for (const auto& notification : due) accept_notification(intake, notification.body, notification.signature);
  return static_cast<int>(due.size());
}

Reconciled reconcile_payments(Intake& intake, int most) {
  Asking asking(intake);
  for (const Payment& payment : intake.payments.claim_undecided(intake.provider.name(), intake.clock.now(), most)) {
    if (!asking.ask(payment)) break;
  }
  return asking.done();
}

void decide_payments(Intake& intake, const ExamCode& exam, const std::vector<UnitCode>& units, Progress& progress) {
  Asking asking(intake);
  for (const UnitCode& unit : units) {
    std::string after;
    while (true) {
      const auto page = intake.payments.list_undecided(exam, unit, after, portion);
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
