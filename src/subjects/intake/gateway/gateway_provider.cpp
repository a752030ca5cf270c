#include "hanjari/intake/gateway/gateway_provider.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/nesting.h"
#include "hanjari/intake/refusals.h"

namespace hanjari::gateway {
namespace {

using services::ProviderNotice;
using services::ProviderState;

constexpr std::size_t longest_reply = 64 * 1024;
constexpr std::size_t longest_why = 64;
constexpr int not_found = 404;

[[noreturn]] void throw_bad_answer() {
  throw services::BadProviderAnswer(
      {"the payment provider answers with what no order can be", "결제 대행사의 응답이 올바르지 않습니다"});
}

std::optional<ProviderState> parse_state(const std::string& word) {
  for (const auto state :
       {ProviderState::waiting, ProviderState::paid, ProviderState::failed, ProviderState::refunded}) {
    if (services::spell(state) == word) return state;
  }
  return std::nullopt;
}

std::string text_of(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

// The provider's word goes into pages and lists: a word, or nothing.
std::string plain_word(const std::string& text) {
  const bool plain = text.size() <= longest_why && std::all_of(text.begin(), text.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                     });
  return plain ? text : "other";
}

// A whole number of won that has room where we keep it: the parser takes twice as many.
bool is_amount(const nlohmann::json& value) {
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<Won>::max());
  return value.is_number_unsigned() ? value.get<std::uint64_t>() <= most : value.is_number_integer();
}

// An order as the provider describes it, in answers and callbacks; nothing when a member is missing or is none.
std::optional<ProviderNotice> read_order(const nlohmann::json& object, const std::string& merchant) {
  if (!object.is_object() || text_of(object, "merchant") != merchant) return std::nullopt;
  ProviderNotice notice;
  notice.order = text_of(object, "order");
  const auto state = parse_state(text_of(object, "state"));
  const auto amount = object.find("amount");
  if (notice.order.empty() || !state || amount == object.end() || !is_amount(*amount)) return std::nullopt;
  notice.state = *state;
  notice.amount = amount->get<Won>();
  notice.paid_at = parse_instant(text_of(object, "paid_at"));
  notice.why = plain_word(text_of(object, "why"));
  if (notice.state == ProviderState::paid && !notice.paid_at) return std::nullopt;
  return notice;
}

// Whether it refuses this one order. What else it refuses (our key, too many calls) or cannot do now concerns all of them,
// and is no reason to go on asking.
bool refuses_the_order(int status) {
  if (status == 401 || status == 403 || status == 408 || status == 429) return false;
  return status == 500 || (status >= 400 && status < 500);
}

// A discarded value for what is no JSON, or nested deeper than any order.
nlohmann::json parse_json(std::string_view text) {
  if (nesting_of(text) > deepest_nesting) return nlohmann::json(nlohmann::json::value_t::discarded);
  return nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
}

void require_settings(const GatewaySettings& settings) {
  if (settings.merchant.empty() || settings.key.empty() || settings.url.empty() || settings.return_address.empty()) {
    throw InvalidInput("bad_configuration",
                       {"payments.provider = gateway needs payments.url, payments.merchant, payments.key_file and "
                        "payments.return_address",
                        "payments.provider = gateway에는 payments.url, payments.merchant, payments.key_file, "
                        "payments.return_address가 필요합니다"});
  }
  outgoing::require_private(settings.url);
}

}  // namespace

GatewayProvider::GatewayProvider(GatewaySettings settings, const Clock& clock, Send send)
    : settings_(std::move(settings)), clock_(clock), send_(std::move(send)) {
  require_settings(settings_);
  if (send_) return;
  const outgoing::CallLimits limits{
      .timeout = settings_.timeout, .longest_body = longest_reply, .authorities = settings_.authorities};
  send_ = [limits](const outgoing::HttpCall& call) { return outgoing::send(call, limits); };
}

outgoing::HttpReply GatewayProvider::send_signed(const char* method, const std::string& path,
                                                 const std::string& body) const {
  outgoing::HttpCall call{.method = method, .url = settings_.url + path};
  if (!body.empty()) call.type = "application/json";
  call.body = body;
  call.fields["X-Merchant"] = settings_.merchant;
  call.fields["X-Signature"] = sign(settings_.key, clock_.now(), std::string(method) + "." + path + "." + body);
  outgoing::HttpReply reply;
  try {
    reply = send_(call);
  } catch (const Unavailable&) {
    throw Unavailable("payments_unreachable",
                      {"the payment provider does not answer", "결제 대행사가 응답하지 않습니다"});
  }
  if ((reply.status >= 200 && reply.status < 300) || reply.status == not_found) return reply;
  if (refuses_the_order(reply.status)) throw_bad_answer();
  throw Unavailable("payments_unreachable",
                    {"the payment provider does not take this now", "결제 대행사가 지금은 처리하지 못합니다"});
}

std::string GatewayProvider::begin(const services::Payment& payment) {
  const nlohmann::json order{
      {"order", payment.id},
      {"amount", payment.amount},
      {"currency", "KRW"},
      {"expires_at", format_instant(payment.expires_at)},
      {"return_url", settings_.return_address + "/ko/my/" + payment.application.text() + "/payment"}};
  const auto reply = send_signed("POST", "/orders", order.dump());
  const nlohmann::json begun = parse_json(reply.body);
  const auto notice = read_order(begun, settings_.merchant);
  const std::string address = notice ? text_of(begun, "checkout_url") : std::string{};
  // A payer is sent nowhere but to an encrypted page (or this machine), and never for another amount.
  if (!notice || notice->order != payment.id || notice->amount != payment.amount) throw_bad_answer();
  try {
    outgoing::require_private(address);
  } catch (const InvalidInput&) {
    throw_bad_answer();
  }
  return address;
}

ProviderNotice GatewayProvider::call(const char* method, const std::string& path, const std::string& order) const {
  const auto reply = send_signed(method, path, "");
  if (reply.status == not_found) {
    ProviderNotice unknown;
    unknown.order = order;
    return unknown;
  }
  auto notice = read_order(parse_json(reply.body), settings_.merchant);
  if (!notice || notice->order != order) throw_bad_answer();
  return std::move(*notice);
}

ProviderNotice GatewayProvider::ask(const std::string& order) {
  return call("GET", "/orders/" + order, order);
}

ProviderNotice GatewayProvider::cancel(const std::string& order) {
  return call("POST", "/orders/" + order + "/cancel", order);
}

void GatewayProvider::refund(const std::string& order) {
  call("POST", "/orders/" + order + "/refund", order);
}

std::optional<ProviderNotice> GatewayProvider::read_notification(std::string_view body,
                                                                 std::string_view signature) const {
  const auto signed_at = verify(settings_.key, body, signature);
  if (!signed_at) return std::nullopt;
  const auto age = clock_.now() - *signed_at;
  if (age > freshest || age < -freshest) return std::nullopt;
  return read_order(parse_json(body), settings_.merchant);
}

}  // namespace hanjari::gateway
