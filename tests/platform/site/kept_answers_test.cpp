// Answers kept as bytes: the same as made ones, known by their tag, gzipped for who takes it, and never older than
// their rule says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "hanjari/base/error.h"
#include "server/wire.h"
#include "site/kept_answers.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string last_answer_field = "Connection: close\r\n";

std::string unzip(const std::string& packed) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string plain(1'000'000, '\0');
  std::string input = packed;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  plain.resize(stream.total_out);
  inflateEnd(&stream);
  return plain;
}

class Kept : public ::testing::Test {
 protected:
  std::string get(const std::string& path, const std::string& fields = "") {
    return exchange(serving.port(Listener::portal), get_of(path, fields + last_answer_field));
  }
  Serving serving;
};

TEST_F(Kept, AreTheBytesThatTheHandlerMade) {
  for (const char* path : {"/ko", "/en", "/api/v1/exams", "/api/v1/openapi.json", "/robots.txt", "/favicon.ico"}) {
    const std::string made = get(path);
    const std::string kept = get(path);
    EXPECT_THAT(kept, StartsWith("HTTP/1.1 200 OK\r\n")) << path;
    EXPECT_EQ(body_of(kept), body_of(made)) << path;
    EXPECT_FALSE(body_of(kept).empty()) << path;
    for (const char* field : {"ETag", "Cache-Control", "Content-Type", "Content-Length", "Content-Security-Policy",
                              "Vary", "Content-Language", "Set-Cookie"}) {
      EXPECT_EQ(field_of(kept, field), field_of(made, field)) << path;
    }
    EXPECT_NE(field_of(kept, "X-Request-Id"), field_of(made, "X-Request-Id"));
    EXPECT_FALSE(field_of(kept, "Date").empty());
  }
  const std::lock_guard lock(serving.mutex);
  EXPECT_EQ(serving.log.size(), 12U) << "kept ones are logged too";
  EXPECT_EQ(serving.log[1].route, "/{language}");
  EXPECT_EQ(serving.log[1].request_id.size(), 13U);
}

TEST_F(Kept, HoldNobodysForm) {
  for (const char* path : {"/ko", "/en"}) {
    const std::string page = get(path);
    EXPECT_THAT(page, ::testing::Not(HasSubstr("form_token")));
    EXPECT_THAT(page, ::testing::Not(HasSubstr("hanjari_form")));
  }
}

// To be red when the frame of a kept page is made from the session of whoever asked first.
TEST_F(Kept, NameNobodyWhoeverAskedFirst) {
  serving.office.accounts.applicants["p-sky"] = {"p-sky", services::Channel::email, "sky@example.kr", {}, Language::korean};
  const std::string own = "Cookie: hanjari_applicant=" + serving.office.sign_in_applicant("p-sky") + "\r\n";
  for (const char* path : {"/ko", "/en"}) {
    const std::string first = get(path, own);
    EXPECT_THAT(first, StartsWith("HTTP/1.1 200"));
    for (const char* word : {"example.kr", "class=\"own-name", "sign-out"}) EXPECT_THAT(first, ::testing::Not(HasSubstr(word))) << path;
    EXPECT_THAT(first, HasSubstr("data-own-name=\"/api/v1/own-name\""));
    EXPECT_EQ(body_of(get(path)), body_of(first)) << "and nobody's cookie changes it";
  }
  const std::string told = get("/api/v1/own-name", own);
  EXPECT_THAT(body_of(told), HasSubstr("s***@example.kr"));
  EXPECT_THAT(field_of(told, "Cache-Control"), HasSubstr("no-store"));
  EXPECT_THAT(body_of(get("/api/v1/own-name")), ::testing::Not(HasSubstr("name")));
  EXPECT_THAT(body_of(get("/ko/my", own)), HasSubstr("<span class=\"own-name\" title=\"s***@example.kr\">s***@example.kr</span>"));
}

TEST_F(Kept, AreNotSentAgainToWhoKnowsThem) {
  for (int turn = 0; turn < 2; ++turn) {  // made, then kept
    const std::string etag = field_of(get("/ko"), "ETag");
    const std::string known = get("/ko", "If-None-Match: \"x\", W/" + etag + "\r\n");
    EXPECT_THAT(known, StartsWith("HTTP/1.1 304 Not Modified\r\n"));
    EXPECT_EQ(body_of(known), "");
    EXPECT_EQ(field_of(known, "ETag"), etag);
    EXPECT_EQ(field_of(known, "Content-Length"), "");
    EXPECT_THAT(get("/ko", "If-None-Match: \"x\"\r\n"), StartsWith("HTTP/1.1 200"));
  }
}

TEST_F(Kept, AreGzippedForWhoTakesIt) {
  for (const char* path : {"/ko", "/api/v1/openapi.json"}) {
    const std::string plain = get(path);
    for (int turn = 0; turn < 2; ++turn) {
      const std::string packed = get(path, "Accept-Encoding: br, gzip\r\n");
      EXPECT_EQ(field_of(packed, "Content-Encoding"), "gzip");
      EXPECT_EQ(field_of(packed, "Vary"), "Accept-Encoding");
      EXPECT_NE(field_of(packed, "ETag"), field_of(plain, "ETag"));
      EXPECT_EQ(unzip(body_of(packed)), body_of(plain));
      EXPECT_LT(body_of(packed).size(), body_of(plain).size() / 2);
    }
  }
  EXPECT_EQ(field_of(get("/robots.txt", "Accept-Encoding: gzip\r\n"), "Content-Encoding"), "") << "too small to gain";
}

TEST_F(Kept, AreOneForEachWayTheyAreAskedFor) {
  Wire wire(serving.port(Listener::portal));
  for (int turn = 0; turn < 2; ++turn) {
    wire.send("HEAD /ko HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string head = wire.read_answer(true);
    EXPECT_GT(std::stoul(field_of(head, "Content-Length")), 1'000U);
    wire.send(get_of("/ko"));
    EXPECT_THAT(wire.read_answer(), HasSubstr("</html>"));
  }
  EXPECT_THAT(get("/ko?x=1"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(get("/api/v1/exams?page=2"), HasSubstr("\"page\":2"));
  EXPECT_THAT(get("/api/v1/exams"), HasSubstr("\"page\":1"));
  EXPECT_THAT(get("/api/v1/exams?page=0"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(get("/%6bo"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Kept, AreMadeAnewWhenTheirTimeIsOver) {
  EXPECT_THAT(get("/api/v1/exams"), HasSubstr("seoul-2021-1"));
  serving.office.plans.live.clear();
  EXPECT_THAT(get("/api/v1/exams"), HasSubstr("seoul-2021-1")) << "a moment old";
  serving.office.clock.pass(std::chrono::seconds(2));
  EXPECT_THAT(get("/api/v1/exams"), HasSubstr("\"total\":0")) << "the first one renews it";
}

// Red when the home page loses its rule of keeping.
TEST_F(Kept, TheHomePageAsksNobody) {
  const std::string made = get("/ko");
  ASSERT_THAT(made, StartsWith("HTTP/1.1 200"));
  const int reads = serving.office.applying.recruitments.reads;
  serving.office.plans.failure = std::make_exception_ptr(std::runtime_error("asked for plans"));
  const std::string cookies = "Cookie: hanjari_applicant=" + std::string(64, 'a') + "\r\n";
  for (const std::string& fields : {std::string{}, cookies}) EXPECT_EQ(body_of(get("/ko", fields)), body_of(made));
  EXPECT_EQ(serving.office.applying.recruitments.reads.load(), reads);
}

TEST_F(Kept, GiveWayToTheTruthWhenNobodyCanRenewThem) {
  EXPECT_THAT(get("/api/v1/exams"), StartsWith("HTTP/1.1 200"));
  serving.office.plans.failure = std::make_exception_ptr(Unavailable("down", {"down", "중단"}));
  serving.office.clock.pass(std::chrono::seconds(2));
  EXPECT_THAT(get("/api/v1/exams"), StartsWith("HTTP/1.1 503")) << "whoever tries to renew it is told";
  serving.office.clock.pass(std::chrono::seconds(60));
  EXPECT_THAT(get("/api/v1/exams"), StartsWith("HTTP/1.1 503")) << "too old for anybody";
}

// Red when whoever was to make them anew asked the database first, and waited for its return.
TEST_F(Kept, GoOnUnaskedWhileTheDatabaseIsAway) {
  std::atomic<bool> away{false};
  serving.edge.ask_whether_away([&away] { return away.load(); });
  const std::string made = get("/api/v1/exams");
  ASSERT_THAT(made, StartsWith("HTTP/1.1 200"));
  serving.office.plans.failure = std::make_exception_ptr(std::runtime_error("asked for plans"));
  serving.office.clock.pass(std::chrono::seconds(60));
  away = true;
  for (int turn = 0; turn < 3; ++turn) EXPECT_EQ(body_of(get("/api/v1/exams")), body_of(made));
  serving.office.clock.pass(std::chrono::minutes(10));
  EXPECT_THAT(get("/api/v1/exams"), ::testing::Not(StartsWith("HTTP/1.1 200"))) << "too old for anybody";
}

TEST(KeptAnswers, LetOneRenewWhileTheOthersAreServed) {
  Route route{Method::get, "/a", Listener::portal, Permission::anybody(), nullptr};
  route.keep = Keep{std::chrono::seconds(1), std::chrono::seconds(4), "no-cache"};
  KeptAnswers answers;
  const KeptAnswers::Kind kind{Listener::portal, false, false};
  auto kept = std::make_shared<KeptAnswer>();
  kept->route = &route;
  answers.keep(kind, "/a", kept);
  EXPECT_NE(answers.find(kind, "/a", std::chrono::milliseconds(999)), nullptr);
  EXPECT_EQ(answers.find(kind, "/a", std::chrono::milliseconds(1'001)), nullptr);
  EXPECT_NE(answers.find(kind, "/a", std::chrono::milliseconds(1'002)), nullptr);
  answers.give_back(kind, "/a");
  EXPECT_EQ(answers.find(kind, "/a", std::chrono::milliseconds(1'003)), nullptr);
  EXPECT_EQ(answers.find(kind, "/a", std::chrono::milliseconds(5'001)), nullptr);
  EXPECT_EQ(answers.find({Listener::office, false, false}, "/a", std::chrono::milliseconds(1)), nullptr);
  EXPECT_EQ(answers.find({Listener::portal, true, false}, "/a", std::chrono::milliseconds(1)), nullptr);
}

}  // namespace
}  // namespace hanjari::web::testing
