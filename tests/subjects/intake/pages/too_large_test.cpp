// Bodies that are larger than their route takes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/wire.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string post_of(const std::string& path, std::size_t length) {
  return "POST " + path +
         " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html,*/*\r\nContent-Type: multipart/form-data; boundary=x\r\n" +
         "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

// Browsers show an answer only when they have sent everything, and "connection lost" when the other side closes before.
TEST(TooLarge, BodyIsReadToItsEndAndAnsweredWithAPageThatSaysTheLimit) {
  Serving serving;
  Wire wire(serving.port(Listener::portal));
  constexpr std::size_t length = 20'000'000;
  wire.send(post_of("/en/apply/exam/photo", length));
  const std::string part(100'000, 'x');
  for (std::size_t sent = 0; sent < length; sent += part.size()) ASSERT_NO_THROW(wire.send(part)) << sent;
  const std::string answer = wire.read_all();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(answer, HasSubstr("text/html"));
  EXPECT_THAT(answer, HasSubstr("larger than 12 MB"));
  EXPECT_THAT(answer, HasSubstr("href=\"/en/apply/exam/photo\"")) << "back to the step";
}

TEST(TooLarge, BodyOfDocumentsNamesTheLimitOfEach) {
  Serving serving;
  Wire wire(serving.port(Listener::portal));
  wire.send(post_of("/ko/apply/exam/support", 100'000'000));
  const std::string answer = wire.read_all();
  EXPECT_THAT(answer, HasSubstr("35 MB"));
  EXPECT_THAT(answer, HasSubstr("5 MB"));
}

TEST(TooLarge, BodyOfAProgramIsDescribedAsAProblem) {
  Serving serving;
  const std::string answer = exchange(serving.port(Listener::portal),
                                      "POST /api/v1/recruitments/exam/drafts HTTP/1.1\r\nHost: x\r\nContent-Length: 90000000\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(answer, HasSubstr("body_too_large"));
  EXPECT_THAT(answer, Not(HasSubstr("<html")));
}

// Red as "too large" (413), which sent people to make something smaller.
TEST(TooLarge, BodyForAnAddressThatTakesNoneIsToldWhatIsWrongWithTheAddress) {
  Serving serving;
  const auto sent_to = [&](const std::string& path) {
    return exchange(serving.port(Listener::portal), "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
  };
  EXPECT_THAT(sent_to("/api/v1/sessions"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(sent_to("/ko/nowhere-at-all"), StartsWith("HTTP/1.1 404"));
  const std::string answer = sent_to("/robots.txt");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD\r\n"));
}

}  // namespace
}  // namespace hanjari::web::testing
