#include "hanjari/intake/gateway/gateway_provider.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <map>
#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "intake/gateway/paying_house.h"
#include "stage/applying.h"

namespace hanjari::tests {
namespace {

using services::PaymentState;
using services::ProviderState;

constexpr const char* key = "a key of thirty-two random letters";

// Somebody has applied and goes to pay.
struct Paying : testing::Test {
  Paying() {
    parts.recruitments.save_recruitment(sample_notice(), services::RecruitmentState::published, 0, {});
    const auto begun = parts.intake.forms.open_draft(sky, exam);
    const auto draft = parts.intake.forms.save_draft(sky, exam, begun.version, sample_form());
    application =
        parts.intake.submitting.submit(sky, exam, {draft.submission_key, draft.version, clock.now()}).application.id;
  }
  gateway::GatewaySettings settings() const {
    return {.url = house.url(), .merchant = "seoul", .key = key, .return_address = "https://exam.example.org"};
  }
  std::string begin() {
    const auto checkout = paying.begin_payment(sky, application);
    address = checkout.address;
    return checkout.payment.id;
  }
  void tell(const PayingHouse::Callback& callback) { paying.accept_notification(callback.body, callback.signature); }
  ApplicationState state() { return parts.applications.find_application(application)->state; }
  PaymentState state_of(const std::string& order) { return parts.payments.find_payment(order)->state; }

  NoExams exams;
  MemoryPlans plans;
  MemoryAccesses accesses;
  SetClock clock{at("2021-03-04T10:00:00+09:00")};
  PayingHouse house{"seoul", key, clock};
  MemoryIntake parts{exams, plans, accesses, clock};
  gateway::GatewayProvider provider{settings(), clock};
  services::Paying paying{{parts.recruitments, parts.applications, parts.payments, provider, clock}};
  services::Applicant sky{"p-sky"};
  ApplicationId application;
  std::string address;
};

TEST_F(Paying, ACallbackPaysOnceHoweverOftenItComes) {
  const std::string order = begin();
  EXPECT_EQ(address, "https://pay.example.org/checkout/" + order);
  EXPECT_TRUE(house.refused_calls.empty());
  house.pay(order);
  const auto callback = house.callback(order);
  for (int time = 0; time < 3; ++time) tell(callback);
  EXPECT_EQ(state(), ApplicationState::paid);
  EXPECT_EQ(parts.applications.list_events(application).size(), 2u);
}

TEST_F(Paying, ALostCallbackIsFoundByAsking) {
  const std::string order = begin();
  house.pay(order);
  EXPECT_EQ(state(), ApplicationState::submitted);
  paying.reconcile_payments(10);
  EXPECT_EQ(state(), ApplicationState::paid);
}

TEST_F(Paying, ARefusedCardCanBeFollowedByAnother) {
  const std::string first = begin();
  house.refuse(first);
  tell(house.callback(first));
  EXPECT_EQ(state_of(first), PaymentState::failed);
  const std::string second = begin();
  EXPECT_NE(second, first);
  house.pay(second);
  tell(house.callback(second));
  EXPECT_EQ(state(), ApplicationState::paid);
  // What was said before, said again, changes nothing.
  tell(house.callback(first));
  EXPECT_EQ(state(), ApplicationState::paid);
  EXPECT_EQ(state_of(first), PaymentState::failed);
}

TEST_F(Paying, NoByteOfACallbackOrItsSignatureMayDiffer) {
  const std::string order = begin();
  house.pay(order);
  const auto right = house.callback(order);
  for (std::size_t at = 0; at < right.body.size() + right.signature.size(); ++at) {
    auto forged = right;
    char& byte = at < right.body.size() ? forged.body[at] : forged.signature[at - right.body.size()];
    byte = static_cast<char>(byte ^ 1);
    EXPECT_EQ(code_thrown([&] { tell(forged); }), "bad_signature") << at;
  }
  EXPECT_EQ(state(), ApplicationState::submitted);
}

TEST_F(Paying, WhatIsSignedMustAlsoBeTrue) {
  const std::string order = begin();
  EXPECT_EQ(code_thrown([&] { tell(house.callback(order, 1)); }), "amount_differs");
  house.pay(order);
  EXPECT_EQ(code_thrown([&] { tell(house.callback(order, 4'999)); }), "amount_differs");
  const auto body = [&](const char* merchant, const std::string& number, const char* how) {
    return std::string("{\"merchant\":\"") + merchant + "\",\"order\":\"" + number + "\",\"state\":\"" + how +
           "\",\"amount\":5000,\"paid_at\":\"2021-03-04T01:00:00Z\"}";
  };
  EXPECT_EQ(code_thrown([&] { tell(house.sign_body(body("seoul", "nobody's", "paid"))); }), "unknown_order");
  for (const std::string& wrong :
       {body("busan", order, "paid"), body("seoul", order, "decided"), std::string("{"), std::string("[]"),
        std::string("{\"merchant\":\"seoul\",\"order\":\"" + order + "\",\"state\":\"paid\",\"amount\":1e400}"),
        // An amount that became a negative one where it was kept.
        std::string("{\"merchant\":\"seoul\",\"order\":\"" + order +
                    "\",\"state\":\"paid\",\"paid_at\":\"2021-03-04T01:00:00Z\",\"amount\":18446744073709551615}"),
        std::string(100'000, '[') + std::string(100'000, ']')})
    EXPECT_EQ(code_thrown([&] { tell(house.sign_body(wrong)); }), "bad_signature") << wrong;
  EXPECT_EQ(state(), ApplicationState::submitted);
}

TEST_F(Paying, AnOldCallbackIsNotBelieved) {
  const std::string order = begin();
  house.pay(order);
  const auto callback = house.callback(order);
  clock.set(clock.now() + gateway::GatewayProvider::freshest + std::chrono::seconds(1));
  EXPECT_EQ(code_thrown([&] { tell(callback); }), "bad_signature");
}

// Red with the sanitizers: a moment counts nanoseconds, which end in the year 2262. Whoever holds the key signs any.
TEST_F(Paying, ACallbackOfNoMomentIsNotBelieved) {
  const std::string body = "{}";
  for (const char* moment : {"999999999999", "9000000001", "-99999999999", "-1", "", "1e9", "+5"}) {
    const std::string text = std::string(moment) + "." + body;
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key, static_cast<int>(std::string(key).size()), reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac, &size);
    const std::string signature = std::string("t=") + moment + ",v1=" + to_hex({reinterpret_cast<const char*>(mac), size});
    EXPECT_FALSE(gateway::verify(key, body, signature)) << moment;
  }
  EXPECT_TRUE(gateway::verify(key, body, gateway::sign(key, clock.now(), body)));
}

TEST_F(Paying, AnExpiredOrderIsClosedThereAndTakesNoMoney) {
  const std::string order = begin();
  EXPECT_EQ(house.order(order).expires_at, format_instant(clock.now() + services::order_lifetime));
  clock.set(clock.now() + services::order_lifetime);
  paying.reconcile_payments(10);
  EXPECT_EQ(state_of(order), PaymentState::failed);
  EXPECT_FALSE(house.pay(order));
}

TEST_F(Paying, AFeeGoesBackOnceAfterWithdrawing) {
  const std::string order = begin();
  house.pay(order);
  tell(house.callback(order));
  parts.intake.own.withdraw(sky, application, "");
  for (int round = 0; round < 3; ++round) paying.reconcile_payments(10);
  EXPECT_EQ(state_of(order), PaymentState::refunded);
  EXPECT_EQ(house.order(order).refunds, 1);
}

// Red while the return was asked for again before anybody looked whether the money was back.
TEST_F(Paying, AFeeWhoseReturnWasNotHeardIsKnownToBeBack) {
  const std::string order = begin();
  house.pay(order);
  tell(house.callback(order));
  parts.intake.own.withdraw(sky, application, "");
  house.silent_refunds = true;
  house.strict_refunds = true;
  paying.reconcile_payments(10);
  EXPECT_EQ(state_of(order), PaymentState::refunding);
  paying.reconcile_payments(10);
  EXPECT_EQ(state_of(order), PaymentState::refunded);
  EXPECT_EQ(house.order(order).refunds, 1);
}

TEST_F(Paying, MoneyOfAWithdrawnApplicationGoesBackWithAMessage) {
  const std::string order = begin();
  house.pay(order);
  parts.intake.own.withdraw(sky, application, "");
  paying.reconcile_payments(10);
  EXPECT_EQ(state_of(order), PaymentState::refunded);
  ASSERT_EQ(parts.payments.messages.size(), 1u);
  EXPECT_EQ(parts.payments.messages.front().dedupe_id, "returned/" + order + "/" + application.text());
}

TEST_F(Paying, AProviderThatIsAwayOrConfusedDecidesNothing) {
  const std::string order = begin();
  house.pay(order);
  house.closed = true;
  EXPECT_EQ(paying.reconcile_payments(10).settled, 0);
  EXPECT_EQ(code_thrown([&] { provider.ask(order); }), "payments_unreachable");
  house.closed = false;
  house.confused = true;
  EXPECT_EQ(paying.reconcile_payments(10).settled, 0);
  EXPECT_EQ(code_thrown([&] { provider.ask(order); }), "payments_bad_answer");
  EXPECT_EQ(state(), ApplicationState::submitted);
  house.confused = false;
  paying.reconcile_payments(10);
  EXPECT_EQ(state(), ApplicationState::paid);
}

// Red while three orders that it refuses to tell of counted as a provider that is away.
TEST_F(Paying, OrdersThatItRefusesKeepNobodyElsesFromBeingAskedAbout) {
  std::map<std::string, ApplicationId> orders{{begin(), application}};
  for (int person = 2; person <= 4; ++person) {
    const services::Applicant who{"p-" + std::to_string(person)};
    const auto begun = parts.intake.forms.open_draft(who, exam);
    const auto draft = parts.intake.forms.save_draft(who, exam, begun.version, sample_form(person));
    const ApplicationId id =
        parts.intake.submitting.submit(who, exam, {draft.submission_key, draft.version, clock.now()}).application.id;
    orders.emplace(paying.begin_payment(who, id).payment.id, id);
  }
  // They are asked about in the order of their numbers.
  const std::string last = orders.rbegin()->first;
  std::vector<int> statuses{409, 422, 500};
  for (const auto& one : orders) {
    if (one.first == last) continue;
    house.refused_orders[one.first] = statuses.back();
    statuses.pop_back();
    EXPECT_EQ(code_thrown([&] { provider.ask(one.first); }), "payments_bad_answer");
  }
  house.pay(last);
  EXPECT_EQ(paying.reconcile_payments(10).settled, 1);
  EXPECT_EQ(parts.applications.find_application(orders.rbegin()->second)->state, ApplicationState::paid);
  for (const int status : {401, 403, 408, 429, 502, 503}) {
    house.refused_orders[last] = status;
    EXPECT_EQ(code_thrown([&] { provider.ask(last); }), "payments_unreachable") << "which concerns all orders: " << status;
  }
}

TEST_F(Paying, AnOrderItNeverHeardOfIsUnknown) {
  EXPECT_EQ(provider.ask("0123").state, ProviderState::unknown);
}

TEST_F(Paying, TheTestProviderDecidesNoOrderOfAnother) {
  const std::string order = begin();
  EXPECT_EQ(code_thrown([&] { services::require_one_kind_of_money(parts.payments, parts.provider); }),
            "test_beside_real_money");
  // Even where it runs beside by mistake.
  parts.orders.save_order({order, ProviderState::waiting, 5'000, std::nullopt, {}}, clock.now());
  for (const auto& notification : parts.provider.decide(order, services::TestOutcome::success)) {
    EXPECT_EQ(code_thrown([&] { parts.intake.paying.accept_notification(notification.body, notification.signature); }),
              "unknown_order");
  }
  EXPECT_EQ(state(), ApplicationState::submitted);
}

TEST(GatewaySettings, AreAskedForAndNeverSendTheKeyInTheOpen) {
  const SetClock clock{at("2021-03-04T10:00:00+09:00")};
  const auto code_of = [&](const gateway::GatewaySettings& settings) {
    return code_thrown([&] { const gateway::GatewayProvider opened(settings, clock); });
  };
  gateway::GatewaySettings settings{.url = "https://pay.example.org", .merchant = "seoul", .key = key};
  EXPECT_EQ(code_of(settings), "bad_configuration");
  settings.return_address = "https://exam.example.org";
  EXPECT_EQ(code_of(settings), "nothing");
  settings.url = "http://pay.example.org";
  EXPECT_EQ(code_of(settings), "bad_url");
}

}  // namespace
}  // namespace hanjari::tests
