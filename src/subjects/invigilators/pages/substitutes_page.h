// Places that somebody has left, and calls to those who may take them.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

std::string address_of_substitutes(const Call& call, const ExamCode& code);
Response show_substitutes(const Call& call);
Response call_shown_substitute(const Call& call);
Response describe_substitutes_by_api(const Call& call);
Response call_substitute_by_api(const Call& call);

}  // namespace hanjari::web
