// What a running server writes, and that every event is explained to the operator.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "places.h"
#include "program/serve/server_log.h"

namespace hanjari::cli {
namespace {

class Written : public ::testing::Test {
 protected:
  Written() { descriptor = ::mkstemp(path.data()); }
  ~Written() override {
    ::close(descriptor);
    std::filesystem::remove(path);
  }
  std::vector<nlohmann::json> lines(ServerLog& log) const {
    log.flush();
    std::vector<nlohmann::json> read;
    std::istringstream text(read_file(path));
    for (std::string line; std::getline(text, line);) read.push_back(nlohmann::json::parse(line));
    return read;
  }
  static web::AccessEntry answer(int status, const std::string& problem = "") {
    return {Instant(std::chrono::seconds(1'622'851'200)),
            web::Listener::portal,
            "GET",
            "/{language}",
            status,
            10,
            1.25,
            "0123456789abc",
            problem};
  }

  std::string path = (std::filesystem::temp_directory_path() / "hanjari-log-XXXXXX").string();
  int descriptor = -1;
};

TEST_F(Written, IsOneJsonObjectALine) {
  ServerLog log(descriptor);
  log.write(events::ready, {{"portal", "8080"}, {"odd", "quote \" line\nend \xff"}});
  log.write(answer(200));
  log.write(answer(503, "busy \"now\"\n\xff"));
  const auto read = lines(log);
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].at("event"), "ready");
  EXPECT_EQ(read[0].at("portal"), "8080");
  EXPECT_EQ(read[1].at("event"), "request");
  EXPECT_EQ(read[1].at("at"), "2021-06-05T00:00:00Z");
  EXPECT_EQ(read[1].at("request"), "0123456789abc");
  EXPECT_EQ(read[2].at("level"), "error");
  EXPECT_EQ(read[2].at("status"), 503);
}

TEST_F(Written, FollowsTheLevelsWhileItRuns) {
  ServerLog log(descriptor);
  log.set(LogLevel::warning, LogRequests::all);
  log.write(events::ready);
  log.write(answer(200));
  log.write(answer(500));
  log.write(events::log_changed);
  EXPECT_EQ(lines(log).size(), 2U);
  log.set(LogLevel::info, LogRequests::errors);
  log.write(answer(200));
  log.write(answer(500));
  EXPECT_EQ(lines(log).size(), 3U);
  log.set(LogLevel::info, LogRequests::none);
  log.write(answer(500));
  log.write(events::ready);
  EXPECT_EQ(lines(log).size(), 4U);
  log.set(LogLevel::info, LogRequests::all);
  log.write(answer(200));
  EXPECT_EQ(lines(log).size(), 5U);
}

TEST_F(Written, GoesOutInBatches) {
  ServerLog log(descriptor);
  log.write(answer(200));
  EXPECT_EQ(read_file(path), "") << "a system call for each line would cost more than the answers";
  for (int count = 0; count < 1'000; ++count) log.write(answer(200));
  EXPECT_GT(read_file(path).size(), 100'000U);
  EXPECT_EQ(lines(log).size(), 1'001U);
}

// Red when the words of every error were logged.
TEST(LogEvents, SayTheWordsOfErrorsThatAreWrittenForOperatorsOnly) {
  const Text words{"김한자 010-1234-5678", "김한자 010-1234-5678"};
  EXPECT_EQ(detail_of(InvalidInput("bad_row", words)), "");
  EXPECT_EQ(detail_of(Conflict("odd", words)), "");
  EXPECT_EQ(detail_of(NotFound("odd", words)), "");
  EXPECT_EQ(detail_of(NotAllowed("odd", words)), "");
  EXPECT_EQ(detail_of(Unavailable("database_full", {"look at its disk", "디스크 확인"})), "look at its disk");
}

// Every line of the log is written here, with these fields and no others.
TEST(LogEvents, HaveFixedFieldsAndNoneOfAPerson) {
  const std::filesystem::path folder = std::filesystem::path(hanjari::tests::source_dir) / "src/program/serve";
  const std::set<std::string> known{"version",     "portal", "office", "operations", "log_level", "log_requests",
                                    "code",        "detail", "line",   "exam",       "work",      "people",
                                    "before_exam", "unopened", "unfinished", "officers"};
  const std::regex field(R"re(\{"(\w+)", )re");
  const std::regex words_of_an_error(R"(\.message\(\)|what\(\))");
  int calls = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".cpp" || file.path().filename() == "server_log.cpp") continue;
    const std::string code = read_file(file.path());
    for (auto at = code.find("log.write(events::"); at != std::string::npos; at = code.find("log.write(events::", at + 1)) {
      ++calls;
      const std::string call = code.substr(at, code.find(");", at) - at);
      for (auto one = std::sregex_iterator(call.begin(), call.end(), field); one != std::sregex_iterator(); ++one)
        EXPECT_TRUE(known.contains((*one)[1])) << call;
      // Of the operator's own configuration and certificate alone.
      if (call.find("configuration_refused") != std::string::npos || call.find("tls_refused") != std::string::npos) continue;
      EXPECT_FALSE(std::regex_search(call, words_of_an_error)) << call << ": use detail_of()";
    }
  }
  EXPECT_GE(calls, 15);
}

TEST(LogEvents, AreExplainedToTheOperator) {
  const std::filesystem::path root = hanjari::tests::source_dir;
  const std::string code = read_file(root / "src/program/serve/server_log.h");
  const std::string manual = read_file(root / "docs/operations.md");
  const std::regex defined("constexpr LogEvent (\\w+)\\{\"(\\w+)\"");
  int count = 0;
  for (auto at = std::sregex_iterator(code.begin(), code.end(), defined); at != std::sregex_iterator(); ++at, ++count) {
    EXPECT_EQ((*at)[1], (*at)[2]);
    EXPECT_NE(manual.find("| `" + (*at)[2].str() + "` |"), std::string::npos) << (*at)[2];
  }
  EXPECT_GE(count, 8);
  EXPECT_NE(manual.find("| `request` |"), std::string::npos);
}

}  // namespace
}  // namespace hanjari::cli
