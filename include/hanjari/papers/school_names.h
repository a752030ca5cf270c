// Names of schools as names of files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari::services {

// A name that every system takes for a file: without / \ : * ? " < > | and controls, no blank or full stop at either
// end, at most 180 bytes, never empty.
std::string file_name_of(const std::string& words);

// The beginning of such a name in at most so many bytes, never a part of a character.
std::string beginning_of_file_name(std::string name, std::size_t most);
// Of a school in the name of a ZIP, beside exam and plan.
inline constexpr std::size_t longest_school_in_name = 120;  // bytes

// By VenueIndex: the school's name; with its code behind it where two would be one file (also on systems that fold
// case) or where it is `taken`.
std::vector<std::string> file_names_of_venues(const Exam& exam, const std::vector<std::string>& taken);

}  // namespace hanjari::services
