#include "hanjari/intake/test_provider.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"

namespace hanjari::services {
namespace {

constexpr std::size_t page_key_letters = 32;

// HMAC-SHA-512/256 of libsodium, in hex.
std::string mac_of(std::string_view secret, std::string_view body) {
  std::array<unsigned char, crypto_auth_KEYBYTES> key{};
  crypto_generichash(key.data(), key.size(), reinterpret_cast<const unsigned char*>(secret.data()), secret.size(),
                     nullptr, 0);
  std::array<unsigned char, crypto_auth_BYTES> mac{};
  crypto_auth(mac.data(), reinterpret_cast<const unsigned char*>(body.data()), body.size(), key.data());
  return to_hex({reinterpret_cast<const char*>(mac.data()), mac.size()});
}

// order=ID&state=WORD&amount=N&paid_at=TIME&why=WORD, in this order; nothing in it needs escaping.
std::string body_of(const ProviderNotice& notice) {
  return fmt::format("order={}&state={}&amount={}&paid_at={}&why={}", notice.order, spell(notice.state), notice.amount,
                     notice.paid_at ? format_instant(*notice.paid_at) : "", notice.why);
}

std::string_view value_of(std::string_view body, std::string_view name) {
  while (!body.empty()) {
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
  }
  return {};
}

std::string page_key(std::string_view secret, const std::string& order) {
  return mac_of(secret, "page of " + order).substr(0, page_key_letters);
}

}  // namespace

std::optional<TestOutcome> parse_test_outcome(std::string_view word) {
  if (word == "success") return TestOutcome::success;
  if (word == "failure") return TestOutcome::failure;
  if (word == "delay") return TestOutcome::delay;
  if (word == "double_notice") return TestOutcome::double_notice;
  if (word == "lost_notice") return TestOutcome::lost_notice;
  return std::nullopt;
}

TestProvider::TestProvider(TestProviderBooks& books, const Clock& clock, std::string secret)
    : books_(books), clock_(clock), secret_(std::move(secret)) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

TestProvider::~TestProvider() = default;

std::string TestProvider::begin(const Payment& payment) {
  ProviderNotice order;
  order.order = payment.id;
  order.state = ProviderState::waiting;
  order.amount = payment.amount;
  books_.save_order(order, clock_.now());
  return "/pay/" + payment.id + "." + page_key(secret_, payment.id);
}

std::string TestProvider::order_of(std::string_view page) const {
  const std::size_t dot = page.find('.');
  if (dot != std::string_view::npos) {
    const std::string order(page.substr(0, dot));
    const std::string_view key = page.substr(dot + 1);
    const std::string own = page_key(secret_, order);
    if (key.size() == own.size() && sodium_memcmp(key.data(), own.data(), own.size()) == 0) return order;
  }
  throw NotFound("unknown_order", {"There is no such order.", "해당 결제 주문이 없습니다."});
}

ProviderNotice TestProvider::ask(const std::string& order) {
  if (auto found = books_.find_order(order)) return std::move(*found);
  ProviderNotice unknown;
  unknown.order = order;
  return unknown;
}

ProviderNotice TestProvider::cancel(const std::string& order) {
  ProviderNotice found = ask(order);
  if (found.state != ProviderState::waiting) return found;
  ProviderNotice cancelled = found;
  cancelled.state = ProviderState::failed;
  cancelled.why = "cancelled";
  if (books_.move_order(cancelled, ProviderState::waiting)) return cancelled;
  return ask(order);
}

void TestProvider::refund(const std::string& order) {
  auto found = books_.find_order(order);
  if (!found || found->state != ProviderState::paid) return;
  found->state = ProviderState::refunded;
  books_.move_order(*found, ProviderState::paid);
}

TestProvider::Notification TestProvider::notification_of(const ProviderNotice& notice) const {
  Notification notification;
  notification.body = body_of(notice);
  notification.signature = mac_of(secret_, notification.body);
  return notification;
}

std::optional<ProviderNotice> TestProvider::read_notification(std::string_view body, std::string_view signature) const {
  const std::string own = mac_of(secret_, body);
  if (signature.size() != own.size() || sodium_memcmp(own.data(), signature.data(), own.size()) != 0)
    return std::nullopt;
  ProviderNotice notice;
  notice.order = value_of(body, "order");
  const std::string_view word = value_of(body, "state");
  for (const auto state :
       {ProviderState::waiting, ProviderState::paid, ProviderState::failed, ProviderState::refunded}) {
    if (spell(state) == word) notice.state = state;
  }
  const std::string_view amount = value_of(body, "amount");
  std::from_chars(amount.data(), amount.data() + amount.size(), notice.amount);
  notice.paid_at = parse_instant(value_of(body, "paid_at"));
  notice.why = value_of(body, "why");
  return notice;
}

std::vector<TestProvider::Notification> TestProvider::decide(const std::string& order, TestOutcome outcome) {
  auto found = books_.find_order(order);
  if (!found) throw NotFound("unknown_order", {"There is no such order.", "해당 결제 주문이 없습니다."});
  if (found->state == ProviderState::waiting) {
    found->state = outcome == TestOutcome::failure ? ProviderState::failed : ProviderState::paid;
    if (outcome == TestOutcome::failure) {
      found->why = "card_refused";
    } else {
      found->paid_at = clock_.now();
    }
    // Another button, or our own cancelling, was faster: what the books say is what is told.
    if (!books_.move_order(*found, ProviderState::waiting)) found = books_.find_order(order);
  }
  Notification notification = notification_of(*found);
  switch (outcome) {
    case TestOutcome::lost_notice:
      return {};
    case TestOutcome::double_notice:
      return {notification, notification};
    case TestOutcome::delay: {
      const std::lock_guard lock(mutex_);
      late_.emplace_back(clock_.now() + delay_of_notice, std::move(notification));
      return {};
    }
    case TestOutcome::success:
    case TestOutcome::failure:
      break;
  }
  return {notification};
}

std::vector<TestProvider::Notification> TestProvider::take_late() {
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  std::vector<Notification> due;
  std::erase_if(late_, [&](auto& one) {
    if (one.first > now) return false;
    due.push_back(std::move(one.second));
    return true;
  });
  return due;
}

}  // namespace hanjari::services
