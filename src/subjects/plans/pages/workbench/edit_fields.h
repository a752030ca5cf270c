// What officers type and programs send about an edit.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

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

// The verifier names people by the id of the package, officers know them by number. By id, the numbers of those whom the
// broken rules name: people who are moved, and whoever would sit in a room with one of them. Whoever had no seat before
// has no number that officers know and is named by id.
std::map<std::string, std::string> people_named(const Exam& exam, const services::EditAnswer& answer);

// Everybody whom the edits, the answer and the rules that it breaks name is recorded before they are shown, and whoever is
// `listed` beside them.
void record_edits_shown(const Call& call, const services::EditedPlan& edited, const services::EditAnswer* answer,
                        const std::vector<ApplicantIndex>& listed = {});
// The same of an answer alone.
void record_answer_shown(const Call& call, const OpenEdits& open, const services::EditAnswer& answer);

services::JobRepository& jobs_of_edits(const Call& call);

}  // namespace hanjari::web
