// Second factors that two administrators together forget.
#include "accounts/store/account_store.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {

std::vector<services::SecondFactorReset> AccountStore::list_second_factor_resets() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::SecondFactorReset> listed;
    Rows rows = connection.select(
        "SELECT account_name, asked_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', asked_at) FROM second_factor_resets "
        "ORDER BY account_name");
    while (rows.next()) {
      services::SecondFactorReset& one = listed.emplace_back();
      one.account = rows.text();
      one.asked_by = rows.text();
      one.asked_at = from_microseconds(rows.integer());
    }
    return listed;
  });
}

void AccountStore::ask_second_factor_reset(const std::string& name, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(
        "INSERT INTO second_factor_resets (account_name, asked_by, asked_at) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE "
        "asked_by = VALUES(asked_by), asked_at = VALUES(asked_at)",
        name, change.author, sql_time(change.at));
    write_audit(connection, store_, change, {"account.ask_reset", name});
  });
}

bool AccountStore::confirm_second_factor_reset(const std::string& name, const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    bool forgotten = false;
    {
      Rows account =
          connection.select("SELECT totp_sealed IS NULL FROM accounts WHERE account_name = ? FOR UPDATE", name);
      if (!account.next())
        throw NotFound("account_not_found", {"there is no account of this name", "그런 이름의 계정이 없습니다"});
      forgotten = account.integer() != 0;
    }
    const bool asked =
        connection.change("DELETE FROM second_factor_resets WHERE account_name = ? AND asked_by <> ?", name,
                          change.author) > 0;
    if (!asked) return attempt.number > 1 && forgotten;  // by a commit that was not heard of
    connection.change("UPDATE accounts SET totp_sealed = NULL WHERE account_name = ?", name);
    connection.change("DELETE FROM recovery_codes WHERE account_name = ?", name);
    connection.change("DELETE FROM security_keys WHERE account_name = ?", name);
    connection.change("DELETE FROM known_devices WHERE account_name = ?", name);
    connection.change("DELETE FROM sessions WHERE account_name = ?", name);
    write_audit(connection, store_, change, {"account.forget_second_factor", name});
    return true;
  });
}

}  // namespace hanjari::storage
