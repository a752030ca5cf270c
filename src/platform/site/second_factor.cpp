#include "site/second_factor.h"

#include <functional>
#include <utility>

#include "hanjari/accounts/accounts.h"
#include "hanjari/base/hex.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

using FactorField = std::function<std::string(const char*)>;

services::StepFactor read_factor(const Call& call, const FactorField& field) {
  services::StepFactor factor(field("code"));
  factor.origin = origin_of(call);
  const auto bytes = [&](const char* name) { return parse_hex(field(name)).value_or(""); };
  if (!field("key_id").empty()) {
    factor.key = services::KeyAnswer{bytes("key_id"), bytes("key_client_data"), bytes("key_authenticator_data"),
                                     bytes("key_signature")};
  }
  return factor;
}

}  // namespace

nlohmann::ordered_json key_question(const Call& call, const std::string& what) {
  std::string ids;
  for (const services::SecurityKey& key : call.site.accounts().list_security_keys(call.actor().account))
    ids += (ids.empty() ? "" : ",") + to_hex(key.id);
  return {{"challenge",
           to_hex(services::step_challenge(call.site.accounts(), call.actor().account, call.session_token, what))},
          {"ids", ids}};
}

nlohmann::json ask_second_factor(const Call& call, const std::string& field, const std::string& what) {
  nlohmann::json asked{{"field", field}, {"key", false}};
  if (auto question = key_question(call, what); question["ids"] != "") asked["key"] = std::move(question);
  return asked;
}

services::StepFactor typed_factor(const Call& call) {
  return read_factor(call, [&](const char* name) { return field_of(call.form, name); });
}

services::StepFactor sent_factor(const Call& call, const nlohmann::json& body) {
  return read_factor(call, [&](const char* name) { return text_in(body, name); });
}

void confirm_second_factor(const Call& call, services::StepFactor factor, const std::string& what) {
  factor.what = what;
  services::confirm_step(call.site.accounts(), call.site.attempts(), call.actor(), factor, call.session_token,
                         call.site.now());
}

}  // namespace hanjari::web
