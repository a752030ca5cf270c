// The page of recovery codes, and the cookie in which they wait.
#include "accounts/pages/recovery_codes.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "accounts/pages/entry_form.h"
#include "accounts/pages/office_entry.h"
#include "hanjari/accounts/accounts.h"
#include "hanjari/base/digest.h"
#include "hanjari/site/site.h"
#include "site/packed_typed.h"
#include "site/pages/pages.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

constexpr const char* codes_cookie = "hanjari_codes";
// As long as any session of the staff; after that fresh ones are drawn.
constexpr std::chrono::hours codes_wait{12};
constexpr std::size_t longest_way_on = 1'000;

// Of one account, made from what only programs with the key file know: nobody else who finds the cookie reads it, and no other
// account that signs in with this browser is shown it.
Digest key_of_codes(const Call& call, const std::string& account) {
  return sha256("recovery codes that wait\n" + call.site.accounts().hash_secret("waiting codes", account));
}

std::string codes_address(const Call& call) {
  return fmt::format("/{}/account/codes", code_of(call.language));
}

struct WaitingCodes {
  std::vector<std::string> codes;
  std::string next;
};

// Those that still let in: of codes that were used or renewed elsewhere nobody is shown any.
std::optional<WaitingCodes> waiting_codes(const Call& call) {
  const auto sealed = call.request.cookie(codes_cookie);
  if (!sealed || !call.session) return std::nullopt;
  const std::string& account = call.actor().account;
  const auto read = nlohmann::json::parse(unpack_typed(*sealed, key_of_codes(call, account)), nullptr, false);
  if (!read.is_object() || !read.contains("codes") || !read["codes"].is_array()) return std::nullopt;
  WaitingCodes waiting;
  for (const nlohmann::json& code : read["codes"]) {
    if (code.is_string() && services::is_recovery_code(call.site.accounts(), account, code.get<std::string>()))
      waiting.codes.push_back(code.get<std::string>());
  }
  if (waiting.codes.empty()) return std::nullopt;
  if (read.contains("next") && read["next"].is_string()) waiting.next = read["next"].get<std::string>();
  return waiting;
}

std::string way_on(const Call& call, const std::string& next, services::Role role) {
  return safe_next(call, in_language(call.language, TypedForm{next, {}, false, {}, {}}).path, role);
}

Response show_codes(const Call& call, const services::Session& session, const WaitingCodes& waiting,
                    const std::optional<TypedForm>& typed) {
  Page page{.name = "recovery_codes", .title = call.site.pages().text(call.language, "sign_in.recovery_title")};
  const std::string next = way_on(call, waiting.next, session.actor.role);
  // A link would lose what was typed; the codes themselves come back by the cookie.
  const Frame frame{call.language, call.listener, codes_address(call), {}, &session, session.csrf_token};
  page.data = {{"codes", nlohmann::json::array()},
               {"next", next},
               {"kept_action", codes_address(call)},
               {"kept", typed ? nlohmann::json(write_typed(*typed)) : nlohmann::json(false)},
               {"typed", false}};
  for (const std::string& code : waiting.codes) page.data["codes"].push_back({{"code", code}});
  if (typed) {
    page.data["typed"] = describe_typed(call.site, frame, *typed);
    page.repost = Values{{"kept", write_typed(*typed)}, {"next", next}};
  }
  return call.site.pages().show(frame, page);
}

}  // namespace

std::optional<TypedForm> typed_for(const Call& call, services::Role role, const std::string& kept) {
  auto typed = read_typed(call.site.routes(), Listener::office, kept);
  if (!typed) return std::nullopt;
  typed = in_language(call.language, std::move(*typed));
  const Match page = call.site.routes().find(Listener::office, Method::get, typed->path);
  if (page.route == nullptr || !page.route->permission.admits(role)) return std::nullopt;
  return typed;
}

Response show_drawn_codes(const Call& call, const services::Session& session, const std::vector<std::string>& codes,
                          const std::string& next, const std::optional<TypedForm>& typed) {
  Response response = show_codes(call, session, {codes, next}, typed);
  const nlohmann::json kept{{"codes", codes}, {"next", next.size() > longest_way_on ? std::string() : next}};
  const std::vector<std::string> pieces = pack_typed(kept.dump(), key_of_codes(call, session.actor.account));
  if (!pieces.empty()) {
    response.set_header("Set-Cookie", write_cookie(codes_cookie, pieces.front(), SameSite::strict, codes_wait, is_encrypted(call)));
  }
  return response;
}

Response show_waiting_codes(const Call& call) {
  const auto waiting = waiting_codes(call);
  if (!waiting) return redirect(fmt::format("/{}/account", code_of(call.language)));
  return show_codes(call, *call.session, *waiting, std::nullopt);
}

Response take_codes_kept(const Call& call) {
  const services::Role role = call.actor().role;
  const auto typed = typed_for(call, role, kept_in(call));
  const bool are_kept = field_of(call.form, "kept_codes") == "yes";
  if (const auto waiting = waiting_codes(call); waiting && !are_kept) return show_codes(call, *call.session, *waiting, typed);
  const auto go_on = [&] {
    if (!typed) return redirect(way_on(call, field_of(call.form, "next"), role));
    const Frame frame{call.language, call.listener, typed->path, {}, &*call.session, call.session->csrf_token};
    return show_typed_again(call.site, frame, *typed, TypedAgain::signed_in);
  };
  Response response = go_on();
  remove_cookie(call, response, codes_cookie);
  return response;
}

std::string address_of_waiting_codes(const Call& call) {
  return waiting_codes(call) ? codes_address(call) : std::string();
}

}  // namespace hanjari::web
