#include "hanjari/base/nesting.h"

#include <gtest/gtest.h>

#include <string>

namespace hanjari::tests {
namespace {

TEST(Nesting, CountsBracketsOutsideQuotes) {
  EXPECT_EQ(nesting_of(""), 0);
  EXPECT_EQ(nesting_of("1"), 0);
  EXPECT_EQ(nesting_of(R"({"a": [1, {"b": 2}], "c": []})"), 3);
  EXPECT_EQ(nesting_of(R"({"a": "[[[[", "b\"[": "\\"})"), 1);
  EXPECT_EQ(nesting_of("]]]]["), 0) << "closing first is no depth";
  EXPECT_EQ(nesting_of(std::string(100'000, '[')), 100'000);
}

}  // namespace
}  // namespace hanjari::tests
