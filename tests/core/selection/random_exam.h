// Small exams that try to hurt: many ties, few posts, caps, equality, electives with one taker, no spread, absent
// people, every setting.
#pragma once

#include "hanjari/base/random.h"
#include "selection/exam_builder.h"

namespace hanjari::selection::test {

// The same exam for the same number.
ExamBuilder random_exam(std::uint64_t number);

// Adds interviews of everybody who passed, but some.
void add_random_interviews(ExamBuilder& exam, std::uint64_t number);

}  // namespace hanjari::selection::test
