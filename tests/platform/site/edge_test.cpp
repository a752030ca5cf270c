// What holds for every answer, and what the edge refuses before a handler is asked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string form_page = "/ko/exams/seoul-2021-1/seat";

Request seat_request(const std::string& token) {
  Request request;
  request.method = Method::post;
  request.path = form_page;
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}, {"host", "127.0.0.1:8080"}};
  request.body = "number=01000001&birth=19970305&form_token=" + token;
  return request;
}

class EdgeAnswers : public ::testing::Test {
 protected:
  std::string token() { return Browser::form_token_in(browser.get(form_page).body); }

  Office office;
  Running running{office};
  Browser browser{running, Listener::portal};
};

TEST_F(EdgeAnswers, CarryTheSecurityFieldsWhateverHappens) {
  office.database_answers = false;
  std::vector<Response> answers;
  for (const Listener listener : {Listener::portal, Listener::office, Listener::operations}) {
    Browser reader(running, listener);
    for (const char* address :
         {"/", "/ko", "/en/sign-in", "/nothing", "/health", "/metrics", "/robots.txt", "/api/v1/openapi.json",
          "/api/v1/nothing", "/ko?%", "/assets/nothing.css", "/ko/exams/none/seat"}) {
      answers.push_back(reader.get(address));
    }
    answers.push_back(running.edge.refuse(listener, 400, "malformed_request", {"no", "no"}));
  }
  answers.push_back(browser.send(seat_request("wrong")));
  answers.push_back(browser.send(seat_request(token())));
  for (const Response& answer : answers) {
    EXPECT_THAT(std::string(answer.header("Content-Security-Policy")), HasSubstr("default-src 'none'"));
    EXPECT_THAT(std::string(answer.header("Content-Security-Policy")), Not(HasSubstr("unsafe")));
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer");
    EXPECT_FALSE(answer.header("Cache-Control").empty());
    EXPECT_TRUE(answer.header("Strict-Transport-Security").empty());
  }
  EXPECT_EQ(answers.back().header("Cache-Control"), "no-store");
}

TEST_F(EdgeAnswers, AskForTlsOnlyUnderTls) {
  Running encrypted(office, {.behind_tls = true});
  const Response page = Browser(encrypted, Listener::portal).get("/ko");
  EXPECT_FALSE(page.header("Strict-Transport-Security").empty());
  for (const auto& [name, value] : page.headers) {
    if (name == "Set-Cookie") {
      EXPECT_THAT(value, HasSubstr("; Secure"));
    }
  }
}

TEST_F(EdgeAnswers, HoldNoCodeAndNoStyleInsidePages) {
  for (const std::string& page : {browser.get("/ko").body, browser.send(seat_request(token())).body}) {
    EXPECT_THAT(page, Not(HasSubstr("<style")));
    EXPECT_THAT(page, Not(HasSubstr(" style=")));
    EXPECT_THAT(page, Not(HasSubstr(" onclick=")));
    EXPECT_THAT(page, Not(HasSubstr("<script>")));
    EXPECT_THAT(page, Not(HasSubstr("{{")));
  }
}

TEST_F(EdgeAnswers, RefuseFormsThatAreNotOurs) {
  EXPECT_EQ(browser.send(seat_request("")).status, 403);
  EXPECT_EQ(browser.send(seat_request(std::string(64, 'a'))).status, 403);
  Browser stranger(running, Listener::portal);
  EXPECT_EQ(stranger.send(seat_request(token())).status, 403) << "a token of somebody else";
  Request foreign = seat_request(token());
  foreign.headers.set("origin", "http://evil.example");
  EXPECT_EQ(browser.send(foreign).status, 403);
  foreign.headers.set("origin", "http://127.0.0.1:8080");
  EXPECT_EQ(browser.send(foreign).status, 200);
  foreign.headers.set("sec-fetch-site", "cross-site");
  EXPECT_EQ(browser.send(foreign).status, 403);
}

TEST_F(EdgeAnswers, TakeFormsOnly) {
  Request request = seat_request(token());
  request.headers.set("content-type", "application/json");
  EXPECT_EQ(browser.send(request).status, 415);
  request = seat_request(token());
  request.body += "&x=%zz";
  EXPECT_EQ(browser.send(request).status, 400);
  request.body = std::string(9 * 1024, 'a');
  EXPECT_EQ(browser.send(request).status, 413);
  Request with_body;
  with_body.path = "/ko";
  with_body.body = "a";
  EXPECT_EQ(browser.send(with_body).status, 413) << "a GET has no body";
}

TEST_F(EdgeAnswers, SayWhichMethodsAPathTakes) {
  Request request;
  request.method = Method::post;
  request.path = "/ko";
  const Response refused = browser.send(request);
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.header("Allow"), "GET, HEAD");
}

TEST_F(EdgeAnswers, LeaveNothingPersonalInTheLog) {
  browser.send(seat_request(token()));
  browser.get("/ko/exams/seoul-2021-1/seat?number=01000001&birth=19970305");
  browser.get("/ko/01000001/19970305");
  office.plans.failure = std::make_exception_ptr(Conflict("odd", {"김한자", "김한자"}));
  browser.send(seat_request(token()));
  ASSERT_GE(running.log.size(), 4U);
  for (const AccessEntry& entry : running.log) {
    const std::string line = format_access_entry(entry);
    for (const char* personal : {"01000001", "1997", "김한자", "192.0.2.7"})
      EXPECT_THAT(line, Not(HasSubstr(personal)));
    EXPECT_TRUE(nlohmann::json::accept(line));
  }
}

// Red when what an exception says was logged: a parser quotes what it read, a driver the row.
TEST_F(EdgeAnswers, LogNoWordOfAnExceptionWhateverItIs) {
  std::exception_ptr quoted;
  try {
    [[maybe_unused]] const auto never = nlohmann::json::parse("{\"name\":\"김한자 010-1234-5678\"");
  } catch (...) {
    quoted = std::current_exception();
  }
  const std::string words = "김한자 010-1234-5678";
  const std::vector<std::exception_ptr> planted{
      quoted,
      std::make_exception_ptr(std::runtime_error(words)),
      std::make_exception_ptr(std::out_of_range(words)),
      std::make_exception_ptr(std::invalid_argument(words)),
      std::make_exception_ptr(std::string(words)),
      std::make_exception_ptr(InvalidInput("bad_row", {words, words})),
      std::make_exception_ptr(NotAllowed("odd", {words, words})),
      std::make_exception_ptr(NotFound("odd", {words, words})),
      std::make_exception_ptr(Conflict("odd", {words, words})),
  };
  for (const std::exception_ptr& thrown : planted) {
    office.plans.failure = thrown;
    browser.send(seat_request(token()));
  }
  EXPECT_GE(running.log.size(), planted.size());
  int bugs = 0;
  for (const AccessEntry& entry : running.log) {
    const std::string line = format_access_entry(entry);
    EXPECT_THAT(line, Not(HasSubstr("김한자")));
    EXPECT_THAT(line, Not(HasSubstr("1234-5678")));
    if (entry.status == 500) ++bugs;
  }
  EXPECT_GE(bugs, 5) << "the exceptions were met";
}

// Red while lack of memory was told as a bug of ours (500).
TEST_F(EdgeAnswers, TellLackOfMemoryAsWhatPasses) {
  const std::string own_token = token();
  for (const std::exception_ptr& lack : {std::make_exception_ptr(std::bad_alloc()),
                                         std::make_exception_ptr(std::system_error(EAGAIN, std::system_category()))}) {
    office.plans.failure = lack;
    const Response answer = browser.send(seat_request(own_token));
    EXPECT_EQ(answer.status, 503);
    EXPECT_FALSE(answer.header("Retry-After").empty());
  }
  office.plans.failure = nullptr;
  EXPECT_EQ(browser.send(seat_request(own_token)).status, 200);
}

TEST_F(EdgeAnswers, LeaveNothingPersonalInAddresses) {
  const std::string page = browser.send(seat_request(token())).body;
  for (auto at = page.find("href=\""); at != std::string::npos; at = page.find("href=\"", at + 1)) {
    const std::string address = page.substr(at + 6, page.find('"', at + 6) - at - 6);
    EXPECT_THAT(address, Not(HasSubstr("01000001")));
    EXPECT_THAT(address, Not(HasSubstr("1997")));
  }
}

TEST_F(EdgeAnswers, CountThemselves) {
  browser.get("/ko");
  browser.get("/nothing");
  const std::string metrics = Browser(running, Listener::operations).get("/metrics").body;
  EXPECT_THAT(
      metrics,
      HasSubstr(
          "hanjari_http_answers_total{listener=\"portal\",method=\"GET\",route=\"/{language}\",status=\"200\"} 1"));
  EXPECT_THAT(metrics, HasSubstr("route=\"-\",status=\"404\"} 1"));
}

TEST_F(EdgeAnswers, TellWhetherTheProgramIsReady) {
  Browser operator_(running, Listener::operations);
  EXPECT_EQ(operator_.get("/health/ready").status, 200);
  office.database_answers = false;
  EXPECT_EQ(operator_.get("/health/ready").status, 503);
  EXPECT_EQ(operator_.get("/health").status, 503);
  EXPECT_EQ(operator_.get("/health/live").status, 200);
  const auto told = nlohmann::json::parse(operator_.get("/health/ready").body);
  EXPECT_EQ(told.at("ready"), false);
  EXPECT_EQ(told.at("reasons").at(0).at("check"), "database");
  EXPECT_EQ(told.at("reasons").at(0).at("code"), "no_database");
  office.database_answers = true;
  running.site.begin_stopping();
  const Response stopping = operator_.get("/health/ready");
  EXPECT_EQ(stopping.status, 503);
  EXPECT_EQ(nlohmann::json::parse(stopping.body).at("reasons").at(0).at("code"), "stopping");
}

}  // namespace
}  // namespace hanjari::web::testing
