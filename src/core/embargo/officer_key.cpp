#include "hanjari/embargo/officer_key.h"

#include <set>
#include <stdexcept>

#include <sodium.h>

#include "hanjari/base/error.h"
#include "hanjari/embargo/release_key.h"

namespace hanjari::embargo {
namespace {

constexpr std::size_t fewest_characters = 6;  // different ones

const unsigned char* raw_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw_of(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

std::string stretch_passphrase(std::string_view passphrase, std::string_view salt) {
  std::string key(crypto_secretbox_KEYBYTES, '\0');
  const int done = crypto_pwhash(raw_of(key), key.size(), passphrase.data(), passphrase.size(), raw_of(salt),
                                 crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                                 crypto_pwhash_ALG_ARGON2ID13);
  if (done == 0) return key;
  throw Unavailable("busy_passphrase", {"The program has no memory for the passphrase at the moment. Try again.",
                                        "지금은 암호문을 확인할 메모리가 없습니다. 다시 시도하십시오."});
}

std::string open_private_half(const OfficerKey& key, std::string_view passphrase) {
  constexpr std::size_t length = crypto_pwhash_SALTBYTES + crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES +
                                 crypto_box_SECRETKEYBYTES;
  const std::string_view sealed = key.private_sealed;
  if (sealed.size() != length) throw std::logic_error("a private half of another length");
  std::string stretched = stretch_passphrase(passphrase, sealed.substr(0, crypto_pwhash_SALTBYTES));
  const std::string_view nonce = sealed.substr(crypto_pwhash_SALTBYTES, crypto_secretbox_NONCEBYTES);
  const std::string_view box = sealed.substr(crypto_pwhash_SALTBYTES + crypto_secretbox_NONCEBYTES);
  std::string opened(crypto_box_SECRETKEYBYTES, '\0');
  const int done =
      crypto_secretbox_open_easy(raw_of(opened), raw_of(box), box.size(), raw_of(nonce), raw_of(stretched));
  wipe(stretched);
  if (done == 0) return opened;
  throw NotAllowed("wrong_passphrase", {"The passphrase of your release key is wrong.",
                                        "발표 키의 암호문이 맞지 않습니다."});
}

}  // namespace

OfficerKey make_officer_key(std::string_view passphrase) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  if (passphrase.size() < shortest_passphrase) {
    throw InvalidInput("short_passphrase", {"A passphrase has at least 12 characters.",
                                            "암호문은 12자 이상이어야 합니다."});
  }
  if (std::set<char>(passphrase.begin(), passphrase.end()).size() < fewest_characters) {
    throw InvalidInput("easy_passphrase", {"A passphrase of blanks, or of the same few characters, is guessed at once. Write several words.",
                                           "공백이나 같은 글자를 되풀이한 암호문은 쉽게 알아낼 수 있습니다. 여러 낱말을 적으십시오."});
  }
  OfficerKey key;
  key.public_half.resize(crypto_box_PUBLICKEYBYTES);
  std::string private_half(crypto_box_SECRETKEYBYTES, '\0');
  crypto_box_keypair(raw_of(key.public_half), raw_of(private_half));
  std::string salt(crypto_pwhash_SALTBYTES, '\0');
  std::string nonce(crypto_secretbox_NONCEBYTES, '\0');
  randombytes_buf(salt.data(), salt.size());
  randombytes_buf(nonce.data(), nonce.size());
  std::string stretched = stretch_passphrase(passphrase, salt);
  std::string box(crypto_secretbox_MACBYTES + private_half.size(), '\0');
  crypto_secretbox_easy(raw_of(box), raw_of(private_half), private_half.size(), raw_of(nonce), raw_of(stretched));
  wipe(stretched);
  wipe(private_half);
  key.private_sealed = salt + nonce + box;
  return key;
}

std::string seal_for(std::string_view public_half, std::string_view message) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  if (public_half.size() != crypto_box_PUBLICKEYBYTES) throw std::logic_error("a public half has 32 bytes");
  std::string sealed(crypto_box_SEALBYTES + message.size(), '\0');
  if (crypto_box_seal(raw_of(sealed), raw_of(message), message.size(), raw_of(public_half)) != 0)
    throw std::logic_error("a public half that no private half belongs to");
  return sealed;
}

std::string open_sealed_for(const OfficerKey& key, std::string_view passphrase, std::string_view sealed) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  std::string private_half = open_private_half(key, passphrase);
  std::string message(sealed.size() < crypto_box_SEALBYTES ? 0 : sealed.size() - crypto_box_SEALBYTES, '\0');
  const int done = sealed.size() < crypto_box_SEALBYTES
                       ? -1
                       : crypto_box_seal_open(raw_of(message), raw_of(sealed), sealed.size(), raw_of(key.public_half),
                                              raw_of(private_half));
  wipe(private_half);
  if (done == 0) return message;
  throw Conflict("wrong_share", {"This share was sealed for another key, or it was changed.",
                                 "다른 키로 봉인되었거나 변경된 조각입니다."});
}

}  // namespace hanjari::embargo
