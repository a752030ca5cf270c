#include "hanjari/whatif/trade_off.h"

#include <gtest/gtest.h>

#include "whatif/small_exam.h"

namespace hanjari::whatif {
namespace {

TEST(TradeOff, SharingRoomsNeverCostsTravel) {
  const auto points = trace(small_exam(), TradeOff::mixing, 1, system_clock(), no_progress());
  ASSERT_EQ(points.size(), 4U);
  EXPECT_EQ(points.front().setting, "never");
  EXPECT_EQ(points.back().setting, "free");
  for (const TradePoint& point : points) {
    EXPECT_EQ(point.unseated, 0);
    EXPECT_GE(point.travel_m, points.back().travel_m);
  }
}

TEST(TradeOff, PairsBecomeFewerAsTheyWeighMore) {
  const auto points = trace(small_exam(), TradeOff::pairs, 1, system_clock(), no_progress());
  ASSERT_GE(points.size(), 3U);
  EXPECT_LT(points.back().pairs, points.front().pairs);
  EXPECT_GE(points.back().travel_m, points.front().travel_m);
}

TEST(TradeOff, DrawsEveryPointAndSaysWhatIsImpossible) {
  const auto points = trace(small_exam(), TradeOff::detour_cap, 1, system_clock(), no_progress());
  const std::string picture = render_trade_off_svg(TradeOff::detour_cap, points, Language::english);
  std::size_t dots = 0;
  for (std::size_t at = picture.find("<circle"); at != std::string::npos; at = picture.find("<circle", at + 1)) ++dots;
  std::size_t possible = 0;
  for (const TradePoint& point : points) possible += point.over_detour_cap == 0 && point.unseated == 0 ? 1 : 0;
  EXPECT_EQ(dots, possible);
  EXPECT_EQ(possible < points.size(), picture.find("impossible") != std::string::npos);
  EXPECT_NE(render_trade_off_svg(TradeOff::mixing, points, Language::korean).find("이동 거리"), std::string::npos);
}

// Red while the picture said leftover and the table 1500.
TEST(TradeOff, NamesSettingsAsOfficersDo) {
  EXPECT_EQ(name_of_setting(TradeOff::detour_cap, "1500").ko, "1.5 km");
  EXPECT_EQ(name_of_setting(TradeOff::detour_cap, "").ko, "상한 없음");
  EXPECT_EQ(name_of_setting(TradeOff::pairs, "30000").en, "30.0 km");
  for (const char* policy : {"never", "same_series", "leftover", "free"})
    EXPECT_NE(name_of_setting(TradeOff::mixing, policy).ko, policy);
}

TEST(TradeOff, KnowsItsWords) {
  for (const TradeOff kind : {TradeOff::detour_cap, TradeOff::pairs, TradeOff::mixing}) {
    EXPECT_EQ(parse_trade_off(spell(kind)), kind);
  }
  EXPECT_FALSE(parse_trade_off("weather"));
}

}  // namespace
}  // namespace hanjari::whatif
