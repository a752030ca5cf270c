// Signing in to the office through the identity provider of the house.
//
// Between question and answer the browser keeps a cookie that the answer must fit. It is Lax, because the answer comes
// from the provider's site; the session's own cookie is Strict, so the way on is a page of ours and no redirect.
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "accounts/pages/entry_form.h"
#include "accounts/pages/office_entry.h"
#include "accounts/pages/provider_entry.h"
#include "hanjari/accounts/identity_provider.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "site/packed_typed.h"
#include "site/pages/pages.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

constexpr const char* provider_cookie = "hanjari_provider";
constexpr std::chrono::minutes timeout{10};
constexpr std::size_t longest_next = 1000;

services::IdentityProvider& provider_of(const Call& call) {
  if (call.site.provider() == nullptr)
    throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
  return *call.site.provider();
}

void set_provider_cookie(const Call& call, Response& response, const services::ProviderQuestion& question, std::string next) {
  if (next.size() > longest_next) next.clear();
  response.set_header("Set-Cookie", write_cookie(provider_cookie, question.keepsake + '~' + encode_percent(next),
                                                 SameSite::lax, timeout, is_encrypted(call)));
}

std::string typed_cookie(std::size_t piece) {
  return fmt::format("hanjari_typed{}", piece);
}

// Of one question, made from what only programs with the key file know: any of several opens what another sealed.
Digest key_of_typed(const Call& call, const std::string& keepsake) {
  return sha256("typed over a sign-in\n" + call.site.accounts().hash_secret("typed", keepsake));
}

// What this browser took along to the provider; empty when it took nothing.
std::string typed_on_the_way(const Call& call, const std::string& keepsake) {
  std::string pieces;
  for (std::size_t piece = 0; piece < most_typed_pieces; ++piece) pieces += call.request.cookie(typed_cookie(piece)).value_or("");
  return pieces.empty() ? pieces : unpack_typed(pieces, key_of_typed(call, keepsake));
}

}  // namespace

Response ask_provider(const Call& call) {
  const services::ProviderQuestion question = provider_of(call).ask(call.site.now());
  Response response = redirect(question.address);
  set_provider_cookie(call, response, question, field_of(call.query, "next"));
  return response;
}

Response ask_provider_with_typed(const Call& call) {
  const Pages& pages = call.site.pages();
  services::IdentityProvider& provider = provider_of(call);
  const std::string next = field_of(call.form, "next");
  const std::string kept = field_of(call.form, "kept");
  const services::ProviderQuestion question = provider.ask(call.site.now());
  const std::vector<std::string> pieces = pack_typed(kept, key_of_typed(call, question.keepsake));
  if (pieces.empty() && !kept.empty())
    return show_sign_in_again(call, next, pages.text(call.language, "sign_in.kept_too_long"), kept);
  // A page and no redirect: forms of ours may lead nowhere else (form-action).
  Page page{.name = "go_on", .title = pages.text(call.language, "sign_in.by_provider")};
  page.data = {{"heading", page.title},
               {"lead", pages.text(call.language, "sign_in.by_provider_kept")},
               {"button", pages.text(call.language, "sign_in.go_on")},
               {"address", question.address}};
  if (!kept.empty()) page.repost = Values{{"next", next}, {"kept", kept}};
  Response response = show(call, page);
  response.set_header("Refresh", "0; url=" + question.address);
  set_provider_cookie(call, response, question, next);
  for (std::size_t piece = 0; piece < pieces.size(); ++piece)
    response.set_header("Set-Cookie", write_cookie(typed_cookie(piece), pieces[piece], SameSite::lax, timeout, is_encrypted(call)));
  return response;
}

Response take_provider_answer(const Call& call) {
  services::IdentityProvider& provider = provider_of(call);
  const std::string kept = call.request.cookie(provider_cookie).value_or("");
  const std::size_t end = kept.find('~');
  const auto next_of = [&] {
    if (end == std::string::npos) return std::string{};
    const auto values = parse_values("next=" + kept.substr(end + 1));
    return values ? field_of(*values, "next") : std::string{};
  };
  const std::string next = next_of();
  const std::string typed = typed_on_the_way(call, kept.substr(0, end));
  const auto forget = [&](Response response) {
    response.set_header("Set-Cookie",
                        write_cookie(provider_cookie, "", SameSite::lax, std::chrono::seconds(0), is_encrypted(call)));
    for (std::size_t piece = 0; piece < most_typed_pieces; ++piece) {
      if (!call.request.cookie(typed_cookie(piece))) continue;
      response.set_header("Set-Cookie", write_cookie(typed_cookie(piece), "", SameSite::lax, std::chrono::seconds(0), is_encrypted(call)));
    }
    return response;
  };
  try {
    const services::VouchedIdentity person = provider.check(
        kept.substr(0, end), {field_of(call.query, "state"), field_of(call.query, "code"), field_of(call.query, "iss")},
        call.site.now());
    const auto stage = person.second_factor ? services::SessionStage::full : services::SessionStage::second_factor;
    const services::SignIn entered = services::sign_in_linked(call.site.accounts(), person.issuer, person.subject,
                                                              stage, visitor_of(call), call.site.now());
    return forget(show_signed_in(call, entered, next, typed));
  } catch (const NotAllowed& refused) {
    return forget(show_sign_in_again(call, next, refused.message().in(call.language), typed));
  } catch (const Unavailable& refused) {
    if (typed.empty()) throw;
    // The next way there has another key: what was typed goes back into the page.
    Response again = show_sign_in_again(call, next, refused.message().in(call.language), typed);
    again.status = 503;
    return forget(std::move(again));
  }
}

}  // namespace hanjari::web
