#include "hanjari/services/accounts.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>
#include <string_view>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "services/attempts.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t least_password_characters = 12;
constexpr std::size_t most_password_bytes = 1024;
// OWASP's smallest setting for Argon2id: two passes over 19 MiB.
constexpr unsigned long long argon2_passes = 2;
constexpr std::size_t argon2_bytes = 19U * 1024 * 1024;

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

std::string hash_password(const std::string& password) {
  start_sodium();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), argon2_passes, argon2_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return text.data();
}

// A hash that no password opens, to spend the same time on names that do not exist.
const std::string& nobodys_hash() {
  static const std::string hash = [] {
    start_sodium();
    std::array<unsigned char, 32> unknown{};
    randombytes_buf(unknown.data(), unknown.size());
    return hash_password(std::string(unknown.begin(), unknown.end()));
  }();
  return hash;
}

std::string random_hex() {
  start_sodium();
  Digest random;
  randombytes_buf(random.bytes.data(), random.bytes.size());
  return random.hex();
}

bool is_account_name(std::string_view name) {
  return name.size() >= 2 && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
         });
}

bool is_district(std::string_view code) {
  return !code.empty() && code.size() <= 32 && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void check_account(const Actor& actor, const std::string& password) {
  if (!is_account_name(actor.account)) {
    throw InvalidInput("bad_account_name",
                       {"An account name has 2 to 64 characters: lower-case letters, digits, dot, hyphen, underscore.",
                        "계정 이름은 2~64자이며 영문 소문자, 숫자, 마침표, 붙임표, 밑줄만 쓸 수 있습니다."});
  }
  if (actor.role == Role::applicant) {
    throw InvalidInput("bad_role",
                       {"Applicants do not get staff accounts.", "응시자에게는 직원 계정을 만들 수 없습니다."});
  }
  const bool needs_district = actor.role == Role::district_coordinator;
  if (needs_district != actor.district.has_value() || (needs_district && !is_district(actor.district->text()))) {
    throw InvalidInput(
        "bad_district",
        {"A district coordinator needs a district code (such as 11110); other roles have none.",
         "자치구 시험관리책임관에게는 자치구 코드(예: 11110)가 필요하며, 다른 역할에는 지정할 수 없습니다."});
  }
  if (!is_valid_utf8(password) || count_characters(password) < least_password_characters ||
      password.size() > most_password_bytes) {
    throw InvalidInput("weak_password", {"A password needs at least 12 characters (and at most 1,024 bytes).",
                                         "비밀번호는 12자 이상(1,024바이트 이하)이어야 합니다."});
  }
}

}  // namespace

void add_account(AccountRepository& accounts, const Actor& actor, const std::string& password, Instant now) {
  check_account(actor, password);
  accounts.add_account({actor, hash_password(password)}, now);
}

SignIn sign_in(AccountRepository& accounts, AttemptLimit& attempts, const std::string& name,
               const std::string& password, const std::string& source, Instant now) {
  const std::vector<GuessLimit> limits = {{"sign_in/source/" + source, 10, 10min},
                                          {"sign_in/account/" + name, 10, 60min}};
  check_guesses(attempts, limits, now);
  const auto account = is_account_name(name) ? accounts.find_account(name) : std::nullopt;
  const std::string& hash = account ? account->password_hash : nobodys_hash();
  const bool too_long = password.size() > most_password_bytes;
  const bool matches =
      crypto_pwhash_str_verify(hash.c_str(), password.data(), too_long ? 0 : password.size()) == 0 && !too_long;
  if (!account || !matches) {
    record_misses(attempts, limits, now);
    throw NotAllowed("wrong_credentials",
                     {"The account name or the password is wrong.", "계정 이름 또는 비밀번호가 올바르지 않습니다."});
  }
  SignIn signed_in{random_hex(), {account->actor, random_hex(), now + session_length}};
  accounts.save_session(sha256(signed_in.token).hex(), signed_in.session, now);
  return signed_in;
}

std::optional<Session> find_session(AccountRepository& accounts, const std::string& token, Instant now) {
  if (token.size() != 64) return std::nullopt;
  return accounts.find_session(sha256(token).hex(), now);
}

void sign_out(AccountRepository& accounts, const std::string& token) {
  if (token.size() == 64) accounts.remove_session(sha256(token).hex());
}

}  // namespace hanjari::services
