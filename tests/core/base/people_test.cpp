#include "hanjari/base/people.h"

#include <gtest/gtest.h>

namespace hanjari {
namespace {

TEST(People, AreCountedAsEnglishCountsThem) {
  EXPECT_EQ(count_people(0), "0 people");
  EXPECT_EQ(count_people(1), "1 person");
  EXPECT_EQ(count_people(2), "2 people");
  EXPECT_EQ(count_people(36109), "36,109 people");
  EXPECT_EQ(count_of(0, "room", "rooms"), "0 rooms");
  EXPECT_EQ(count_of(1, "room", "rooms"), "1 room");
  EXPECT_EQ(count_of(2460, "room is", "rooms are"), "2,460 rooms are");
  EXPECT_EQ(word_for(1, "has", "have"), "has");
  EXPECT_EQ(word_for(0, "has", "have"), "have");
  EXPECT_EQ(word_for(36109, "has", "have"), "have");
}

}  // namespace
}  // namespace hanjari
