// The portal's API of applying over a real database, for measuring: everything as `hanjari serve` has it, but whoever
// brings the number N, in 64 digits, as session is the N-th applicant, so that a crowd need not sign up first.
//
// usage: intake_server DATA PORT WORKERS [SOCKET PASSWORD]; prints the port and serves until it is told to end. With a
// socket the database is a server that somebody else runs there, for the account "hanjari" with that password.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <unordered_map>

#include "hanjari/base/digest.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/program/opening/database.h"
#include "hanjari/server/server.h"
#include "no_accounts.h"
#include "program/pages/site_routes.h"

namespace {

using namespace hanjari;

// Applicants 0 to 199,999: the session token of the n-th is n with zeros before it, 64 digits.
class NamedApplicants : public NoAccounts {
 public:
  static constexpr int most = 200'000;
  NamedApplicants() {
    for (int number = 0; number < most; ++number) {
      const std::string digits = std::to_string(number);
      names_.emplace(sha256(std::string(64 - digits.size(), '0') + digits).hex(), "applicant-" + digits);
    }
  }
  std::optional<services::Session> find_session(const std::string& token_hash, Instant now) override {
    const auto found = names_.find(token_hash);
    if (found == names_.end()) return std::nullopt;
    services::Session session;
    session.actor.account = found->second;
    session.actor.role = services::Role::applicant;
    session.csrf_token = "not used";
    session.expires_at = now + std::chrono::hours(12);
    return session;
  }

 private:
  std::unordered_map<std::string, std::string> names_;
};

// Everybody's form names the same portrait: the bench is about forms.
class OnePortrait : public services::AttachmentRepository {
 public:
  AttachmentId save_attachment(const services::Attachment&) override { return {}; }
  std::optional<services::Attachment> find_attachment(const std::string&, const AttachmentId&) override { return {}; }
  std::optional<services::Attachment> find_attachment(const AttachmentId&) override { return {}; }
  std::map<std::string, std::string> list_document_names(const std::string&, const ExamCode&) override { return {}; }
  std::set<std::string> list_attachments(const std::string&, const ExamCode&, services::AttachmentKind) override {
    return {"portrait"};
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 64;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  storage::DatabaseSettings database_settings;
  database_settings.data = argv[1];
  if (argc > 5) {
    storage::ExternalServer named;
    named.socket = argv[4];
    named.user = "hanjari";
    named.password = argv[5];
    database_settings.external = named;
  }
  const Clock& clock = system_clock();
  storage::Database database(database_settings, storage::SchemaUpgrade::automatic, clock, no_progress());
  const auto signer = services::ReceiptSigner::make(database_settings.data / "keys" / "receipt.key");
  services::TestProvider provider(database.test_orders(), clock,
                                  signer.sign_text("notifications of the test provider"));
  services::SubmissionQueue queue(database.applications(), clock);
  auto& notices = database.recruitments();
  auto& applications = database.applications();
  OnePortrait portrait;
  const services::Paying paying({notices, applications, database.payments(), provider, clock});
  services::UseCases intake{
      .notices = services::NoticeBoard(notices),
      .forms = services::FormFilling({notices, applications, portrait, database.identity(), clock}),
      .attachments = services::OwnAttachments(database.attachments()),
      .submitting = services::Submitting({notices, applications, signer, queue}),
      .own = services::OwnApplications({notices, applications, database.plans(), clock}),
      .paying = paying,
      .self_reports = services::SelfReporting({notices, applications, database.self_reports(), clock}),
      .officers = services::OfficersWork({notices, applications, database.outbox(), database.accesses(), clock}),
      .health = services::HealthDecisions(
          {notices, applications, database.self_reports(), database.exams(), database.accesses(), clock}),
      .claims = services::Claims({notices, applications, database.accesses(), clock}),
      .closing = services::ApplicationCloser({notices, applications, paying, clock}),
      .exports = services::ApplicantExport({notices, applications, database.accesses(), database.setups()}),
      .table = services::OfficeTable(
          {notices, applications, database.application_table(), database.attachments(), database.payments(),
           services::OfficersWork({notices, applications, database.outbox(), database.accesses(), clock}), signer,
           database.accesses(), clock}),
      .setup = services::NoticeSetup({notices, database.setups(), database.notice_proposals(), clock}),
  };
  NamedApplicants accounts;
  web::Site site({database.plans(), accounts, database.attempts(), database.accesses(), clock,
                  [&] { database.check_ready(); }, &intake},
                 {}, web::site_routes());
  web::Edge edge(site, [](const web::AccessEntry&) {});
  web::ServerSettings settings;
  settings.connections_of_source = settings.connections;  // everybody of the bench comes from here
  settings.portal_port = static_cast<std::uint16_t>(std::atoi(argv[2]));
  settings.office_port = 0;
  settings.operations_port = 0;
  settings.workers = std::atoi(argv[3]);
  web::Server server(edge, settings);
  std::printf("%d\n", server.port(web::Listener::portal));
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  server.stop(std::chrono::seconds(5));
  return 0;
}
