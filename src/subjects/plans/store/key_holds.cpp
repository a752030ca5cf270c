#include "plans/store/key_holds.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hanjari::storage {

// By its id, because a lock on the scope would also hold back new keys beside it, which another connection makes.
void hold_newest_key(Connection& connection, const FieldCipher& cipher, const ExamCode& code) {
  const std::string scope = scope_of_exam(code.text());
  const auto holds_key = [&] {
    const std::uint32_t id = cipher.data_keys().current(scope).id;
    return connection.select("SELECT 1 FROM data_keys WHERE data_key_id = ? LOCK IN SHARE MODE", id).next();
  };
  while (!holds_key()) cipher.data_keys().forget();
}

void hold_all_keys(Connection& connection, const ExamCode& code) {
  std::vector<std::int64_t> keys;
  Rows rows = connection.select("SELECT data_key_id FROM data_keys WHERE scope = ?", scope_of_exam(code.text()));
  while (rows.next()) keys.push_back(rows.integer());
  for (const std::int64_t id : keys)
    connection.select("SELECT 1 FROM data_keys WHERE data_key_id = ? LOCK IN SHARE MODE", id).next();
}

}  // namespace hanjari::storage
