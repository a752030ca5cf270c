#include "hanjari/documents/font_packages.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace hanjari::documents {
namespace {

TEST(FontPackages, NameAPackageForWhatAFontCanHave) {
  EXPECT_EQ(font_package_for(U'\u0B95'), "fonts-noto-core") << "Tamil";
  EXPECT_EQ(font_package_for(U'\U00020000'), "fonts-hanazono") << "a rare Hanja";
  EXPECT_EQ(font_package_for(U'\U0001F600'), "fonts-noto-color-emoji");
  EXPECT_EQ(font_package_for(U'\u2603'), "fonts-symbola") << "a symbol";
  for (const char32_t character : {U'\u0B95', U'\U0001F600', U'\u2603', U'가'}) EXPECT_FALSE(is_no_character(character));
}

// A package was named for these too, which nobody can install anything for.
TEST(FontPackages, NameNoneForWhatIsNoCharacter) {
  for (const char32_t character : {char32_t{0x0378}, char32_t{0x378FF}, char32_t{0xE123}, char32_t{0x10FFFD}, char32_t{0x202E}}) {
    EXPECT_TRUE(is_no_character(character)) << static_cast<std::uint32_t>(character);
    EXPECT_EQ(font_package_for(character), "") << static_cast<std::uint32_t>(character);
  }
}

}  // namespace
}  // namespace hanjari::documents
