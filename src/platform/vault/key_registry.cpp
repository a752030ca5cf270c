#include "vault/key_registry.h"

#include "vault/field_cipher.h"
#include "vault/process_name.h"

namespace hanjari::storage {

std::optional<MasterKey> find_master(const KeyRing& ring, const std::string& check) {
  for (const auto& [number, key] : ring.personal) {
    if (FieldCipher::key_check(key) == check) return MasterKey{number, key};
  }
  return std::nullopt;
}

std::optional<NamedKey> find_named_key(Connection& connection, const char* purpose) {
  // More than one master key is named only in a database of an earlier version, until a program has settled it; more than one key of
  // the office while its values are closed anew.
  Rows rows = connection.select(
      "SELECT key_number, key_check FROM key_checks WHERE purpose = ? ORDER BY key_number DESC LIMIT 1", purpose);
  if (!rows.next()) return std::nullopt;
  NamedKey named;
  named.number = static_cast<int>(rows.integer());
  named.check = rows.text();
  return named;
}

std::optional<PreparedKey> find_prepared_master(Connection& connection) {
  Rows rows = connection.select(
      "SELECT next_number, next_check, next_wrapped FROM key_changes WHERE change_id = 1 AND phase = 'prepared'");
  if (!rows.next()) return std::nullopt;
  PreparedKey prepared;
  prepared.key.number = static_cast<int>(rows.integer());
  prepared.key.check = rows.text();
  prepared.wrapped = rows.maybe_text();
  return prepared;
}

std::vector<LivingProgram> list_living_programs(Connection& connection, Locked locked) {
  std::vector<LivingProgram> programs;
  Rows rows = connection.select(
      std::string("SELECT program_id, process, place, current_check, next_check, keeps_old, problem FROM key_programs "
                  "WHERE alive_until >= UTC_TIMESTAMP(6) ORDER BY place, program_id") +
      (locked == Locked::yes ? " FOR UPDATE" : ""));
  while (rows.next()) {
    LivingProgram program;
    program.id = rows.text();
    program.process = rows.text();
    program.place = rows.text();
    program.current_check = rows.maybe_text();
    program.next_check = rows.maybe_text();
    program.keeps_old = rows.integer() != 0;
    program.problem = rows.text();
    if (!has_ended(program.process)) programs.push_back(std::move(program));
  }
  return programs;
}

void tell_living(Connection& connection, const LivingProgram& program, std::chrono::milliseconds life) {
  connection.change(
      "INSERT INTO key_programs (program_id, process, place, current_check, next_check, keeps_old, problem, "
      "alive_until) VALUES (?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND) ON DUPLICATE KEY UPDATE "
      "current_check = VALUES(current_check), next_check = VALUES(next_check), keeps_old = VALUES(keeps_old), "
      "problem = VALUES(problem), alive_until = VALUES(alive_until)",
      program.id, program.process, program.place, program.current_check, program.next_check, program.keeps_old,
      program.problem, std::chrono::duration_cast<std::chrono::microseconds>(life).count());
}

void tell_ended(Connection& connection, const std::string& id) {
  connection.change("DELETE FROM key_programs WHERE program_id = ? OR alive_until < UTC_TIMESTAMP(6) - INTERVAL 1 DAY",
                    id);
}

}  // namespace hanjari::storage
