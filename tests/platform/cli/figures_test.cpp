// What officers read: kilometres and local time.
#include "cli/figures.h"

#include <gtest/gtest.h>

#include "cli/moments.h"
#include "hanjari/base/local_time.h"

namespace hanjari::cli {
namespace {

TEST(Figures, AreKilometres) {
  EXPECT_EQ(tell_kilometres(0), "0.0 km");
  EXPECT_EQ(tell_kilometres(36'190), "36.1 km");
  EXPECT_EQ(tell_kilometres(999'999), "999.9 km");
  EXPECT_EQ(tell_kilometres(20'942'509), "20,942 km");
}

TEST(Moments, AreThoseOfTheClockWhereTheExamIsHeld) {
  const Instant midnight = instant_of(*parse_date("2027-06-13"), 0, "Asia/Seoul");
  EXPECT_EQ(tell_moment(midnight, "Asia/Seoul").en, "2027-06-13 00:00 KST");
  EXPECT_EQ(tell_moment(midnight, "Asia/Seoul").ko, "2027-06-13 00:00(한국시간)");
  EXPECT_EQ(tell_moment(midnight, "Etc/UTC").en, "2027-06-12 15:00 UTC");
  EXPECT_EQ(tell_moment(midnight, "No/Where").en, "2027-06-12 15:00 UTC");
  EXPECT_EQ(tell_moment(midnight, "").en, tell_moment(midnight, machine_time_zone()).en);
}

}  // namespace
}  // namespace hanjari::cli
