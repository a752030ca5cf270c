#include "storage/account_store.h"

#include "storage/sql_time.h"

namespace hanjari::storage {
namespace {

using services::Account;
using services::Session;

std::optional<std::string> district_of(const services::Actor& actor) {
  return actor.district ? std::optional(actor.district->text()) : std::nullopt;
}

services::Actor read_actor(Rows& rows) {
  services::Actor actor;
  actor.account = rows.text();
  actor.role = services::parse_role(rows.text()).value();
  if (const auto district = rows.maybe_text()) actor.district = DistrictCode(*district);
  return actor;
}

}  // namespace

std::optional<Account> AccountStore::find_account(const std::string& name) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Account> {
    Rows rows = connection.select(
        "SELECT account_name, role, district_code, password_hash FROM accounts WHERE account_name = ?", name);
    if (!rows.next()) return std::nullopt;
    Account account;
    account.actor = read_actor(rows);
    account.password_hash = rows.text();
    return account;
  });
}

void AccountStore::add_account(const Account& account, Instant now) {
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
        actor.account, services::spell(actor.role), district_of(actor), account.password_hash, sql_time(now));
    write_audit(connection, store_, {store_.author, "", now},
                {"account.add", actor.account, std::string(services::spell(actor.role))});
  });
}

void AccountStore::save_session(const std::string& token_hash, const Session& session, Instant now) {
  const std::string time = sql_time(now);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change("DELETE FROM sessions WHERE expires_at < ? LIMIT 100", time);
    connection.change(
        "INSERT INTO sessions (token_hash, account_name, csrf_token, created_at, last_seen_at, expires_at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE last_seen_at = VALUES(last_seen_at)",
        token_hash, session.actor.account, session.csrf_token, time, time, sql_time(session.expires_at));
  });
}

std::optional<Session> AccountStore::find_session(const std::string& token_hash, Instant now) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Session> {
    Rows rows = connection.select(
        "SELECT a.account_name, a.role, a.district_code, s.csrf_token, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', s.expires_at), "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', s.last_seen_at) FROM sessions s "
        "JOIN accounts a ON a.account_name = s.account_name "
        "WHERE s.token_hash = ? AND s.expires_at > ? AND s.last_seen_at > ?",
        token_hash, sql_time(now), sql_time(now - services::session_idle_limit));
    if (!rows.next()) return std::nullopt;
    Session session;
    session.actor = read_actor(rows);
    session.csrf_token = rows.text();
    session.expires_at = from_microseconds(rows.integer());
    const Instant last_seen = from_microseconds(rows.integer());
    // Once a minute is exact enough for a limit of half an hour, and spares a write per request.
    if (now - last_seen > std::chrono::minutes(1)) {
      connection.change("UPDATE sessions SET last_seen_at = ? WHERE token_hash = ? AND last_seen_at < ?", sql_time(now),
                        token_hash, sql_time(now));
    }
    return session;
  });
}

void AccountStore::remove_session(const std::string& token_hash) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change("DELETE FROM sessions WHERE token_hash = ?", token_hash);
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
