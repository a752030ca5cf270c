#include "accounts/openid/signed.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <stdexcept>

#include "accounts/openid/base64url.h"

namespace hanjari::tests {

using openid::encode_base64url;

struct Signer::State {
  std::string algorithm;
  std::string key_id;
  EVP_PKEY* key = nullptr;
};

namespace {

// Big-endian, `length` bytes or as many as it takes.
std::string bytes_of(const BIGNUM* number, int length = 0) {
  std::string bytes(static_cast<std::size_t>(length > 0 ? length : BN_num_bytes(number)), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  return bytes;
}

std::string parameter_of(const EVP_PKEY* key, const char* name, int length = 0) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) throw std::runtime_error(name);
  const std::string bytes = bytes_of(number, length);
  BN_free(number);
  return bytes;
}

// ECDSA signatures come as DER from OpenSSL and go as two numbers into a token (RFC 7518, section 3.4).
std::string raw_signature(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  const std::string raw = bytes_of(ECDSA_SIG_get0_r(signature), 32) + bytes_of(ECDSA_SIG_get0_s(signature), 32);
  ECDSA_SIG_free(signature);
  return raw;
}

}  // namespace

Signer::Signer(std::string algorithm, std::string key_id)
    : state_(new State{std::move(algorithm), std::move(key_id), nullptr}) {
  state_->key = state_->algorithm == "RS256" ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256");
}

Signer::~Signer() {
  EVP_PKEY_free(state_->key);
  delete state_;
}

nlohmann::json Signer::public_key() const {
  nlohmann::json key{{"kid", state_->key_id}, {"use", "sig"}};
  if (state_->algorithm == "RS256") {
    key["kty"] = "RSA";
    key["n"] = encode_base64url(parameter_of(state_->key, OSSL_PKEY_PARAM_RSA_N));
    key["e"] = encode_base64url(parameter_of(state_->key, OSSL_PKEY_PARAM_RSA_E));
  } else {
    key["kty"] = "EC";
    key["crv"] = "P-256";
    key["x"] = encode_base64url(parameter_of(state_->key, OSSL_PKEY_PARAM_EC_PUB_X, 32));
    key["y"] = encode_base64url(parameter_of(state_->key, OSSL_PKEY_PARAM_EC_PUB_Y, 32));
  }
  return key;
}

std::string Signer::sign(const nlohmann::json& claims, const nlohmann::json& header) const {
  nlohmann::json head{{"alg", state_->algorithm}, {"kid", state_->key_id}, {"typ", "JWT"}};
  if (header.is_object()) head.update(header);
  const std::string text = encode_base64url(head.dump()) + '.' + encode_base64url(claims.dump());
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, state_->key);
  std::size_t length = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  EVP_DigestSign(context, nullptr, &length, bytes, text.size());
  std::string signature(length, '\0');
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &length, bytes, text.size());
  signature.resize(length);
  EVP_MD_CTX_free(context);
  return text + '.' + encode_base64url(state_->algorithm == "ES256" ? raw_signature(signature) : signature);
}

}  // namespace hanjari::tests
