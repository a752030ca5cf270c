// A security key in software: makes credentials and signs as an authenticator does, with a counter.
#pragma once

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "hanjari/accounts/security_keys.h"
#include "hanjari/base/digest.h"

namespace hanjari::tests {

class SoftwareKey {
 public:
  explicit SoftwareKey(std::string id, std::string site = "office.example.kr") : id(std::move(id)), site(std::move(site)) {}

  std::string origin() const { return "https://" + site; }

  services::MadeKey make(const std::string& challenge) const {
    services::MadeKey made;
    made.id = id;
    made.public_key = public_key();
    made.client_data = client_data("webauthn.create", challenge, origin());
    made.authenticator_data = head(0x41, uses) + std::string(16, '\0') + static_cast<char>(id.size() / 256) +
                              static_cast<char>(id.size() % 256) + id + "the public key in another form";
    return made;
  }
  services::KeyAnswer answer(const std::string& challenge) {
    if (counts) ++uses;
    return sign(client_data("webauthn.get", challenge, origin()), head(0x01, uses));
  }
  services::KeyAnswer sign(const std::string& client, const std::string& data) const {
    services::KeyAnswer answer;
    answer.id = id;
    answer.client_data = client;
    answer.authenticator_data = data;
    const std::string bytes = data + raw(sha256(client));
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::size_t size = 0;
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, at, bytes.size()) != 1)
      throw std::runtime_error("no signature");
    answer.signature.resize(size);
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(answer.signature.data()), &size, at, bytes.size()) != 1)
      throw std::runtime_error("no signature");
    answer.signature.resize(size);
    return answer;
  }
  // The authenticator's data without a credential.
  std::string head(int flags, std::uint32_t count) const {
    std::string bytes = raw(sha256(site));
    bytes += static_cast<char>(flags);
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>((count >> shift) & 0xFFU);
    return bytes;
  }
  std::string public_key() const {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key.get(), &der);
    if (size <= 0) throw std::runtime_error("no public key");
    std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return bytes;
  }
  static std::string client_data(const std::string& type, const std::string& challenge, const std::string& origin) {
    return R"({"type":")" + type + R"(","challenge":")" + base64url(challenge) + R"(","origin":")" + origin +
           R"(","crossOrigin":false})";
  }
  // Without the library that the program uses.
  static std::string base64url(const std::string& bytes) {
    constexpr const char* letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    unsigned held = 0;
    int bits = 0;
    for (const char byte : bytes) {
      held = ((held << 8U) | static_cast<unsigned char>(byte)) & 0xFFFFU;
      for (bits += 8; bits >= 6; bits -= 6) text += letters[(held >> (bits - 6)) & 63U];
    }
    if (bits > 0) text += letters[(held << (6 - bits)) & 63U];
    return text;
  }

  std::string id;
  std::string site;
  std::uint32_t uses = 0;
  bool counts = true;

 private:
  static std::string raw(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
  }

  std::shared_ptr<EVP_PKEY> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
};

}  // namespace hanjari::tests
