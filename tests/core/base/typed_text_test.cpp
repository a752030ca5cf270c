#include "hanjari/base/typed_text.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string_view>

#include "hanjari/base/text.h"

namespace hanjari {
namespace {

TEST(TypedText, LosesWhatNobodySees) {
  EXPECT_EQ(clean_line("김\u200b하늘"), "김하늘");
  EXPECT_EQ(clean_line("자하문로 1 \u2764\ufe0f"), "자하문로 1 \u2764");
  EXPECT_EQ(clean_line("Jaha\u00admun\u202e\u2066ro\ufeff"), "Jahamunro");
  EXPECT_EQ(clean_line(std::string("a\x01"
                                   "b\0c\x7f",
                                   6)),
            "abc");
  EXPECT_EQ(clean_line("\u3164\u115f\uffa0"), "") << "fillers of Hangul look like nothing";
}

TEST(TypedText, MakesOneSpaceOfEveryKindOfBlankAndLineEnd) {
  EXPECT_EQ(clean_line(" \u3000\u00a0\u2003서울\t\u202f종로\r\n구\u2028 "), "서울 종로 구");
  EXPECT_EQ(clean_lines("\r\n 하나 \r둘\u2029\n\n\n\n셋\u200b\n"), "하나\n둘\n\n셋");
}

TEST(TypedText, IsComposed) {
  EXPECT_EQ(clean_line("\u1100\u1161"), "가");
}

TEST(TypedText, HasPlainDigitsAndSignsWhereANumberIsMeant) {
  EXPECT_EQ(clean_signs("０１０－１２３４–５６７８"), "010-1234-5678");
  EXPECT_EQ(clean_signs("\u0660\u0661\u0966"), "010") << "digits of other scripts";
  EXPECT_EQ(clean_signs("sky＠example。com"), "sky@example.com");
  EXPECT_EQ(clean_signs("1ㅡ2ー3−4‐5"), "1-2-3-4-5");
  EXPECT_EQ(clean_signs("제２０２１ 호"), "제2021 호");
  EXPECT_EQ(clean_code(" １２３-456\u200b "), "123456");
}

TEST(TypedText, TellsWhatWasLost) {
  EXPECT_EQ(find_lost_character(clean_line("김\xff하늘")), U'\uFFFD');
  EXPECT_EQ(find_lost_character("김\ue000"), U'\uE000');
  EXPECT_FALSE(find_lost_character("김하늘 José محمد 山田 😀"));
}

TEST(TypedText, KnowsBlankValues) {
  for (const char* blank : {"", " ", "\t", "\u3000\u00a0", "\u200b", "\ufeff"}) EXPECT_TRUE(is_blank_text(blank));
  EXPECT_FALSE(is_blank_text(" ."));
}

// Whatever is typed: cleaning twice is cleaning once, and what comes out is UTF-8 without controls.
TEST(TypedText, OfASyllableThatIsWrittenApartKeepsItsVowel) {
  EXPECT_EQ(clean_signs("\u1100\u1173\u11af 1"), "글 1") << "as file systems of macOS write it";
  EXPECT_EQ(clean_signs("010\u1173123"), "010-123") << "the same key alone is meant for a dash";
}

TEST(TypedText, CleaningIsStableForAnyBytes) {
  std::mt19937_64 random(11);
  const std::vector<std::string> pieces{"가",     "\u1100",  "\u1161", " ",    "\u3000", "\r", "\n",
                                        "\u200b", "e\u0301", "ｱ",      "\xff", "\u00ad", "1",  "１",
                                        "-",      "–",       "\u0300", "😀",    "\u200d", "\t", "م"};
  for (int round = 0; round < 3000; ++round) {
    std::string typed;
    for (std::uint64_t count = random() % 12; count > 0; --count) typed += pieces[random() % pieces.size()];
    for (const auto clean : {clean_line, clean_lines, clean_signs, clean_code}) {
      const std::string once = clean(typed);
      EXPECT_EQ(clean(once), once) << typed;
      EXPECT_TRUE(is_valid_utf8(once)) << typed;
      EXPECT_EQ(once.find_first_of("\r\t"), std::string::npos);
      EXPECT_EQ(normalize_nfc(once), once);
    }
  }
}

// One vocabulary for files, forms, the interface and options. Red while options took the words of the contract alone.
TEST(TypedText, NamesWordsOfClosedListsAsPeopleDo) {
  constexpr std::string_view stages[] = {"written", "final"};
  for (const char* typed : {"final", "Final", " ｆｉｎａｌ ", "최종", "최종 합격", "최종\u200b"}) EXPECT_EQ(find_meant_word(typed, stages), 1U) << typed;
  EXPECT_EQ(find_meant_word("면접", stages), 2U);
  const auto parse = [](std::string_view word) -> std::optional<int> {
    if (word == "detour_cap") return 1;
    if (word == "mixing") return 2;
    return std::nullopt;
  };
  for (const char* typed : {"detour_cap", "Detour Cap", "detour-cap", "우회 상한", "우회한도"}) EXPECT_EQ(parse_meant(typed, parse), 1) << typed;
  EXPECT_EQ(parse_meant("혼합", parse), 2);
  for (const char* typed : {"", " ", "-", "거리", "detourcaps"}) EXPECT_EQ(parse_meant(typed, parse), std::nullopt) << typed;
}

}  // namespace
}  // namespace hanjari
