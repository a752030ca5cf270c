// Who may send a large body, and how large it may be: asked before it is read.
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/accounts/accounts.h"
#include "hanjari/base/error.h"
#include "hanjari/site/edge.h"
#include "http/multipart.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

// Of large bodies whoever is not signed in may send together as much as one account. No account is called so.
constexpr std::string_view everybody_unknown = "not signed in";

}  // namespace

Edge::Sender Edge::judge_sender(Listener listener, const Request& request) {
  const Match match = site_.routes().find(listener, request.method, request.path);
  if (match.route == nullptr) return {};
  const Permission& permission = match.route->permission;
  if (!permission.needs_sign_in()) return {true, std::string(everybody_unknown)};
  const bool office = listener == Listener::office;
  const auto token = request.cookie(office ? session_cookie : applicant_cookie);
  std::optional<services::Session> session;
  try {
    if (token) session = services::find_session(site_.accounts(), *token, site_.now());
  } catch (const Error&) {
    return {};  // the database is away
  }
  if (!session || !permission.admits(session->actor.role)) return {};
  return {true, session->actor.account};
}

std::string Edge::boundary_of_words(Listener listener, const Request& request) const {
  const Match match = site_.routes().find(listener, request.method, request.path);
  const bool wants_page = !request.path.starts_with("/api/") || request.header("accept").find("text/html") != std::string_view::npos;
  if (match.route == nullptr || match.route->limits.files == 0 || !wants_page) return {};
  return boundary_of(request.header("content-type")).value_or("");
}

std::size_t Edge::body_limit(Listener listener, Method method, std::string_view path) const {
  const Match match = site_.routes().find(listener, method, path);
  return match.route == nullptr ? 0 : match.route->limits.body_bytes;
}

}  // namespace hanjari::web
