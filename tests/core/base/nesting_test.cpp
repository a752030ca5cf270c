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

// Red when a quote in a comment opened a text, behind which no bracket counted: templates may have comments.
TEST(Nesting, IsHiddenByNoComment) {
  EXPECT_EQ(nesting_of(R"(/* " */ [[[)"), 3);
  EXPECT_EQ(nesting_of("// \"\n[[["), 3);
  EXPECT_EQ(nesting_of("// \"\r[[["), 3);
  EXPECT_EQ(nesting_of(std::string("// \"\0[[[", 8)), 3);
  EXPECT_EQ(nesting_of(R"(/*/ " */ [[[)"), 3) << "an end needs a star of its own";
  EXPECT_EQ(nesting_of("[/* ]]]] */ [ // ]]]]\n[["), 4);
  EXPECT_EQ(nesting_of(R"(["/*", [["*/"]]])"), 3) << "in a text nothing is a comment";
  EXPECT_EQ(nesting_of("[[/"), 2);
  EXPECT_EQ(nesting_of("[/* ["), 1);
  EXPECT_EQ(nesting_of("[//"), 1);
}

}  // namespace
}  // namespace hanjari::tests
