// Changes of published plans at the founding size, as an officer makes them.
#include <gtest/gtest.h>

#include <filesystem>

#include "hanjari/base/file.h"
#include "places.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

TEST(Change, OfTheFoundingCasesMovesHardlyMorePeopleThanItMust) {
  const std::string exam = shared_case("seoul-2021");
  if (exam.empty() || shared_case("seoul-2021-b").empty()) GTEST_SKIP() << "needs the packages in ../shared/cases";
  const std::string cases = std::filesystem::path(exam).parent_path().string();
  const Ran ran = run_program_file(std::string(hanjari::tests::source_dir) + "/tools/replan-campaign",
                                   {"--program", program_under_test(), "--cases", cases});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("133 more exam rooms of 14 people each"), std::string::npos) << ran.out;
}

// Red while only plan and replan refused such a pin: whatif and curve computed as if nothing were said, and edit moved the person.
TEST(Change, OfPinnedPeopleIsRefusedByEveryCommand) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_hanjari({"sample", "--out", folder / "exam", "--applicants", "60", "--venues", "2", "--units", "2"}).status, 0);
  ASSERT_EQ(run_hanjari({"plan", folder / "exam", "--out", folder / "plan", "--rounds", "1"}).status, 0);
  std::string row = read_file(folder / "plan/placements.csv");
  row.erase(0, row.find('\n') + 1);
  std::vector<std::string> cells;
  for (std::size_t begin = 0; cells.size() < 5; begin = row.find(',', begin) + 1)
    cells.push_back(row.substr(begin, row.find(',', begin) - begin));
  const std::string place = cells[3] + "," + cells[4];
  const auto pin = [&](const std::string& where) {
    AtomicFile pins(folder / "exam/pins.csv");
    pins.write("kind,applicant_id,venue_code,room_no\nperson," + cells[0] + "," + where + "\n");
    pins.commit();
  };
  const auto whatif = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"whatif", folder / "exam", "--vary", "people_cap=15..15", "--rounds", "0", "--out", folder / "w", "--replace"});
    return run_hanjari(more);
  };
  pin(place);
  EXPECT_EQ(whatif({"--from", folder / "plan"}).status, 0);
  const Ran fresh = whatif({});
  EXPECT_EQ(fresh.status, 2);
  EXPECT_NE(fresh.err.find("is pinned to"), std::string::npos) << fresh.err;
  const Ran curve = run_hanjari({"curve", folder / "exam", "--of", "mixing", "--out", folder / "c"});
  EXPECT_EQ(curve.status, 2);
  EXPECT_NE(curve.err.find("is pinned to"), std::string::npos) << curve.err;
  const std::string other = cells[4] == "1" ? "2" : "1";
  AtomicFile moves(folder / "moves.csv");
  moves.write("action,applicant_id,venue_code,room_no,seat_no\nmove," + cells[0] + "," + cells[3] + "," + other + ",\n");
  moves.commit();
  const Ran edit = run_hanjari({"edit", folder / "exam", folder / "plan", "--moves", folder / "moves.csv", "--author", "kim", "--reason",
                                "window", "--out", folder / "edited"});
  EXPECT_EQ(edit.status, 2);
  EXPECT_NE(edit.err.find("is pinned to " + cells[3] + "/" + cells[4] + " by pins.csv"), std::string::npos) << edit.err;
  // A pin without a place lets the officer move the person, and says so.
  pin(",");
  const Ran moved = run_hanjari({"edit", folder / "exam", folder / "plan", "--moves", folder / "moves.csv", "--author", "kim",
                                 "--reason", "window", "--out", folder / "moved"});
  EXPECT_EQ(moved.err.find("accepted") == std::string::npos,
            moved.err.find("pins.csv: 1 person whom it pins was moved by hand") == std::string::npos)
      << moved.err;
  const Ran passed = whatif({});
  EXPECT_EQ(passed.status, 0) << passed.err;
  EXPECT_NE(passed.err.find("not used, because a pin keeps the place of a published plan"), std::string::npos) << passed.err;
}

TEST(Change, IsRecordedAndCanBeMadeAgainToTheSameBytes) {
  const TemporaryFolder folder;
  ASSERT_EQ(
      run_hanjari({"sample", "--out", folder / "exam", "--applicants", "600", "--venues", "4", "--accommodations", "3"})
          .status,
      0);
  ASSERT_EQ(run_hanjari({"plan", folder / "exam", "--out", folder / "plan", "--rounds", "2"}).status, 0);
  // A package with one row less, then a hand edit that puts one person's seat elsewhere in the same room.
  std::filesystem::copy(folder / "exam", folder / "fewer");
  std::string people = read_file(folder / "fewer/applicants.csv");
  people.erase(people.rfind('\n', people.size() - 2) + 1);
  AtomicFile shorter(folder / "fewer/applicants.csv");
  shorter.write(people);
  shorter.commit();
  const Ran replanned = run_hanjari({"replan", folder / "fewer", "--from", folder / "plan", "--out", folder / "new"});
  ASSERT_EQ(replanned.status, 0) << replanned.err;
  EXPECT_NE(read_file(folder / "new/changes.csv").find(",removed,"), std::string::npos);
  const std::string placements = read_file(folder / "new/placements.csv");
  const std::size_t row = placements.find('\n') + 1;
  std::vector<std::string> cells(1);
  for (std::size_t at = row; placements[at] != '\n'; ++at) {
    if (placements[at] == ',') {
      cells.emplace_back();
    } else {
      cells.back() += placements[at];
    }
  }
  const auto try_seat = [&](int seat, const std::string& out) {
    AtomicFile moves(folder / "moves.csv");
    moves.write("action,applicant_id,venue_code,room_no,seat_no\nmove," + cells[0] + "," + cells[3] + "," + cells[4] +
                "," + std::to_string(seat) + "\n");
    moves.commit();
    return run_hanjari({"edit", folder / "fewer", folder / "new", "--moves", folder / "moves.csv", "--author", "kim",
                        "--reason", "window", "--out", out, "--replace"})
        .status;
  };
  bool accepted = false;
  bool refused = false;
  for (int seat = 1; seat <= 25 && !(accepted && refused); ++seat) {
    if (std::to_string(seat) == cells[5]) continue;
    const int status = try_seat(seat, folder / "edited");
    ASSERT_TRUE(status == 0 || status == 1) << status;
    (status == 0 ? accepted : refused) = true;
  }
  ASSERT_TRUE(accepted);
  EXPECT_TRUE(refused);  // somebody else's seat
  // Red while a character that nobody sees was a reason.
  EXPECT_EQ(run_hanjari({"edit", folder / "fewer", folder / "new", "--moves", folder / "moves.csv", "--author", "kim",
                         "--reason", "\u200b", "--out", folder / "unsaid"})
                .status,
            64);
  const Ran replayed = run_hanjari({"replay", folder / "edited", folder / "exam", folder / "fewer"});
  EXPECT_EQ(replayed.status, 0) << replayed.err;
  // A plan changed without a trace is noticed.
  std::string changed = read_file(folder / "edited/history.json");
  changed.replace(changed.rfind("\"seat_no\": "), 11, "\"seat_no\": 1");
  AtomicFile history(folder / "edited/history.json");
  history.write(changed);
  history.commit();
  EXPECT_NE(run_hanjari({"replay", folder / "edited", folder / "exam", folder / "fewer"}).status, 0);
}

// Red while edit refused whoever had no seat: the last person of the plan loses the seat, is given it by hand, and the plan
// is whole again for the verifier.
TEST(Change, SeatsByHandWhoHasNoSeat) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_hanjari({"sample", "--out", folder / "exam", "--applicants", "600", "--venues", "4"}).status, 0);
  ASSERT_EQ(run_hanjari({"plan", folder / "exam", "--out", folder / "plan", "--rounds", "2"}).status, 0);
  const std::string placements = read_file(folder / "plan/placements.csv");
  const std::size_t row = placements.rfind('\n', placements.size() - 2) + 1;
  std::vector<std::string> cells(1);
  for (std::size_t at = row; placements[at] != '\n'; ++at) {
    if (placements[at] == ',') {
      cells.emplace_back();
    } else {
      cells.back() += placements[at];
    }
  }
  const auto write = [](const std::string& path, const std::string& content) {
    AtomicFile file(path);
    file.write(content);
    file.commit();
  };
  std::filesystem::create_directory(folder / "short");
  write(folder / "short/placements.csv", placements.substr(0, row));
  write(folder / "short/unseated.csv", "applicant_id,reason,detail\n" + cells[0] + ",no_capacity,none left\n");
  EXPECT_EQ(run_hanjari({"verify", folder / "exam", folder / "short"}).status, 1) << "incomplete";
  write(folder / "moves.csv", "action,applicant_id,venue_code,room_no,seat_no\nmove," + cells[0] + "," + cells[3] + "," +
                                  cells[4] + "," + cells[5] + "\n");
  const Ran edited = run_hanjari({"edit", folder / "exam", folder / "short", "--moves", folder / "moves.csv", "--author",
                                  "kim", "--reason", "came late", "--out", folder / "whole"});
  ASSERT_EQ(edited.status, 0) << edited.out << edited.err;
  EXPECT_NE((edited.out + edited.err).find("1 person seated who had no seat"), std::string::npos) << edited.err;
  EXPECT_NE(read_file(folder / "whole/changes.csv").find(cells[0] + ",added,"), std::string::npos);
  const Ran verified = run_hanjari({"verify", folder / "exam", folder / "whole"});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
  // Red while an id in small letters, or without its zeros, was that of nobody.
  std::string small = cells[0];
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  ASSERT_NE(small, cells[0]);
  write(folder / "moves.csv", "action,applicant_id,venue_code,room_no,seat_no\nmove," + small + "," + cells[3] + "," + cells[4] +
                                  "," + cells[5] + "\n");
  const Ran near = run_hanjari({"edit", folder / "exam", folder / "short", "--moves", folder / "moves.csv", "--author", "kim",
                                "--reason", "came late", "--out", folder / "near"});
  EXPECT_EQ(near.status, 2) << near.err;
  EXPECT_NE(near.err.find("moves.csv:2: applicant_id: '" + small + "' does not stand in applicants.csv, but '" + cells[0] + "' does"),
            std::string::npos)
      << near.err;
}

}  // namespace
}  // namespace hanjari::tests
