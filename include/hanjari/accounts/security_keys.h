// Security keys of the staff (WebAuthn Level 2): a second factor that answers to our own site only, so that a false page gets nothing to pass on.
// They stand beside the authenticator's codes, which every account sets up first; an account may have several. Wherever a
// step asks for the second factor, a code and a key are taken alike; for signing in an installation may ask for keys alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/clock.h"

namespace hanjari::services {

class AccountRepository;
class AttemptLimit;
struct SignIn;
struct Visitor;

constexpr std::size_t most_security_keys = 8;  // of an account

struct SecurityKey {
  std::string id;          // of the credential: raw bytes, at most 255
  std::string public_key;  // on the curve P-256, as DER (SubjectPublicKeyInfo)
  std::string site;        // name of the host for which it was made
  std::int64_t uses = 0;   // its own counter; stays 0 with keys that do not count
  Instant added_at{};
  std::optional<Instant> used_at{};
};

class SecurityKeyRepository {
 public:
  virtual ~SecurityKeyRepository() = default;
  // The oldest first.
  virtual std::vector<SecurityKey> list_security_keys(const std::string& account) = 0;
  // Throws Conflict: security_key_known (it belongs to an account already), too_many_security_keys.
  virtual void add_security_key(const std::string& account, const SecurityKey& key, const Change& change) = 0;
  // Notes a use. False, and nothing is changed, when the key was used since `before` was read, or is gone: of two calls
  // with one answer one is taken, also with a key that does not count.
  virtual bool take_security_key(const std::string& account, const SecurityKey& before, std::int64_t after,
                                 Instant at) = 0;
  // False when there is no such key.
  virtual bool remove_security_key(const std::string& account, const std::string& id, const Change& change) = 0;
  // Whether an account that has a key is opened by it and by recovery codes alone: a code of the authenticator is what a
  // false page can ask for and pass on.
  virtual bool are_keys_alone() const { return false; }
};

// What a browser gives for a new key, as raw bytes.
struct MadeKey {
  std::string id;
  std::string public_key;          // DER
  std::string client_data;         // JSON
  std::string authenticator_data;
};

// What it gives for a sign-in.
struct KeyAnswer {
  std::string id;
  std::string client_data;
  std::string authenticator_data;
  std::string signature;  // DER
};

// What comes with a step that asks for the second factor again.
struct StepFactor {
  StepFactor(std::string typed = {}) : code(std::move(typed)) {}
  StepFactor(const char* typed) : code(typed) {}
  std::string code;                // of the authenticator
  std::optional<KeyAnswer> key{};  // in place of the code
  std::string origin{};            // of the page, as the browser names it
  std::string what{};              // names the step and what it is taken of; the key signs it
};

// The 32 bytes that a key signs for this session, and for no other.
std::string key_challenge(AccountRepository&, const std::string& session_token);
// The 32 bytes that a key signs for one step of this session. Others after each use of one of the account's keys, so
// that no answer is taken twice, whether the key counts or not.
std::string step_challenge(AccountRepository&, const std::string& account, const std::string& session_token,
                           const std::string& what);
// Throws NotAllowed (wrong_code, too_many_attempts).
void confirm_step(AccountRepository&, AttemptLimit&, const Actor& actor, const StepFactor& factor,
                  const std::string& session_token, Instant now);

// `origin`: scheme and host of the office as the browser names it, https://office.example.kr. `factor`: so that a session
// that somebody found open adds and removes none. Throws NotAllowed (wrong_code, too_many_attempts), InvalidInput (bad_security_key), Conflict.
void add_security_key(AccountRepository&, AttemptLimit&, const Actor& actor, const StepFactor& factor, const MadeKey& made,
                      const std::string& origin, const std::string& session_token, Instant now);
// Throws NotAllowed (wrong_code, too_many_attempts), NotFound (security_key_not_found).
void remove_security_key(AccountRepository&, AttemptLimit&, const Actor& actor, const StepFactor& factor, const std::string& id,
                         const std::string& session_token, Instant now);
// The second step of a sign-in by a key in place of a code. Throws NotAllowed (not_signed_in, wrong_code, too_many_attempts).
SignIn confirm_key(AccountRepository&, AttemptLimit&, const std::string& token, const KeyAnswer& answer,
                   const std::string& origin, const Visitor& visitor, Instant now);

}  // namespace hanjari::services
