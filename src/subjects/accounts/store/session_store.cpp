// Sessions and known devices of staff and applicants: the part of AccountStore that every request uses.
#include <fmt/format.h>

#include "accounts/store/account_store.h"
#include "database/connection_pool.h"
#include "database/legible.h"
#include "database/sql_time.h"
#include "hanjari/base/store_errors.h"

namespace hanjari::storage {
namespace {

using services::Session;
using services::SessionStage;

constexpr std::size_t handle_size = 16;
constexpr std::size_t longest_agent = 200;
constexpr std::chrono::hours device_memory{24 * 180};

constexpr const char* session_columns =
    "s.token_hash, s.account_name, a.role, a.district_code, s.csrf_token, s.stage, s.idle_seconds, "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', s.expires_at), TIMESTAMPDIFF(MICROSECOND, '1970-01-01', s.created_at), "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', s.last_seen_at), s.visitor_sealed, s.pending_sealed";
// Of an account that may sign in: of the staff, not disabled, or of an applicant.
constexpr const char* from_sessions =
    " FROM sessions s LEFT JOIN accounts a ON a.account_name = s.account_name LEFT JOIN applicant_accounts p ON "
    "p.account_id = s.account_name WHERE (p.account_id IS NOT NULL OR a.disabled = FALSE) AND s.expires_at > ? AND "
    "s.last_seen_at > ? - INTERVAL s.idle_seconds SECOND ";

SessionStage stage_of(const std::string& word) {
  if (word == "second_factor") return SessionStage::second_factor;
  return word == "enrolment" ? SessionStage::enrolment : SessionStage::full;
}

FieldPlace visitor_place(const std::string& token_hash) {
  return {0, token_hash, "sessions.visitor"};
}

FieldPlace pending_place(const std::string& token_hash) {
  return {0, token_hash, "sessions.pending"};
}

// It can wait until the database takes changes again: whoever only reads is not refused for it, and idles meanwhile.
void note_seen(Connection& connection, ConnectionPool& pool, const std::string& token_hash, const std::string& time) {
  try {
    connection.change("UPDATE sessions SET last_seen_at = ? WHERE token_hash = ? AND last_seen_at < ?", time, token_hash,
                      time);
  } catch (const DriverError& error) {
    if (error.kind() != DriverError::Kind::read_only && error.kind() != DriverError::Kind::full) throw;
    try {
      pool.fail(error);  // remembers a disk that is full, for operations
    } catch (const DatabaseUnavailable&) {
    }
  }
}

}  // namespace

Session AccountStore::read_session(Rows& rows, const std::string& wanted) const {
  Session session;
  const std::string token_hash = rows.text();
  session.actor.account = rows.text();
  const auto role = rows.maybe_text();
  session.actor.role = role ? known_word(services::parse_role(*role), "accounts.role") : services::Role::applicant;
  if (const auto district = rows.maybe_text()) session.actor.district = DistrictCode(*district);
  session.csrf_token = rows.text();
  session.stage = stage_of(rows.text());
  session.idle_limit = std::chrono::seconds(rows.integer());
  session.expires_at = from_microseconds(rows.integer());
  session.began_at = from_microseconds(rows.integer());
  session.last_seen_at = from_microseconds(rows.integer());
  session.handle = token_hash.substr(0, handle_size);
  const auto visitor = rows.maybe_text();
  const auto pending = rows.maybe_text();
  // Only the list of sessions shows where they began; a request does not pay for it.
  if (visitor && wanted.empty()) {
    read_legibly([&] {
      const std::string both = store_.cipher.open(visitor_place(token_hash), *visitor);
      session.source = both.substr(0, both.find('\n'));
      session.agent = both.substr(std::min(both.size(), session.source.size() + 1));
    });
  }
  if (pending && !wanted.empty()) session.pending_secret = store_.cipher.open(pending_place(token_hash), *pending);
  return session;
}

void AccountStore::save_session(const std::string& token_hash, const Session& session, Instant now) {
  const std::string time = sql_time(now);
  const std::string visitor =
      store_.cipher.seal(visitor_place(token_hash), session.source + "\n" + session.agent.substr(0, longest_agent));
  std::optional<std::string> pending;
  if (!session.pending_secret.empty()) pending = store_.cipher.seal(pending_place(token_hash), session.pending_secret);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(
        "INSERT INTO sessions (token_hash, account_name, csrf_token, created_at, last_seen_at, expires_at, stage, "
        "idle_seconds, visitor_sealed, pending_sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
        "last_seen_at = VALUES(last_seen_at), pending_sealed = VALUES(pending_sealed)",
        token_hash, session.actor.account, session.csrf_token, time, time, sql_time(session.expires_at),
        services::spell(session.stage), session.idle_limit.count(), visitor, pending);
  });
}

std::optional<Session> AccountStore::find_session(const std::string& token_hash, Instant now) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Session> {
    const std::string time = sql_time(now);
    Rows rows = connection.select(std::string("SELECT ") + session_columns + from_sessions + "AND s.token_hash = ?",
                                  time, time, token_hash);
    if (!rows.next()) return std::nullopt;
    Session session = read_session(rows, token_hash);
    // Once a minute is exact enough for a limit of a quarter of an hour, and spares a write per request.
    if (now - session.last_seen_at > std::chrono::minutes(1)) note_seen(connection, store_.pool, token_hash, time);
    return session;
  });
}

void AccountStore::remove_session(const std::string& token_hash) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change("DELETE FROM sessions WHERE token_hash = ?", token_hash);
  });
}

void AccountStore::offer_secret(const std::string& token_hash, const std::string& secret) {
  const std::string sealed = store_.cipher.seal(pending_place(token_hash), secret);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(
        "UPDATE sessions SET pending_sealed = ? WHERE token_hash = ? AND stage = 'enrolment' AND pending_sealed IS NULL",
        sealed, token_hash);
  });
}

std::vector<Session> AccountStore::list_sessions(const std::string& account, Instant now) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<Session> sessions;
    const std::string time = sql_time(now);
    Rows rows =
        connection.select(std::string("SELECT ") + session_columns + from_sessions +
                              "AND s.account_name = ? AND s.stage = 'full' ORDER BY s.created_at DESC LIMIT 100",
                          time, time, account);
    while (rows.next()) sessions.push_back(read_session(rows, {}));
    return sessions;
  });
}

void AccountStore::remove_session_of(const std::string& account, const std::string& handle,
                                     const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (connection.change("DELETE FROM sessions WHERE account_name = ? AND LEFT(token_hash, 16) = ?", account,
                          handle) == 0)
      return;
    write_audit(connection, store_, change, {"session.end", account});
  });
}

void AccountStore::remove_other_sessions(const std::string& account, const std::string& token_hash,
                                         const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change("DELETE FROM sessions WHERE account_name = ? AND token_hash <> ?", account, token_hash);
    write_audit(connection, store_, change, {"session.end_others", account});
  });
}

bool AccountStore::knows_device(const std::string& account, const std::string& device_hash, Instant now) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return connection
        .select("SELECT 1 FROM known_devices WHERE account_name = ? AND device_hash = ? AND last_used_at > ?", account,
                device_hash, sql_time(now - device_memory))
        .next();
  });
}

void AccountStore::remember_device(const std::string& account, const std::string& device_hash, Instant now) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(
        "INSERT INTO known_devices (account_name, device_hash, last_used_at) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE "
        "last_used_at = VALUES(last_used_at)",
        account, device_hash, sql_time(now));
  });
}

bool AccountStore::remove_expired(Instant now) {
  constexpr std::uint64_t portion = 1'000;
  const auto remove = [&](const char* rows, Instant before) {
    return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
      return connection.change(fmt::format("DELETE FROM {} < ? LIMIT {}", rows, portion), sql_time(before)) == portion;
    });
  };
  const bool more_sessions = remove("sessions WHERE expires_at", now);
  const bool more_codes = remove("sent_codes WHERE expires_at", now);
  const bool more_devices = remove("known_devices WHERE last_used_at", now - device_memory);
  return more_sessions || more_codes || more_devices;
}

}  // namespace hanjari::storage
