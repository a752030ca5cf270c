// Whole numbers as people write them and as cells show them, for files and forms alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hanjari {

// The digits of a whole number: without the commas of 1,234,567, the zeros of 5.00, and the word that people write behind a
// number of this column or field (9급, 83명, 5,000원, 130 cm). Anything else stays as it is. The text has been cleaned of
// blanks around it and of wide digits (clean_signs).
std::string digits_as_typed(std::string_view text, std::string_view column);

// The whole number that a person typed into a field, cleaned as every text is. Nothing for anything else, also for 1,23 and for
// what is beyond 64 bits.
std::optional<std::int64_t> parse_typed_integer(std::string_view typed, std::string_view column);

}  // namespace hanjari
