// Applicant numbers: how they look.
#pragma once

#include <cstdint>
#include <string_view>

#include "hanjari/domain/exam.h"

namespace hanjari::seating {

// The check digit of a text: ISO/IEC 7064, MOD 11,10, over its decimal digits. Latin letters count as two digits, A or
// a as 10 to Z or z as 35 (as in ISIN codes); every other character is passed over. Catches every single wrong digit
// and nearly every swap of two neighbours.
char check_digit(std::string_view text);

// How many numbers the format has for one sequence: 10^digits - 1, because they count from 1.
std::int64_t numbers_available(const NumberFormat& format);

// The `serial`-th number (from 1) of a unit; with NumberPrefix::none all units share one sequence. Throws InvalidInput
// (too_few_digits) when the format has no such number.
ApplicantNumber applicant_number(const NumberFormat& format, const UnitCode& unit, std::int64_t serial);

}  // namespace hanjari::seating
