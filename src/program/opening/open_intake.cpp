#include "program/opening/open_intake.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/intake/gateway/gateway_provider.h"
#include "program/opening/receipt_key.h"

namespace hanjari::cli {
namespace {

services::QueueSettings queue_settings(const Configuration& configuration) {
  services::QueueSettings settings;
  const auto count = [&](const char* key, std::size_t& value, std::int64_t most) {
    value = static_cast<std::size_t>(configuration.integer(key, static_cast<std::int64_t>(value), 1, most));
  };
  count("intake.waiting", settings.waiting, 100'000);
  count("intake.batch", settings.batch, 1'000);
  count("intake.line", settings.line, 1'000'000);
  return settings;
}

gateway::GatewaySettings gateway_settings(const Configuration& configuration) {
  gateway::GatewaySettings settings;
  settings.url = configuration.text("payments.url", "");
  settings.merchant = configuration.text("payments.merchant", "");
  settings.key = configuration.secret("payments.key_file");
  settings.return_address = configuration.text("payments.return_address", "");
  settings.authorities = configuration.text("tls.authorities", "");
  return settings;
}

std::unique_ptr<services::PaymentProvider> open_payments(const Configuration& configuration,
                                                         services::TestProviderBooks& books,
                                                         const services::ReceiptSigner& signer) {
  const std::string name = configuration.text("payments.provider", "none");
  if (name == "none") return std::make_unique<services::NoProvider>();
  // The test provider belongs to the program: its secret needs no file of its own.
  if (name == services::test_provider_name) {
    return std::make_unique<services::TestProvider>(books, system_clock(),
                                                    signer.sign_text("notifications of the test provider"));
  }
  if (name == "gateway")
    return std::make_unique<gateway::GatewayProvider>(gateway_settings(configuration), system_clock());
  throw InvalidInput("bad_configuration",
                     {fmt::format("payments.provider: '{}' is not known; known: none, test, gateway", name),
                      in_korean("payments.provider: '{}'[은/는] 알 수 없습니다. 아는 값: none, test, gateway", name)});
}

// Each use case with what it needs.
services::UseCases put_together(storage::Database& database, services::PaymentProvider& provider,
                                const services::ReceiptSigner& signer, services::SubmissionQueue& queue) {
  const Clock& clock = system_clock();
  auto& notices = database.recruitments();
  auto& applications = database.applications();
  const services::Paying paying({notices, applications, database.payments(), provider, clock});
  return {
      .notices = services::NoticeBoard(notices),
      .forms = services::FormFilling({notices, applications, database.attachments(), database.identity(), clock}),
      .attachments = services::OwnAttachments(database.attachments()),
      .submitting = services::Submitting({notices, applications, signer, queue}),
      .own = services::OwnApplications({notices, applications, database.plans(), clock}),
      .paying = paying,
      .self_reports = services::SelfReporting({notices, applications, database.self_reports(), clock}),
      .texts = services::PortalTexts(database.portal_texts()),
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
      .portraits = services::Portraits(database.attachments()),
  };
}

}  // namespace

OpenIntake::OpenIntake(storage::Database& database, const storage::DatabaseSettings& settings,
                       const Configuration& configuration)
    : signer_(open_receipt_signer(database, settings)),
      provider_(open_payments(configuration, database.test_orders(), signer_)),
      queue_(database.applications(), system_clock(), queue_settings(configuration)),
      intake_(put_together(database, *provider_, signer_, queue_)) {
  services::require_one_kind_of_money(database.payments(), *provider_);
}

delivery::MailSettings mail_settings(const Configuration& configuration) {
  delivery::MailSettings settings;
  settings.host = configuration.text("mail.host", "");
  settings.port = static_cast<std::uint16_t>(configuration.integer("mail.port", settings.port, 1, 65535));
  settings.from = configuration.text("mail.from", "");
  settings.sender.ko = configuration.text("institution.name", "");
  settings.sender.en = configuration.text("institution.name_en", settings.sender.ko);
  settings.user = configuration.text("mail.user", "");
  settings.password = configuration.secret("mail.password_file");
  settings.starttls = configuration.flag("mail.starttls", false);
  settings.authorities = configuration.text("tls.authorities", "");
  return settings;
}

delivery::SmsSettings sms_settings(const Configuration& configuration) {
  delivery::SmsSettings settings;
  settings.url = configuration.text("sms.url", "");
  settings.from = configuration.text("sms.from", "");
  settings.key = configuration.secret("sms.key_file");
  settings.authorities = configuration.text("tls.authorities", "");
  return settings;
}

}  // namespace hanjari::cli
