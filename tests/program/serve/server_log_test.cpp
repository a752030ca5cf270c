// What a running server writes, and that every event is explained to the operator.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <regex>

#include <nlohmann/json.hpp>

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
