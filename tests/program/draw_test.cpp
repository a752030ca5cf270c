// The draw of seats through the built program: promised, drawn, published, replayed by anybody with the public key.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/file.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;

class DrawCommands : public testing::Test {
 protected:
  DrawCommands() {
    EXPECT_EQ(run_hanjari({"sample", "--out", path("exam"), "--applicants", "600", "--venues", "3", "--units", "4",
                           "--accommodations", "5"})
                  .status,
              0);
    auto policy = nlohmann::json::parse(read_file(path("exam/policy.json")));
    policy["seat_order"] = "random";
    std::ofstream(path("exam/policy.json")) << policy.dump(2);
    EXPECT_EQ(run_hanjari({"plan", path("exam"), "--out", path("plan")}).status, 0);
    // The key that signs, as a server makes it at its first start.
    fs::create_directories(path("data/keys"));
    std::ofstream(path("data/keys/receipt.key")) << std::string(64, '7') << "\n";
    fs::permissions(path("data/keys/receipt.key"), fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions(path("data"), fs::perms::owner_all);
  }

  std::string path(const std::string& name) const { return folder_ / name; }
  Ran commit(const std::string& file) {
    return run_hanjari({"draw-commit", path("exam"), path("plan"), "--source", "복권 추첨", "--moment", "1234회", "--out",
                        path(file), "--data", path("data")});
  }
  Ran draw(const std::string& value, const std::string& out) {
    return run_hanjari({"draw", path("exam"), path("plan"), "--commitment", path("promise"), "--value", value, "--out",
                        path(out)});
  }
  Ran replay(const std::string& folder, const std::string& key) {
    return run_hanjari({"verify-draw", path(folder), "--commitment", path("promise"), "--key", key});
  }

  TemporaryFolder folder_;
};

TEST_F(DrawCommands, PromiseDrawAndReplay) {
  const Ran committed = commit("promise");
  ASSERT_EQ(committed.status, 0) << committed.err;
  EXPECT_EQ(commit("promise").status, 2) << "a promise is never written over";
  // Red while an empty variable of a shell, and a blank that was copied along, drew seats by what nobody had announced.
  for (const char* value : {"", "  ", " 3 9 17", "3 9 17 ", "3 9\n17"}) EXPECT_EQ(draw(value, "nothing").status, 64) << value;
  EXPECT_FALSE(fs::exists(path("nothing")));
  const Ran drawn = draw("3 9 17 21 30 44", "drawn");
  ASSERT_EQ(drawn.status, 0) << drawn.err;
  EXPECT_EQ(run_hanjari({"verify", path("exam"), path("drawn")}).status, 0);
  EXPECT_NE(read_file(path("plan/placements.csv")), read_file(path("drawn/placements.csv")));

  const std::string key = committed.out.substr(0, 64);
  const Ran replayed = replay("drawn/draw", key);
  EXPECT_EQ(replayed.status, 0) << replayed.out << replayed.err;
  EXPECT_EQ(replay("drawn", key).status, 0) << "the drawn plan's own folder will do";
  EXPECT_EQ(replay("drawn", std::string(64, '0')).status, 1);
  EXPECT_EQ(replay("drawn", "short").status, 64);

  std::string seats = read_file(path("drawn/draw/seats.csv"));
  const auto first = seats.find('\n') + 1;
  const auto second = seats.find('\n', first) + 1;
  const auto comma = seats.find(',', first);
  seats.replace(comma + 1, second - comma - 2, "999");
  std::ofstream(path("drawn/draw/seats.csv"), std::ios::trunc) << seats;
  const Ran forged = replay("drawn", key);
  EXPECT_EQ(forged.status, 1);
  EXPECT_NE(forged.out.find("room_mismatch"), std::string::npos) << forged.out;
}

// Red while a list that leaves people out was signed without a word; what is signed cannot be taken back.
TEST_F(DrawCommands, PromisesNoListThatLeavesPeopleOutUnlessToldTo) {
  fs::copy(path("exam"), path("few"));
  std::string rooms = read_file(path("few/rooms.csv"));
  rooms.resize(rooms.find('\n', rooms.size() / 3) + 1);
  std::ofstream(path("few/rooms.csv"), std::ios::trunc) << rooms;
  ASSERT_EQ(run_hanjari({"plan", path("few"), "--out", path("part"), "--rounds", "1"}).status, 3);
  const std::vector<std::string> words = {"draw-commit", path("few"), path("part"), "--source", "복권 추첨", "--moment", "1234회",
                                          "--out", path("signed"), "--data", path("data")};
  const Ran refused = run_hanjari(words);
  EXPECT_EQ(refused.status, 1) << refused.err;
  EXPECT_NE(refused.err.find("incomplete: "), std::string::npos) << refused.err;
  EXPECT_FALSE(fs::exists(path("signed")));
  std::vector<std::string> meant = words;
  meant.emplace_back("--incomplete");
  EXPECT_EQ(run_hanjari(meant).status, 0);
}

TEST_F(DrawCommands, RefusesAPlanThatWasChangedAfterThePromise) {
  ASSERT_EQ(commit("promise").status, 0);
  std::string placements = read_file(path("plan/placements.csv"));
  placements.erase(placements.rfind('\n', placements.size() - 2) + 1);
  std::ofstream(path("plan/placements.csv"), std::ios::trunc) << placements;
  const Ran refused = draw("1", "drawn");
  EXPECT_EQ(refused.status, 2);
  EXPECT_FALSE(fs::exists(path("drawn")));
}

}  // namespace
}  // namespace hanjari::tests
