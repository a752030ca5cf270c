// What spreadsheets make of values: their error words, dates in place of two numbers, texts held in quotes by "=".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hanjari::package {

// #N/A, #VALUE!, #REF!, ####: a cell whose formula failed, or that was too narrow for its date.
bool is_error_cell(std::string_view value);

// What may have been typed before a spreadsheet made a date of it: 2-5 for "05-Feb", "2월 5일", "Feb-05", 2027-02-05 or
// 46058, the month first. Empty when the value is no date.
std::vector<std::string> undo_date(std::string_view value);

// Items of a list joined by `;`, as people type lists: also commas, blanks around the items, a separator at the end,
// full-width signs and capital letters. An empty item inside stays.
std::string tidy_list(std::string_view typed);

// ASCII letters in lower case.
std::string in_lower_case(std::string_view text);

// The word of a closed list that a Korean word of a table stands for ("남" is M), if the list has it.
struct ValueWord {
  std::string_view korean;
  std::string_view word;
};
extern const std::vector<ValueWord> value_words;

}  // namespace hanjari::package
