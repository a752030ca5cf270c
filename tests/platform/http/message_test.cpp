// Bytes to requests and values: everything that could be read in two ways is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "http/chunked_body.h"
#include "http/form_words.h"
#include "http/head_parser.h"
#include "http/malformed_battery.h"
#include "http/message_writer.h"
#include "http/multipart.h"
#include "http/proxy_header.h"
#include "http/trusted_proxies.h"
#include "site/pages/birth_date_field.h"

namespace hanjari::web {
namespace {

struct Head {
  HeadParser parser;
  Request request;
};

// Fed in pieces of `step` bytes, at a new place each time.
Head read_head(const std::string& head, std::size_t step = std::string::npos) {
  Head read;
  for (std::size_t size = std::min(step, head.size());;
       size = std::min(size + std::min(step, head.size()), head.size())) {
    const std::string begin = head.substr(0, size);
    if (const auto end = read.parser.read(begin)) {
      read.request = read.parser.copy(begin.substr(0, *end));
      return read;
    }
    if (size == head.size()) throw Malformed{0, "more", {}};
  }
}

// What the front would answer to these bytes before it asks a handler; 200 for a request, 0 when it waits for more.
int status_of(const std::string& bytes, std::size_t step = std::string::npos) {
  try {
    HeadParser parser;
    std::optional<std::size_t> end;
    for (std::size_t size = 0; !end && size < bytes.size();) {
      size = step >= bytes.size() - size ? bytes.size() : size + step;
      end = parser.read(std::string_view(bytes).substr(0, size));
    }
    if (!end) return 0;
    constexpr std::size_t limit = 8 * 1024;
    const bool takes_body = parser.method() == Method::post;
    if (parser.has_body() && (!takes_body || parser.body_bytes() > limit)) return 413;
    if (!parser.is_chunked()) return 200;
    ChunkedBody chunks(limit);
    std::string body;
    for (std::size_t at = *end; at < bytes.size() && !chunks.is_complete();) {
      const std::size_t piece = std::min(step, bytes.size() - at);
      const std::size_t taken = chunks.read(std::string_view(bytes).substr(at, piece), body);
      EXPECT_GT(taken, 0U);
      at += taken;
    }
    return chunks.is_complete() ? 200 : 0;
  } catch (const Malformed& fault) {
    return fault.status;
  }
}

TEST(ReadHead, ReadsWhatBrowsersSend) {
  for (const std::size_t step : {std::string::npos, std::size_t{1}, std::size_t{7}}) {
    const auto [parser, request] = read_head(
        "POST /ko/a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nCookie: a=1\r\nCOOKIE: b=2\r\n\r\n", step);
    EXPECT_EQ(request.method, Method::post);
    EXPECT_EQ(request.path, "/ko/a");
    EXPECT_EQ(request.query, "b=c");
    EXPECT_EQ(parser.body_bytes(), 5U);
    EXPECT_TRUE(parser.keep_alive());
    EXPECT_EQ(request.cookie("b"), "2");
    EXPECT_EQ(request.header("host"), "x");
  }
  EXPECT_FALSE(read_head("GET / HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n").parser.keep_alive());
  EXPECT_TRUE(read_head("GET / HTTP/1.1\r\nHost: x\r\nConnection: disclosed\r\n\r\n").parser.keep_alive());
  EXPECT_FALSE(read_head("GET / HTTP/1.0\r\n\r\n").parser.keep_alive());
  EXPECT_TRUE(read_head("GET / HTTP/1.0\r\nConnection: TE, Keep-Alive\r\n\r\n").parser.keep_alive());
  EXPECT_TRUE(read_head("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").request.head_only);
  EXPECT_EQ(read_head("\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n").request.path, "/a") << "one empty line is skipped";
  EXPECT_EQ(read_head("GET / HTTP/1.1\r\nHost: x\r\nX:\t a \t\r\n\r\n").request.header("x"), "a");
}

TEST(ReadHead, RefusesTheWholeBatteryHoweverItIsCut) {
  for (const auto& [what, bytes, status] : testing::malformed_battery()) {
    EXPECT_EQ(status_of(bytes), status) << what;
    EXPECT_EQ(status_of(bytes, 1), status) << what << ", byte by byte";
    EXPECT_EQ(status_of(bytes, 3), status) << what << ", by three";
  }
}

TEST(ReadHead, ServesOneRequestAfterTheOther) {
  HeadParser parser;
  const std::string first = "POST /a?x HTTP/1.0\r\nContent-Length: 5\r\n\r\n";
  const std::string second = "GET /b HTTP/1.1\r\nHost: y\r\n\r\n";
  EXPECT_EQ(parser.read(first + second), first.size());
  parser.restart();
  EXPECT_EQ(parser.read(second), second.size());
  const Request request = parser.copy(second);
  EXPECT_EQ(request.path, "/b");
  EXPECT_EQ(request.query, "");
  EXPECT_EQ(request.method, Method::get);
  EXPECT_FALSE(parser.has_body());
  EXPECT_TRUE(parser.keep_alive());
  EXPECT_EQ(request.headers.size(), 1U);
}

TEST(ChunkedBody, JoinsChunksHoweverTheyAreCut) {
  const std::string bytes = "5\r\nhello\r\nA\r\n, everyone\r\n00\r\n\r\nGET";
  for (const std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{5}, bytes.size()}) {
    ChunkedBody chunks(15);
    std::string body;
    std::size_t at = 0;
    while (!chunks.is_complete()) at += chunks.read(std::string_view(bytes).substr(at, step), body);
    EXPECT_EQ(body, "hello, everyone");
    EXPECT_EQ(bytes.substr(at), "GET") << "what follows is the next request";
  }
  ChunkedBody small(14);
  std::string body;
  try {
    small.read(bytes, body);
    FAIL();
  } catch (const Malformed& fault) {
    EXPECT_EQ(fault.status, 413);
  }
}

TEST(ProxyHeader, IsReadInBothVersions) {
  const std::string line = "PROXY TCP4 192.0.2.7 10.0.0.1 51234 8080\r\n";
  const auto text = read_proxy_header(line + "GET /");
  ASSERT_TRUE(text);
  EXPECT_EQ(text->bytes, line.size());
  EXPECT_EQ(text->source, "192.0.2.7");
  EXPECT_EQ(read_proxy_header("PROXY TCP6 2001:db8::1 ::1 1 2\r\n")->source, "2001:db8::1");
  EXPECT_EQ(read_proxy_header("PROXY UNKNOWN\r\n")->source, "");
  const std::string signature("\r\n\r\n\0\r\nQUIT\n", 12);
  const std::string v4 = signature + std::string("\x21\x11\0\x0c\xc0\0\2\7\x0a\0\0\1\xc8\x22\x1f\x90", 16);
  EXPECT_EQ(read_proxy_header(v4)->source, "192.0.2.7");
  EXPECT_EQ(read_proxy_header(v4)->bytes, 28U);
  const std::string local = signature + std::string("\x20\0\0\0", 4);
  EXPECT_EQ(read_proxy_header(local)->bytes, 16U);
  for (std::size_t size = 0; size < v4.size(); ++size) EXPECT_FALSE(read_proxy_header(v4.substr(0, size))) << size;
  for (std::size_t size = 0; size < line.size(); ++size) EXPECT_FALSE(read_proxy_header(line.substr(0, size))) << size;
}

TEST(ProxyHeader, IsRefusedWhenItIsNone) {
  const std::string signature("\r\n\r\n\0\r\nQUIT\n", 12);
  for (const std::string& bytes : {std::string("GET / HTTP/1.1\r\n"), std::string("PROXY TCP4 1 2 3 4\r\n"),
                                   std::string("PROXY TCP4 192.0.2.7\r\n"), "PROXY " + std::string(110, 'x'),
                                   std::string("PROXY TCP9 192.0.2.7 10.0.0.1 1 2\r\n"),
                                   signature + std::string("\x11\x11\0\x0c", 4) + std::string(12, 'x'),
                                   signature + std::string("\x21\x11\0\x04", 4) + std::string(12, 'x'),
                                   signature + std::string("\x21\x11\xff\xff", 4)}) {
    EXPECT_THROW(read_proxy_header(bytes), Malformed) << bytes;
  }
}

TEST(TrustedProxies, AreBelievedAndNobodyElse) {
  const TrustedProxies proxies({"10.0.0.0/8", "192.0.2.1", "2001:db8::/32"});
  for (const char* trusted : {"10.1.2.3", "192.0.2.1", "::ffff:10.0.0.9", "2001:db8:1::5"})
    EXPECT_TRUE(proxies.contains(trusted)) << trusted;
  for (const char* other : {"11.0.0.1", "192.0.2.2", "2001:db9::1", "", "x", "10.0.0"})
    EXPECT_FALSE(proxies.contains(other)) << other;
  const auto source = [&](Headers headers) {
    Request request;
    request.source = "10.0.0.9";
    request.headers = std::move(headers);
    proxies.name_source(request);
    return request.source + (request.encrypted ? " encrypted" : "");
  };
  EXPECT_EQ(source({}), "10.0.0.9");
  EXPECT_EQ(source({{"x-forwarded-for", "203.0.113.5"}}), "203.0.113.5");
  EXPECT_EQ(source({{"x-forwarded-for", "1.2.3.4, 203.0.113.5, 10.0.0.7"}, {"x-forwarded-proto", "https"}}),
            "203.0.113.5 encrypted")
      << "what the client wrote itself is not believed";
  EXPECT_EQ(source({{"forwarded", "for=1.2.3.4, For=\"[2001:db9::5]:4711\";proto=https"}}), "2001:db9::5 encrypted");
  EXPECT_EQ(source({{"x-forwarded-for", "203.0.113.5, 홍길동"}}), "10.0.0.9") << "only addresses";
  for (const char* bad : {"x", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8"})
    EXPECT_THROW(TrustedProxies({bad}), InvalidInput) << bad;
}

// Red while X-Forwarded-For was not looked at beside Forwarded: a client's own Forwarded named any source, when the proxy
// wrote the other field.
TEST(TrustedProxies, AreNotBelievedWhenTwoFieldsSayForWhomTheyAsk) {
  const TrustedProxies proxies({"10.0.0.0/8"});
  const auto source = [&](std::string_view only) {
    Request request;
    request.source = "10.0.0.9";
    request.headers.set("forwarded", "for=1.2.3.4");
    request.headers.set("x-forwarded-for", "203.0.113.5");
    proxies.name_source(request, only);
    return request.source;
  };
  EXPECT_THROW(source({}), Malformed);
  EXPECT_EQ(source("forwarded"), "1.2.3.4");
  EXPECT_EQ(source("x-forwarded-for"), "203.0.113.5");
}

TEST(WriteHead, NeverWritesAnotherField) {
  Response response;
  response.set_header("Location", "/a\r\nSet-Cookie: x=y");
  EXPECT_THROW(write_head(response, "id", After::keep), std::logic_error);
}

TEST(WriteHead, SaysWhatBecomesOfTheConnection) {
  Response response;
  response.body = "words";
  const std::string closing = write_head(response, "0123456789abc", After::close);
  EXPECT_THAT(closing, ::testing::HasSubstr("Content-Length: 5\r\n"));
  EXPECT_THAT(closing, ::testing::HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(closing, ::testing::HasSubstr("\r\nX-Request-Id: 0123456789abc\r\n"));
  EXPECT_THAT(closing, ::testing::EndsWith("\r\n\r\n"));
  EXPECT_THAT(write_head(response, "", After::keep), ::testing::Not(::testing::HasSubstr("Connection")));
  response.status = 304;
  EXPECT_THAT(write_head(response, "", After::keep), ::testing::Not(::testing::HasSubstr("Content-Length")));
}

TEST(TakesGzip, FollowsTheField) {
  for (const char* yes : {"gzip", "br, gzip", "gzip;q=0.1", "*", "identity;q=1, *;q=0.5", "GZIP"})
    EXPECT_TRUE(takes_gzip(yes)) << yes;
  for (const char* no : {"", "br", "gzip;q=0", "gzip;q=0.0, br", "*;q=0", "gzip;q=0, *"})
    EXPECT_FALSE(takes_gzip(no)) << no;
}

TEST(NamesEtag, ComparesWeakly) {
  for (const char* yes : {"\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"}) EXPECT_TRUE(names_etag(yes, "\"a\"")) << yes;
  for (const char* no : {"", "\"b\"", "a", "\"aa\""}) EXPECT_FALSE(names_etag(no, "\"a\"")) << no;
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
                      std::pair{"97-3-5", "1997-03-05"}, std::pair{"060101", "2006-01-01"},
                      std::pair{"080101", "1908-01-01"}, std::pair{"20000229", "2000-02-29"}, std::pair{"20010229", ""},
                      std::pair{"19971305", ""}, std::pair{"20210605", ""}, std::pair{"18991231", ""},
                      std::pair{"1997030", ""}, std::pair{"199703051", ""}, std::pair{"1997-0305", ""},
                      std::pair{"March 5 1997", ""}, std::pair{"", ""}, std::pair{"-", ""},
                      std::pair{"1997-03-05-01", ""}, std::pair{"0", ""}, std::pair{"-1997-03-05", ""},
                      std::pair{"1997--03-05", ""}, std::pair{"1997-03-05-", "1997-03-05"},
                      std::pair{"1997 - 3 - 5", "1997-03-05"}, std::pair{"1997년 3월 5일 수요일", "1997-03-05"},
                      std::pair{"1997-03-05 00:00:00", "1997-03-05"}, std::pair{"2021년 6월 5일 토요일", ""},
                      std::pair{"1899년 12월 31일 일요일", ""}));

const std::string form_with_file =
    "--b\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\nthe lift\r\n--is broken\r\n"
    "--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"proof.pdf\"\r\nContent-Type: application/pdf\r\n\r\n" +
    std::string(5'000, '%') + "\r\n--" + std::string(5'000, 'x') +
    "\r\n--b\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n\r\n"
    "--b\r\nContent-Disposition: form-data; name=\"behind\"\r\n\r\n말\r\n--b--\r\n";

// However it is cut on its way, the words are those of the whole form, and its files are told of without their bytes.
TEST(FormWords, AreKeptAndFilesPassedOver) {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{4096}, form_with_file.size()}) {
    FormWords words("b");
    std::string kept;
    for (std::size_t at = 0; at < form_with_file.size(); at += piece)
      ASSERT_TRUE(words.read(std::string_view(form_with_file).substr(at, piece), kept)) << piece;
    EXPECT_TRUE(words.is_complete());
    EXPECT_LT(kept.size(), 600U);
    const auto parts = parse_multipart(kept, "b");
    ASSERT_TRUE(parts) << kept;
    ASSERT_EQ(parts->size(), 4U);
    EXPECT_EQ((*parts)[0].content, "the lift\r\n--is broken");
    EXPECT_EQ((*parts)[1].file_name, "proof.pdf");
    EXPECT_EQ((*parts)[1].content.size(), 1U);
    EXPECT_EQ((*parts)[2].content, "");
    EXPECT_EQ((*parts)[3].content, "말");
  }
}

TEST(FormWords, AreOfNothingElse) {
  for (const std::string& other : {std::string("a=b"), "--c" + form_with_file.substr(3), "--b\r\n" + std::string(20'000, 'h'), std::string("--bxy")}) {
    FormWords words("b");
    std::string kept;
    EXPECT_FALSE(words.read(other, kept)) << other.substr(0, 20);
  }
  FormWords half("b");
  std::string kept;
  EXPECT_TRUE(half.read(std::string_view(form_with_file).substr(0, 3'000), kept));
  EXPECT_FALSE(half.is_complete());
}

}  // namespace
}  // namespace hanjari::web
