// How many people an officer says a change concerns.
#include "cli/concerned.h"

#include <gtest/gtest.h>

namespace hanjari::cli {
namespace {

TEST(Concerned, NumbersAreReadAsTheyAreShownAndTyped) {
  for (const char* typed : {"36109", "36,109", " 36,109 \r", "36 109", "３６，１０９", "36\u3000109", "36\u00a0109"})
    EXPECT_EQ(read_people(typed), 36109) << typed;
  EXPECT_EQ(read_people("0"), 0);
  for (const char* wrong : {"", "  ", ",", "36.109", "36109 people", "-1", "1e3", "99999999999999999999", "1000000001"})
    EXPECT_EQ(read_people(wrong), std::nullopt) << wrong;
}

TEST(Concerned, TheOptionIsReadTheSameWay) {
  const Terminal terminal{Language::english, no_progress()};
  const auto asked = [&](const char* value) {
    Arguments arguments;
    arguments.options["concerned"] = value;
    return ask_concerned(arguments, terminal, 36109, {"doing it", "합니다"}, {"are concerned", "해당하는 사람이"});
  };
  EXPECT_EQ(asked("36,109"), 36109);
  EXPECT_EQ(asked("３６，１０９"), 36109);
  EXPECT_THROW(asked("36x"), WrongUsage);
  EXPECT_THROW(asked(""), WrongUsage);
}

}  // namespace
}  // namespace hanjari::cli
