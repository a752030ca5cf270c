#include "intake/gateway/paying_house.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <openssl/hmac.h>

#include <iterator>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace hanjari::tests {
namespace {

std::string hmac_of(const std::string& key, const std::string& text) {
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
       text.size(), mac, &length);
  std::string hex;
  for (unsigned at = 0; at < length; ++at) hex += fmt::format("{:02x}", mac[at]);
  return hex;
}

// "t=SECONDS,v1=HEX" of exactly this text.
bool is_signed(const std::string& key, const std::string& signature, const std::string& text) {
  const std::size_t comma = signature.find(",v1=");
  if (!signature.starts_with("t=") || comma == std::string::npos) return false;
  return signature.substr(comma + 4) == hmac_of(key, signature.substr(2, comma - 2) + "." + text);
}

}  // namespace

class HouseHandler : public Poco::Net::HTTPRequestHandler {
 public:
  explicit HouseHandler(PayingHouse& house) : house_(house) {}
  void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override {
    const std::string body(std::istreambuf_iterator<char>(request.stream()), {});
    const auto [status, text] = answer(request.getMethod(), request.getURI(), request.get("X-Merchant", ""),
                                       request.get("X-Signature", ""), body);
    response.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status));
    response.setContentType("application/json");
    response.sendBuffer(text.data(), text.size());
  }

 private:
  std::pair<int, std::string> answer(const std::string& method, const std::string& path, const std::string& merchant,
                                     const std::string& signature, const std::string& body) {
    const std::lock_guard lock(house_.mutex_);
    if (house_.closed) return {503, "{}"};
    if (merchant != house_.merchant_ || !is_signed(house_.key_, signature, method + "." + path + "." + body)) {
      house_.refused_calls.push_back(method + " " + path);
      return {401, "{}"};
    }
    if (method == "POST" && path == "/orders") return begin(nlohmann::json::parse(body));
    const std::string rest = path.substr(std::string("/orders/").size());
    const std::string order = rest.substr(0, rest.find('/'));
    const auto found = house_.orders_.find(order);
    if (found == house_.orders_.end()) return {404, "{}"};
    if (const auto refused = house_.refused_orders.find(order); refused != house_.refused_orders.end())
      return {refused->second, "{}"};
    if (rest.ends_with("/cancel") && found->second.state == "waiting") {
      found->second.state = "failed";
      found->second.why = "cancelled";
    }
    if (rest.ends_with("/refund") && found->second.state == "refunded" && house_.strict_refunds) return {409, "{}"};
    if (rest.ends_with("/refund") && found->second.state == "paid") {
      found->second.state = "refunded";
      ++found->second.refunds;
      if (house_.silent_refunds) return {503, "{}"};
    }
    return {200, house_.describe(order)};
  }
  std::pair<int, std::string> begin(const nlohmann::json& asked) {
    const std::string order = asked.at("order");
    HouseOrder& made = house_.orders_[order];
    made.amount = asked.at("amount");
    made.expires_at = asked.at("expires_at");
    auto told = nlohmann::json::parse(house_.describe(order));
    told["checkout_url"] = "https://pay.example.org/checkout/" + order;
    return {201, told.dump()};
  }
  PayingHouse& house_;
};

namespace {

class Handlers : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit Handlers(PayingHouse& house) : house_(house) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
    return new HouseHandler(house_);
  }

 private:
  PayingHouse& house_;
};

}  // namespace

PayingHouse::PayingHouse(std::string merchant, std::string key, const Clock& clock)
    : merchant_(std::move(merchant)), key_(std::move(key)), clock_(clock) {
  const Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0));
  server_ = std::make_unique<Poco::Net::HTTPServer>(new Handlers(*this), socket, new Poco::Net::HTTPServerParams);
  server_->start();
}

PayingHouse::~PayingHouse() {
  server_->stopAll(true);
}

std::string PayingHouse::url() const {
  return fmt::format("http://127.0.0.1:{}", server_->port());
}

bool PayingHouse::pay(const std::string& order) {
  const std::lock_guard lock(mutex_);
  HouseOrder& found = orders_.at(order);
  if (found.state != "waiting") return false;
  found.state = "paid";
  found.paid_at = format_instant(clock_.now());
  return true;
}

bool PayingHouse::refuse(const std::string& order) {
  const std::lock_guard lock(mutex_);
  HouseOrder& found = orders_.at(order);
  if (found.state != "waiting") return false;
  found.state = "failed";
  found.why = "card_refused";
  return true;
}

HouseOrder PayingHouse::order(const std::string& order) {
  const std::lock_guard lock(mutex_);
  return orders_.at(order);
}

std::string PayingHouse::describe(const std::string& order) {
  const HouseOrder& found = orders_.at(order);
  nlohmann::json told{{"merchant", merchant_},
                      {"order", confused ? "another" : order},
                      {"state", found.state},
                      {"amount", found.amount}};
  if (!found.paid_at.empty()) told["paid_at"] = found.paid_at;
  if (!found.why.empty()) told["why"] = found.why;
  return told.dump();
}

PayingHouse::Callback PayingHouse::callback(const std::string& order, std::int64_t amount) {
  const std::lock_guard lock(mutex_);
  auto told = nlohmann::json::parse(describe(order));
  if (amount != 0) told["amount"] = amount;
  return sign_body(told.dump());
}

PayingHouse::Callback PayingHouse::sign_body(const std::string& body) {
  const std::string moment = std::to_string(clock_.now().time_since_epoch() / std::chrono::seconds(1));
  return {body, "t=" + moment + ",v1=" + hmac_of(key_, moment + "." + body)};
}

}  // namespace hanjari::tests
