// A person whose sealed data does not open, in a list of many: the others are read as if nothing were, and papers show
// these words where the name would stand.
#pragma once

#include <string_view>

#include "hanjari/domain/exam.h"

namespace hanjari {

inline constexpr std::string_view unreadable_name = "(열 수 없음)";

inline bool is_unreadable(const Applicant& person) {
  return person.name == unreadable_name;
}

}  // namespace hanjari
