// Money that the provider takes back after it had come.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "hanjari/base/error.h"
#include "hanjari/intake/office_table.h"
#include "stage/applying.h"

namespace hanjari::tests {
namespace {

using services::Payment;
using services::PaymentState;
using services::ProviderState;
using services::TakenBackDecision;

struct TakenBack : Applying {
  TakenBack() {
    application = apply(sky, 1).application.id;
    order = pay(sky, application, services::TestOutcome::success).payment.id;
  }
  // The books of the provider say it, and what it tells us then.
  services::TestProvider::Notification take_back(ProviderState state = ProviderState::refunded) {
    services::ProviderNotice notice = parts.provider.ask(order);
    const ProviderState before = notice.state;
    notice.state = state;
    EXPECT_TRUE(parts.orders.move_order(notice, before));
    return parts.provider.decide(order, services::TestOutcome::success).front();
  }
  void hear(const services::TestProvider::Notification& notification) {
    intake.paying.accept_notification(notification.body, notification.signature);
  }
  Payment payment() { return *parts.payments.find_payment(order); }
  std::size_t told(const std::string& what) {
    return static_cast<std::size_t>(std::count_if(parts.payments.messages.begin(), parts.payments.messages.end(),
                                                  [&](const auto& message) { return message.dedupe_id.starts_with(what + "/"); }));
  }
  void decide(TakenBackDecision decision) {
    intake.table.decide_taken_back(officer, exam, application, decision, "통화로 확인", {"officer", "call", clock.now()});
  }

  // What the provider says changes nothing but that an officer sees it and the applicant is told, once.
  void expect_to_wait(ProviderState state) {
    const auto notification = take_back(state);
    for (int again = 0; again < 3; ++again) hear(notification);
    intake.paying.reconcile_payments(10);
    EXPECT_TRUE(services::is_taken_back(payment())) << "neither a notice that comes again nor the clerk decides";
    EXPECT_EQ(state_of(application), ApplicationState::paid) << "not silently unpaid";
    EXPECT_EQ(told("taken_back"), 1U);
    const auto listed = intake.table.list_refunds(officer, exam, PaymentState::paid, "", 10);
    ASSERT_EQ(listed.payments.size(), 1U) << "not silently kept";
    EXPECT_EQ(listed.payments.front().id, order);
  }

  ApplicationId application;
  std::string order;
};

// Red while a chargeback changed nothing: the application stayed paid, and nobody ever saw it.
TEST_F(TakenBack, WaitsForAnOfficerWhenItWasChargedBack) {
  expect_to_wait(ProviderState::refunded);
}

TEST_F(TakenBack, WaitsForAnOfficerWhenItWasCancelledAtTheProvider) {
  expect_to_wait(ProviderState::failed);
}

TEST_F(TakenBack, StaysDecidedHoweverOftenTheProviderSaysIt) {
  const auto notification = take_back();
  hear(notification);
  EXPECT_EQ(code_thrown([&] { intake.table.decide_taken_back(officer, exam, application, TakenBackDecision::keep, " ", {}); }),
            "reason_missing");
  decide(TakenBackDecision::keep);
  hear(notification);
  EXPECT_FALSE(services::is_taken_back(payment()));
  EXPECT_EQ(payment().state, PaymentState::paid);
  EXPECT_EQ(state_of(application), ApplicationState::paid);
  EXPECT_EQ(told("taken_back_decided"), 1U);
  EXPECT_EQ(code_thrown([&] { decide(TakenBackDecision::end); }), "not_taken_back");
}

TEST_F(TakenBack, EndsTheApplicationWhenAnOfficerSaysSo) {
  const auto notification = take_back();
  hear(notification);
  decide(TakenBackDecision::end);
  hear(notification);
  EXPECT_EQ(payment().state, PaymentState::refunded);
  EXPECT_EQ(state_of(application), ApplicationState::withdrawn);
  EXPECT_EQ(told("taken_back"), 1U);
}

// A card that was refused first and took the money then: the two notices may come in the other order.
TEST_F(TakenBack, IsNothingThatAnOldNoticeSays) {
  const services::Checkout other = intake.paying.begin_payment(river, apply(river, 2).application.id);
  services::ProviderNotice failed = parts.provider.ask(other.payment.id);
  failed.state = ProviderState::failed;
  ASSERT_TRUE(parts.orders.move_order(failed, ProviderState::waiting));
  const auto old = parts.provider.decide(other.payment.id, services::TestOutcome::success).front();
  services::ProviderNotice paid = failed;
  paid.state = ProviderState::paid;
  paid.paid_at = clock.now();
  ASSERT_TRUE(parts.orders.move_order(paid, ProviderState::failed));
  hear(parts.provider.decide(other.payment.id, services::TestOutcome::success).front());
  ASSERT_EQ(parts.payments.find_payment(other.payment.id)->state, PaymentState::paid);
  hear(old);
  EXPECT_FALSE(services::is_taken_back(*parts.payments.find_payment(other.payment.id)));
  EXPECT_EQ(told("taken_back"), 0U);
}

TEST_F(TakenBack, IsDecidedByOfficersOnly) {
  hear(take_back());
  const services::Actor auditor{"auditor", services::Role::auditor, {}};
  EXPECT_EQ(code_thrown([&] { intake.table.decide_taken_back(auditor, exam, application, TakenBackDecision::keep, "x", {}); }),
            "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { intake.table.decide_taken_back(officer, ExamCode("other"), application, TakenBackDecision::keep, "x", {}); }),
            "unknown_recruitment");
}

}  // namespace
}  // namespace hanjari::tests
