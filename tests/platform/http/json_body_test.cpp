#include "http/json_body.h"

#include <gtest/gtest.h>

namespace hanjari::web {
namespace {

TEST(JsonBody, NamesTheKeyThatStandsTwice) {
  std::string repeated;
  EXPECT_FALSE(parse_json_body(R"({"name": "a", "unit": {"name": "b"}, "name": "c"})", &repeated));
  EXPECT_EQ(repeated, "name");
  repeated.clear();
  EXPECT_TRUE(parse_json_body(R"({"name": "a", "unit": {"name": "b"}})", &repeated)) << "of another object";
  EXPECT_FALSE(parse_json_body(R"({"name": )", &repeated));
  EXPECT_EQ(repeated, "") << "something else is wrong";
}

}  // namespace
}  // namespace hanjari::web
