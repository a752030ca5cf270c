#include "hanjari/accounts/openid/provider.h"

#include <sodium.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

#include <Poco/URI.h>
#include <nlohmann/json.hpp>

#include "accounts/openid/base64url.h"
#include "accounts/openid/id_token.h"
#include "accounts/openid/json_members.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"

namespace hanjari::openid {
namespace {

constexpr std::chrono::seconds lasts{60 * 60};
constexpr std::chrono::seconds between_key_fetches{60};
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_letters = 43;  // of 32 bytes in base 64

[[noreturn]] void throw_unreachable() {
  throw Unavailable("provider_unreachable", {"The sign-in service of your organisation does not answer as it should.",
                                             "기관 로그인 서비스가 제대로 응답하지 않습니다."});
}

[[noreturn]] void throw_refused() {
  throw NotAllowed("provider_refused",
                   {"This sign-in was not begun here, or took too long. Please try again.",
                    "이 브라우저에서 시작한 로그인이 아니거나 시간이 지났습니다. 다시 시도해 주십시오."});
}

std::string draw_secret() {
  std::string bytes(secret_bytes, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return encode_base64url(bytes);
}

std::string digest_of(const std::string& text) {
  const Digest digest = sha256(text);
  return encode_base64url({reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()});
}

std::string encode(const std::string& text) {
  std::string encoded;
  Poco::URI::encode(text, "!#$&'()*+,/:;=?@[]", encoded);
  return encoded;
}

// What stands in a form or a query.
std::string join_fields(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    if (!text.empty()) text += '&';
    text += name + '=' + encode(value);
  }
  return text;
}

// The three secrets of a keepsake: state, nonce, verifier.
struct Secrets {
  std::string state;
  std::string nonce;
  std::string verifier;
};

std::optional<Secrets> read_keepsake(const std::string& keepsake) {
  constexpr std::size_t length = 3 * secret_letters + 2;
  if (keepsake.size() != length || keepsake[secret_letters] != '.' || keepsake[2 * secret_letters + 1] != '.')
    return std::nullopt;
  return Secrets{keepsake.substr(0, secret_letters), keepsake.substr(secret_letters + 1, secret_letters),
                 keepsake.substr(2 * secret_letters + 2)};
}

bool equals_secret(const std::string& given, const std::string& kept) {
  return given.size() == kept.size() && sodium_memcmp(given.data(), kept.data(), kept.size()) == 0;
}

std::string needed_text(const nlohmann::json& object, const char* name) {
  std::string text = text_of(object, name);
  if (text.empty()) throw_unreachable();
  return text;
}

}  // namespace

struct Description {
  std::string authorization;
  std::string token;
  std::string keys;
};

// What was fetched. Nobody waits here for the network: two who fetch at once both get it.
class Provider::Knowledge {
 public:
  std::optional<Description> description(Instant now) {
    const std::lock_guard lock(mutex_);
    return description_ && now - described_at_ <= lasts ? description_ : std::nullopt;
  }
  void set(Description description, Instant now) {
    const std::lock_guard lock(mutex_);
    description_ = std::move(description);
    described_at_ = now;
  }
  // The keys, if one of them may have signed this or it is too early to ask again.
  std::optional<std::vector<SigningKey>> keys_for(const std::string& id, Instant now) {
    const std::lock_guard lock(mutex_);
    const bool fits =
        std::any_of(keys_.begin(), keys_.end(), [&](const SigningKey& key) { return id.empty() || key.id == id; });
    if (keys_.empty() || now - keys_at_ > (fits ? lasts : between_key_fetches)) return std::nullopt;
    return keys_;
  }
  void set(std::vector<SigningKey> keys, Instant now) {
    const std::lock_guard lock(mutex_);
    keys_ = std::move(keys);
    keys_at_ = now;
  }

 private:
  std::mutex mutex_;
  std::optional<Description> description_;
  Instant described_at_{};
  std::vector<SigningKey> keys_;
  Instant keys_at_{};
};

namespace {

outgoing::HttpReply answer_to(const Send& send, const outgoing::HttpCall& call) {
  try {
    return send(call);
  } catch (const Error&) {
    throw_unreachable();
  }
}

std::string fetch(const Send& send, const std::string& address) {
  outgoing::HttpReply reply = answer_to(send, {.url = address});
  if (reply.status != 200) throw_unreachable();
  return std::move(reply.body);
}

// Where the provider sends us and the person: what is named by a provider behind TLS is behind TLS too, so that it leads to nothing
// on this machine.
void require_address(const std::string& address, const std::string& issuer) {
  try {
    outgoing::require_private(address);
  } catch (const InvalidInput&) {
    throw_unreachable();
  }
  if (issuer.starts_with("https:") && !address.starts_with("https:")) throw_unreachable();
}

// An issuer that the provider spells otherwise would let one provider speak for another.
Description fetch_description(const Send& send, const std::string& issuer) {
  const std::string base = issuer.ends_with('/') ? issuer.substr(0, issuer.size() - 1) : issuer;
  const auto object = json_of(fetch(send, base + "/.well-known/openid-configuration"));
  if (needed_text(object, "issuer") != issuer) throw_unreachable();
  Description description{needed_text(object, "authorization_endpoint"), needed_text(object, "token_endpoint"),
                          needed_text(object, "jwks_uri")};
  for (const std::string* address : {&description.authorization, &description.token, &description.keys})
    require_address(*address, issuer);
  return description;
}

}  // namespace

Provider::Provider(ProviderSettings settings, Send send)
    : settings_(std::move(settings)), send_(std::move(send)), known_(std::make_unique<Knowledge>()) {
  outgoing::require_private(settings_.issuer);
}

Provider::~Provider() = default;

const std::string& Provider::issuer() const {
  return settings_.issuer;
}

services::ProviderQuestion Provider::ask(Instant now) {
  const Secrets secrets{draw_secret(), draw_secret(), draw_secret()};
  const std::string base = describe(now).authorization;
  std::vector<std::pair<std::string, std::string>> fields{{"response_type", "code"},
                                                          {"client_id", settings_.client_id},
                                                          {"redirect_uri", settings_.return_address},
                                                          {"scope", "openid"},
                                                          {"state", secrets.state},
                                                          {"nonce", secrets.nonce},
                                                          {"code_challenge", digest_of(secrets.verifier)},
                                                          {"code_challenge_method", "S256"}};
  // Asked for, a provider steps up if it can, and says in any case how it asked.
  if (!settings_.trusted_acr.empty()) {
    std::string wanted;
    for (const std::string& acr : settings_.trusted_acr) wanted += (wanted.empty() ? "" : " ") + acr;
    fields.emplace_back("acr_values", wanted);
  }
  return {base + (base.find('?') == std::string::npos ? '?' : '&') + join_fields(fields),
          secrets.state + '.' + secrets.nonce + '.' + secrets.verifier};
}

services::VouchedIdentity Provider::check(const std::string& keepsake, const services::ProviderAnswer& answer,
                                          Instant now) {
  const auto secrets = read_keepsake(keepsake);
  if (!secrets || !equals_secret(answer.state, secrets->state) || answer.code.empty()) throw_refused();
  if (!answer.issuer.empty() && answer.issuer != settings_.issuer) throw_refused();
  const Description description = describe(now);
  const std::string token = exchange(description.token, answer.code, secrets->verifier);
  auto keys = known_->keys_for(key_id_of(token), now);
  if (!keys) {
    keys = parse_key_set(fetch(send_, description.keys));
    known_->set(*keys, now);
  }
  const IdTokenClaims person =
      verify_id_token(token, *keys, {settings_.issuer, settings_.client_id, secrets->nonce, now});
  return {settings_.issuer, person.subject, settings_.trusted_acr.contains(person.acr)};
}

Description Provider::describe(Instant now) {
  if (auto known = known_->description(now)) return *known;
  Description description = fetch_description(send_, settings_.issuer);
  known_->set(description, now);
  return description;
}

// The code for the token.
std::string Provider::exchange(const std::string& address, const std::string& code, const std::string& verifier) {
  std::vector<std::pair<std::string, std::string>> form{{"grant_type", "authorization_code"},
                                                        {"code", code},
                                                        {"redirect_uri", settings_.return_address},
                                                        {"code_verifier", verifier}};
  outgoing::HttpCall call{.method = "POST", .url = address};
  call.fields["Accept"] = "application/json";
  if (settings_.client_secret.empty()) {
    form.emplace_back("client_id", settings_.client_id);
  } else {
    call.fields["Authorization"] =
        "Basic " + encode_base64(encode(settings_.client_id) + ':' + encode(settings_.client_secret));
  }
  call.type = "application/x-www-form-urlencoded";
  call.body = join_fields(form);
  const outgoing::HttpReply reply = answer_to(send_, call);
  // 400 is the answer to a code that is unknown, used or too old (RFC 6749, section 5.2).
  if (reply.status == 400) throw_refused();
  if (reply.status != 200) throw_unreachable();
  return needed_text(json_of(reply.body), "id_token");
}

}  // namespace hanjari::openid
