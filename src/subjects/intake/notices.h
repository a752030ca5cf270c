// The messages that applicants get, in their language.
#pragma once

#include <chrono>

#include "hanjari/intake/applications.h"
#include "hanjari/intake/payments.h"
#include "hanjari/intake/self_reports.h"

namespace hanjari::services {

// From the first change of an application until its receipt is sent: changes of this time are told in one message.
constexpr std::chrono::minutes digest_pause{5};

// `subject` and `body` in the form's language, to the contact that the account has confirmed: the address that the form
// names may be anybody's. `what` and the application make the dedupe id.
Message message_to(const Application& application, const std::string& what, const Text& subject, const Text& body);

Message receipt_message(const Recruitment& recruitment, const Application& application, const std::string& receipt);
Message paid_message(const Recruitment& recruitment, const Application& application);
// Money that came and cannot count goes back.
Message returned_message(const Recruitment& recruitment, const Application& application, const Payment& payment,
                         MoneyReturn why);
// The provider took the money back; and what an officer decided of it, `told` as the applicant reads it.
Message taken_back_message(const Recruitment& recruitment, const Application& application, const Payment& payment);
Message taken_back_decided_message(const Recruitment& recruitment, const Application& application, const Payment& payment,
                                   TakenBackDecision decision, const std::string& told);
Message withdrawn_message(const Recruitment& recruitment, const Application& application, bool refunded);
// An officer ended it so that its number is free.
Message released_message(const Recruitment& recruitment, const Application& application, const std::string& told);
Message accommodation_message(const Recruitment& recruitment, const Application& application,
                              const AccommodationDecision& decision);
// An officer asks something before deciding on the item.
Message question_message(const Recruitment& recruitment, const Application& application, const std::string& item,
                         const std::string& question);
// An officer corrected the form: why, and the receipt of the new version.
Message corrected_message(const Recruitment& recruitment, const Application& application, const std::string& why,
                          const std::string& receipt);
Message report_message(const Recruitment& recruitment, const Application& application, const SelfReport& report);

}  // namespace hanjari::services
