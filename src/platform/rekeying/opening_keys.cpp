#include "rekeying/opening_keys.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "database/driver_error.h"
#include "database/transaction.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "rekeying/key_work.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_wrong_keys(const fs::path& file) {
  throw Unavailable(
      "wrong_key_file",
      {fmt::format("{} is missing or is not the key file this database is written with now; copy it from a machine that "
                   "is ready, or restore it from its backup",
                   file.string()),
       in_korean("{}[이/가] 없거나 이 데이터베이스에 지금 쓰는 키 파일이 아닙니다. 정상 동작 중인 컴퓨터에서 "
                   "복사하거나 백업에서 복원하십시오",
                   file.string())});
}

struct NamedKeys {
  std::vector<NamedKey> masters;  // more than one only in a database of an earlier version
  std::string lookup;             // empty in a database that was never written to
};

NamedKeys list_named(Connection& connection) {
  NamedKeys named;
  Rows rows = connection.select(
      "SELECT purpose, key_number, key_check FROM key_checks WHERE purpose IN ('personal', 'lookup') ORDER BY "
      "key_number");
  while (rows.next()) {
    const std::string purpose = rows.text();
    NamedKey key;
    key.number = static_cast<int>(rows.integer());
    key.check = rows.text();
    if (purpose == "lookup") {
      named.lookup = key.check;
    } else {
      named.masters.push_back(std::move(key));
    }
  }
  return named;
}

// Of two programs that begin with one new database, the second finds the keys of the first.
void name_first(Connection& connection, const KeyRing& ring) {
  const auto& [number, master] = *ring.personal.rbegin();
  try {
    Transaction transaction(connection);
    connection.change("INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('lookup', 1, ?)",
                      FieldCipher::key_check(ring.lookup));
    connection.change("INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('personal', ?, ?)", number,
                      FieldCipher::key_check(master));
    transaction.commit();
  } catch (const DriverError& error) {
    if (error.kind() != DriverError::Kind::duplicate) throw;
  }
}

bool fits(const KeyRing& ring, const NamedKeys& named) {
  return FieldCipher::key_check(ring.lookup) == named.lookup && !named.masters.empty() &&
         std::all_of(named.masters.begin(), named.masters.end(),
                     [&](const NamedKey& key) { return find_master(ring, key.check).has_value(); });
}

// Whether a data key whose master key nobody named can be opened after all.
bool finds_lost_keys(Connection& connection, const KeyRing& ring) {
  Rows rows = connection.select("SELECT ORD(LEFT(wrapped, 1)) FROM data_keys WHERE lost = 1");
  while (rows.next()) {
    if (ring.personal.contains(static_cast<int>(rows.integer()))) return true;
  }
  return false;
}

// Everything under the newest of the named master keys. Another program that does the same at the same time does it
// twice.
void settle(Connection& connection, const KeyRing& ring) {
  Transaction transaction(connection);
  connection.select("SELECT holder FROM key_changes WHERE change_id = 1 FOR UPDATE").next();
  const auto current = find_named_key(connection, purposes::personal);
  const auto master = find_master(ring, current->check);
  if (!master) return;
  rewrap_all(connection, ring, *master);
  transaction.commit();
}

}  // namespace

KeyRing open_keys(Connection& connection, const DatabaseSettings& settings) {
  const fs::path file = key_file_of(settings);
  NamedKeys named = list_named(connection);
  std::error_code ignored;
  const bool there = !settings.keys.empty() || fs::exists(file, ignored);
  if (!there && !named.lookup.empty()) throw_wrong_keys(file);
  KeyRing ring = there ? load_ring(settings) : make_keys(file);
  if (named.lookup.empty()) {
    name_first(connection, ring);
    named = list_named(connection);
  }
  if (!fits(ring, named)) {
    // Another machine began with this database at the same moment: the file that was just made is nobody's.
    if (!there) fs::remove(file, ignored);
    throw_wrong_keys(file);
  }
  if (named.masters.size() > 1 || finds_lost_keys(connection, ring)) {
    try {
      settle(connection, ring);
    } catch (const Unavailable&) {
      // One key that does not open is no reason not to start: everything else works as it is, and the next change of
      // the master key names it.
    }
  }
  return ring;
}

}  // namespace hanjari::storage
