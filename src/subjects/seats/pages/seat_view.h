// One person's seat as the page and the catalogue of messages want it.
#pragma once

#include <optional>

#include <nlohmann/json.hpp>

#include "hanjari/domain/plan.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// `planned` holds exactly one placement. The booklet is left out: people learn it at their desk.
// Times stand in it only where somebody has said them.
nlohmann::json describe_seat(const Pages& pages, const documents::Templates& templates, const PlannedExam& planned, Language language);
// The day that the notice gives the person's unit by now, where the seat was assigned for another one. `stored` may be null;
// what a notice off the portal says is nobody's yet.
std::optional<Date> find_moved_day(const services::StoredRecruitment* stored, const PlannedExam& planned);
// Shows that day in what describe_seat made, and says that the seat is of another one.
void tell_moved_day(const Pages& pages, Date day, const PlannedExam& planned, Language language, nlohmann::json& data);
// Of a seat that is of another day there is no slip: throws Conflict (exam_day_changed).
void require_day_of_notice(const services::StoredRecruitment* stored, const PlannedExam& planned);

// Names where everybody reads how far people travel, once that is published with the seats of the exam.
void link_fairness(const services::LiveExam& exam, Language language, nlohmann::json& data);

}  // namespace hanjari::web
