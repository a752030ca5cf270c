// The database of the program: the repositories of services on MariaDB, private or external.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/progress.h"
#include "hanjari/database/settings.h"
#include "hanjari/desk/waiting.h"
#include "hanjari/intake/applicant.h"
#include "hanjari/intake/application_table.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/attachments.h"
#include "hanjari/intake/payments.h"
#include "hanjari/intake/notice_board.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/intake/self_reports.h"
#include "hanjari/intake/setup_versions.h"
#include "hanjari/intake/test_provider.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/materials/briefing.h"
#include "hanjari/materials/materials.h"
#include "hanjari/messages/messages.h"
#include "hanjari/papers/paper_sets.h"
#include "hanjari/papers/paper_templates.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plans.h"
#include "hanjari/plans/seat_views.h"
#include "hanjari/plans/workbench.h"
#include "hanjari/publications/publications.h"
#include "hanjari/results/interview_entries.h"
#include "hanjari/results/results.h"
#include "hanjari/venues/venue_chiefs.h"
#include "hanjari/venues/venue_files.h"
#include "hanjari/venues/venue_letters.h"
#include "hanjari/venues/venue_library.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::storage {

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
// key file is not the one that encrypted the data (wrong_key_file). The clock outlives it.
class Database {
 public:
  Database(const DatabaseSettings& settings, SchemaUpgrade upgrade, const Clock& clock, Progress& progress);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  services::ExamRepository& exams();
  services::ApprovalRepository& approvals();
  services::PlanRepository& plans();
  services::WorkbenchRepository& workbench();
  services::AccountRepository& accounts();
  services::AttemptLimit& attempts();
  services::AccessRecord& accesses();
  services::AuditTrail& audit();
  services::JobRepository& jobs();
  services::PaperSetRepository& paper_sets();
  services::PaperTemplateRepository& paper_templates();
  services::InvigilatorRepository& invigilators();
  services::ResultRepository& results();
  services::InterviewRepository& interviews();
  services::VenueOfferRepository& venue_offers();
  services::VenueLetterRepository& venue_letters();
  services::VenueFileRepository& venue_files();
  services::PublicationRepository& publications();
  services::VenueChiefRepository& venue_chiefs();
  services::VenueLibraryRepository& venue_library();
  services::MaterialRepository& materials();
  services::BriefingRepository& briefings();
  services::VenueStaff& venue_staff();
  services::WaitingRepository& waiting();

  // Whether the account that the program works with can neither change nor delete entries of the audit trail.
  bool audit_is_protected();

  // Of applying.
  services::RecruitmentRepository& recruitments();
  services::SetupRepository& setups();
  services::NoticeProposalRepository& notice_proposals();
  services::ApplicationRepository& applications();
  services::ApplicationTableRepository& application_table();
  services::AttachmentRepository& attachments();
  services::SeatViewRepository& seat_views();
  services::PaymentRepository& payments();
  services::TestProviderBooks& test_orders();
  services::SelfReportRepository& self_reports();
  services::PortalTextRepository& portal_texts();
  services::MessageOutbox& outbox();
  const services::IdentityHash& identity();

  // Throws Unavailable when the database does not answer now, when this program does not have the master key that is in
  // use (keys_not_current), or when the keys that everything needs do not open. Of a watched database the answer comes at
  // once.
  void check_ready();
  // For a program that serves many: from now on a thread asks the database all the time, and while it does not answer,
  // work fails at once with Unavailable instead of waiting one by one. Only a few wait for its return.
  void watch();
  // Whether a watched database answers nothing now, not even reading, or has been silent for longer than usual.
  bool is_away() const;
  // What each data key that does not open belongs to, as last read: "exam/CODE"; and each notice that cannot be read:
  // "notice/CODE". Only that exam's people are concerned.
  std::vector<std::string> list_damaged_keys();

  // The key that signs receipts, by its check (services::ReceiptSigner::check): nothing while none is named. One is named
  // once; naming returns the one that is named then.
  std::optional<std::string> find_receipt_key();
  std::string name_receipt_key(const std::string& check);
  // The receipt that was stored last; empty when there is none.
  std::string find_newest_receipt();

  // The key of what only the office reads (vault/office_key.h). prepare_office_key makes it where none is named yet; require_office_key
  // makes nothing. Both throw Unavailable (office_key_missing, wrong_office_key) when one is named and another, or none, is there.
  void prepare_office_key() const;
  void require_office_key() const;
  // Whether this program can do the office's work, as it was at most five seconds ago, and why it could not when that was last asked.
  bool has_office_key() const;
  std::optional<OfficeKeyFault> find_office_fault() const;

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
// not whole, not one of ours), Conflict (database_not_empty), Unavailable (restore_failed; wrong_key_file,
// office_key_missing or wrong_office_key when the keys that sealed the data are not in place yet: the data is there then
// and opens with them).
void restore(const DatabaseSettings& settings, const std::filesystem::path& file, const Clock& clock,
             Progress& progress);

}  // namespace hanjari::storage
