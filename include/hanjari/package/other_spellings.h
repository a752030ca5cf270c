// People of an exam whose ids differ to the eye only from ids that are gone: one person taken for two.
#pragma once

#include <string_view>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::package {

// Warnings, each cause once: an id of the exam that was not among those `before`, and stands for one of them that the exam has
// not. Whoever lost the zeros of an id leaves the seat that was published, and somebody comes who gets another one.
std::vector<Fault> find_other_spellings(const Exam& exam, std::vector<std::string_view> before);
// The same against the people of a plan, and of an older package.
std::vector<Fault> find_other_spellings(const Exam& exam, const PlanRows& told);
std::vector<Fault> find_other_spellings(const Exam& exam, const Exam& older);

}  // namespace hanjari::package
