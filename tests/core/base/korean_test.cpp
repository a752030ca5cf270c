#include "hanjari/base/korean.h"

#include <gtest/gtest.h>

namespace hanjari {
namespace {

// Every message said 이(가), of which people read one only.
TEST(KoreanParticles, FollowHowTheWordBeforeThemEnds) {
  EXPECT_EQ(in_korean("{}[이/가] 없습니다", "시험"), "시험이 없습니다");
  EXPECT_EQ(in_korean("{}[이/가] 없습니다", "학교"), "학교가 없습니다");
  EXPECT_EQ(in_korean("{}[은/는] {}[을/를] 씁니다", "가람", "나루"), "가람은 나루를 씁니다");
  EXPECT_EQ(in_korean("{}[과/와] {}[과/와]", "물", "나"), "물과 나와");
  EXPECT_EQ(in_korean("{}[으로/로] {}[으로/로] {}[으로/로]", "서울", "부산", "대구"), "서울로 부산으로 대구로");
  EXPECT_EQ(in_korean("{}[이/]라고 {}[이/]라고", "한빛", "새로"), "한빛이라고 새로라고");
}

TEST(KoreanParticles, FollowNumbersAsTheyAreRead) {
  const char* const readings[] = {"0이", "1이", "2가", "3이", "4가", "5가", "6이", "7이", "8이", "9가"};
  for (int digit = 0; digit < 10; ++digit) EXPECT_EQ(in_korean("{}[이/가]", digit), readings[digit]);
  EXPECT_EQ(in_korean("{}[은/는]", 36'110), "36110은");
  EXPECT_EQ(in_korean("{}[으로/로], {}[으로/로], {}[으로/로]", 1, 3, 4), "1로, 3으로, 4로");
  EXPECT_EQ(in_korean("{}[으로/로], {}[으로/로]", "CP949", "UTF-8"), "CP949로, UTF-8로");
}

TEST(KoreanParticles, PassOverQuotesAndRemarks) {
  EXPECT_EQ(in_korean("'{}'[이/가]", "한빛"), "'한빛'이");
  EXPECT_EQ(in_korean("\"{}\"[이/가]", "나루"), "\"나루\"가");
  EXPECT_EQ(in_korean("{}({})[은/는]", "한빛중학교", "V1"), "한빛중학교(V1)는");
  EXPECT_EQ(in_korean("{}(으)로", "길"), "길(으)로") << "only what the sentence marks";
  EXPECT_EQ(in_korean("({})[은/는]", "길"), "(길)은");
  EXPECT_EQ(in_korean("{}[은/는]", ""), "는");
}

TEST(KoreanParticles, FollowLettersByTheirNamesAndLengthsByTheirUnit) {
  EXPECT_EQ(in_korean("{}[은/는] {}[은/는] {}[으로/로]", "PDF", "KTM", "URL"), "PDF는 KTM은 URL로");
  EXPECT_EQ(in_korean("{} km[이/가], {}m[이/가], {} cm[을/를]", 12, 300, 40), "12 km가, 300m가, 40 cm를");
}

}  // namespace
}  // namespace hanjari
