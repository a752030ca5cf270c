// Fees, from the applicant's checkout to the last unknown outcome.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/progress.h"
#include "hanjari/intake/applicant.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/payments.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/intake/test_provider.h"

namespace hanjari::services {

struct Checkout {
  Payment payment;
  std::string address;  // where to pay
};

struct Reconciled {
  int asked = 0;
  int settled = 0;
};

class Paying {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    PaymentRepository& payments;
    PaymentProvider& provider;
    const Clock& clock;
  };
  explicit Paying(const Needs& needs) : needs_(needs) {}

  // An order that was begun and can still be paid is given again. Throws Conflict (nothing_due, application_over,
  // payment_over: the window is closed, too_many_orders, payment_in_work: two calls of the account are waiting for the
  // provider), Unavailable (payments_off: no provider is set).
  Checkout begin_payment(const Applicant&, const ApplicationId&);
  // Of an own application. Throws NotFound (unknown_application).
  std::vector<Payment> list_own_payments(const Applicant&, const ApplicationId&);

  // What the provider sends; throws NotAllowed (bad_signature), NotFound (unknown_order), InvalidInput
  // (amount_differs). Doing it twice is doing it once.
  void accept_notification(std::string_view body, std::string_view signature);
  // The delayed notifications of the test provider whose time has come; returns how many were taken.
  int deliver_late_notifications(TestProvider&);
  // Asks the provider about undecided payments whose turn it is, at most `most`, and closes those that have expired.
  Reconciled reconcile_payments(int most);
  // Asks the provider about every undecided payment of unpaid applications of the units. What stays undecided is
  // counted by ApplicationRepository::lapse_unpaid.
  void decide_payments(const ExamCode&, const std::vector<UnitCode>& units, Progress&);

  // The test provider, whose pages and API are ours; null with any other one.
  TestProvider* test_provider();
  // What an order pays for; nothing when there is no such order.
  std::optional<ApplicationId> find_application_of(const std::string& order);

 private:
  Needs needs_;
};

}  // namespace hanjari::services
