// The own account: where one is signed in, and for the staff password and recovery codes.
#include <fmt/format.h>

#include "accounts/pages/account_moment.h"
#include "accounts/pages/entry_form.h"
#include "accounts/pages/office_entry.h"
#include "accounts/pages/own_account.h"
#include "accounts/pages/recovery_codes.h"
#include "accounts/pages/security_keys.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"
#include "site/protection.h"
#include "site/second_factor.h"

namespace hanjari::web {
namespace {

constexpr const char* what_renews_recovery_codes = "renew the recovery codes";

std::string account_address(const Call& call, const char* rest = "") {
  return fmt::format("/{}/account{}", code_of(call.language), rest);
}

// A browser's name for itself in the words of people: Chrome, Windows. Nothing when it is not known.
std::string describe_agent(const std::string& agent) {
  using Names = std::initializer_list<std::pair<const char*, const char*>>;
  const auto find = [&](Names names) -> std::string {
    for (const auto& [word, name] : names)
      if (agent.find(word) != std::string::npos) return name;
    return {};
  };
  // Each is named before those that it says to be like.
  const std::string browser = find({{"Edg", "Edge"},
                                    {"SamsungBrowser", "Samsung Internet"},
                                    {"Whale", "Whale"},
                                    {"OPR/", "Opera"},
                                    {"Firefox/", "Firefox"},
                                    {"FxiOS", "Firefox"},
                                    {"CriOS", "Chrome"},
                                    {"Chrome/", "Chrome"},
                                    {"Safari/", "Safari"}});
  const std::string system = find({{"iPhone", "iPhone"},
                                   {"iPad", "iPad"},
                                   {"Android", "Android"},
                                   {"Windows", "Windows"},
                                   {"Mac OS X", "Mac"},
                                   {"Linux", "Linux"}});
  return browser.empty() || system.empty() ? browser + system : browser + ", " + system;
}

Response show_account(const Call& call, const std::string& error) {
  const Pages& pages = call.site.pages();
  const services::Actor& actor = call.actor();
  const bool staff = actor.role != services::Role::applicant;
  Page page{.name = "own_account", .title = pages.text(call.language, "office.account_title")};
  page.data = {{"who", services::name_of(actor.role).in(call.language)},
               {"staff", staff},
               {"end_action", account_address(call, "/sessions")},
               {"end_others_action", account_address(call, "/sessions/others")},
               {"password_action", account_address(call, "/password")},
               {"recovery_action", account_address(call, "/recovery-codes")}};
  if (staff) {
    page.data["who"] = actor.account + " · " + services::name_of(actor.role).in(call.language);
    page.data["recovery_left"] =
        pages.text(call.language, "office.recovery_left",
                   {{"count", std::to_string(call.site.accounts().count_recovery_codes(actor.account))}});
    page.data["keys"] = own_security_keys(call);
    if (const std::string waiting = address_of_waiting_codes(call); !waiting.empty()) page.data["codes_wait"] = {{"address", waiting}};
    page.data["recovery"] = {{"factor", ask_second_factor(call, "code", what_renews_recovery_codes)}};
  }
  if (const auto applicant = call.site.accounts().find_applicant(actor.account); !staff && applicant)
    page.data["who"] = services::mask_contact({applicant->channel, applicant->contact});
  const std::string zone = zone_of_service(call);
  const std::string own_handle = sha256(call.session_token).hex().substr(0, 16);
  page.data["sessions"] = nlohmann::json::array();
  for (const services::Session& session : services::list_own_sessions(call.site.accounts(), actor, call.site.now())) {
    std::string agent = describe_agent(session.agent);
    if (agent.empty()) agent = pages.text(call.language, "office.session_unknown");
    page.data["sessions"].push_back(
        {{"here", session.handle == own_handle},
         {"agent", agent},
         {"source", session.source},
         {"since", write_account_moment(session.began_at, zone, call.language)},
         {"handle", session.handle},
         {"end_label", pages.text(call.language, "office.session_end_of", {{"device", agent}})}});
  }
  if (!error.empty()) {
    page.status = 422;
    page.data["error"] = error;
    page.repost = Values{};
  }
  return show(call, page);
}

}  // namespace

Response show_own_account(const Call& call) {
  return show_account(call, "");
}

Response show_account_again(const Call& call, const std::string& error) {
  return show_account(call, error);
}

Response end_own_session(const Call& call) {
  services::end_session(call.site.accounts(), call.actor(), field_of(call.form, "session"), call.site.now());
  return redirect(account_address(call));
}

Response end_own_other_sessions(const Call& call) {
  services::end_other_sessions(call.site.accounts(), call.actor(), call.session_token, call.site.now());
  return redirect(account_address(call));
}

Response change_own_password(const Call& call) {
  try {
    const auto entered = services::change_own_password(
        call.site.accounts(), call.site.attempts(), call.actor(), field_of(call.form, "old_password"),
        field_of(call.form, "new_password"), visitor_of(call), call.site.now());
    Response response = redirect(account_address(call));
    set_sign_in_cookies(call, response, session_cookie, entered);
    return response;
  } catch (const InvalidInput& refused) {
    return show_account(call, refused.message().in(call.language));
  } catch (const services::WrongCredentials& refused) {
    return show_account(call, refused.message().in(call.language));
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused, [&](const std::string& words) { return show_account(call, words); });
  }
}

Response renew_own_recovery_codes(const Call& call) {
  try {
    services::StepFactor factor = typed_factor(call);
    factor.what = what_renews_recovery_codes;
    const auto codes = services::renew_recovery_codes(call.site.accounts(), call.site.attempts(), call.actor(), factor,
                                                      call.session_token, call.site.now());
    return show_drawn_codes(call, *call.session, codes, account_address(call), std::nullopt);
  } catch (const services::WrongCode& refused) {
    return show_account(call, refused.message().in(call.language));
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused, [&](const std::string& words) { return show_account(call, words); });
  }
}

}  // namespace hanjari::web
