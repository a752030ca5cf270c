#include "http/fuzz_services.h"

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>

#include <nlohmann/json.hpp>

#include "accounts/openid/id_token.h"
#include "accounts/openid/key_set.h"
#include "accounts/openid/signed.h"
#include "hanjari/accounts/openid/provider.h"
#include "hanjari/base/error.h"
#include "hanjari/base/nesting.h"
#include "hanjari/intake/gateway/gateway_provider.h"
#include "hanjari/messages/delivery/carriers.h"
#include "hanjari/outgoing/http_call.h"
#include "http/fuzz_files.h"

namespace hanjari::web::testing {
namespace {

constexpr const char* fuzzed_issuer = "https://id.example.kr";
constexpr Instant fuzzed_now{std::chrono::seconds(1'900'000'000)};

void demand_of_services(bool holds) {
  if (!holds) std::abort();
}

// Whether the work was done: a refusal has words in both languages, and everything else that is thrown ends the fuzzer.
template <class Work>
bool is_done(Work work) {
  try {
    work();
    return true;
  } catch (const Error& refused) {
    demand_of_services(!refused.code().empty() && !refused.message().en.empty() && !refused.message().ko.empty());
    return false;
  }
}

// What goes into the head of an answer of ours.
bool is_one_line(const std::string& text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

std::string right_description() {
  const std::string issuer = fuzzed_issuer;
  return nlohmann::json{{"issuer", issuer},
                        {"authorization_endpoint", issuer + "/auth"},
                        {"token_endpoint", issuer + "/token"},
                        {"jwks_uri", issuer + "/keys"}}
      .dump();
}

// Asks for a sign-in and takes the answer to it from a provider that answers so.
void sign_in_with(const std::string& description, const std::string& keys, const std::string& token) {
  openid::Provider provider({.issuer = fuzzed_issuer, .client_id = "hanjari", .return_address = "https://office.example.kr/"},
                            [&](const outgoing::HttpCall& call) -> outgoing::HttpReply {
                              if (call.url.ends_with("/.well-known/openid-configuration")) return {200, description};
                              return {200, call.method == "POST" ? token : keys};
                            });
  services::ProviderQuestion question;
  if (!is_done([&] { question = provider.ask(fuzzed_now); })) return;
  demand_of_services(question.address.starts_with("https:") && is_one_line(question.address));
  const std::string state = question.keepsake.substr(0, question.keepsake.find('.'));
  demand_of_services(!is_done([&] { provider.check(question.keepsake, {state, "the-code"}, fuzzed_now); }));
}

struct StandingClock : Clock {
  Instant now() const override { return fuzzed_now; }
  std::chrono::nanoseconds elapsed() const override { return {}; }
};

// Answers every connection with the same bytes, once it has heard the whole call.
class Replier {
 public:
  Replier() : socket_(Poco::Net::SocketAddress("127.0.0.1", 0)) {
    std::signal(SIGPIPE, SIG_IGN);  // who has read enough hangs up
    thread_ = std::thread([this] { run(); });
  }
  ~Replier() {
    done_ = true;
    thread_.join();
  }
  std::string address(std::string_view reply) {
    const std::lock_guard lock(mutex_);
    reply_ = reply;
    return "http://127.0.0.1:" + std::to_string(socket_.address().port()) + "/messages";
  }

 private:
  static void hear(Poco::Net::StreamSocket& client) {
    std::string heard;
    char bytes[4096];
    while (heard.find("\r\n\r\n") == std::string::npos || (heard.starts_with("POST") && !heard.ends_with('}'))) {
      const int got = client.receiveBytes(bytes, sizeof bytes);
      if (got <= 0) return;
      heard.append(bytes, static_cast<std::size_t>(got));
    }
  }
  void run() {
    while (!done_) {
      try {
        if (!socket_.poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) continue;
        Poco::Net::StreamSocket client = socket_.acceptConnection();
        client.setReceiveTimeout(Poco::Timespan(1, 0));
        hear(client);
        const std::lock_guard lock(mutex_);
        for (std::size_t sent = 0; sent < reply_.size();)
          sent += static_cast<std::size_t>(client.sendBytes(reply_.data() + sent, static_cast<int>(reply_.size() - sent)));
        client.shutdownSend();
      } catch (const Poco::Exception&) {  // the next one is answered
      }
    }
  }

  Poco::Net::ServerSocket socket_;
  std::mutex mutex_;
  std::string reply_;
  std::atomic<bool> done_{false};
  std::thread thread_;
};

}  // namespace

void fuzz_identity(std::string_view bytes) {
  const package::PackedFiles files = split_files(bytes);
  const auto file = [&](const char* name) {
    const auto found = files.find(name);
    return found == files.end() ? std::string(bytes) : found->second;
  };
  sign_in_with(file("description"), file("keys"), file("token"));
  sign_in_with(right_description(), file("keys"), file("token"));
  // A token in an answer that is one.
  std::string token = file("token");
  token.erase(std::remove(token.begin(), token.end(), '\n'), token.end());
  openid::key_id_of(token);
  const nlohmann::json answer{{"id_token", token}};
  sign_in_with(right_description(), file("keys"), answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  // What a provider says who has signed it.
  const std::string said = file("claims");
  if (nesting_of(said) > deepest_nesting) return;
  const nlohmann::json claims = nlohmann::json::parse(said, nullptr, false);
  if (!claims.is_object()) return;
  static const tests::Signer signer("ES256", "one");
  static const auto keys = openid::parse_key_set(nlohmann::json{{"keys", {signer.public_key()}}}.dump());
  is_done([&] {
    const auto person = openid::verify_id_token(signer.sign(claims), keys, {fuzzed_issuer, "hanjari", "nonce-1", fuzzed_now});
    demand_of_services(!person.subject.empty() && person.subject.size() <= 255);
  });
}

void fuzz_payment(std::string_view bytes) {
  static const StandingClock standing{};
  static const std::string key(32, 'k');
  const gateway::GatewaySettings settings{
      .url = "https://pay.example.kr", .merchant = "seoul", .key = key, .return_address = "https://exam.example.kr"};
  gateway::GatewayProvider provider(settings, standing, [&](const outgoing::HttpCall&) { return outgoing::HttpReply{200, std::string(bytes)}; });
  services::Payment payment;
  payment.id = "0123";
  payment.amount = 5'000;
  payment.expires_at = fuzzed_now;
  is_done([&] { demand_of_services(is_one_line(provider.begin(payment))); });
  is_done([&] { demand_of_services(provider.ask(payment.id).order == payment.id); });
  is_done([&] { demand_of_services(provider.cancel(payment.id).order == payment.id); });
  is_done([&] { provider.refund(payment.id); });
  if (const auto notice = provider.read_notification(bytes, gateway::sign(key, fuzzed_now, bytes)))
    demand_of_services(!notice->order.empty() && notice->why.size() <= 64);
  const std::size_t half = bytes.size() / 2;
  demand_of_services(!provider.read_notification(bytes.substr(0, half), bytes.substr(half)));
  demand_of_services(!gateway::verify(key, "text", bytes));
}

void fuzz_reply(std::string_view bytes) {
  static Replier replier;
  const std::string address = replier.address(bytes);
  const std::chrono::seconds timeout{2};
  is_done([&] {
    const auto reply = outgoing::send({.url = address}, {.timeout = timeout, .longest_body = 10'000});
    demand_of_services(reply.status >= 100 && reply.status <= 999 && reply.body.size() <= 10'000);
  });
  const delivery::SmsSettings settings{.url = address, .from = "02-120", .key = "key", .timeout = timeout};
  delivery::SmsCarrier sms(settings);
  services::Message message;
  message.dedupe_id = "code/1";
  message.to = "010-1234-5678";
  message.body = "12345678";
  is_done([&] { sms.carry(message); });
}

}  // namespace hanjari::web::testing
