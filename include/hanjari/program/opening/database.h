// The database of the program: the repositories of services on MariaDB, private or external.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/progress.h"
#include "hanjari/intake/intake.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plans.h"
#include "hanjari/plans/seat_views.h"

namespace hanjari::storage {

// A MariaDB server that somebody else runs.
struct ExternalServer {
  std::string host;  // empty: the socket
  int port = 3306;
  std::filesystem::path socket;
  std::string user;  // what the program works with; needs no right to change or delete entries of the audit trail
  std::string password;
  // Who may change the schema and give rights, for upgrades and backups; empty: the same account.
  std::string owner{};
  std::string owner_password{};
  std::string schema = "hanjari";
  std::filesystem::path tls_ca;  // the authority that signed the server's certificate; required for a host that is not
                                 // this machine
};

struct DatabaseSettings {
  // The data folder: keys, log and, without an external server, the private database. Made when missing.
  std::filesystem::path data;
  std::optional<ExternalServer> external;
  std::filesystem::path key_file;       // empty: keys/personal.keys in the data folder
  std::string keys{};                   // the key file's text itself, from the environment; then there is no file
  std::filesystem::path anchor_file{};  // signed heads of the audit trail; empty: audit/anchors in the data folder
  std::string author = "program";       // who changes what has no signed-in author
  std::size_t connections = 16;         // at most
  // How long a lost connection or a lock held by somebody else is tried again.
  std::chrono::milliseconds retry_for{30'000};
};

struct MigrationStatus {
  int number = 0;
  std::string name;
  bool applied = false;
};

// Where a schema stands against the migrations that the program brings.
struct SchemaStatus {
  std::string server;  // version and whether it is private
  std::vector<MigrationStatus> migrations;
  bool current() const;
};

// Whether opening may bring the schema up to date. `automatic` does so for the private server only: an external one is
// upgraded by its operator with `hanjari db upgrade`.
enum class SchemaUpgrade { automatic, never };

// Open while it lives; its methods may be called from any thread. Throws Unavailable when the server cannot be started
// or reached, runs with unsafe settings, has an unknown schema (schema_unknown) or an old one (schema_old), or when the
// key file is not the one that encrypted the data (wrong_key_file).
class Database {
 public:
  Database(const DatabaseSettings& settings, SchemaUpgrade upgrade, const Clock& clock, Progress& progress);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  services::ExamRepository& exams();
  services::PlanRepository& plans();
  services::AccountRepository& accounts();
  services::AttemptLimit& attempts();
  services::AccessRecord& accesses();
  services::AuditTrail& audit();

  // Whether the account that the program works with can neither change nor delete entries of the audit trail.
  bool audit_is_protected();

  // Of applying.
  services::RecruitmentRepository& recruitments();
  services::ApplicationRepository& applications();
  services::AttachmentRepository& attachments();
  services::SeatViewRepository& seat_views();
  services::PaymentRepository& payments();
  services::TestProviderBooks& test_orders();
  services::SelfReportRepository& self_reports();
  services::MessageOutbox& outbox();
  const services::IdentityHash& identity();

  // Throws Unavailable when the database does not answer now.
  void check_answers();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// For `db status` and `db upgrade`: connect without asking for a current schema.
SchemaStatus load_schema_status(const DatabaseSettings& settings, const Clock& clock);
// Applies what is missing, one step after the other; returns the numbers applied.
std::vector<int> upgrade_schema(const DatabaseSettings& settings, const Clock& clock, Progress& progress);

// For `db backup`: everything of the schema as SQL text in one file, readable by its owner only, as it was at one
// moment while others go on working. Personal columns stay sealed and no key is in it. Written whole or not at all.
// Throws Unavailable (backup_failed) with what MariaDB's program said.
void back_up(const DatabaseSettings& settings, const std::filesystem::path& file, Progress& progress);

// For `db restore`: puts such a file into an empty schema and brings it up to date. Throws InvalidInput (bad_backup:
// not whole, not one of ours), Conflict (database_not_empty), Unavailable (restore_failed; wrong_key_file when the keys
// that sealed the data are not in place yet: the data is there then and opens with them).
void restore(const DatabaseSettings& settings, const std::filesystem::path& file, const Clock& clock,
             Progress& progress);

}  // namespace hanjari::storage
