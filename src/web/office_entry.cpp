// Signing in and out of the office.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/web/site.h"
#include "web/handlers.h"
#include "web/pages.h"
#include "web/protection.h"

namespace hanjari::web {
namespace {

// Where to go after signing in: a path of the office that a GET answers, nothing else.
std::string safe_next(const Call& call, const std::string& wanted) {
  const std::string path = wanted.substr(0, wanted.find('?'));
  const bool plain = wanted.starts_with('/') && wanted.find_first_of("\\\r\n\t #") == std::string::npos;
  const Match match = plain ? call.site.routes().find(Listener::office, Method::get, path) : Match{};
  if (match.route != nullptr && match.route->permission.needs_sign_in()) return wanted;
  return fmt::format("/{}/exams", code_of(call.language));
}

std::string value_of(const Values& values, const char* name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string{} : found->second;
}

Response show_sign_in_form(const Call& call, const std::string& account, const std::string& next,
                           const std::string& error) {
  const Pages& pages = call.site.pages();
  Page page{.name = "sign_in", .title = pages.text(call.language, "sign_in.title")};
  page.data = {{"account", account},
               {"next", next},
               {"action", fmt::format("/{}/sign-in", code_of(call.language))},
               {"clean", error.empty()}};
  if (!error.empty()) {
    page.status = 422;
    page.data["error"] = pages.text(call.language, error);
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  return show(call, page);
}

}  // namespace

Response show_sign_in(const Call& call) {
  const std::string next = value_of(call.query, "next");
  if (call.session) return redirect(safe_next(call, next));
  return show_sign_in_form(call, "", next, "");
}

Response sign_in_staff(const Call& call) {
  const std::string account = value_of(call.form, "account");
  const std::string password = value_of(call.form, "password");
  const std::string next = value_of(call.form, "next");
  if (account.empty() || password.empty()) return show_sign_in_form(call, account, next, "sign_in.missing");
  try {
    const services::SignIn entered = services::sign_in(call.site.accounts(), call.site.attempts(), account, password,
                                                       call.request.source, call.site.now());
    if (!call.session_token.empty()) services::sign_out(call.site.accounts(), call.session_token);
    Response response = redirect(safe_next(call, next));
    response.set_header("Set-Cookie", write_cookie(session_cookie, entered.token, SameSite::strict, std::nullopt,
                                                   call.request.encrypted || call.site.settings().behind_tls));
    return response;
  } catch (const NotAllowed& refused) {
    if (refused.code() != "wrong_credentials") throw;
    return show_sign_in_form(call, account, next, "sign_in.wrong");
  }
}

Response sign_out_staff(const Call& call) {
  services::sign_out(call.site.accounts(), call.session_token);
  Response response = redirect(fmt::format("/{}/sign-in", code_of(call.language)));
  response.set_header("Set-Cookie", write_cookie(session_cookie, "", SameSite::strict, std::chrono::seconds(0),
                                                 call.request.encrypted || call.site.settings().behind_tls));
  return response;
}

}  // namespace hanjari::web
