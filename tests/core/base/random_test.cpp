#include "hanjari/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "hanjari/base/digest.h"

namespace hanjari {
namespace {

TEST(Seed, IsReadFromOneToSixtyFourHexadecimalDigits) {
  EXPECT_EQ(parse_seed("0")->hex(), "0");
  EXPECT_EQ(parse_seed("2021")->hex(), "2021");
  EXPECT_EQ(parse_seed("00AbC")->hex(), "abc");
  EXPECT_EQ(parse_seed(std::string(64, 'f'))->hex(), std::string(64, 'f'));
  EXPECT_EQ(parse_seed("abc"), parse_seed("0000abc"));
  for (const std::string& text :
       {std::string(), std::string(65, '1'), std::string("12g4"), std::string("0x12"), std::string(" 1")}) {
    EXPECT_FALSE(parse_seed(text)) << text;
  }
}

// The specification in random.h, written out a second time for one block.
TEST(RandomStream, TakesItsWordsFromSha256OfSeedNameAndCounter) {
  const Seed seed = *parse_seed("0102");
  const std::string name = "seats/V0001/3";
  std::string block =
      std::string(30, '\0') + "\x01\x02" + std::string("\0\0\0\x0d", 4) + name + std::string(7, '\0') + "\x01";
  const Digest second_block = sha256(block);
  RandomStream stream(seed, name);
  for (int word = 0; word < 4; ++word) stream.next();
  std::uint64_t expected = 0;
  for (int byte = 0; byte < 8; ++byte) expected = expected * 256 + second_block.bytes[static_cast<std::size_t>(byte)];
  EXPECT_EQ(stream.next(), expected);
}

TEST(RandomStream, GivesDifferentWordsForDifferentNamesAndSeeds) {
  const auto first = [](const char* seed, const char* name) { return RandomStream(*parse_seed(seed), name).next(); };
  EXPECT_NE(first("1", "a"), first("1", "b"));
  EXPECT_NE(first("1", "a"), first("2", "a"));
  EXPECT_EQ(first("1", "a"), first("01", "a"));
}

TEST(RandomStream, DrawsEveryValueBelowABoundAboutEquallyOften) {
  RandomStream stream(*parse_seed("7"), "test");
  for (const std::uint64_t bound : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{7}, std::uint64_t{10}}) {
    std::map<std::uint64_t, int> seen;
    for (int draw = 0; draw < 10000; ++draw) ++seen[stream.below(bound)];
    ASSERT_EQ(seen.size(), bound);
    EXPECT_LT(seen.rbegin()->first, bound);
    for (const auto& [value, count] : seen)
      EXPECT_NEAR(count, 10000.0 / static_cast<double>(bound), 500) << value << " of " << bound;
  }
}

TEST(RandomStream, StaysBelowBoundsNearTheWholeRange) {
  RandomStream stream(*parse_seed("7"), "test");
  const std::uint64_t bound = (std::uint64_t{1} << 63) + 1;  // half of the words must be drawn again
  for (int draw = 0; draw < 1000; ++draw) ASSERT_LT(stream.below(bound), bound);
}

TEST(RandomStream, ShufflesEveryOrderOfThreeAboutEquallyOften) {
  RandomStream stream(*parse_seed("9"), "test");
  std::map<std::vector<int>, int> seen;
  for (int draw = 0; draw < 6000; ++draw) {
    std::vector<int> items{1, 2, 3};
    stream.shuffle(items);
    ++seen[items];
  }
  ASSERT_EQ(seen.size(), 6U);
  for (const auto& [order, count] : seen) EXPECT_NEAR(count, 1000, 150);
}

}  // namespace
}  // namespace hanjari
