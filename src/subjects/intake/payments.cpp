#include "hanjari/intake/payments.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/test_provider.h"

namespace hanjari::services {
namespace {

constexpr std::string_view provider_states[] = {"unknown", "waiting", "paid", "failed", "refunded"};

[[noreturn]] void throw_no_provider() {
  throw Unavailable("payments_off", {"Fees cannot be paid here at this time. Please try again later.",
                                     "지금은 응시수수료를 결제할 수 없습니다. 나중에 다시 시도해 주십시오."});
}

}  // namespace

std::string_view spell(PaymentState state) {
  switch (state) {
    case PaymentState::begun:
      return "begun";
    case PaymentState::paid:
      return "paid";
    case PaymentState::failed:
      return "failed";
    case PaymentState::refunding:
      return "refunding";
    case PaymentState::refunded:
      break;
  }
  return "refunded";
}

std::string_view spell(ProviderState state) {
  return provider_states[static_cast<std::size_t>(state)];
}

std::string_view spell(MoneyReturn why) {
  switch (why) {
    case MoneyReturn::too_late:
      return "too_late";
    case MoneyReturn::application_over:
      return "application_over";
    case MoneyReturn::order_over:
      return "order_over";
    case MoneyReturn::claim_held:
      return "claim_held";
    case MoneyReturn::fee_changed:
      break;
  }
  return "fee_changed";
}

std::string_view spell(TakenBackDecision decision) {
  return decision == TakenBackDecision::keep ? "keep" : "end";
}

std::optional<TakenBackDecision> parse_taken_back_decision(std::string_view word) {
  for (const auto decision : {TakenBackDecision::keep, TakenBackDecision::end}) {
    if (spell(decision) == word) return decision;
  }
  return std::nullopt;
}

void throw_not_taken_back() {
  throw Conflict("not_taken_back", {"No payment of this application waits for a decision, or somebody has decided meanwhile.",
                                    "결정을 기다리는 결제가 없습니다. 그사이 다른 담당자가 결정하였을 수 있습니다."});
}

std::string NoProvider::begin(const Payment&) {
  throw_no_provider();
}

ProviderNotice NoProvider::ask(const std::string&) {
  throw_no_provider();
}

ProviderNotice NoProvider::cancel(const std::string&) {
  throw_no_provider();
}

void NoProvider::refund(const std::string&) {
  throw_no_provider();
}

std::optional<ProviderNotice> NoProvider::read_notification(std::string_view, std::string_view) const {
  return std::nullopt;
}

void require_one_kind_of_money(PaymentRepository& payments, const PaymentProvider& provider) {
  if (!provider.takes_orders()) return;
  const bool play = provider.name() == test_provider_name;
  for (const std::string& other : payments.list_providers()) {
    if ((other == test_provider_name) == play) continue;
    throw Conflict(
        "test_beside_real_money",
        {fmt::format("payments.provider is {}, and this database has payments of the provider {}: play money "
                     "and real money never stand in one database. Use a database of its own for trials",
                     provider.name(), other),
         fmt::format("payments.provider가 {}인데 이 데이터베이스에는 {}의 결제가 있습니다. 시험용 결제와 실제 "
                     "결제는 한 데이터베이스에 둘 수 없습니다. 시험에는 별도의 데이터베이스를 쓰십시오",
                     provider.name(), other)});
  }
}

}  // namespace hanjari::services
