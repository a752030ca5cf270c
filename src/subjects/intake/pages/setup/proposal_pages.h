// A change of an announced notice that waits for another officer: its page, and what the page and the API share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hanjari/accounts/security_keys.h"
#include "hanjari/intake/notice_setup.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_notice_proposal(const Call& call);
Response step_shown_proposal(const Call& call);

// What somebody asks to be done with the proposal that was seen.
struct SentChangeStep {
  std::string step;            // confirm, refuse, take_back, renew
  std::string digest;          // of the proposal, at least 12 digits
  std::int64_t version = 0;    // that it changes
  std::int64_t concerned = 0;  // people, for confirm; below 0: not said
  services::StepFactor factor;  // for confirm
  std::string reason;
};
// Throws InvalidInput (bad_step) for another word, NotAllowed (wrong_code, too_many_attempts), and as the use cases.
void take_change_step(const Call& call, const SentChangeStep& sent);
// What a security key signs for the confirmation of a proposal.
std::string what_is_confirmed(const ExamCode& code, const services::NoticeProposal& proposal);
// The steps that this officer can take now.
std::vector<std::string> list_change_steps(const Call& call, const services::NoticeChange& change);

}  // namespace hanjari::web
