#include "site/protection.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/hex.h"
#include "hanjari/base/text.h"
#include "hanjari/site/routes.h"
#include "hanjari/site/site.h"
#include "http/ascii.h"
#include "http/multipart.h"
#include "site/form_token.h"
#include "site/given_values.h"
#include "site/pages/problems.h"

namespace hanjari::web {
namespace {

// No code and no style inside a page, nothing from elsewhere, no frames.
constexpr const char* content_security_policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

constexpr std::size_t most_values_of_form = 50;  // as parse_pairs takes
constexpr std::size_t length_of_escape = 3;

// The control character that the escape at the beginning stands for, "%0B" or "%7f"; nothing for every other one.
std::optional<char> escaped_control(std::string_view text) {
  if (text.size() < length_of_escape) return std::nullopt;
  const int high = hex_digit(text[1]);
  const int low = hex_digit(text[2]);
  const int byte = high * 16 + low;
  if (high < 0 || low < 0 || (byte >= 0x20 && byte != 0x7f)) return std::nullopt;
  return static_cast<char>(byte);
}

// What was typed or pasted into a field may hold control characters: the reading of the field takes them out or names them,
// as in every other text. A form that is refused over one of them is lost without a word of the field.
std::optional<std::string> decode_typed(std::string_view text) {
  std::string decoded;
  const auto take = [&decoded](std::string_view piece) {
    const auto plain = decode_percent(piece, true);
    if (plain) decoded += *plain;
    return plain.has_value();
  };
  std::size_t begin = 0;
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at)) {
    const auto control = escaped_control(text.substr(at));
    if (!control) {
      ++at;
      continue;
    }
    if (!take(text.substr(begin, at - begin))) return std::nullopt;
    decoded += *control;
    at += length_of_escape;
    begin = at;
  }
  return take(text.substr(begin)) ? std::optional(std::move(decoded)) : std::nullopt;
}

// As parse_pairs divides a form; the names are our own and hold no control character.
std::optional<OwnForm> read_values(std::string_view body) {
  Pairs pairs;
  while (!body.empty()) {
    const std::string_view whole = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(whole.size() + 1, body.size()));
    const std::string_view pair = trimmed(whole);
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = decode_percent(pair.substr(0, equals), true);
    auto value = decode_typed(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value || pairs.size() == most_values_of_form) return std::nullopt;
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return OwnForm{values_given(std::move(pairs)), {}};
}

std::optional<OwnForm> read_parts(std::string_view body, std::string_view boundary, int most_files) {
  const auto parts = parse_multipart(body, boundary);
  if (!parts) return std::nullopt;
  OwnForm form;
  for (const FormPart& part : *parts) {
    if (part.file_name) {
      // A file field that was left empty is sent with an empty name.
      if (part.file_name->empty() && part.content.empty()) continue;
      if (static_cast<int>(form.files.size()) == most_files) return std::nullopt;
      form.files.push_back(part);
      continue;
    }
    if (!is_valid_utf8(part.content)) return std::nullopt;
    add_given(form.values, part.name, std::string(part.content));
  }
  return form;
}

}  // namespace

void refuse_foreign_form() {
  throw FormExpired(
      {"This form is no longer valid. Open the page again and send it once more; cookies must be allowed.",
       "입력 화면의 유효 시간이 지났습니다. 화면을 다시 열어 입력해 주십시오. 쿠키가 허용되어 있어야 합니다."});
}

bool is_encrypted(const Call& call) {
  return call.request.encrypted || call.site.settings().behind_tls;
}

std::string origin_of(const Call& call) {
  return fmt::format("{}://{}", is_encrypted(call) ? "https" : "http", call.request.header("host"));
}

std::string write_cookie(const std::string& name, const std::string& value, SameSite same_site,
                         std::optional<std::chrono::seconds> lasts, bool encrypted) {
  std::string cookie = fmt::format("{}={}; Path=/; HttpOnly; SameSite={}", name, value,
                                   same_site == SameSite::strict ? "Strict" : "Lax");
  if (lasts) cookie += fmt::format("; Max-Age={}", lasts->count());
  if (encrypted) cookie += "; Secure";
  return cookie;
}

void protect(Response& response, bool encrypted) {
  if (response.audience == Audience::one_reader) response.set_header("Cache-Control", "no-store");
  response.set_header("Content-Security-Policy", content_security_policy);
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Referrer-Policy", "no-referrer");
  response.set_header("Cross-Origin-Opener-Policy", "same-origin");
  response.set_header("Cross-Origin-Resource-Policy", "same-origin");
  // A page that reads codes by a camera says so itself.
  if (response.header("Permissions-Policy").empty())
    response.set_header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  if (encrypted) response.set_header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

bool sends_form(const Request& request) {
  const auto type = request.header("content-type");
  return type.starts_with("application/x-www-form-urlencoded") || type.starts_with("multipart/form-data");
}

void refuse_other_sites(const Request& request) {
  const auto site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") refuse_foreign_form();
  if (const auto origin = request.header("origin"); !origin.empty() && origin != "null") {
    const auto scheme = origin.find("://");
    if (scheme == std::string_view::npos || origin.substr(scheme + 3) != request.header("host")) refuse_foreign_form();
  }
}

void refuse_simple_call(const Request& request) {
  for (const char* field : {"idempotency-key", "x-requested-with", "x-signature"}) {
    if (!request.header(field).empty()) return;
  }
  std::string type(request.header("content-type").substr(0, request.header("content-type").find(';')));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.pop_back();
  // None of these can be sent by a form, or by a script of another site without a question before.
  if (type == "application/json" || type == "application/zip" || type == "application/pdf" || type == "image/jpeg" ||
      type == "image/png" ||
      type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    return;
  throw Refused(415, "not_json",
                {"Say what you send with Content-Type: application/json, also when you send nothing.",
                 "Content-Type: application/json을 함께 보내십시오. 본문이 없을 때에도 필요합니다."});
}

OwnForm read_form(const Request& request, int most_files) {
  const auto type = request.header("content-type");
  const auto boundary = most_files > 0 ? boundary_of(type) : std::nullopt;
  if (!boundary && !type.starts_with("application/x-www-form-urlencoded")) {
    throw Refused(415, "not_a_form", {"Only forms can be sent here.", "이 주소에는 서식만 보낼 수 있습니다."});
  }
  auto form = boundary ? read_parts(request.body, *boundary, most_files) : read_values(request.body);
  if (!form) throw Refused(400, "malformed_form", {"The form cannot be read.", "서식의 내용을 읽을 수 없습니다."});
  return std::move(*form);
}

std::optional<OwnForm> read_own_form(const Request& request, const std::string& form_token, int most_files) {
  if (sends_form(request)) refuse_other_sites(request);
  OwnForm form = read_form(request, most_files);
  // Whoever says nothing of where a form comes from is held to the token alone.
  const auto token = form.values.find("form_token");
  if (token == form.values.end() || !equal_tokens(token->second, form_token)) return std::nullopt;
  form.values.erase(token);
  return form;
}

Response redirect_to_sign_in(const Request& request, Language language, const std::string& page, bool ended) {
  std::string address = fmt::format("/{}/sign-in", code_of(language));
  if (request.method == Method::get && request.path != "/") {
    address += "?next=" + encode_percent(request.path + (request.query.empty() ? "" : "?" + request.query));
  } else if (!page.empty()) {
    address += "?next=" + encode_percent(page);
  }
  if (ended) {
    address += address.find('?') == std::string::npos ? '?' : '&';
    address += request.method == Method::get ? "ended=page" : "ended=form";
  }
  return redirect(address);
}

}  // namespace hanjari::web
