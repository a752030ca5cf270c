// Accounts of the staff, sign-in and sessions.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "hanjari/services/actor.h"

namespace hanjari::services {

struct Account {
  Actor actor;
  std::string password_hash;  // Argon2id, libsodium's string form
};

struct Session {
  Actor actor;
  std::string csrf_token;
  Instant expires_at;
};

// A session ends after this long without a request, and at its expires_at in any case.
constexpr std::chrono::minutes session_idle_limit{30};
constexpr std::chrono::hours session_length{10};

class AccountRepository {
 public:
  virtual ~AccountRepository() = default;
  virtual std::optional<Account> find_account(const std::string& name) = 0;
  // Throws Conflict (account_exists).
  virtual void add_account(const Account& account, Instant now) = 0;
  // `token_hash`: SHA-256 of the random session token; the token itself is never stored.
  virtual void save_session(const std::string& token_hash, const Session& session, Instant now) = 0;
  // Nothing when unknown, past its time or idle for longer than session_idle_limit; finding a session is using it.
  virtual std::optional<Session> find_session(const std::string& token_hash, Instant now) = 0;
  virtual void remove_session(const std::string& token_hash) = 0;
};

// Adds a member of the staff; throws InvalidInput (bad_account_name, bad_role, bad_district, weak_password: fewer than
// 12 characters) or Conflict (account_exists).
void add_account(AccountRepository&, const Actor& actor, const std::string& password, Instant now);

struct SignIn {
  std::string token;  // for the cookie, 32 random bytes in hex
  Session session;
};

// Throws NotAllowed (wrong_credentials; the same for an unknown name, in the same time) or NotAllowed
// (too_many_attempts: 10 misses of one source within 10 minutes, or of one name within an hour).
SignIn sign_in(AccountRepository&, AttemptLimit&, const std::string& name, const std::string& password,
               const std::string& source, Instant now);
std::optional<Session> find_session(AccountRepository&, const std::string& token, Instant now);
void sign_out(AccountRepository&, const std::string& token);

}  // namespace hanjari::services
