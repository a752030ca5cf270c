#include "site/pages/counts.h"

#include <gtest/gtest.h>

namespace hanjari::web {
namespace {

// Red while cells in Korean said 36,109 of people and of rooms alike.
TEST(CountsOfPages, SayTheirCounterInKorean) {
  EXPECT_EQ(write_count(36'109, Counted::people, Language::korean), "36,109명");
  EXPECT_EQ(write_count(101, Counted::places, Language::korean), "101곳");
  EXPECT_EQ(write_count(2'460, Counted::rooms, Language::korean), "2,460실");
  EXPECT_EQ(write_count(0, Counted::things, Language::korean), "0개");
  EXPECT_EQ(write_count(3, Counted::cases, Language::korean), "3건");
  EXPECT_EQ(write_count(12, Counted::pages, Language::korean), "12쪽");
  EXPECT_EQ(write_count(36'109, Counted::people, Language::english), "36,109");
}

}  // namespace
}  // namespace hanjari::web
