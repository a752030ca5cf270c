#include "accounts/store/account_store.h"

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

Account read_account(Rows& rows, const FieldCipher& cipher) {
  Account account;
  account.actor.account = rows.text();
  account.actor.role = services::parse_role(rows.text()).value();
  if (const auto district = rows.maybe_text()) account.actor.district = DistrictCode(*district);
  account.password_hash = rows.text();
  account.disabled = rows.integer() != 0;
  if (const auto sealed = rows.maybe_text())
    account.totp_secret = cipher.open(totp_place(account.actor.account), *sealed);
  account.totp_step = rows.integer();
  account.created_at = from_microseconds(rows.integer());
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

}  // namespace

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
    while (rows.next()) accounts.push_back(read_account(rows, store_.cipher));
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
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    lock_account(connection, name);
    std::vector<AuditLine> lines;
    if (what.password_hash) {
      connection.change("UPDATE accounts SET password_hash = ? WHERE account_name = ?", *what.password_hash, name);
      lines.push_back({change, {"account.password", name}});
    }
    if (what.disabled) {
      connection.change("UPDATE accounts SET disabled = ? WHERE account_name = ?", *what.disabled, name);
      lines.push_back({change, {*what.disabled ? "account.disable" : "account.enable", name}});
    }
    if (what.forget_second_factor) {
      connection.change("UPDATE accounts SET totp_sealed = NULL WHERE account_name = ?", name);
      connection.change("DELETE FROM recovery_codes WHERE account_name = ?", name);
      connection.change("DELETE FROM known_devices WHERE account_name = ?", name);
      lines.push_back({change, {"account.forget_second_factor", name}});
    }
    connection.change("DELETE FROM sessions WHERE account_name = ?", name);
    write_audits(connection, store_, lines);
  });
}

void AccountStore::set_second_factor(const std::string& name, const std::string& secret, std::int64_t step,
                                     const std::vector<std::string>& recovery_codes, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    lock_account(connection, name);
    connection.change("UPDATE accounts SET totp_sealed = ?, totp_step = GREATEST(totp_step, ?) WHERE account_name = ?",
                      store_.cipher.seal(totp_place(name), secret), step, name);
    connection.change("DELETE FROM recovery_codes WHERE account_name = ?", name);
    for (const std::string& code : recovery_codes)
      connection.change("INSERT INTO recovery_codes (account_name, code_hash) VALUES (?, ?)", name, code);
    write_audit(connection, store_, change, {"account.second_factor", name});
  });
}

bool AccountStore::take_totp_step(const std::string& name, std::int64_t step) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    return connection.change("UPDATE accounts SET totp_step = ? WHERE account_name = ? AND totp_step < ?", step, name,
                             step) > 0;
  });
}

bool AccountStore::take_recovery_code(const std::string& name, const std::string& code,
                                      const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (connection.change("DELETE FROM recovery_codes WHERE account_name = ? AND code_hash = ?", name, code) == 0)
      return false;
    write_audit(connection, store_, change, {"account.recovery_code", name});
    return true;
  });
}

int AccountStore::count_recovery_codes(const std::string& name) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select("SELECT COUNT(*) FROM recovery_codes WHERE account_name = ?", name);
    rows.next();
    return static_cast<int>(rows.integer());
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
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change("DELETE FROM missed_attempts WHERE at < ? ORDER BY at LIMIT 10",
                      sql_time(at - std::chrono::hours(24)));
  });
}

}  // namespace hanjari::storage
