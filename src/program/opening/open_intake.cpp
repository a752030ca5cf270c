#include "program/opening/open_intake.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"

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

// The test provider belongs to the program: its secret needs no file of its own.
std::string provider_secret(const Configuration& configuration, const services::ReceiptSigner& signer) {
  const std::string name = configuration.text("payments.provider", "test");
  if (name != "test") {
    throw InvalidInput("bad_configuration",
                       {fmt::format("payments.provider: '{}' is not known; known: test", name),
                        fmt::format("payments.provider: '{}'은(는) 알 수 없습니다. 아는 값: test", name)});
  }
  return signer.sign_text("notifications of the test provider");
}

}  // namespace

std::filesystem::path receipt_key_file(const storage::DatabaseSettings& settings) {
  return settings.data / "keys" / "receipt.key";
}

OpenIntake::OpenIntake(storage::Database& database, const storage::DatabaseSettings& settings,
                       const Configuration& configuration)
    : signer_(services::ReceiptSigner::open(receipt_key_file(settings))),
      provider_(database.test_orders(), system_clock(), provider_secret(configuration, signer_)),
      queue_(database.applications(), system_clock(), queue_settings(configuration)),
      intake_{database.recruitments(),
              database.applications(),
              database.attachments(),
              database.payments(),
              database.self_reports(),
              database.outbox(),
              database.exams(),
              database.plans(),
              database.accesses(),
              provider_,
              signer_,
              database.identity(),
              queue_,
              system_clock()} {}

delivery::MailSettings mail_settings(const Configuration& configuration) {
  delivery::MailSettings settings;
  settings.host = configuration.text("mail.host", "");
  settings.port = static_cast<std::uint16_t>(configuration.integer("mail.port", settings.port, 1, 65535));
  settings.from = configuration.text("mail.from", "");
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
