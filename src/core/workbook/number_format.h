// What a number format makes of a number, as far as it says what the number is: a date, a time, a share, digits of a code.
#pragma once

#include <string>
#include <string_view>

#include "workbook/cell_kinds.h"

namespace hanjari::workbook {

enum class Shows { number, date, time, moment, percent, digits, text };

struct NumberFormat {
  Shows shows = Shows::number;
  std::string code;      // of digits: 000-0000, with its further sections
  bool elapsed = false;  // a time of more than 24 hours: [h]:mm
};

// The format of a number in the list of formats, with its code where the file gives one.
NumberFormat read_number_format(int id, std::string_view code);

// A number as it is read in its cell. Dates are YYYY-MM-DD, times HH:MM or HH:MM:SS; days are counted from 1900 or 1904. Numbers
// have their full 15 digits without an exponent, as far as a sheet holds them.
Shown show_number(const NumberFormat& format, double value, bool from_1904);

}  // namespace hanjari::workbook
