// The exam that a route names whose exam must be live, and what is said where it is not.
#pragma once

#include <optional>
#include <string>

#include "hanjari/site/site.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// Throws NotFound (unknown_exam; no_live_plan where the reader knows the exam), Conflict (seats_withdrawn).
services::LiveExam load_named_exam(Site& site, const Frame& frame, const std::string& code);
// A page of the office about an exam that the reader knows and that has no plan yet: it is empty, and says why. Nothing elsewhere.
std::optional<Response> show_no_live_plan(Site& site, const Frame& frame, const std::string& code);

}  // namespace hanjari::web
