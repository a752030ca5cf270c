// Signing in and out of the office: the password, then the second factor.
#include <fmt/format.h>

#include "accounts/pages/entry_form.h"
#include "accounts/pages/office_entry.h"
#include "accounts/pages/recovery_codes.h"
#include "accounts/pages/security_keys.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/qr_svg.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"
#include "site/pages/typed_again.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

std::string second_step_address(const Call& call, const std::string& next) {
  const std::string address = fmt::format("/{}/second-step", code_of(call.language));
  return next.empty() ? address : address + "?next=" + encode_percent(next);
}

enum class AskCode { no, yes };

Response show_sign_in_form(const Call& call, const std::string& account, const std::string& next, AskCode ask,
                           const std::string& error, const std::string& kept) {
  EntryForm form;
  form.title = "sign_in.title";
  const std::string ended = field_of(call.query, "ended");
  form.lead = !kept.empty() ? "sign_in.ended_kept" : ended == "form" ? "sign_in.ended_form" : ended == "page" ? "sign_in.ended_page" : "sign_in.lead";
  form.button = "sign_in.submit";
  form.aside = "sign_in.help";
  form.action = fmt::format("/{}/sign-in", code_of(call.language));
  form.hidden = {{"next", next}};
  if (!kept.empty()) form.hidden.emplace_back("kept", kept);
  form.fields = {
      {.name = "account", .label = "sign_in.account", .value = account, .autocomplete = "username", .longest = 64},
      {.name = "password",
       .label = "sign_in.password",
       .type = "password",
       .autocomplete = "current-password",
       .longest = 1024}};
  if (ask == AskCode::yes) {
    form.fields.push_back({.name = "code",
                           .label = "sign_in.code",
                           .hint = "sign_in.code_needed",
                           .autocomplete = "one-time-code",
                           .mode = "numeric",
                           .longest = 20});
  }
  if (call.site.provider() != nullptr) {
    const std::string address = fmt::format("/{}/sign-in/provider", code_of(call.language));
    form.other_way = {next.empty() || !kept.empty() ? address : address + "?next=" + encode_percent(next), "sign_in.by_provider"};
    if (!kept.empty()) form.other_way_hidden = {{"next", next}, {"kept", kept}};
  }
  if (!error.empty()) form.faults.push_back({"", error});
  return show_entry(call, form);
}

Response show_enrolment(const Call& call, const std::string& token, const std::string& next, const std::string& error,
                        const std::string& kept) {
  const services::Enrolment enrolment = services::begin_enrolment(call.site.accounts(), token, call.site.now());
  const Pages& pages = call.site.pages();
  Page page{.name = "enrol", .title = pages.text(call.language, "sign_in.enrol_title")};
  page.data = {{"qr", documents::render_qr_svg(enrolment.address, pages.text(call.language, "sign_in.enrol_qr"))},
               {"secret", enrolment.secret},
               {"next", next},
               {"kept", kept.empty() ? nlohmann::json(false) : nlohmann::json(kept)},
               {"action", fmt::format("/{}/second-step", code_of(call.language))}};
  if (!kept.empty()) {
    page.repost = Values{{"kept", kept}, {"next", next}};
    page.repost_to = page.data["action"].get<std::string>();
  }
  if (!error.empty()) {
    page.status = 422;
    page.data["error"] = error;
  }
  return show(call, page);
}

std::string half_token(const Call& call) {
  return call.request.cookie(session_cookie).value_or("");
}

// `token`: of the half session, which the call's cookie does not name yet right after the password.
Response ask_second_step(const Call& call, const std::string& account, const std::string& token, const std::string& next,
                         const std::string& error, const std::string& kept) {
  EntryForm form;
  form.title = "sign_in.second_title";
  form.lead = "sign_in.second_lead";
  form.button = "sign_in.submit";
  form.aside = "sign_in.second_help";
  form.action = fmt::format("/{}/second-step", code_of(call.language));
  form.hidden = {{"next", next}};
  if (!kept.empty()) form.hidden.emplace_back("kept", kept);
  form.fields = {{.name = "code",
                  .label = "sign_in.code",
                  .hint = "sign_in.second_hint",
                  .autocomplete = "one-time-code",
                  .longest = 20}};
  if (!error.empty()) form.faults.push_back({"", error});
  form.key = second_step_by_key(call, account, token, next, kept);
  const std::string sign_in = fmt::format("/{}/sign-in", code_of(call.language));
  if (kept.empty()) {
    form.way_back = sign_in;
  } else {  // a link would lose what was typed
    form.links = {{sign_in, "site.way_back"}};
    form.links_hidden = form.hidden;
  }
  return show_entry(call, form);
}

// What was typed before, with the session in which it is sent again.
struct TypedBefore {
  TypedForm form;
  services::Session session;
};

// Whoever signs in now may be somebody else, with other rights: nothing then.
std::optional<TypedBefore> typed_before(const Call& call, const services::SignIn& entered, const std::string& kept) {
  auto session = services::find_session(call.site.accounts(), entered.token, call.site.now());
  if (!session) return std::nullopt;
  auto typed = typed_for(call, session->actor.role, kept);
  if (!typed) return std::nullopt;
  return TypedBefore{std::move(*typed), std::move(*session)};
}

Response show_typed_before(const Call& call, const TypedBefore& before) {
  const Frame frame{call.language, call.listener, before.form.path, {}, &before.session, before.session.csrf_token};
  return show_typed_again(call.site, frame, before.form, TypedAgain::signed_in);
}

// A redirect would lose what had been typed.
Response ask_second_step_with(const Call& call, const services::SignIn& entered, const std::string& next, const std::string& kept) {
  return entered.session.stage == services::SessionStage::enrolment
             ? show_enrolment(call, entered.token, next, "", kept)
             : ask_second_step(call, entered.session.actor.account, entered.token, next, "", kept);
}

// After the first enrolment: what was typed before is sent from below the codes.
Response show_enrolled(const Call& call, const services::Enrolled& enrolled, const std::string& next) {
  if (auto before = typed_before(call, enrolled.signed_in, kept_in(call)))
    return show_drawn_codes(call, before->session, enrolled.recovery_codes, next, std::move(before->form));
  const auto session = services::find_session(call.site.accounts(), enrolled.signed_in.token, call.site.now());
  return show_drawn_codes(call, session ? *session : enrolled.signed_in.session, enrolled.recovery_codes, next, std::nullopt);
}

}  // namespace

Response enter_office(const Call& call, const services::SignIn& entered, const std::string& next) {
  const auto before = typed_before(call, entered, kept_in(call));
  Response response = before ? show_typed_before(call, *before) : redirect(safe_next(call, next, entered.session.actor.role));
  set_sign_in_cookies(call, response, session_cookie, entered);
  return response;
}

std::string safe_next(const Call& call, const std::string& wanted, std::optional<services::Role> role) {
  const std::string path = wanted.substr(0, wanted.find('?'));
  const Match match = is_plain_address(wanted) ? call.site.routes().find(Listener::office, Method::get, path) : Match{};
  if (match.route != nullptr && match.route->permission.needs_sign_in() &&
      (!role || match.route->permission.admits(*role))) {
    return wanted;
  }
  const char* home = !role                              ? "exams"
                     : *role == services::Role::auditor ? "audit"
                     : *role == services::Role::venue_chief ? "own-venues"
                     : *role == services::Role::exam_officer || *role == services::Role::district_coordinator
                         ? "exams"
                         : "account";
  return fmt::format("/{}/{}", code_of(call.language), home);
}

Response show_second_step_form(const Call& call, const std::string& account, const std::string& next, const std::string& error) {
  return ask_second_step(call, account, half_token(call), next, error, kept_in(call));
}

Response ask_password_again(const Call& call, const std::string& next) {
  const std::string kept = kept_in(call);
  if (kept.empty()) return redirect(fmt::format("/{}/sign-in", code_of(call.language)));
  Response response = show_sign_in_form(call, "", next, AskCode::no, "", kept);
  response.status = 401;
  return response;
}

Response show_sign_in_again(const Call& call, const std::string& next, const std::string& error, const std::string& kept) {
  return show_sign_in_form(call, "", next, AskCode::no, error, kept);
}

Response show_signed_in(const Call& call, const services::SignIn& entered, const std::string& next, const std::string& kept) {
  std::optional<Response> with_typed;
  if (entered.session.stage != services::SessionStage::full) {
    if (!kept.empty()) with_typed = ask_second_step_with(call, entered, next, kept);
  } else if (const auto before = typed_before(call, entered, kept)) {
    with_typed = show_typed_before(call, *before);
  }
  if (with_typed) {
    set_sign_in_cookies(call, *with_typed, session_cookie, entered);
    return std::move(*with_typed);
  }
  const Pages& pages = call.site.pages();
  const std::string address = entered.session.stage == services::SessionStage::full
                                  ? safe_next(call, next, entered.session.actor.role)
                                  : second_step_address(call, next);
  Page page{.name = "go_on", .title = pages.text(call.language, "sign_in.go_on_title")};
  page.data = {{"heading", page.title},
               {"lead", pages.text(call.language, "sign_in.go_on_lead")},
               {"button", pages.text(call.language, "sign_in.go_on")},
               {"address", address}};
  Response response = show(call, page);
  response.set_header("Refresh", "0; url=" + address);
  set_sign_in_cookies(call, response, session_cookie, entered);
  return response;
}

Response show_sign_in(const Call& call) {
  // What was sent with a session that has ended comes as `kept` of a form.
  const std::string next = field_of(field_of(call.form, "kept").empty() ? call.query : call.form, "next");
  if (call.session) return redirect(safe_next(call, next, call.actor().role));
  return show_sign_in_form(call, "", next, AskCode::no, "", kept_in(call));
}

Response sign_in_staff(const Call& call) {
  const Pages& pages = call.site.pages();
  const std::string account = field_of(call.form, "account");
  const std::string password = field_of(call.form, "password");
  const std::string code = field_of(call.form, "code");
  const std::string next = field_of(call.form, "next");
  const std::string kept = kept_in(call);
  const AskCode asked = code.empty() ? AskCode::no : AskCode::yes;
  if (!kept.empty() && !call.form.contains("account")) return show_sign_in_form(call, "", next, asked, "", kept);
  if (account.empty() || password.empty())
    return show_sign_in_form(call, account, next, asked, pages.text(call.language, "sign_in.missing"), kept);
  try {
    const services::SignIn entered = services::sign_in(call.site.accounts(), call.site.attempts(), account, password,
                                                       code, visitor_of(call), call.site.now());
    if (!call.session_token.empty()) services::sign_out(call.site.accounts(), call.session_token);
    if (entered.session.stage == services::SessionStage::full) return enter_office(call, entered, next);
    Response response = kept.empty() ? redirect(second_step_address(call, next)) : ask_second_step_with(call, entered, next, kept);
    set_sign_in_cookies(call, response, session_cookie, entered);
    return response;
  } catch (const services::CodeNeeded& refused) {
    return show_sign_in_form(call, account, next, AskCode::yes, refused.message().in(call.language), kept);
  } catch (const services::WrongCredentials&) {
    return show_sign_in_form(call, account, next, asked, pages.text(call.language, "sign_in.wrong"), kept);
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused, [&](const std::string& words) {
      return show_sign_in_form(call, account, next, asked, words, kept);
    });
  }
}

Response show_second_step(const Call& call) {
  const std::string next = field_of(call.query, "next");
  const auto half = services::find_half_session(call.site.accounts(), half_token(call), call.site.now());
  if (!half) return redirect(fmt::format("/{}/sign-in", code_of(call.language)));
  if (half->stage == services::SessionStage::enrolment) return show_enrolment(call, half_token(call), next, "", kept_in(call));
  const bool wrong_key = field_of(call.query, "key") == "wrong";
  return show_second_step_form(call, half->actor.account, next, wrong_key ? call.site.pages().text(call.language, "sign_in.key_wrong") : "");
}

Response confirm_second_step(const Call& call) {
  const std::string token = half_token(call);
  const std::string next = field_of(call.form, "next");
  const std::string code = field_of(call.form, "code");
  const auto half = services::find_half_session(call.site.accounts(), token, call.site.now());
  if (!half) return ask_password_again(call, next);
  const bool enrols = half->stage == services::SessionStage::enrolment;
  const std::string go_on = safe_next(call, next, half->actor.role);
  const auto show_again = [&](const std::string& words) {
    return enrols ? show_enrolment(call, token, next, words, kept_in(call)) : show_second_step_form(call, half->actor.account, next, words);
  };
  if (!kept_in(call).empty() && !call.form.contains("code")) return show_again("");
  try {
    if (!enrols) {
      const auto entered = services::confirm_code(call.site.accounts(), call.site.attempts(), token, code,
                                                  visitor_of(call), call.site.now());
      return enter_office(call, entered, next);
    }
    const auto enrolled = services::finish_enrolment(call.site.accounts(), call.site.attempts(), token, code,
                                                     visitor_of(call), call.site.now());
    Response response = show_enrolled(call, enrolled, go_on);
    set_sign_in_cookies(call, response, session_cookie, enrolled.signed_in);
    return response;
  } catch (const services::WrongCode& refused) {
    return show_again(refused.message().in(call.language));
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused, show_again);
  }
}

Response sign_out_staff(const Call& call) {
  services::sign_out(call.site.accounts(), call.session_token);
  Response response = redirect(fmt::format("/{}/sign-in", code_of(call.language)));
  remove_cookie(call, response, session_cookie);
  return response;
}

}  // namespace hanjari::web
