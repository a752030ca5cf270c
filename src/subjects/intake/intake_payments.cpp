// Fees, from the applicant's checkout to the last unknown outcome.
#include <algorithm>

#include <fmt/format.h>

#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

// An order that the provider has never heard of is not paid any more after this.
constexpr std::chrono::hours forget_unknown{1};

Change change_of_provider(Intake& intake, const std::string& why) {
  return {intake.provider.name(), why, intake.clock.now(), "program", "", ""};
}

void refund(Intake& intake, const Payment& payment) {
  intake.provider.refund(payment.id);
  if (intake.provider.ask(payment.id).state == ProviderState::refunded) {
    intake.payments.settle_refunded(payment.id, change_of_provider(intake, "refunded"));
  }
}

bool reconcile(Intake& intake, const Payment& payment) {
  if (payment.state == PaymentState::refunding) {
    refund(intake, payment);
    return true;
  }
  const ProviderNotice notice = intake.provider.ask(payment.id);
  if (notice.state == ProviderState::waiting) return false;
  if (notice.state == ProviderState::unknown) {
    if (intake.clock.now() - payment.begun_at < forget_unknown) return false;
    intake.payments.settle_failed(payment.id, "unknown_to_provider", change_of_provider(intake, "unknown"));
    return true;
  }
  settle(intake, payment, notice);
  return true;
}

}  // namespace

void settle(Intake& intake, const Payment& payment, const ProviderNotice& notice) {
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
  if (notice.amount != payment.amount) {
    throw InvalidInput("amount_differs", {"The amount paid is not the fee.", "결제 금액이 응시수수료와 다릅니다."});
  }
  const Application application = load_application(intake, payment.application);
  const auto stored = load_notice(intake.recruitments, payment.exam);
  const Recruitment& recruitment = stored->notice;
  const std::string& name =
      application.form.language == Language::korean ? recruitment.header.name_ko : recruitment.header.name_en;
  const PaymentState after =
      intake.payments.settle_paid(payment.id, notice.paid_at.value_or(intake.clock.now()),
                                  calendar_of(recruitment, application).applications.closes,
                                  paid_message(name, application), change_of_provider(intake, "paid"));
  if (after == PaymentState::refunding) {
    try {
      refund(intake, payment);
    } catch (const Unavailable&) {
      // Reconciling tries again.
    }
  }
}

Checkout begin_payment(Intake& intake, const Applicant& who, const ApplicationId& id) {
  const Application application = load_own(intake, who, id);
  require_alive(application);
  if (application.state == ApplicationState::paid || application.fee == 0) {
    throw Conflict("nothing_due", {"Nothing is due for this application.", "결제할 응시수수료가 없습니다."});
  }
  const auto stored = load_notice(intake.recruitments, application.exam);
  const Instant now = intake.clock.now();
  if (!calendar_of(stored->notice, application).applications.contains(now)) {
    throw Conflict("payment_over", {"The time for paying is over.", "결제 기간이 끝났습니다."});
  }
  Checkout checkout;
  checkout.payment = intake.payments.begin_payment(application, change_of(who, "", now));
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
  if (!payment) throw NotFound("unknown_order", {"There is no such order.", "해당 결제 주문이 없습니다."});
  settle(intake, *payment, *notice);
}

int deliver_late_notifications(Intake& intake, TestProvider& provider) {
  const auto due = provider.take_late();
  for (const auto& notification : due) accept_notification(intake, notification.body, notification.signature);
  return static_cast<int>(due.size());
}

int reconcile_payments(Intake& intake, std::chrono::seconds older, int most) {
  int settled = 0;
  for (const Payment& payment : intake.payments.list_unsettled(intake.clock.now() - older, most)) {
    try {
      if (reconcile(intake, payment)) ++settled;
    } catch (const Unavailable&) {
      // The provider does not answer now; asked again the next time.
    } catch (const InvalidInput&) {
      // An amount that differs is for people to look into: it stays in the list.
    }
  }
  return settled;
}

}  // namespace hanjari::services
