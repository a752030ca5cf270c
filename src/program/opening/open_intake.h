// The services of applying over an open database, for commands and the server.
#pragma once

#include <filesystem>
#include <memory>

#include "hanjari/intake/intake.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/messages/delivery/carriers.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {

// Beside the keys of the personal data: whoever has it can sign receipts.
std::filesystem::path receipt_key_file(const storage::DatabaseSettings& settings);

class OpenIntake {
 public:
  OpenIntake(storage::Database& database, const storage::DatabaseSettings& settings,
             const Configuration& configuration);
  services::Intake& intake() { return intake_; }
  services::TestProvider& test_provider() { return provider_; }

 private:
  services::ReceiptSigner signer_;
  services::TestProvider provider_;
  services::SubmissionQueue queue_;
  services::Intake intake_;
};

delivery::MailSettings mail_settings(const Configuration& configuration);
delivery::SmsSettings sms_settings(const Configuration& configuration);

}  // namespace hanjari::cli
