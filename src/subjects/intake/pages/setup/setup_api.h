// The JSON of setting up an exam.
#pragma once

#include <nlohmann/json.hpp>

#include "hanjari/intake/notice_setup.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// What becomes of the own proposal that waits (pending), whether it is an emergency, and how many people the caller was
// told it concerns. Throws InvalidInput (bad_member).
services::NoticeSaving saving_in(const nlohmann::json& body);
// The refusal with the number of people that the caller has to say, and what changes for them.
[[noreturn]] void refuse_with_effects(const services::EffectsUnsaid& refusal);
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
