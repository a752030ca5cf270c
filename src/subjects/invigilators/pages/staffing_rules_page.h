// The rules of staffing as an exam officer sets them: what is different and what it needs is shown before it is stored.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

std::string address_of_staffing_rules(const Call& call, const ExamCode& code);
Response show_staffing_rules(const Call& call);
Response preview_shown_rules(const Call& call);
Response set_shown_rules(const Call& call);
// The same for programs; a field that is not sent stays as it is.
Response describe_rules_by_api(const Call& call);
Response preview_rules_by_api(const Call& call);
Response set_rules_by_api(const Call& call);

}  // namespace hanjari::web
