// The pass rules that officers wrote down when they set the exam up, beside those of a result package.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/domain/exam.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// Where the written rules of `rules` (write_pass_rules) say something else than the set-up of the exam's notice: places
// with both values. Empty where they agree, and where the set-up says nothing or cannot be read: results are decided
// all the same.
nlohmann::json compare_with_planned_rules(const Call& call, const ExamCode& exam, const std::string& rules);

}  // namespace hanjari::web
