#include "accounts/openid/id_token.h"

#include <Poco/Crypto/ECKey.h>
#include <Poco/Crypto/EVPPKey.h>
#include <Poco/Crypto/RSAKey.h>
#include <Poco/Exception.h>
#include <Poco/JWT/Signer.h>
#include <Poco/JWT/Token.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "accounts/openid/base64url.h"
#include "accounts/openid/json_members.h"
#include "hanjari/base/error.h"

namespace hanjari::openid {
namespace {

constexpr std::chrono::seconds leeway{60};
constexpr std::size_t longest_subject = 255;

[[noreturn]] void refuse(const char* en, const char* ko) {
  throw NotAllowed("provider_refused", {std::string("The sign-in service's answer does not hold: ") + en,
                                        std::string("로그인 서비스의 응답이 올바르지 않습니다: ") + ko});
}

// One of the three parts as JSON; a discarded value when it is none.
nlohmann::json part_of(const std::string& token, int which) {
  std::size_t begin = 0;
  for (int part = 0; part < which; ++part) {
    begin = token.find('.', begin);
    if (begin == std::string::npos) return nlohmann::json(nlohmann::json::value_t::discarded);
    ++begin;
  }
  const auto bytes = decode_base64url(std::string_view(token).substr(begin, token.find('.', begin) - begin));
  return bytes ? json_of(*bytes) : nlohmann::json(nlohmann::json::value_t::discarded);
}

// Only signatures with a public key: a provider's secret that we share could be used by us to sign.
bool is_signed_by(const std::string& token, const SigningKey& key) {
  using Poco::JWT::Signer;
  // A key of the provider's set that the library does not take signs nothing.
  try {
    Signer signer;
    const Poco::Crypto::EVPPKey native(key.key.get());
    if (key.kind == KeyKind::rsa) {
      signer.setAlgorithms({Signer::ALGO_RS256, Signer::ALGO_RS384, Signer::ALGO_RS512});
      signer.setRSAKey(new Poco::Crypto::RSAKey(native));
    } else {
      signer.setAlgorithms({Signer::ALGO_ES256, Signer::ALGO_ES384, Signer::ALGO_ES512});
      signer.setECKey(new Poco::Crypto::ECKey(native));
    }
    signer.verify(token);
    return true;
  } catch (const Poco::Exception&) {
    return false;
  }
}

bool is_for(const nlohmann::json& claims, const std::string& client) {
  const auto audience = claims.find("aud");
  if (audience == claims.end()) return false;
  if (audience->is_string())
    return audience->get<std::string>() == client && (!claims.contains("azp") || text_of(claims, "azp") == client);
  if (!audience->is_array() || std::find(audience->begin(), audience->end(), client) == audience->end()) return false;
  return audience->size() == 1 && !claims.contains("azp") ? true : text_of(claims, "azp") == client;
}

// Seconds since 1970.
std::optional<Instant> moment_of(const nlohmann::json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  const double seconds = found->get<double>();
  if (!(seconds > 0 && seconds < 4e9)) return std::nullopt;
  return Instant(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

}  // namespace

std::string key_id_of(const std::string& token) {
  return text_of(part_of(token, 0), "kid");
}

IdTokenClaims verify_id_token(const std::string& token, const std::vector<SigningKey>& keys,
                              const IdTokenRules& rules) {
  const std::string id = key_id_of(token);
  const bool holds = std::any_of(keys.begin(), keys.end(), [&](const SigningKey& key) {
    return (id.empty() || key.id == id) && is_signed_by(token, key);
  });
  if (!holds) refuse("its signature", "서명");
  const auto claims = part_of(token, 1);
  if (!claims.is_object()) refuse("its content", "내용");
  if (text_of(claims, "iss") != rules.issuer) refuse("it is of another issuer", "발급자가 다릅니다");
  if (!is_for(claims, rules.client_id)) refuse("it is for another program", "다른 프로그램에 보낸 것입니다");
  if (rules.nonce.empty() || text_of(claims, "nonce") != rules.nonce)
    refuse("it answers another question", "다른 요청에 대한 응답입니다");
  const auto expires = moment_of(claims, "exp");
  const auto issued = moment_of(claims, "iat");
  if (!expires || !issued || *expires + leeway <= rules.now || *issued > rules.now + leeway)
    refuse("its time is over or not yet come", "유효 시간이 아닙니다");
  IdTokenClaims person{text_of(claims, "sub"), text_of(claims, "acr"), {}};
  if (person.subject.empty() || person.subject.size() > longest_subject)
    refuse("it names nobody", "사람을 밝히지 않았습니다");
  if (const auto means = claims.find("amr"); means != claims.end() && means->is_array()) {
    for (const auto& one : *means)
      if (one.is_string()) person.amr.push_back(one.get<std::string>());
  }
  return person;
}

}  // namespace hanjari::openid
