#include "accounts/openid/key_set.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <array>
#include <optional>

#include <nlohmann/json.hpp>

#include "accounts/openid/base64url.h"
#include "accounts/openid/json_members.h"
#include "hanjari/base/error.h"

namespace hanjari::openid {
namespace {

using Build = std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)>;
using Params = std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)>;
using Context = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

constexpr int least_rsa_bits = 2048;

std::shared_ptr<EVP_PKEY> make_key(const char* type, OSSL_PARAM_BLD* build) {
  const Params params(OSSL_PARAM_BLD_to_param(build), OSSL_PARAM_free);
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), EVP_PKEY_CTX_free);
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) <= 0 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) <= 0) {
    return nullptr;
  }
  return {key, EVP_PKEY_free};
}

Number number_of(const std::string& bytes) {
  return {BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr),
          BN_free};
}

std::shared_ptr<EVP_PKEY> rsa_key(const nlohmann::json& key) {
  const auto modulus = decode_base64url(text_of(key, "n"));
  const auto exponent = decode_base64url(text_of(key, "e"));
  if (!modulus || !exponent || modulus->empty() || exponent->empty()) return nullptr;
  const Number n = number_of(*modulus);
  const Number e = number_of(*exponent);
  const Build build(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
  OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  auto made = make_key("RSA", build.get());
  return made && EVP_PKEY_get_bits(made.get()) >= least_rsa_bits ? made : nullptr;
}

struct Curve {
  const char* name;     // in a key set
  const char* openssl;  // its name there
  std::size_t bytes;    // of a coordinate
};
constexpr std::array<Curve, 3> curves{
    {{"P-256", "prime256v1", 32}, {"P-384", "secp384r1", 48}, {"P-521", "secp521r1", 66}}};

std::shared_ptr<EVP_PKEY> elliptic_key(const nlohmann::json& key) {
  const std::string name = text_of(key, "crv");
  const auto x = decode_base64url(text_of(key, "x"));
  const auto y = decode_base64url(text_of(key, "y"));
  for (const Curve& curve : curves) {
    if (name != curve.name) continue;
    if (!x || !y || x->size() != curve.bytes || y->size() != curve.bytes) return nullptr;
    const std::string point = '\x04' + *x + *y;
    const Build build(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.openssl, 0);
    OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return make_key("EC", build.get());
  }
  return nullptr;
}

}  // namespace

std::vector<SigningKey> parse_key_set(std::string_view json) {
  const auto set = json_of(json);
  if (!set.is_object() || !set.contains("keys") || !set["keys"].is_array()) {
    throw Unavailable("provider_unreachable",
                      {"The sign-in service sends no keys.", "로그인 서비스가 키를 보내지 않습니다."});
  }
  std::vector<SigningKey> keys;
  for (const auto& one : set["keys"]) {
    if (!one.is_object()) continue;
    const std::string use = text_of(one, "use");
    if (!use.empty() && use != "sig") continue;
    const std::string kind = text_of(one, "kty");
    if (kind == "RSA") {
      if (auto key = rsa_key(one)) keys.push_back({text_of(one, "kid"), KeyKind::rsa, std::move(key)});
    } else if (kind == "EC") {
      if (auto key = elliptic_key(one)) keys.push_back({text_of(one, "kid"), KeyKind::elliptic, std::move(key)});
    }
  }
  return keys;
}

}  // namespace hanjari::openid
