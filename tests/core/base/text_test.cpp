#include "hanjari/base/text.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "hanjari/base/error.h"

namespace hanjari {
namespace {

TEST(Utf8, IsToldFromOtherBytes) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("김하늘 Ω 😀 𠮷"));
  EXPECT_FALSE(is_valid_utf8(std::string("a\0b", 3)));
  EXPECT_FALSE(is_valid_utf8("\xb1\xe8"));          // 김 in CP949
  EXPECT_FALSE(is_valid_utf8("\xea\xb9"));          // cut off
  EXPECT_FALSE(is_valid_utf8("\xc0\xaf"));          // overlong
  EXPECT_FALSE(is_valid_utf8("\xed\xa0\x80"));      // a surrogate
  EXPECT_FALSE(is_valid_utf8("\xf4\x90\x80\x80"));  // beyond Unicode
}

TEST(Nfc, ComposesSyllablesFromTheirLetters) {
  EXPECT_EQ(normalize_nfc("\u1100\u1175\u11b7"), "김");
  EXPECT_EQ(normalize_nfc("김"), "김");
  EXPECT_EQ(normalize_nfc("e\u0301"), "é");
}

TEST(DisplayWidth, CountsHangulTwiceAndCombiningMarksNotAtAll) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("김하늘"), 6);
  EXPECT_EQ(display_width("e\u0301"), 1);
}

TEST(GroupDigits, PutsCommasBetweenThousands) {
  EXPECT_EQ(group_digits(0), "0");
  EXPECT_EQ(group_digits(999), "999");
  EXPECT_EQ(group_digits(36109), "36,109");
  EXPECT_EQ(group_digits(-1234567), "-1,234,567");
}

class Environment : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) ::unsetenv(name);
  }
};

TEST_F(Environment, SaysTheLanguageInTheOrderOfPosix) {
  EXPECT_EQ(language_of_environment(), Language::english);
  ::setenv("LANG", "ko_KR.UTF-8", 1);
  EXPECT_EQ(language_of_environment(), Language::korean);
  ::setenv("LC_MESSAGES", "en_GB.UTF-8", 1);
  EXPECT_EQ(language_of_environment(), Language::english);
  ::setenv("LC_ALL", "ko", 1);
  EXPECT_EQ(language_of_environment(), Language::korean);
  ::setenv("LC_ALL", "", 1);
  EXPECT_EQ(language_of_environment(), Language::english);
}

TEST(Fault, IsPrintedAsFileLineColumnWhatAndFix) {
  const Fault fault{"applicants.csv",
                    12,
                    "birth_on",
                    {"'1990-13-01' is no day", "'1990-13-01'은 없는 날짜입니다"},
                    {"write it as YYYY-MM-DD", "YYYY-MM-DD로 쓰십시오"}};
  EXPECT_EQ(fault.format(Language::english),
            "applicants.csv:12: birth_on: '1990-13-01' is no day; write it as YYYY-MM-DD");
  EXPECT_EQ(fault.format(Language::korean),
            "applicants.csv:12: birth_on: '1990-13-01'은 없는 날짜입니다; YYYY-MM-DD로 쓰십시오");
  EXPECT_EQ((Fault{"a.csv", 0, "", {"x", "x"}, {"y", "y"}}.format(Language::english)), "a.csv: x; y");
}

TEST(Faults, KeepTheFirstThousandAndCountAll) {
  Faults faults;
  for (std::uint64_t line = 1; line <= 2500; ++line) faults.add({"a.csv", line, "", {}, {}});
  Faults all;
  all.add({"b.csv", 1, "", {}, {}});
  all.add_all(faults);
  EXPECT_EQ(all.count(), 2501U);
  EXPECT_EQ(all.kept().size(), Faults::limit);
  EXPECT_EQ(all.kept().back().line, 999U);
  EXPECT_EQ(InvalidInput(all).message().en, "2,501 faults in the input");
}

}  // namespace
}  // namespace hanjari
