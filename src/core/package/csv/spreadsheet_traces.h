// What spreadsheets make of values: their error words, dates in place of two numbers, texts held in quotes by "=".
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/typed_text.h"

namespace hanjari::package {

// #N/A, #VALUE!, #REF!, ####: a cell whose formula failed, or that was too narrow for its date.
bool is_error_cell(std::string_view value);

// What may have been typed before a spreadsheet made a date of it: 2-5 for "05-Feb", "2월 5일", "Feb-05", 2027-02-05 or
// 46058, the month first. Empty when the value is no date.
std::vector<std::string> undo_date(std::string_view value);

// Items of a list joined by `;`, as people type lists: also commas, blanks around the items, a separator at the end,
// full-width signs and capital letters. An empty item inside stays.
std::string tidy_list(std::string_view typed);

// The same for a list of words of a closed list, each as the word that it means; one that means none stays.
std::string tidy_list(std::string_view typed, std::span<const std::string_view> words);

// ASCII letters in lower case.
std::string in_lower_case(std::string_view text);

// The same for words that differ to the eye only: 'K1', ' k1' and 'Ｋ１', and 012 and 12.
std::string key_of_alike(std::string_view word);

// find_meant_word for a number that the heading explains in brackets: 1 below 성별(1=남, 2=여).
std::size_t find_explained_word(std::string_view heading, std::string_view value,
                                std::span<const std::string_view> words);

// The words of a closed list joined by commas, as messages name them.
std::string list_of_words(std::span<const std::string_view> words);

}  // namespace hanjari::package
