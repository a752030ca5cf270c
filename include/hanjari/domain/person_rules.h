// What the values of a person may be, said once: the form, the interface, the files and the engine ask here, so that
// nothing is taken from a person that a later step refuses.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/date.h"
#include "hanjari/base/text.h"

namespace hanjari {

// In bytes of UTF-8; a syllable of Hangul takes three.
constexpr std::size_t longest_person_name = 300;
constexpr std::size_t longest_person_address = 600;
constexpr std::size_t longest_proof = 200;    // number of a certificate or licence
constexpr std::size_t longest_electives = 1000;  // the codes of all that a person chose, joined
constexpr std::size_t longest_reason = 2000;  // a few lines in a person's own words

// What is wrong with a value, and what to do about it.
struct ValueFault {
  Text what;
  Text fix;
};

// Both parts as one sentence beside a field.
Text sentence_of(const ValueFault& fault);

// Why a text is no date, or no time of day: what a spreadsheet made of one is told as what it is. `shown` is the text as
// messages quote it.
ValueFault fault_of_date(std::string_view typed, const std::string& shown);
ValueFault fault_of_time(std::string_view typed, const std::string& shown);
// Of a day with its time (parse_typed_moment).
ValueFault fault_of_moment(std::string_view typed, const std::string& shown);

// A person who sits an exam on that day was born in 1900 or later, and before the day.
std::optional<ValueFault> find_birth_fault(Date birth_on, std::optional<Date> exam_on);

// A name has letters, and none of the signs that stand in no name of any script: brackets and signs of mark-up and of
// formulas. What stands in names is taken: hyphens, apostrophes, full stops, round brackets, slashes, the @ of Malay
// names; so is the * by which offices cover a syllable. Not asked for empty ones.
std::optional<ValueFault> find_name_fault(std::string_view name);

// A text that a person typed, cleaned: not too long, and no character of it lost. Not asked for empty ones.
std::optional<ValueFault> find_text_fault(std::string_view text, std::size_t most_bytes);

}  // namespace hanjari
