// Places that somebody has left, and calls to those who may take them.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

std::string address_of_substitutes(const Call& call, const ExamCode& code);
Response show_substitutes(const Call& call);
Response call_shown_substitute(const Call& call);
Response describe_substitutes_by_api(const Call& call);
Response call_substitute_by_api(const Call& call);
// Exam officers put whoever has accepted into the places.
Response place_shown_accepted(const Call& call);
Response place_accepted_by_api(const Call& call);
// The question before calls are taken back, and the answer to it.
Response ask_to_take_back(const Call& call);
Response take_back_shown_calls(const Call& call);
Response take_back_calls_by_api(const Call& call);
// The same of invitations.
Response ask_to_take_back_invitations(const Call& call);
Response take_back_shown_invitations(const Call& call);
Response take_back_invitations_by_api(const Call& call);

}  // namespace hanjari::web
