#include "hanjari/seating/numbers.h"

#include <gtest/gtest.h>

#include <string>

#include "hanjari/base/error.h"

namespace hanjari::seating {
namespace {

TEST(CheckDigit, AgreesWithTheExampleOfTheStandard) {
  EXPECT_EQ(check_digit("0794"), '5') << "ISO/IEC 7064, MOD 11,10";
  EXPECT_EQ(check_digit("A7"), check_digit("107")) << "a letter counts as two digits";
  EXPECT_EQ(check_digit("z-7"), check_digit("357")) << "anything else is passed over";
}

TEST(CheckDigit, CatchesEverySingleWrongDigitAndAlmostEverySwap) {
  int swaps = 0;
  int missed = 0;
  for (int value = 0; value < 100000; value += 37) {
    std::string number = std::to_string(100000 + value);
    const char digit = check_digit(number);
    for (std::size_t i = 0; i < number.size(); ++i) {
      std::string wrong = number;
      for (char other = '0'; other <= '9'; ++other) {
        wrong[i] = other;
        EXPECT_EQ(check_digit(wrong) == digit, wrong == number) << number << " " << wrong;
      }
      if (i + 1 < number.size() && number[i] != number[i + 1]) {
        std::string swapped = number;
        std::swap(swapped[i], swapped[i + 1]);
        ++swaps;
        missed += check_digit(swapped) == digit ? 1 : 0;
      }
    }
  }
  EXPECT_LT(missed * 40, swaps) << missed << " of " << swaps;
}

TEST(ApplicantNumber, HasPrefixDigitsAndCheckDigitAsTheExamSays) {
  const UnitCode unit("010");
  EXPECT_EQ(applicant_number({NumberPrefix::unit_code, 5, false}, unit, 42).text(), "01000042");
  EXPECT_EQ(applicant_number({NumberPrefix::none, 5, false}, unit, 42).text(), "00042");
  const std::string checked = applicant_number({NumberPrefix::unit_code, 5, true}, unit, 42).text();
  EXPECT_EQ(checked, std::string("01000042") + check_digit("01000042"));
  EXPECT_EQ(applicant_number({NumberPrefix::none, 2, false}, unit, 99).text(), "99");
  EXPECT_THROW(applicant_number({NumberPrefix::none, 2, false}, unit, 100), InvalidInput);
  EXPECT_THROW(applicant_number({NumberPrefix::none, 2, false}, unit, 0), InvalidInput);
  EXPECT_EQ(numbers_available({NumberPrefix::none, 5, false}), 99999);
  EXPECT_EQ(numbers_available({NumberPrefix::none, 40, false}), INT64_MAX);
}

}  // namespace
}  // namespace hanjari::seating
