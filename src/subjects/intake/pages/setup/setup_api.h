// The JSON of setting up an exam.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response describe_setup_part(const Call& call);
Response save_setup_part(const Call& call);
Response list_setup_part_versions(const Call& call);
Response list_setup_gaps(const Call& call);
Response order_notice_step(const Call& call);
Response order_notice_copy(const Call& call);
Response list_checker_declarations(const Call& call);
Response declare_checker_relative(const Call& call);

}  // namespace hanjari::web
