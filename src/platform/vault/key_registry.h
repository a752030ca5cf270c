// What the database says of the keys that stand in files: which master key wraps, which is to come, which living programs have them,
// and which other keys are in use.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "database/connection.h"
#include "vault/key_file.h"

namespace hanjari::storage {

// A key by its number and by the check that tells it from any other key of that number.
struct NamedKey {
  int number = 0;
  std::string check;  // 16 bytes, FieldCipher::key_check
  bool operator==(const NamedKey&) const = default;
};

// A master key that a program has in its hands.
struct MasterKey {
  int number = 0;
  Key key{};
};

// The one with this check; nothing when the ring does not hold it.
std::optional<MasterKey> find_master(const KeyRing& ring, const std::string& check);

// What a named key is for.
namespace purposes {
constexpr const char* personal = "personal";  // the master key that wraps
constexpr const char* office = "office";
constexpr const char* receipt = "receipt";
}  // namespace purposes

// The newest key that the database names for it; nothing where it names none yet.
std::optional<NamedKey> find_named_key(Connection& connection, const char* purpose);

// The next master key, while a change is prepared.
struct PreparedKey {
  NamedKey key;
  std::optional<std::string> wrapped;  // by the current one; nothing when an operator places the key
};
std::optional<PreparedKey> find_prepared_master(Connection& connection);

// A program that lives, and what it has in its key file.
struct LivingProgram {
  std::string id;
  std::string process;  // process_name()
  std::string place;    // for people: host and key file
  std::optional<std::string> current_check;
  std::optional<std::string> next_check;
  bool keeps_old = false;  // an earlier master key too
  std::string problem;     // code of what keeps it from holding the keys
  bool operator==(const LivingProgram&) const = default;
};

// With a lock, nobody becomes alive or tells anything else until the end of the transaction. Those of which it is
// certain that they ended are left out.
enum class Locked { no, yes };
std::vector<LivingProgram> list_living_programs(Connection& connection, Locked locked);
// Tells that the program lives until `life` from now.
void tell_living(Connection& connection, const LivingProgram& program, std::chrono::milliseconds life);
void tell_ended(Connection& connection, const std::string& id);

}  // namespace hanjari::storage
