// Codes that are meant by others, among very many.
#include <chrono>
#include <cstddef>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "hanjari/package/near_codes.h"

namespace hanjari::package {
namespace {

// Red while each number of five digits, which a spreadsheet may have made of 02-05, was held against every code: an exam whose ids
// are such numbers took an hour.
TEST(NearCodes, AreLookedUpAlsoForNumbersThatMayHaveBeenDates) {
  NearCodes known("applicants.csv");
  for (int at = 0; at < 30'000; ++at) known.add(fmt::format("A{:05}", at));
  known.add("02-05");
  const auto began = std::chrono::steady_clock::now();
  std::size_t near = 0;
  for (int number = 40'001; number < 60'000; ++number) near += known.find(std::to_string(number)) ? 1U : 0U;
  EXPECT_EQ(near, 55U) << "the fifth of February of 2010 to 2064";
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
  for (const char* typed : {"05-Feb", "Feb-05", "2월 5일", "2027-02-05"}) {
    const auto meant = known.find(typed);
    ASSERT_TRUE(meant) << typed;
    EXPECT_EQ(meant->meant, "02-05") << typed;
  }
}

}  // namespace
}  // namespace hanjari::package
