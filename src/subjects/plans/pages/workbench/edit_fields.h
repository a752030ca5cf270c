// What officers type and programs send about an edit.
#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/plans/edit_sessions.h"
#include "hanjari/site/routes.h"
#include "plans/pages/workbench/bench.h"

namespace hanjari::web {

struct OpenEdits {
  Bench bench;
  services::EditSession session;
};
// Of {session}; throws NotFound.
OpenEdits edits_of_path(const Call& call);

// Throw InvalidInput (bad_request) naming the field.
services::EditWish wish_of_form(const Values& form);
services::EditWish wish_of_json(const nlohmann::json& body);
std::int64_t version_of_form(const Values& form);
services::EditTurn turn_of_word(const std::string& word);

// Everybody whom the edits and the answer name is recorded before they are shown.
void record_edits_shown(const Call& call, const services::EditedPlan& edited, const services::EditAnswer* answer);
// The same of an answer alone: the rules that an edit breaks name people.
void record_answer_shown(const Call& call, const services::EditSession& session, const services::EditAnswer& answer);

services::JobRepository& jobs_of_edits(const Call& call);

}  // namespace hanjari::web
