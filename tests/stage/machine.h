// More than one machine over the database of a test, and what is sealed there, opened without the program's help.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "stage/test_database.h"
#include "vault/data_keys.h"

namespace hanjari::tests {

// Another machine: a folder with a copy of the keys of the first one, over its server. Changes of keys wait for other
// programs for seconds, not for a minute.
class Machine {
 public:
  explicit Machine(const TestDatabase& first);
  const storage::DatabaseSettings& settings() const { return settings_; }
  std::filesystem::path key_file() const;
  // As an operator does it: the key file of the other machine in place of the own one.
  void copy_keys_from(const std::filesystem::path& key_file) const;

 private:
  TestFolder folder_{"machine"};
  storage::DatabaseSettings settings_;
};

// The first machine's settings, with the same timeout.
storage::DatabaseSettings hasty_settings(const TestDatabase& database);

// Master keys of a key file.
std::set<int> masters_in(const std::filesystem::path& key_file);

// Runs `work` in a child process that kills itself at the given step; false when the work ended before.
bool killed_at_step(int step, const std::function<void(Progress&)>& work);

// A sealed value with all that is bound to it.
struct SealedValue {
  std::string exam;
  std::string table;
  std::string row;
  std::string column;
  std::uint64_t population = 0;
  std::string bytes;
};

// Everything that is sealed in the database now.
std::vector<SealedValue> list_sealed(storage::Connection& connection);

// Whether any of these keys opens the value; by the library's function and our own reading of the form.
bool opens_with_any(const SealedValue& value, const std::vector<storage::Key>& keys);

// All data keys that open with the rings, whatever they are for.
std::vector<storage::Key> list_open_keys(storage::Connection& connection, const std::vector<storage::KeyRing>& rings);

}  // namespace hanjari::tests
