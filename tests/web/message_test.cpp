// Bytes to requests and values: everything that could be read in two ways is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/birth_date_field.h"
#include "web/message_reader.h"

namespace hanjari::web {
namespace {

int status_of(const std::string& head) {
  try {
    read_head(head);
    return 200;
  } catch (const Malformed& fault) {
    return fault.status;
  }
}

TEST(ReadHead, ReadsWhatBrowsersSend) {
  const MessageHead head =
      read_head("POST /ko/a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nCookie: a=1\r\nCOOKIE: b=2\r\n\r\n");
  EXPECT_EQ(head.request.method, Method::post);
  EXPECT_EQ(head.request.path, "/ko/a");
  EXPECT_EQ(head.request.query, "b=c");
  EXPECT_EQ(head.body_bytes, 5U);
  EXPECT_TRUE(head.keep_alive);
  EXPECT_EQ(head.request.cookie("b"), "2");
  EXPECT_FALSE(read_head("GET / HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n").keep_alive);
  EXPECT_FALSE(read_head("GET / HTTP/1.0\r\n\r\n").keep_alive);
  EXPECT_TRUE(read_head("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").request.head_only);
}

TEST(ReadHead, RefusesLengthsThatCouldBeReadInTwoWays) {
  const auto with = [](const std::string& fields) {
    return status_of("POST / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
  };
  EXPECT_EQ(with("Content-Length: 5\r\nContent-Length: 5\r\n"), 400);
  EXPECT_EQ(with("Content-Length: 5\r\ncontent-length: 6\r\n"), 400);
  for (const char* length : {"-1", "+5", "5,5", "0x5", "5 5", "", "five"}) {
    EXPECT_EQ(with(std::string("Content-Length: ") + length + "\r\n"), 400) << length;
  }
  EXPECT_EQ(with("Content-Length: 99999999999999999999999\r\n"), 200) << "too large, but readable: the limit answers";
  EXPECT_EQ(with("Transfer-Encoding: chunked\r\n"), 411);
  EXPECT_EQ(with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 411);
}

TEST(ReadHead, RefusesMalformedLines) {
  for (const char* head :
       {"GET / HTTP/1.1\nHost: x\n\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET //x HTTP/1.1\r\nHost: x\r\n\r\n", "GET x HTTP/1.1\r\nHost: x\r\n\r\n", "GET\r\n\r\n", "\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\rx\r\n\r\n"}) {
    EXPECT_EQ(status_of(head), 400) << head;
  }
  EXPECT_EQ(status_of(std::string("GET / HTTP/1.1\r\nHost: x\0y\r\n\r\n", 29)), 400);
  EXPECT_EQ(status_of("BREW / HTTP/1.1\r\nHost: x\r\n\r\n"), 501);
  EXPECT_EQ(status_of("GET / HTTP/3.0\r\nHost: x\r\n\r\n"), 505);
}

TEST(WriteMessage, NeverWritesAnotherField) {
  Response response;
  response.set_header("Location", "/a\r\nSet-Cookie: x=y");
  EXPECT_THROW(write_message(response, false, true, "now"), std::logic_error);
}

TEST(WriteMessage, LeavesTheBodyOutForHead) {
  Response response;
  response.body = "words";
  const std::string message = write_message(response, true, false, "now");
  EXPECT_THAT(message, ::testing::HasSubstr("Content-Length: 5\r\n"));
  EXPECT_THAT(message, ::testing::EndsWith("\r\n\r\n"));
}

TEST(ParseValues, ReadsFormsAndRefusesBrokenOnes) {
  const auto values = parse_values("a=1+2&b=%EA%B0%80&c&a=3&=x");
  ASSERT_TRUE(values);
  EXPECT_EQ(values->at("a"), "1 2");
  EXPECT_EQ(values->at("b"), "가");
  EXPECT_EQ(values->at("c"), "");
  for (const char* broken : {"a=%", "a=%2", "a=%g1", "a=%00", "a=%ff", "%c0%af=x", "a=%1b"})
    EXPECT_FALSE(parse_values(broken)) << broken;
  std::string many;
  for (int count = 0; count < 51; ++count) many += "a" + std::to_string(count) + "=1&";
  EXPECT_FALSE(parse_values(many));
}

TEST(ChooseMediaType, FollowsTheReader) {
  const std::vector<std::string> offered{"application/pdf", "text/csv; charset=utf-8"};
  EXPECT_EQ(choose_media_type("", offered), offered[0]);
  EXPECT_EQ(choose_media_type("*/*", offered), offered[0]);
  EXPECT_EQ(choose_media_type("text/csv", offered), offered[1]);
  EXPECT_EQ(choose_media_type("text/*;q=0.9, application/pdf;q=0.1", offered), offered[1]);
  EXPECT_EQ(choose_media_type("*/*;q=0.5, application/pdf;q=0", offered), offered[1]);
  EXPECT_EQ(choose_media_type("image/png", offered), std::nullopt);
}

class BirthDate : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(BirthDate, IsReadAsPeopleTypeIt) {
  const auto [typed, expected] = GetParam();
  const auto date = read_birth_date(typed, *parse_date("2021-06-04"));
  EXPECT_EQ(date ? format_date(*date) : "", expected) << typed;
}

INSTANTIATE_TEST_SUITE_P(
    Forms, BirthDate,
    ::testing::Values(std::pair{"19970305", "1997-03-05"}, std::pair{"1997-03-05", "1997-03-05"},
                      std::pair{"1997.3.5", "1997-03-05"}, std::pair{"1997. 3. 5.", "1997-03-05"},
                      std::pair{" 1997/03/05 ", "1997-03-05"}, std::pair{"1997년 3월 5일", "1997-03-05"},
                      std::pair{"１９９７０３０５", "1997-03-05"}, std::pair{"970305", "1997-03-05"},
                      std::pair{"97-3-5", "1997-03-05"}, std::pair{"060101", "2006-01-01"}, std::pair{"080101", "1908-01-01"},
                      std::pair{"20000229", "2000-02-29"}, std::pair{"20010229", ""}, std::pair{"19971305", ""},
                      std::pair{"20210605", ""}, std::pair{"18991231", ""}, std::pair{"1997030", ""},
                      std::pair{"199703051", ""}, std::pair{"1997-0305", ""}, std::pair{"March 5 1997", ""},
                      std::pair{"", ""}, std::pair{"-", ""}, std::pair{"1997-03-05-01", ""}, std::pair{"0", ""}));

}  // namespace
}  // namespace hanjari::web
