// The JSON of setting up an exam.
#pragma once

#include <nlohmann/json.hpp>

#include "hanjari/intake/notice_setup.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// What becomes of the own proposal that waits (pending), and whether it is an emergency. Throws InvalidInput (bad_member).
services::NoticeSaving saving_in(const nlohmann::json& body);
Response describe_notice_change(const Call& call);
Response order_change_step(const Call& call);
Response describe_setup_part(const Call& call);
Response save_setup_part(const Call& call);
Response list_setup_part_versions(const Call& call);
Response list_setup_gaps(const Call& call);
Response order_notice_step(const Call& call);
Response order_notice_copy(const Call& call);
Response list_checker_declarations(const Call& call);
Response declare_checker_relative(const Call& call);

}  // namespace hanjari::web
