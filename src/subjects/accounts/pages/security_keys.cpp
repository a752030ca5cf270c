#include "accounts/pages/security_keys.h"

#include <fmt/format.h>

#include "accounts/pages/account_moment.h"
#include "accounts/pages/entry_form.h"
#include "accounts/pages/office_entry.h"
#include "accounts/pages/own_account.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"
#include "site/protection.h"
#include "site/second_factor.h"

namespace hanjari::web {
namespace {

constexpr const char* what_a_key_adds = "add a security key";

std::string what_a_key_removes(const std::string& id) {
  return "remove the security key " + id;
}

std::string bytes_in(const Call& call, const char* field) {
  return parse_hex(field_of(call.form, field)).value_or("");
}

}  // namespace

nlohmann::json own_security_keys(const Call& call) {
  const Pages& pages = call.site.pages();
  nlohmann::json data{{"add_action", fmt::format("/{}/account/security-keys", code_of(call.language))},
                      {"remove_action", fmt::format("/{}/account/security-keys/remove", code_of(call.language))},
                      {"challenge", to_hex(services::key_challenge(call.site.accounts(), call.session_token))},
                      {"account", call.actor().account}};
  const std::string zone = zone_of_service(call);
  std::string known;
  data["list"] = nlohmann::json::array();
  int number = 0;
  for (const services::SecurityKey& key : call.site.accounts().list_security_keys(call.actor().account)) {
    known += (known.empty() ? "" : ",") + to_hex(key.id);
    const std::string name = pages.text(call.language, "office.key_name", {{"number", std::to_string(++number)}});
    nlohmann::json one{{"name", name},
                       {"factor", ask_second_factor(call, fmt::format("key-code-{}", number),
                                                    what_a_key_removes(to_hex(key.id)))},
                       {"id", to_hex(key.id)},
                       {"added", write_account_moment(key.added_at, zone, call.language)},
                       {"remove_label", pages.text(call.language, "office.key_remove_of", {{"key", name}})}};
    if (key.used_at) one["used"] = write_account_moment(*key.used_at, zone, call.language);
    data["list"].push_back(std::move(one));
  }
  data["known"] = known;
  data["any"] = number > 0;
  data["factor"] = ask_second_factor(call, "key-code", what_a_key_adds);
  return data;
}

nlohmann::json second_step_by_key(const Call& call, const std::string& account, const std::string& token, const std::string& next,
                                  const std::string& kept) {
  std::string ids;
  for (const services::SecurityKey& key : call.site.accounts().list_security_keys(account))
    ids += (ids.empty() ? "" : ",") + to_hex(key.id);
  if (ids.empty()) return nullptr;
  return {{"key_action", fmt::format("/{}/second-step/key", code_of(call.language))},
          {"challenge", to_hex(services::key_challenge(call.site.accounts(), token))},
          {"ids", ids},
          {"key_next", next},
          {"key_kept", kept.empty() ? nlohmann::json(false) : nlohmann::json(kept)}};
}

Response add_own_security_key(const Call& call) {
  try {
    const services::MadeKey made{bytes_in(call, "id"), bytes_in(call, "public_key"), bytes_in(call, "client_data"),
                                 bytes_in(call, "authenticator_data")};
    services::StepFactor factor = typed_factor(call);
    factor.what = what_a_key_adds;
    services::add_security_key(call.site.accounts(), call.site.attempts(), call.actor(), factor, made,
                               origin_of(call), call.session_token, call.site.now());
    return redirect(fmt::format("/{}/account", code_of(call.language)));
  } catch (const InvalidInput& refused) {
    return show_account_again(call, refused.message().in(call.language));
  } catch (const Conflict& refused) {
    return show_account_again(call, refused.message().in(call.language));
  } catch (const services::WrongCode& refused) {
    return show_account_again(call, refused.message().in(call.language));
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused, [&](const std::string& words) { return show_account_again(call, words); });
  }
}

Response remove_own_security_key(const Call& call) {
  try {
    services::StepFactor factor = typed_factor(call);
    factor.what = what_a_key_removes(field_of(call.form, "id"));
    services::remove_security_key(call.site.accounts(), call.site.attempts(), call.actor(), factor, bytes_in(call, "id"),
                                  call.session_token, call.site.now());
    return redirect(fmt::format("/{}/account", code_of(call.language)));
  } catch (const NotFound& refused) {
    return show_account_again(call, refused.message().in(call.language));
  } catch (const services::WrongCode& refused) {
    return show_account_again(call, refused.message().in(call.language));
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused, [&](const std::string& words) { return show_account_again(call, words); });
  }
}

Response confirm_second_step_by_key(const Call& call) {
  const std::string token = call.request.cookie(session_cookie).value_or("");
  const std::string next = field_of(call.form, "next");
  const auto half = services::find_half_session(call.site.accounts(), token, call.site.now());
  if (!half || half->stage != services::SessionStage::second_factor) return ask_password_again(call, next);
  try {
    const services::KeyAnswer answer{bytes_in(call, "id"), bytes_in(call, "client_data"), bytes_in(call, "authenticator_data"),
                                     bytes_in(call, "signature")};
    const auto entered = services::confirm_key(call.site.accounts(), call.site.attempts(), token, answer, origin_of(call),
                                               visitor_of(call), call.site.now());
    return enter_office(call, entered, next);
  } catch (const services::WrongCode&) {
    if (!field_of(call.form, "kept").empty())
      return show_second_step_form(call, half->actor.account, next, call.site.pages().text(call.language, "sign_in.key_wrong"));
    // To a page that has an address, so that it can be had in the other language and be loaded again.
    const std::string address = fmt::format("/{}/second-step?key=wrong", code_of(call.language));
    return redirect(next.empty() ? address : address + "&next=" + encode_percent(next));
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused, [&](const std::string& words) { return show_second_step_form(call, half->actor.account, next, words); });
  }
}

}  // namespace hanjari::web
