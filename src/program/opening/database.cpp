#include "hanjari/program/opening/database.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "accounts/store/account_store.h"
#include "audit/audit_trail.h"
#include "database/database_watch.h"
#include "database/migrations.h"
#include "database/server/database_server.h"
#include "database/server/grants.h"
#include "database/transaction.h"
#include "desk/store/waiting_store.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "intake/store/intake_stores.h"
#include "hanjari/invigilators/venue_staff.h"
#include "invigilators/store/invigilator_store.h"
#include "jobs/store/job_store.h"
#include "materials/store/briefing_store.h"
#include "materials/store/material_store.h"
#include "papers/store/paper_set_store.h"
#include "papers/store/paper_template_store.h"
#include "plans/store/exam_store.h"
#include "plans/store/seat_store.h"
#include "plans/store/seat_view_store.h"
#include "plans/store/workbench/workbench_store.h"
#include "rekeying/opening_keys.h"
#include "publications/store/publication_store.h"
#include "results/store/interview_store.h"
#include "results/store/result_store.h"
#include "vault/key_keeper.h"
#include "vault/office_key.h"
#include "venues/store/venue_chief_store.h"
#include "venues/store/venue_file_store.h"
#include "venues/store/venue_letter_store.h"
#include "venues/store/venue_library_store.h"
#include "venues/store/venue_offer_store.h"

namespace hanjari::storage {
namespace {

// For looks at the database for which nobody waits long.
constexpr RetryPolicy soon{std::chrono::milliseconds(2000), std::chrono::milliseconds(20)};

void check_schema(Connection& connection, const std::string& upgrade) {
  const auto status = load_migration_status(connection, migrations());
  const auto missing = std::count_if(status.begin(), status.end(), [](const auto& step) { return !step.applied; });
  if (missing > 0) {
    throw Unavailable(
        "schema_old",
        {fmt::format("the database lacks {} schema steps; run: {}", missing, upgrade),
         fmt::format("데이터베이스에 스키마 단계 {}개가 빠져 있습니다. 실행할 명령: {}", missing, upgrade)});
  }
}

}  // namespace

struct Database::Parts {
  Parts(const DatabaseSettings& settings, SchemaUpgrade upgrade, const Clock& clock, Progress& progress)
      : server(settings, progress),
        cipher(prepare(settings, upgrade, clock, progress)),
        pool([this] { return server.open(); }, settings.connections),
        office([this] { return server.open(); },
               // Trying again is harmless: naming a key twice is naming it once.
               [this](const auto& work) {
                 in_reading(pool, soon, [&](Connection& connection) {
                   work(connection);
                   return true;
                 });
               },
               office_key_file_of(settings), settings.office_key, clock),
        store{pool, cipher, {settings.retry_for, std::chrono::milliseconds(20), settings.answer_limit}, settings.author, &office},
        exams(store),
        approvals(store),
        workbench(store),
        seats(store),
        accounts(store, settings.security_keys_alone),
        attempts(store),
        audit(store, settings.data / "audit" / "anchors", settings.anchor_file),
        intake(store),
        seat_views(store),
        jobs(store),
        paper_sets(store),
        paper_templates(store),
        invigilators(store),
        results(store),
        interviews(store),
        publications(store),
        venue_offers(store),
        venue_letters(store),
        venue_files(store),
        venue_chiefs(store),
        venue_library(store),
        materials(store),
        briefings(store),
        venue_staff(invigilators, exams, audit),
        waiting(store) {}

  // Another program may run the private server and end while this one makes itself ready: then all is looked at again
  // on the server that takes its place.
  FieldCipher prepare(const DatabaseSettings& settings, SchemaUpgrade upgrade, const Clock& clock, Progress& progress) {
    Retries retries({settings.retry_for, std::chrono::milliseconds(20)});
    for (int attempt = 1;; ++attempt) {
      const auto connection = server.open_owner();
      try {
        return prepare_on(*connection, settings, upgrade, clock, progress);
      } catch (const DriverError& error) {
        if (error.kind() != DriverError::Kind::lost || !retries.wait(attempt)) throw_translated(error);
      } catch (const DatabaseLost&) {
        if (!retries.wait(attempt)) throw;
      }
    }
  }

  // A server that may be used, a current schema, the right keys.
  FieldCipher prepare_on(Connection& connection, const DatabaseSettings& settings, SchemaUpgrade upgrade,
                         const Clock& clock, Progress& progress) {
    if (server.is_private() && upgrade == SchemaUpgrade::automatic) {
      apply_migrations(connection, migrations(), clock, progress);
      server.grant_rights(connection);
    }
    check_schema(connection, settings.upgrade);
    const KeyRing keys = open_keys(connection, settings);
    auto data_keys = std::make_shared<const DataKeys>([this] { return server.open(); },
                                                      [settings] { return load_ring(settings); }, keys,
                                                      settings.retry_for);
    keeper = std::make_unique<KeyKeeper>(settings, [this] { return server.open(); }, data_keys);
    // What is to come is in the key file, and known to be, before anything is done.
    keeper->look();
    keeper->start();
    return FieldCipher(keys, std::move(data_keys));
  }

  DatabaseServer server;
  std::unique_ptr<KeyKeeper> keeper;
  FieldCipher cipher;
  ConnectionPool pool;
  OfficeKey office;
  Store store;
  ExamStore exams;
  ApprovalStore approvals;
  WorkbenchStore workbench;
  SeatStore seats;
  AccountStore accounts;
  AttemptStore attempts;
  AuditTrailStore audit;
  IntakeStores intake;
  SeatViewStore seat_views;
  JobStore jobs;
  PaperSetStore paper_sets;
  PaperTemplateStore paper_templates;
  InvigilatorStore invigilators;
  ResultStore results;
  InterviewStore interviews;
  PublicationStore publications;
  VenueOfferStore venue_offers;
  VenueLetterStore venue_letters;
  VenueFileStore venue_files;
  VenueChiefStore venue_chiefs;
  VenueLibraryStore venue_library;
  MaterialStore materials;
  BriefingStore briefings;
  services::StaffOfDuties venue_staff;
  WaitingStore waiting;
  std::unique_ptr<DatabaseWatch> watch;
};

Database::Database(const DatabaseSettings& settings, SchemaUpgrade upgrade, const Clock& clock, Progress& progress)
    : parts_(std::make_unique<Parts>(settings, upgrade, clock, progress)) {}
Database::~Database() {
  // The keys outlive the pool.
  parts_->cipher.data_keys().ask_before_reading(nullptr);
}

services::ExamRepository& Database::exams() {
  return parts_->exams;
}
services::ApprovalRepository& Database::approvals() {
  return parts_->approvals;
}
services::WorkbenchRepository& Database::workbench() {
  return parts_->workbench;
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
  try {
    // One of its own: what the roles of the account allow is seen by taking them on.
    const auto connection = parts_->server.open();
    if (!parts_->server.names_owner()) return storage::audit_is_protected(*connection, nullptr);
    const auto owner = parts_->server.open_owner();
    return storage::audit_is_protected(*connection, owner.get());
  } catch (const DriverError& error) {
    throw_translated(error);
  }
}

services::RecruitmentRepository& Database::recruitments() {
  return parts_->intake.recruitments;
}
services::SetupRepository& Database::setups() {
  return parts_->intake.setups;
}
services::NoticeProposalRepository& Database::notice_proposals() {
  return parts_->intake.notice_proposals;
}
services::ApplicationRepository& Database::applications() {
  return parts_->intake.applications;
}
services::ApplicationTableRepository& Database::application_table() {
  return parts_->intake.application_table;
}
services::AttachmentRepository& Database::attachments() {
  return parts_->intake.attachments;
}
services::SeatViewRepository& Database::seat_views() {
  return parts_->seat_views;
}
services::JobRepository& Database::jobs() {
  return parts_->jobs;
}
services::InvigilatorRepository& Database::invigilators() {
  return parts_->invigilators;
}
services::PaperTemplateRepository& Database::paper_templates() {
  return parts_->paper_templates;
}
services::PaperSetRepository& Database::paper_sets() {
  return parts_->paper_sets;
}
services::InterviewRepository& Database::interviews() {
  return parts_->interviews;
}
services::ResultRepository& Database::results() {
  return parts_->results;
}
services::PublicationRepository& Database::publications() {
  return parts_->publications;
}
services::VenueOfferRepository& Database::venue_offers() {
  return parts_->venue_offers;
}
services::VenueLetterRepository& Database::venue_letters() {
  return parts_->venue_letters;
}
services::VenueFileRepository& Database::venue_files() {
  return parts_->venue_files;
}
services::VenueChiefRepository& Database::venue_chiefs() {
  return parts_->venue_chiefs;
}
services::VenueLibraryRepository& Database::venue_library() {
  return parts_->venue_library;
}
services::MaterialRepository& Database::materials() {
  return parts_->materials;
}
services::BriefingRepository& Database::briefings() {
  return parts_->briefings;
}
services::VenueStaff& Database::venue_staff() {
  return parts_->venue_staff;
}
services::WaitingRepository& Database::waiting() {
  return parts_->waiting;
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
services::PortalTextRepository& Database::portal_texts() {
  return parts_->intake.portal_texts;
}
services::MessageOutbox& Database::outbox() {
  return parts_->intake.outbox;
}
const services::IdentityHash& Database::identity() {
  return parts_->intake.identity;
}

void Database::watch() {
  parts_->cipher.data_keys().ask_before_reading([this] { parts_->pool.refuse_during_outage(); });
  parts_->watch = std::make_unique<DatabaseWatch>([this] { return parts_->server.open_for_watching(); },
                                                  [this] { parts_->cipher.data_keys().check(); }, parts_->pool);
}

bool Database::is_away() const {
  return parts_->watch && (parts_->watch->is_away() || parts_->watch->is_silent());
}

void Database::check_ready() {
  if (parts_->watch) return parts_->watch->check();
  in_reading(parts_->pool, soon, [](Connection& connection) { return connection.select("SELECT 1").next(); });
  parts_->cipher.data_keys().check();
}

std::vector<std::string> Database::list_damaged_keys() {
  std::vector<std::string> damaged = parts_->cipher.data_keys().list_damaged();
  for (const std::string& code : parts_->intake.recruitments.list_damaged()) damaged.push_back("notice/" + code);
  return damaged;
}

std::optional<std::string> Database::find_receipt_key() {
  return in_reading(parts_->pool, parts_->store.retry, [](Connection& connection) -> std::optional<std::string> {
    const auto named = find_named_key(connection, purposes::receipt);
    return named ? std::optional(named->check) : std::nullopt;
  });
}

std::string Database::name_receipt_key(const std::string& check) {
  return in_transaction(parts_->pool, parts_->store.retry, [&](Connection& connection, Attempt) {
    // Whoever was first, this program or another: there is one.
    connection.change(
        "INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('receipt', 1, ?) ON DUPLICATE KEY UPDATE "
        "key_number = key_number",
        check);
    const auto named = find_named_key(connection, purposes::receipt);
    if (!named) throw std::logic_error("a receipt key that is not there after it was named");
    return named->check;
  });
}

std::string Database::find_newest_receipt() {
  return in_reading(parts_->pool, parts_->store.retry, [](Connection& connection) {
    Rows rows = connection.select("SELECT receipt FROM submissions ORDER BY received_at DESC LIMIT 1");
    return rows.next() ? rows.text() : std::string();
  });
}

void Database::prepare_office_key() const {
  parts_->office.prepare();
}

void Database::require_office_key() const {
  parts_->office.require_named();
}

bool Database::has_office_key() const {
  return parts_->office.is_there();
}

std::optional<OfficeKeyFault> Database::find_office_fault() const {
  return parts_->office.find_fault();
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
    refuse_triggers(*connection);
    return applied;
  } catch (const DriverError& error) {
    throw_translated(error);
  }
}

}  // namespace hanjari::storage
