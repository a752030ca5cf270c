// A payment provider reached over HTTPS: orders, questions, refunds, and its signed callbacks. The protocol, which a
// small adapter of the provider's own interface can speak, stands in docs/payments.md.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/intake/payments.h"
#include "hanjari/outgoing/http_call.h"

namespace hanjari::gateway {

struct GatewaySettings {
  std::string url;             // https://host/path, or http to this machine; no slash at the end
  std::string merchant;        // our name there
  std::string key;             // shared with it: signs what we send and what it sends
  std::string return_address;  // the portal's own address: payers come back to it
  std::string authorities{};   // as outgoing::CallLimits
  std::chrono::seconds timeout{10};
};

using Send = std::function<outgoing::HttpReply(const outgoing::HttpCall&)>;

// Throws InvalidInput (bad_configuration) when something is missing, (bad_url) when what is secret would go in the
// open.
class GatewayProvider : public services::PaymentProvider {
 public:
  // Without `send` calls go over the network, as the settings say.
  GatewayProvider(GatewaySettings settings, const Clock& clock, Send send = {});
  std::string name() const override { return "gateway"; }
  // All throw Unavailable (payments_unreachable, payments_bad_answer: it answers with what no order can be).
  std::string begin(const services::Payment& payment) override;
  services::ProviderNotice ask(const std::string& order) override;
  services::ProviderNotice cancel(const std::string& order) override;
  void refund(const std::string& order) override;
  std::optional<services::ProviderNotice> read_notification(std::string_view body,
                                                            std::string_view signature) const override;

  // A callback is believed as long as it is no older; a lost one is found by asking.
  static constexpr std::chrono::minutes freshest{10};

 private:
  services::ProviderNotice call(const char* method, const std::string& path, const std::string& order) const;
  outgoing::HttpReply send_signed(const char* method, const std::string& path, const std::string& body) const;
  GatewaySettings settings_;
  const Clock& clock_;
  Send send_;
};

// `t=SECONDS,v1=HEX`: HMAC-SHA-256 with `key` over SECONDS, a full stop and the text. What signs calls and callbacks.
std::string sign(std::string_view key, Instant at, std::string_view text);
// The moment of the signature when it is right; nothing otherwise.
std::optional<Instant> verify(std::string_view key, std::string_view text, std::string_view signature);

}  // namespace hanjari::gateway
