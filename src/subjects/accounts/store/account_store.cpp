#include "accounts/store/account_store.h"

#include <sys/random.h>

#include <array>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "database/legible.h"
#include "database/sql_time.h"

namespace hanjari::storage {
namespace {

using services::Account;

constexpr const char* account_columns =
    "a.account_name, a.role, a.district_code, a.password_hash, a.disabled, a.totp_sealed, a.totp_step, "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', a.created_at)";

std::optional<std::string> district_of(const services::Actor& actor) {
  return actor.district ? std::optional(actor.district->text()) : std::nullopt;
}

FieldPlace totp_place(const std::string& account) {
  return {0, account, "accounts.totp"};
}

// `sealed_totp`: the second factor as it stands in the row; `role`: nothing for a word that is none.
Account read_account(Rows& rows, std::optional<std::string>& sealed_totp, std::optional<services::Role>& role) {
  Account account;
  account.actor.account = rows.text();
  role = services::parse_role(rows.text());
  account.actor.role = role.value_or(services::Role::applicant);
  if (const auto district = rows.maybe_text()) account.actor.district = DistrictCode(*district);
  account.password_hash = rows.text();
  account.disabled = rows.integer() != 0;
  sealed_totp = rows.maybe_text();
  account.totp_step = rows.integer();
  account.created_at = from_microseconds(rows.integer());
  return account;
}

Account read_account(Rows& rows, const FieldCipher& cipher) {
  std::optional<std::string> sealed;
  std::optional<services::Role> role;
  Account account = read_account(rows, sealed, role);
  known_word(role, "accounts.role");
  if (sealed) account.totp_secret = cipher.open(totp_place(account.actor.account), *sealed);
  return account;
}

// Of a list: a second factor that does not open is there, though nobody can use it. Whose role is none may do nothing, and does
// not sign in.
Account read_listed_account(Rows& rows, const FieldCipher& cipher) {
  std::optional<std::string> sealed;
  std::optional<services::Role> role;
  Account account = read_account(rows, sealed, role);
  if (!role) account.disabled = true;
  if (sealed) {
    const Legible legible =
        read_legibly([&] { account.totp_secret = cipher.open(totp_place(account.actor.account), *sealed); });
    if (legible != Legible::yes) account.totp_secret = *sealed;
  }
  return account;
}

[[noreturn]] void throw_no_account() {
  throw NotFound("account_not_found", {"there is no account of this name", "그런 이름의 계정이 없습니다"});
}

// The account's row, locked until the end of the transaction.
void lock_account(Connection& connection, const std::string& name) {
  Rows rows = connection.select("SELECT role FROM accounts WHERE account_name = ? FOR UPDATE", name);
  if (!rows.next()) throw_no_account();
}

// The same; gives the hash of the password.
std::string lock_password(Connection& connection, const std::string& name) {
  Rows rows = connection.select("SELECT password_hash FROM accounts WHERE account_name = ? FOR UPDATE", name);
  if (!rows.next()) throw_no_account();
  return rows.text();
}

// The same; gives the second factor as it is sealed.
std::optional<std::string> lock_second_factor(Connection& connection, const std::string& name) {
  Rows rows = connection.select("SELECT totp_sealed FROM accounts WHERE account_name = ? FOR UPDATE", name);
  if (!rows.next()) throw_no_account();
  return rows.maybe_text();
}

void put_recovery_codes(Connection& connection, const std::string& name, const std::vector<std::string>& hashes) {
  connection.change("DELETE FROM recovery_codes WHERE account_name = ?", name);
  for (const std::string& hash : hashes)
    connection.change("INSERT INTO recovery_codes (account_name, code_hash) VALUES (?, ?)", name, hash);
}

}  // namespace

std::string draw_word() {
  std::array<unsigned char, 16> random{};
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
    throw std::runtime_error("the system gives no random numbers");
  std::string word;
  for (const unsigned char byte : random) word += fmt::format("{:02x}", byte);
  return word;
}

std::optional<Account> AccountStore::find_account(const std::string& name) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Account> {
    Rows rows =
        connection.select(std::string("SELECT ") + account_columns + " FROM accounts a WHERE a.account_name = ?", name);
    if (!rows.next()) return std::nullopt;
    return read_account(rows, store_.cipher);
  });
}

std::vector<Account> AccountStore::list_accounts() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<Account> accounts;
    Rows rows =
        connection.select(std::string("SELECT ") + account_columns + " FROM accounts a ORDER BY a.account_name");
    while (rows.next()) accounts.push_back(read_listed_account(rows, store_.cipher));
    return accounts;
  });
}

void AccountStore::add_account(const Account& account, const services::Change& change) {
  const services::Actor& actor = account.actor;
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    // Locks the name, there or not, so that the answer stays true until the end.
    Rows rows =
        connection.select("SELECT password_hash FROM accounts WHERE account_name = ? FOR UPDATE", actor.account);
    if (rows.next()) {
      // The salt is random: the same hash is this very account, stored by a commit that was not heard of.
      if (attempt.number > 1 && rows.text() == account.password_hash) return;
      throw Conflict("account_exists",
                     {"there is an account of this name already", "같은 이름의 계정이 이미 있습니다"});
    }
    connection.change(
        "INSERT INTO accounts (account_name, role, district_code, password_hash, created_at) VALUES (?, ?, ?, ?, ?)",
        actor.account, services::spell(actor.role), district_of(actor), account.password_hash, sql_time(change.at));
    write_audit(connection, store_, change, {"account.add", actor.account, std::string(services::spell(actor.role))});
  });
}

void AccountStore::change_account(const std::string& name, const services::AccountChange& what,
                                  const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const std::string before = lock_password(connection, name);
    // The salt is random: the new hash is this very change, by a commit that was not heard of.
    if (what.in_place_of && before != *what.in_place_of && !(attempt.number > 1 && before == what.password_hash)) {
      throw Conflict("password_changed", {"The password was changed meanwhile. Sign in again.",
                                          "그사이 비밀번호가 변경되었습니다. 다시 로그인하십시오."});
    }
    std::vector<AuditLine> lines;
    if (what.password_hash) {
      connection.change("UPDATE accounts SET password_hash = ? WHERE account_name = ?", *what.password_hash, name);
      // A device is believed because it gave the password that is no more.
      connection.change("DELETE FROM known_devices WHERE account_name = ?", name);
      lines.push_back({change, {"account.password", name}});
    }
    if (what.disabled) {
      connection.change("UPDATE accounts SET disabled = ? WHERE account_name = ?", *what.disabled, name);
      lines.push_back({change, {*what.disabled ? "account.disable" : "account.enable", name}});
    }
    if (what.role) {
      std::optional<std::string> district;
      if (what.district) district = what.district->text();
      connection.change("UPDATE accounts SET role = ?, district_code = ? WHERE account_name = ?",
                        services::spell(*what.role), district, name);
      lines.push_back({change, {"account.rights", name, std::string(services::spell(*what.role))}});
    }
    if (what.forget_second_factor) {
      connection.change("UPDATE accounts SET totp_sealed = NULL WHERE account_name = ?", name);
      connection.change("DELETE FROM recovery_codes WHERE account_name = ?", name);
      connection.change("DELETE FROM security_keys WHERE account_name = ?", name);
      connection.change("DELETE FROM known_devices WHERE account_name = ?", name);
      lines.push_back({change, {"account.forget_second_factor", name}});
    }
    connection.change("DELETE FROM sessions WHERE account_name = ?", name);
    write_audits(connection, store_, lines);
  });
}

bool AccountStore::enrol_second_factor(const std::string& token_hash, const std::string& name,
                                       const std::string& secret, std::int64_t step,
                                       const std::vector<std::string>& recovery_codes,
                                       const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    // Whoever changes the password holds this row until the sessions are gone.
    const auto stored = lock_second_factor(connection, name);
    if (!connection
             .select("SELECT 1 FROM sessions WHERE token_hash = ? AND account_name = ? AND stage = 'enrolment' AND "
                     "expires_at > ?",
                     token_hash, name, sql_time(change.at))
             .next())
      return false;
    if (stored && store_.cipher.open(totp_place(name), *stored) != secret) return false;
    connection.change("UPDATE accounts SET totp_sealed = ?, totp_step = GREATEST(totp_step, ?) WHERE account_name = ?",
                      store_.cipher.seal(totp_place(name), secret), step, name);
    put_recovery_codes(connection, name, recovery_codes);
    connection.change("DELETE FROM sessions WHERE account_name = ? AND stage <> 'full' AND token_hash <> ?", name,
                      token_hash);
    write_audit(connection, store_, change, {"account.second_factor", name});
    return true;
  });
}

bool AccountStore::replace_recovery_codes(const std::string& name, std::int64_t step,
                                          const std::vector<std::string>& recovery_codes,
                                          const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (!lock_second_factor(connection, name)) return false;
    if (!connection.select("SELECT 1 FROM accounts WHERE account_name = ? AND totp_step = ?", name, step).next())
      return false;
    put_recovery_codes(connection, name, recovery_codes);
    write_audit(connection, store_, change, {"account.second_factor", name});
    return true;
  });
}

bool AccountStore::take_totp_step(const std::string& name, std::int64_t step, const std::string& by) {
  // Without a name of its own a call knows its work by a random word.
  const std::string taker = by.empty() ? draw_word() : by;
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    return connection.change(
               "UPDATE accounts SET totp_step = ?, totp_taken_by = ? WHERE account_name = ? AND (totp_step < ? OR "
               "(totp_step = ? AND totp_taken_by = ?))",
               step, taker, name, step, step, taker) > 0;
  });
}

void AccountStore::settle_totp_step(const std::string& name, std::int64_t step) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change("UPDATE accounts SET totp_taken_by = NULL WHERE account_name = ? AND totp_step = ?", name, step);
  });
}

bool AccountStore::take_recovery_code(const std::string& name, const std::string& code, const std::string& by,
                                      const services::Change& change) {
  const std::string taker = by.empty() ? draw_word() : by;
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (connection.change(
            "UPDATE recovery_codes SET taken_by = ? WHERE account_name = ? AND code_hash = ? AND taken_by IS NULL",
            taker, name, code) > 0) {
      write_audit(connection, store_, change, {"account.recovery_code", name});
      return true;
    }
    return connection
        .select("SELECT 1 FROM recovery_codes WHERE account_name = ? AND code_hash = ? AND taken_by = ?", name, code,
                taker)
        .next();
  });
}

int AccountStore::count_recovery_codes(const std::string& name) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select("SELECT COUNT(*) FROM recovery_codes WHERE account_name = ? AND taken_by IS NULL", name);
    rows.next();
    return static_cast<int>(rows.integer());
  });
}

bool AccountStore::has_recovery_code(const std::string& name, const std::string& code_hash) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return connection
        .select("SELECT 1 FROM recovery_codes WHERE account_name = ? AND code_hash = ? AND taken_by IS NULL", name, code_hash)
        .next();
  });
}

std::optional<Account> AccountStore::find_linked(const std::string& issuer, const std::string& subject) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Account> {
    Rows rows = connection.select(std::string("SELECT ") + account_columns +
                                      " FROM linked_identities l JOIN accounts a ON a.account_name = l.account_name "
                                      "WHERE l.issuer = ? AND l.subject = ?",
                                  issuer, subject);
    if (!rows.next()) return std::nullopt;
    return read_account(rows, store_.cipher);
  });
}

void AccountStore::link_account(const std::string& name, const std::string& issuer, const std::string& subject,
                                const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    lock_account(connection, name);
    connection.change(
        "INSERT INTO linked_identities (issuer, subject, account_name) VALUES (?, ?, ?) "
        "ON DUPLICATE KEY UPDATE account_name = VALUES(account_name)",
        issuer, subject, name);
    write_audit(connection, store_, change, {"account.link", name, issuer});
  });
}

namespace {

// A guess whose program died before it was judged counts as wrong after this.
constexpr std::chrono::seconds longest_judging{60};

int count_guesses(Connection& connection, const std::string& hash, Instant since) {
  Rows rows =
      connection.select("SELECT COUNT(*) FROM missed_attempts WHERE key_hash = ? AND at > ?", hash, sql_time(since));
  rows.next();
  return static_cast<int>(rows.integer());
}

int count_judged(Connection& connection, const std::string& hash, Instant since, Instant now) {
  Rows rows = connection.select(
      "SELECT COUNT(*) FROM missed_attempts WHERE key_hash = ? AND at > ? AND (judged = TRUE OR at < ?)", hash,
      sql_time(since), sql_time(now - longest_judging));
  rows.next();
  return static_cast<int>(rows.integer());
}

}  // namespace

AttemptStore::Reserved AttemptStore::reserve(const std::string& guess, const std::vector<services::GuessLimit>& limits,
                                             Instant at) {
  std::map<std::string, services::GuessLimit> by_hash;  // in one order everywhere, so that nobody waits in a circle
  for (const services::GuessLimit& limit : limits) by_hash[store_.cipher.attempt_hash(limit.key)] = limit;
  const Reserved reserved =
      in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) -> Reserved {
        // The key's row is held until the commit: guesses of one key are counted one after the other. Nothing is read
        // before, because what a transaction sees is what was there at its first reading.
        for (const auto& [hash, limit] : by_hash) {
          connection.change(
              "INSERT INTO attempt_keys (key_hash, last_at) VALUES (?, ?) ON DUPLICATE KEY UPDATE last_at = "
              "GREATEST(last_at, VALUES(last_at))",
              hash, sql_time(at));
        }
        if (attempt.number > 1 && connection.select("SELECT 1 FROM missed_attempts WHERE guess = ?", guess).next())
          return Reserved::yes;
        Reserved answer = Reserved::yes;
        for (const auto& [hash, limit] : by_hash) {
          if (count_guesses(connection, hash, at - limit.within) < limit.misses) continue;
          if (count_judged(connection, hash, at - limit.within, at) >= limit.misses) return Reserved::full;
          answer = Reserved::busy;
        }
        if (answer != Reserved::yes) return answer;
        for (const auto& [hash, limit] : by_hash) {
          connection.change("INSERT INTO missed_attempts (key_hash, at, guess, judged) VALUES (?, ?, ?, FALSE)", hash,
                            sql_time(at), guess);
        }
        return answer;
      });
  if (reserved == Reserved::yes) forget_old(at);
  return reserved;
}

void AttemptStore::settle(const std::string& guess, bool wrong) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(wrong ? "UPDATE missed_attempts SET judged = TRUE WHERE guess = ?"
                            : "DELETE FROM missed_attempts WHERE guess = ?",
                      guess);
  });
}

int AttemptStore::count_misses(const std::string& key, Instant since) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select("SELECT COUNT(*) FROM missed_attempts WHERE key_hash = ? AND at > ?",
                                  store_.cipher.attempt_hash(key), sql_time(since));
    rows.next();
    return static_cast<int>(rows.integer());
  });
}

void AttemptStore::record_miss(const std::string& key, Instant at) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change("INSERT INTO missed_attempts (key_hash, at) VALUES (?, ?)", store_.cipher.attempt_hash(key),
                      sql_time(at));
  });
  forget_old(at);
}

void AttemptStore::forget_old(Instant now) {
  const std::string time = sql_time(now - std::chrono::hours(24));
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change("DELETE FROM missed_attempts WHERE at < ? ORDER BY at LIMIT 10", time);
    connection.change("DELETE FROM attempt_keys WHERE last_at < ? ORDER BY last_at LIMIT 10", time);
  });
}

}  // namespace hanjari::storage
