// Security keys of the staff: their part of AccountStore.
#include "accounts/store/account_store.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {

using services::SecurityKey;

std::vector<SecurityKey> AccountStore::list_security_keys(const std::string& account) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<SecurityKey> keys;
    Rows rows = connection.select(
        "SELECT credential_id, public_key, site, uses, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', added_at), "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', used_at) FROM security_keys WHERE account_name = ? ORDER BY added_at, "
        "credential_id",
        account);
    while (rows.next()) {
      SecurityKey key;
      key.id = rows.text();
      key.public_key = rows.text();
      key.site = rows.text();
      key.uses = rows.integer();
      key.added_at = from_microseconds(rows.integer());
      if (const auto used = rows.maybe_integer()) key.used_at = from_microseconds(*used);
      keys.push_back(std::move(key));
    }
    return keys;
  });
}

void AccountStore::add_security_key(const std::string& account, const SecurityKey& key, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    // Whoever adds another one at the same moment waits here, so that the count stays true.
    if (!connection.select("SELECT role FROM accounts WHERE account_name = ? FOR UPDATE", account).next())
      throw NotFound("account_not_found", {"there is no account of this name", "그런 이름의 계정이 없습니다"});
    bool known = false;
    std::string owner;
    std::string stored;
    {
      Rows rows = connection.select("SELECT account_name, public_key FROM security_keys WHERE credential_id = ? FOR UPDATE", key.id);
      if (rows.next()) {
        known = true;
        owner = rows.text();
        stored = rows.text();
      }
    }
    // The same key of the same account is this very one, stored by a commit that was not heard of.
    if (known && attempt.number > 1 && owner == account && stored == key.public_key) return;
    if (known) {
      throw Conflict("security_key_known", {"This security key is registered already. Use another one.",
                                            "이미 등록된 보안 키입니다. 다른 보안 키를 사용하십시오."});
    }
    std::int64_t count = 0;
    {
      Rows rows = connection.select("SELECT COUNT(*) FROM security_keys WHERE account_name = ?", account);
      if (rows.next()) count = rows.integer();
    }
    if (count >= static_cast<std::int64_t>(services::most_security_keys)) {
      throw Conflict("too_many_security_keys", {"You have as many security keys as an account may have. Remove one first.",
                                                "등록할 수 있는 보안 키의 수를 넘었습니다. 먼저 하나를 삭제하십시오."});
    }
    connection.change(
        "INSERT INTO security_keys (credential_id, account_name, public_key, site, uses, added_at) VALUES (?, ?, ?, ?, ?, ?)",
        key.id, account, key.public_key, key.site, key.uses, sql_time(key.added_at));
    write_audit(connection, store_, change, {"account.add_security_key", account});
  });
}

bool AccountStore::take_security_key(const std::string& account, const SecurityKey& before, std::int64_t after, Instant at) {
  // Whether an attempt of this very call has written it, should the answer to its commit not be heard.
  bool written = false;
  std::optional<std::string> used_before;
  if (before.used_at) used_before = sql_time(*before.used_at);
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (connection.change(
            "UPDATE security_keys SET uses = ?, used_at = ? WHERE account_name = ? AND credential_id = ? AND uses = ? AND "
            "used_at <=> ?",
            after, sql_time(at), account, before.id, before.uses, used_before) > 0) {
      written = true;
      return true;
    }
    return written && connection
                          .select("SELECT 1 FROM security_keys WHERE account_name = ? AND credential_id = ? AND uses = ? AND "
                                  "used_at = ?",
                                  account, before.id, after, sql_time(at))
                          .next();
  });
}

bool AccountStore::remove_security_key(const std::string& account, const std::string& id, const services::Change& change) {
  bool removed = false;  // by an attempt whose commit was not heard
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (connection.change("DELETE FROM security_keys WHERE account_name = ? AND credential_id = ?", account, id) == 0)
      return removed;
    write_audit(connection, store_, change, {"account.remove_security_key", account});
    removed = true;
    return true;
  });
}

}  // namespace hanjari::storage
