#include "hanjari/program/opening/database.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "accounts/store/account_store.h"
#include "audit/audit_trail.h"
#include "database/migrations.h"
#include "database/server/database_server.h"
#include "database/server/grants.h"
#include "hanjari/base/error.h"
#include "intake/store/intake_stores.h"
#include "plans/store/exam_store.h"
#include "plans/store/seat_store.h"
#include "plans/store/seat_view_store.h"
#include "rekeying/key_work.h"
#include "vault/key_file.h"

namespace hanjari::storage {
namespace {

namespace fs = std::filesystem;

void check_schema(Connection& connection) {
  const auto status = load_migration_status(connection, migrations());
  const auto missing = std::count_if(status.begin(), status.end(), [](const auto& step) { return !step.applied; });
  if (missing > 0) {
    throw Unavailable(
        "schema_old",
        {fmt::format("the database lacks {} schema steps; run hanjari db upgrade", missing),
         fmt::format("데이터베이스에 스키마 단계 {}개가 빠져 있습니다. hanjari db upgrade를 실행하십시오", missing)});
  }
}

[[noreturn]] void throw_wrong_keys(const fs::path& file) {
  throw Unavailable(
      "wrong_key_file",
      {fmt::format("{} is missing or is not the key file this database was written with; restore it from "
                   "its backup",
                   file.string()),
       fmt::format("{}이(가) 없거나 이 데이터베이스를 만들 때 쓴 키 파일이 아닙니다. 백업에서 복원하십시오",
                   file.string())});
}

// The keys of this database: made with it, and the same ever after.
KeyRing open_keys(Connection& connection, const DatabaseSettings& settings) {
  const fs::path file = key_file_of(settings);
  std::map<std::pair<std::string, std::int64_t>, std::string> checks;
  for (Rows rows = connection.select("SELECT purpose, key_number, key_check FROM key_checks"); rows.next();) {
    std::string purpose = rows.text();
    const std::int64_t number = rows.integer();
    checks[{std::move(purpose), number}] = rows.text();
  }
  std::error_code ignored;
  const bool there = !settings.keys.empty() || fs::exists(file, ignored);
  if (!there && !checks.empty()) throw_wrong_keys(file);
  KeyRing keys = there ? load_ring(settings) : make_keys(file);
  std::map<std::pair<std::string, std::int64_t>, std::string> own;
  for (const auto& [number, key] : keys.personal) own[{"personal", number}] = FieldCipher::key_check(key);
  own[{"lookup", 1}] = FieldCipher::key_check(keys.lookup);
  for (const auto& [key, check] : checks) {
    const auto found = own.find(key);
    if (found == own.end() || found->second != check) throw_wrong_keys(file);
  }
  for (const auto& [key, check] : own) {
    if (checks.contains(key)) continue;
    connection.change("INSERT INTO key_checks (purpose, key_number, key_check) VALUES (?, ?, ?)", key.first, key.second,
                      check);
  }
  return keys;
}

}  // namespace

struct Database::Parts {
  Parts(const DatabaseSettings& settings, SchemaUpgrade upgrade, const Clock& clock, Progress& progress)
      : server(settings, progress),
        cipher(prepare(settings, upgrade, clock, progress)),
        pool([this] { return server.open(); }, settings.connections),
        store{pool, cipher, {settings.retry_for, std::chrono::milliseconds(20)}, settings.author},
        exams(store),
        seats(store),
        accounts(store),
        attempts(store),
        audit(store, settings.anchor_file.empty() ? settings.data / "audit" / "anchors" : settings.anchor_file),
        intake(store),
        seat_views(store) {}

  // A server that may be used, a current schema, the right keys.
  FieldCipher prepare(const DatabaseSettings& settings, SchemaUpgrade upgrade, const Clock& clock, Progress& progress) {
    const auto connection = server.open_owner();
    try {
      if (server.is_private() && upgrade == SchemaUpgrade::automatic) {
        apply_migrations(*connection, migrations(), clock, progress);
        server.grant_rights(*connection);
      }
      check_schema(*connection);
      KeyRing keys = open_keys(*connection, settings);
      auto data_keys = std::make_shared<const DataKeys>([this] { return server.open(); },
                                                        [settings] { return load_ring(settings); }, keys);
      return FieldCipher(std::move(keys), std::move(data_keys));
    } catch (const DriverError& error) {
      throw_translated(error);
    }
  }

  DatabaseServer server;
  FieldCipher cipher;
  ConnectionPool pool;
  Store store;
  ExamStore exams;
  SeatStore seats;
  AccountStore accounts;
  AttemptStore attempts;
  AuditTrailStore audit;
  IntakeStores intake;
  SeatViewStore seat_views;
};

Database::Database(const DatabaseSettings& settings, SchemaUpgrade upgrade, const Clock& clock, Progress& progress)
    : parts_(std::make_unique<Parts>(settings, upgrade, clock, progress)) {}
Database::~Database() = default;

services::ExamRepository& Database::exams() {
  return parts_->exams;
}
services::PlanRepository& Database::plans() {
  return parts_->seats;
}
services::AccountRepository& Database::accounts() {
  return parts_->accounts;
}
services::AttemptLimit& Database::attempts() {
  return parts_->attempts;
}
services::AccessRecord& Database::accesses() {
  return parts_->audit;
}
services::AuditTrail& Database::audit() {
  return parts_->audit;
}

bool Database::audit_is_protected() {
  return in_reading(parts_->pool, parts_->store.retry,
                    [](Connection& connection) { return storage::audit_is_protected(connection); });
}

services::RecruitmentRepository& Database::recruitments() {
  return parts_->intake.recruitments;
}
services::ApplicationRepository& Database::applications() {
  return parts_->intake.applications;
}
services::AttachmentRepository& Database::attachments() {
  return parts_->intake.attachments;
}
services::SeatViewRepository& Database::seat_views() {
  return parts_->seat_views;
}
services::PaymentRepository& Database::payments() {
  return parts_->intake.payments;
}
services::TestProviderBooks& Database::test_orders() {
  return parts_->intake.test_orders;
}
services::SelfReportRepository& Database::self_reports() {
  return parts_->intake.self_reports;
}
services::MessageOutbox& Database::outbox() {
  return parts_->intake.outbox;
}
const services::IdentityHash& Database::identity() {
  return parts_->intake.identity;
}

void Database::check_answers() {
  in_reading(parts_->pool, {std::chrono::milliseconds(2000), std::chrono::milliseconds(20)},
             [](Connection& connection) { return connection.select("SELECT 1").next(); });
}

bool SchemaStatus::current() const {
  return std::all_of(migrations.begin(), migrations.end(), [](const MigrationStatus& step) { return step.applied; });
}

SchemaStatus load_schema_status(const DatabaseSettings& settings, const Clock&) {
  DatabaseServer server(settings, no_progress());
  const auto connection = server.open_owner();
  try {
    SchemaStatus status;
    Rows version = connection->select("SELECT @@version");
    version.next();
    status.server = version.text() + (server.is_private() ? " (private)" : " (external)");
    status.migrations = load_migration_status(*connection, migrations());
    return status;
  } catch (const DriverError& error) {
    throw_translated(error);
  }
}

std::vector<int> upgrade_schema(const DatabaseSettings& settings, const Clock& clock, Progress& progress) {
  DatabaseServer server(settings, progress);
  const auto connection = server.open_owner();
  try {
    auto applied = apply_migrations(*connection, migrations(), clock, progress);
    server.grant_rights(*connection);
    return applied;
  } catch (const DriverError& error) {
    throw_translated(error);
  }
}

}  // namespace hanjari::storage
