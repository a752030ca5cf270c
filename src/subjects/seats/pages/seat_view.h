// One person's seat as the page and the catalogue of messages want it.
#pragma once

#include <nlohmann/json.hpp>

#include "hanjari/domain/plan.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// `planned` holds exactly one placement. The booklet is left out: people learn it at their desk.
// Times stand in it only where somebody has said them.
nlohmann::json describe_seat(const Pages& pages, const documents::Templates& templates, const PlannedExam& planned, Language language);

// Names where everybody reads how far people travel, once that is published with the seats of the exam.
void link_fairness(const services::LiveExam& exam, Language language, nlohmann::json& data);

}  // namespace hanjari::web
