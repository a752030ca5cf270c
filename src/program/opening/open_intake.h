// The services of applying over an open database, for commands and the server.
#pragma once

#include <memory>

#include "hanjari/intake/submission_queue.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/messages/delivery/carriers.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {

// Throws InvalidInput (bad_configuration), Conflict (test_beside_real_money).
class OpenIntake {
 public:
  OpenIntake(storage::Database& database, const storage::DatabaseSettings& settings,
             const Configuration& configuration);
  services::UseCases& intake() { return intake_; }

 private:
  services::ReceiptSigner signer_;
  std::unique_ptr<services::PaymentProvider> provider_;
  services::SubmissionQueue queue_;
  services::UseCases intake_;
};

delivery::MailSettings mail_settings(const Configuration& configuration);
delivery::SmsSettings sms_settings(const Configuration& configuration);

}  // namespace hanjari::cli
