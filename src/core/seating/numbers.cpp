#include "hanjari/seating/numbers.h"

#include <fmt/format.h>

#include <limits>
#include <string>

#include "hanjari/base/error.h"

namespace hanjari::seating {
namespace {

InvalidInput too_few_digits(const NumberFormat& format, const UnitCode& unit, std::int64_t serial) {
  const bool per_unit = format.prefix == NumberPrefix::unit_code;
  Faults faults;
  faults.add({"exam.json",
              0,
              "applicant_number",
              {per_unit ? fmt::format("{} digits have no number {} for unit {}", format.digits, serial, unit.text())
                        : fmt::format("{} digits have no number {}", format.digits, serial),
               per_unit ? fmt::format("{}자리로는 모집단위 {}의 {}번째 응시번호를 만들 수 없습니다", format.digits,
                                      unit.text(), serial)
                        : fmt::format("{}자리로는 {}번째 응시번호를 만들 수 없습니다", format.digits, serial)},
              {"give more digits", "자릿수를 늘려 주십시오"}});
  return InvalidInput(
      "too_few_digits",
      {"The applicant numbers have too few digits for so many people.", "응시번호의 자릿수가 인원에 비해 부족합니다."},
      std::move(faults));
}

}  // namespace

char check_digit(std::string_view text) {
  int product = 10;
  const auto feed = [&product](int digit) {
    int sum = (product + digit) % 10;
    if (sum == 0) sum = 10;
    product = sum * 2 % 11;
  };
  for (const char character : text) {
    int letter = -1;
    if (character >= '0' && character <= '9') feed(character - '0');
    if (character >= 'A' && character <= 'Z') letter = character - 'A';
    if (character >= 'a' && character <= 'z') letter = character - 'a';
    if (letter >= 0) {
      feed((letter + 10) / 10);
      feed((letter + 10) % 10);
    }
  }
  return static_cast<char>('0' + (11 - product) % 10);
}

std::int64_t numbers_available(const NumberFormat& format) {
  std::int64_t power = 1;
  for (int digit = 0; digit < format.digits; ++digit) {
    if (power > std::numeric_limits<std::int64_t>::max() / 10) return std::numeric_limits<std::int64_t>::max();
    power *= 10;
  }
  return power - 1;
}

ApplicantNumber applicant_number(const NumberFormat& format, const UnitCode& unit, std::int64_t serial) {
  if (serial < 1 || serial > numbers_available(format)) throw too_few_digits(format, unit, serial);
  std::string number = format.prefix == NumberPrefix::unit_code ? unit.text() : std::string();
  const std::string digits = std::to_string(serial);
  number.append(static_cast<std::size_t>(format.digits) - digits.size(), '0');
  number += digits;
  if (format.check_digit) number += check_digit(number);
  return ApplicantNumber(std::move(number));
}

}  // namespace hanjari::seating
