#include "papers/commands/paper_warnings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hanjari::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string said_about(const PressResult& result, Language language) {
  testing::internal::CaptureStderr();
  say_missing(result, {language, no_progress()});
  return testing::internal::GetCapturedStderr();
}

PressResult lacking(std::set<char32_t> characters) {
  PressResult result;
  result.missing.push_back({ApplicantId("A0000004"), ApplicantNumber("01000192"), "roster/V0002.pdf", std::move(characters)});
  return result;
}

// "install fonts-symbola" stood here for a code point that no font can ever have.
TEST(PaperWarnings, SayOfACodeThatIsNoCharacterThatNoFontCanHaveIt) {
  for (const char32_t code : {char32_t{0x0378}, char32_t{0xE123}}) {
    const std::string said = said_about(lacking({code}), Language::english);
    for (const char* words : {"A0000004", "number 01000192", "no font can have it", "correct the name", "roster/V0002.pdf"})
      EXPECT_THAT(said, HasSubstr(words));
    EXPECT_THAT(said, Not(HasSubstr("install")));
    const std::string korean = said_about(lacking({code}), Language::korean);
    for (const char* words : {"응시번호 01000192", "어떤 글꼴로도 쓸 수 없어", "성명을 바로잡으십시오"})
      EXPECT_THAT(korean, HasSubstr(words));
    EXPECT_THAT(korean, Not(HasSubstr("설치")));
  }
  EXPECT_THAT(said_about(lacking({char32_t{0x0378}}), Language::english), HasSubstr("U+0378"));
}

TEST(PaperWarnings, NameThePackageForWhatAFontCanHave) {
  const std::string said = said_about(lacking({char32_t{0x0B95}, char32_t{0x0378}}), Language::english);
  EXPECT_THAT(said, HasSubstr("no font has U+0B95 of this name"));
  EXPECT_THAT(said, HasSubstr("U+0378 of this name stands for no character"));
  EXPECT_THAT(said, HasSubstr("install fonts-noto-core"));
  EXPECT_THAT(said, Not(HasSubstr("fonts-symbola")));
}

}  // namespace
}  // namespace hanjari::cli
