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

std::string repeated_text(const std::string& piece, std::size_t times) {
  std::string text;
  for (std::size_t count = 0; count < times; ++count) text += piece;
  return text;
}

// Red when only the size of the text was bounded: "[]," has three bytes and takes twenty times as many once it is read, so that a
// letter's body of 20 MB filled 400 MB.
TEST(JsonBody, HoldsNoMoreValuesThanAnyCallNeeds) {
  for (const std::string piece : {"[],", "{},", "0,", "\"\","}) {
    const std::string whole = "{\"files\": [" + repeated_text(piece, most_json_values) + "0]}";
    EXPECT_TRUE(has_too_many_values(whole)) << piece;
    EXPECT_FALSE(parse_json_body(whole)) << piece;
  }
  EXPECT_TRUE(has_too_many_values("{" + repeated_text("\"a\":0,", most_json_values / 2) + "\"b\":0}")) << "keys count too";
  EXPECT_TRUE(parse_json_body("[" + repeated_text("1234567,", 100'000) + "0]"));
  const std::string text = "{\"words\": \"" + repeated_text(",:[{\\\"", most_json_values) + "\"}";
  EXPECT_FALSE(has_too_many_values(text)) << "a text is one value whatever it holds";
  EXPECT_TRUE(parse_json_body(text));
}

}  // namespace
}  // namespace hanjari::web
