// Paying the fee: begun here, done at the provider, settled by what the provider says. The page never claims more than
// is known; coming back too early or twice changes nothing.
#include <algorithm>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/own_application.h"
#include "intake/pages/own_pages.h"
#include "intake/pages/portal_call.h"

namespace hanjari::web {
namespace {

using services::Payment;
using services::PaymentState;

std::string write_payment_state(const Call& call, const Payment& payment) {
  const Pages& pages = call.site.pages();
  switch (payment.state) {
    case PaymentState::begun:
      return pages.text(call.language, "pay.state_begun");
    case PaymentState::paid:
      return pages.text(call.language, services::is_taken_back(payment) ? "pay.state_taken_back" : "pay.state_paid");
    case PaymentState::failed:
      return pages.text(call.language, payment.why == "expired" ? "pay.state_expired" : "pay.state_failed");
    case PaymentState::refunding:
      return pages.text(call.language, "pay.state_refunding");
    case PaymentState::refunded:
      break;
  }
  return pages.text(call.language, "pay.state_refunded");
}

struct PayWords {
  const char* title;
  const char* words;
};

// What is known of the payment, newest first.
PayWords words_of(const Application& application, const std::vector<Payment>& payments, bool open) {
  if (application.state == ApplicationState::paid && application.fee == 0) return {"pay.free_title", "pay.free"};
  if (std::any_of(payments.begin(), payments.end(), services::is_taken_back)) return {"pay.taken_back_title", "pay.taken_back"};
  if (application.state == ApplicationState::paid) return {"pay.paid_title", "pay.paid"};
  if (application.is_over()) return {"pay.over_title", "pay.over"};
  if (!open) return {"pay.late_title", "pay.late"};
  if (payments.empty()) return {"pay.due_title", "pay.due"};
  if (payments.front().state == PaymentState::failed)
    return payments.front().why == "expired" ? PayWords{"pay.due_title", "pay.expired"}
                                             : PayWords{"pay.failed_title", "pay.failed"};
  return {"pay.begun_title", "pay.begun"};
}

// `pay_address`: where to go and pay; empty: nothing was begun just now.
Response show_payments_of(const Call& call, const Own& own, const std::string& pay_address) {
  const Pages& pages = call.site.pages();
  const std::string& zone = own.notice().header.time_zone;
  const bool open = own.calendar().takes_payments(call.site.now());
  auto payments = own.intake.paying.list_own_payments(own.applicant, own.application.id);
  std::stable_sort(payments.begin(), payments.end(),
                   [](const Payment& a, const Payment& b) { return a.begun_at > b.begun_at; });
  const bool due = own.application.state == ApplicationState::submitted && open;
  const bool begun = due && !payments.empty() && payments.front().state == PaymentState::begun;
  const PayWords words = words_of(own.application, payments, open);
  Page page{.name = "payment", .title = pages.text(call.language, "pay.title")};
  page.data = {{"back_address", application_address(call, own.application.id)},
               {"exam", name_of_exam(own.notice().header, call.language)},
               {"unit", write_unit(pages, own.unit().unit, call.language)},
               {"state_title", pages.text(call.language, words.title)},
               {"state_words", pages.text(call.language, words.words)},
               {"amount", write_won(pages, own.application.fee, call.language)},
               {"until", false},
               {"pay_address", pay_address.empty() ? nlohmann::json(false) : nlohmann::json(pay_address)},
               {"can_begin", due && pay_address.empty()},
               {"refresh", begun},
               {"here", call.request.path},
               {"action", call.request.path},
               {"any_payment", !payments.empty()}};
  if (due) page.data["until"] = write_moment(own.calendar().payment_closes(), zone, call.language);
  page.data["payments"] = nlohmann::json::array();
  for (const Payment& payment : payments)
    page.data["payments"].push_back({{"at", write_moment(payment.begun_at, zone, call.language)},
                                     {"amount", write_won(pages, payment.amount, call.language)},
                                     {"state", write_payment_state(call, payment)}});
  return show(call, page);
}

}  // namespace

Response show_payment(const Call& call) {
  return show_payments_of(call, load_own(call), {});
}

Response begin_own_payment(const Call& call) {
  const Own own = load_own(call);
  // Whoever presses when the time is over reads so beside the application, and has the way back to it.
  if (!own.calendar().takes_payments(call.site.now())) {
    Response response = show_payments_of(call, own, {});
    response.status = 409;
    return response;
  }
  const services::Checkout checkout = own.intake.paying.begin_payment(own.applicant, own.application.id);
  // A page of our own. Elsewhere a form of ours may not lead (form-action): there the payer goes by a link.
  if (checkout.address.starts_with('/')) return redirect(checkout.address);
  return show_payments_of(call, own, checkout.address);
}

}  // namespace hanjari::web
