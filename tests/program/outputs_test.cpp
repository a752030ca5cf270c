// What commands write, and what they never write over.
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/file.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

using Files = std::map<std::string, std::string>;

Files files_in(const std::string& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
  return files;
}

// A small exam, its plan, and the words of every command that writes, with the last word for the place.
class Outputs : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    ASSERT_EQ(run_hanjari({"sample", "--out", exam(), "--applicants", "60", "--venues", "2", "--units", "2"}).status,
              0);
    ASSERT_EQ(run_hanjari({"plan", exam(), "--out", plan(), "--rounds", "1"}).status, 0);
    ASSERT_EQ(run_hanjari({"sample-results", "--out", results(), "--people", "60", "--units", "2"}).status, 0);
    const std::string placements = read_file(plan() + "/placements.csv");
    write_file(*folder_ / "moves.csv", two_change_seats(placements));
  }
  // The moves by which two people of one room change seats, which no rule forbids.
  static std::string two_change_seats(const std::string& placements) {
    std::map<std::string, std::string> first_of_room;
    std::istringstream rows(placements.substr(placements.find('\n') + 1));
    for (std::string row; std::getline(rows, row);) {
      const std::string room = at(row, 3) + "," + at(row, 4);
      const auto [other, is_first] = first_of_room.emplace(room, row);
      if (is_first) continue;
      return "action,applicant_id,venue_code,room_no,seat_no\nmove," + at(row, 0) + "," + room + "," +
             at(other->second, 5) + "\nmove," + at(other->second, 0) + "," + room + "," + at(row, 5) + "\n";
    }
    return "";
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }
  static std::string at(std::string row, int cell) {
    for (; cell > 0; --cell) row.erase(0, row.find(',') + 1);
    return row.substr(0, row.find(','));
  }
  static std::string exam() { return *folder_ / "exam"; }
  static std::string plan() { return *folder_ / "plan"; }
  static std::string results() { return *folder_ / "results"; }

  static std::vector<std::vector<std::string>> commands() {
    return {
        {"plan", exam(), "--rounds", "1", "--out"},
        {"replan", exam(), "--from", plan(), "--out"},
        {"edit", exam(), plan(), "--moves", *folder_ / "moves.csv", "--author", "kim", "--reason", "window", "--out"},
        {"replay", plan(), exam(), "--out"},
        {"sample", "--applicants", "10", "--venues", "1", "--out"},
        {"sample-results", "--people", "10", "--out"},
        {"whatif", exam(), "--vary", "people_cap=15..15", "--rounds", "0", "--out"},
        {"curve", exam(), "--of", "mixing", "--out"},
        {"rooms", exam(), "--out"},
        {"changes", exam(), plan(), "--out"},
        {"sample-invigilators", exam(), "--out"},
        {"decide", results(), "--out"},
        {"papers", exam(), plan(), "--paper", "door_list", "--format", "csv", "--out"}};
  }
  // Those that cannot run here for want of a database, a commitment or duties, and look at the place before anything else.
  static std::vector<std::vector<std::string>> commands_of_more_than_files() {
    const std::string nowhere = *folder_ / "nowhere";
    return {{"export", "ANY", "--data", nowhere, "--out"},
            {"export", "ANY", "--data", nowhere, "--out", nowhere, "--plan-out"},
            {"export-publication", "ANY", "--data", nowhere, "--out"},
            {"check", exam(), "--out"},
            {"intake export", "ANY", "--venues", exam(), "--data", nowhere, "--out"},
            {"draw", exam(), plan(), "--commitment", nowhere, "--value", "1", "--out"},
            {"draw-commit", exam(), plan(), "--source", "s", "--moment", "m", "--data", nowhere, "--out"},
            {"invigilators", exam(), plan(), "--people", nowhere, "--out"},
            {"edit-duties", exam(), plan(), "--people", nowhere, "--duties", nowhere, "--edits", nowhere, "--author",
             "kim", "--reason", "ill", "--out"}};
  }
  // The words as the shell would divide them: the first may be a command of two words.
  static Ran run_onto(std::vector<std::string> words, const std::string& place) {
    const std::size_t blank = words[0].find(' ');
    if (blank != std::string::npos) {
      words.insert(words.begin() + 1, words[0].substr(blank + 1));
      words[0].resize(blank);
    }
    words.push_back(place);
    return run_hanjari(words);
  }
  static TemporaryFolder* folder_;
};

// The commands of --help that have an option --out.
std::set<std::string> commands_with_out() {
  std::set<std::string> found;
  std::istringstream help(run_hanjari({"--help"}).out);
  for (std::string line; std::getline(help, line);) {
    if (!line.starts_with("  ")) continue;
    const std::string name = line.substr(2, line.find("  ", 2) - 2);
    std::vector<std::string> words{name.substr(0, name.find(' '))};
    if (words[0] != name) words.push_back(name.substr(words[0].size() + 1));
    words.emplace_back("--help");
    if (run_hanjari(words).out.find("\n  --out ") != std::string::npos) found.insert(name);
  }
  return found;
}

TemporaryFolder* Outputs::folder_ = nullptr;

TEST_F(Outputs, ReplaceNothingThatStandsThere) {
  for (std::vector<std::string> words : commands()) {
    const TemporaryFolder work;
    const std::string out = work / "out";
    words.push_back(out);
    const Ran first = run_hanjari(words);
    ASSERT_EQ(first.status, 0) << words[0] << first.err;
    write_file(out + "/notes/mine.txt", "mine");
    const Files before = files_in(out);
    const Ran again = run_hanjari(words);
    EXPECT_EQ(again.status, 2) << words[0] << again.err;
    EXPECT_THAT(again.err, HasSubstr("--replace")) << words[0];
    EXPECT_EQ(files_in(out), before) << words[0];
    words.emplace_back("--replace");
    const Ran told = run_hanjari(words);
    EXPECT_EQ(told.status, 0) << words[0] << told.err;
    EXPECT_EQ(read_file(out + "/notes/mine.txt"), "mine") << words[0];
  }
}

// The folder of a published plan given by a slip of the hand. Red while lists, tables, pictures and papers were put
// beside the plan, and when a command gets an --out that this test does not know.
TEST_F(Outputs, OfEveryCommandAreRefusedOntoThePublishedPlanAndTheExam) {
  std::set<std::string> tried;
  std::vector<std::vector<std::string>> all = commands();
  for (auto& words : commands_of_more_than_files()) all.push_back(std::move(words));
  for (const std::vector<std::string>& words : all) {
    tried.insert(words[0]);
    for (const std::string& taken : {plan(), exam(), results()}) {
      if (words[0] == "decide" && taken == results()) continue;  // a decision stands in the folder of its own results
      const Files before = files_in(taken);
      const Ran ran = run_onto(words, taken);
      EXPECT_EQ(ran.status, 2) << words[0] << ran.err;
      EXPECT_THAT(ran.err, HasSubstr("already")) << words[0];
      EXPECT_EQ(files_in(taken), before) << words[0];
    }
  }
  // The report of fairness is one file, which goes to no folder and beside no plan.
  tried.insert("fairness");
  for (const std::string& taken : {plan(), exam(), results()}) {
    const Files before = files_in(taken);
    EXPECT_EQ(run_onto({"fairness", exam(), plan(), "--out"}, taken).status, 2);
    EXPECT_EQ(run_onto({"fairness", exam(), plan(), "--out"}, taken + "/fairness.csv").status, 2);
    EXPECT_EQ(files_in(taken), before);
  }
  EXPECT_EQ(tried, commands_with_out());
  // The file of a backup is named without an option. Red while it took the place of whatever stood there.
  for (const std::string& taken : {plan() + "/placements.csv", exam() + "/backup.sql", *folder_ / "moves.csv"}) {
    const bool was_there = fs::exists(taken);
    const std::string before = was_there ? read_file(taken) : "";
    const Ran ran = run_onto({"db backup", "--data", *folder_ / "nowhere"}, taken);
    EXPECT_EQ(ran.status, 2) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("already")) << taken;
    EXPECT_EQ(fs::exists(taken), was_there);
    if (was_there) EXPECT_EQ(read_file(taken), before);
  }
}

// What only a decision and papers may do: a decision goes into the folder of its results, papers are added to papers.
TEST_F(Outputs, OfAStrangerAreLeftAlone) {
  for (const std::vector<std::string>& words : commands()) {
    const TemporaryFolder work;
    write_file(work / "out/letters/first.txt", "dear");
    const Ran ran = run_onto(words, work / "out");
    EXPECT_EQ(read_file(work / "out/letters/first.txt"), "dear") << words[0];
    if (words[0] == "papers" || words[0] == "decide") continue;  // they add files whose names are free
    EXPECT_EQ(ran.status, 2) << words[0] << ran.err;
    EXPECT_EQ(files_in(work / "out").size(), 1U) << words[0];
  }
}

TEST_F(Outputs, OfOneFileAreOnlyComparedWithThatFile) {
  const TemporaryFolder work;
  const std::string page = work / "page.html";
  const std::vector<std::string> words{"compare", exam(), plan(), plan(), "--html", page};
  EXPECT_EQ(run_hanjari(words).status, 0);
  const std::string written = read_file(page);
  const Ran again = run_hanjari(words);
  EXPECT_EQ(again.status, 2);
  EXPECT_THAT(again.err, HasSubstr("--replace"));
  EXPECT_EQ(again.out, "") << "it is refused before the work";
  EXPECT_EQ(read_file(page), written);
}

// Red while only the named folder itself was looked at.
TEST_F(Outputs, AreRefusedInsideOfAPlanOrAnExam) {
  const std::vector<std::vector<std::string>> tries{
      {"plan", exam(), "--rounds", "1", "--out", exam() + "/sub"},
      {"replay", plan(), exam(), "--out", plan() + "/sub/deep"},
      {"curve", exam(), "--of", "mixing", "--out", plan() + "/curve"},
      {"compare", exam(), plan(), plan(), "--html", plan() + "/new.html"}};
  for (const std::vector<std::string>& words : tries) {
    const Files plan_before = files_in(plan());
    const Files exam_before = files_in(exam());
    const Ran ran = run_hanjari(words);
    EXPECT_EQ(ran.status, 2) << words[0] << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("is inside of")) << words[0];
    EXPECT_EQ(files_in(plan()), plan_before) << words[0];
    EXPECT_EQ(files_in(exam()), exam_before) << words[0];
  }
}

TEST_F(Outputs, OfADecisionGoOnFromTheWrittenStageAndReplaceNoOther) {
  const TemporaryFolder work;
  const std::string folder = work / "results";
  ASSERT_EQ(run_hanjari({"sample-results", "--out", folder, "--people", "60", "--interviews"}).status, 0);
  ASSERT_EQ(run_hanjari({"decide", folder, "--out", folder}).status, 0);
  const Files written = files_in(folder);
  EXPECT_EQ(run_hanjari({"decide", folder, "--out", folder, "--set", "ties.cut=none"}).status, 2) << "a what-if";
  EXPECT_EQ(files_in(folder), written);
  ASSERT_EQ(run_hanjari({"decide", folder, "--out", folder, "--stage", "final"}).status, 0);
  EXPECT_EQ(run_hanjari({"decide", folder, "--out", folder, "--stage", "final"}).status, 2);
}

TEST_F(Outputs, OfAnIncompletePlanSaySoFirst) {
  const TemporaryFolder work;
  fs::copy(exam(), work / "exam");
  // Two rooms only: most people find no seat.
  std::string rooms = read_file(work / "exam/rooms.csv");
  std::size_t end = 0;
  for (int line = 0; line < 3; ++line) end = rooms.find('\n', end) + 1;
  write_file(work / "exam/rooms.csv", rooms.substr(0, end));
  const Ran planned = run_hanjari({"plan", work / "exam", "--out", work / "plan", "--rounds", "1"});
  EXPECT_THAT(planned.status, testing::AnyOf(3, 4)) << planned.err;
  const Ran verified = run_hanjari({"verify", work / "exam", work / "plan"});
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.out, testing::ContainsRegex("^incomplete: [0-9]+ of 60 people have no seat\n")) << verified.out;
  EXPECT_THAT(verified.out, testing::Not(HasSubstr("missing_person")));
  const Ran json = run_hanjari({"verify", work / "exam", work / "plan", "--json"});
  EXPECT_EQ(json.status, 1);
  EXPECT_THAT(json.out, testing::ContainsRegex("\"unseated\": [1-9]"));
  EXPECT_EQ(run_hanjari({"compare", work / "exam", work / "plan", work / "plan"}).status, 1);

  const std::vector<std::string> papers{"papers",   work / "exam", work / "plan", "--paper",      "door_list",
                                        "--format", "csv",         "--out",       work / "papers"};
  const Ran refused = run_hanjari(papers);
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("incomplete: 30 of 60 people have no seat"));
  EXPECT_THAT(refused.err, HasSubstr("--incomplete"));
  EXPECT_FALSE(fs::exists(work / "papers"));
  // Red while notices and the report to be published said nothing of those who have no seat.
  EXPECT_THAT(run_hanjari({"changes", work / "exam", work / "plan", "--out", work / "changes"}).err,
              HasSubstr("incomplete: 30 of 60 people have no seat"));
  EXPECT_THAT(run_hanjari({"fairness", work / "exam", work / "plan", "--out", work / "fairness.csv"}).err,
              HasSubstr("incomplete: 30 of 60 people have no seat"));
  // Red while a plan that was made again said nothing of them either.
  const Ran again = run_hanjari({"replay", work / "plan", work / "exam"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("incomplete: 30 of 60 people have no seat"));
  std::vector<std::string> told = papers;
  told.emplace_back("--incomplete");
  EXPECT_EQ(run_hanjari(told).status, 0);
  EXPECT_TRUE(fs::exists(work / "papers/door_list"));
}

TEST_F(Outputs, OfAPlanKeepPinsOrSayThatTheyCannot) {
  const TemporaryFolder work;
  fs::copy(exam(), work / "exam");
  const std::string placements = read_file(plan() + "/placements.csv");
  const std::string row = placements.substr(placements.find('\n') + 1);
  const std::string id = at(row, 0);
  const std::string venue = at(row, 3);
  const std::string room = at(row, 4);
  const std::string head = "kind,applicant_id,venue_code,room_no\n";
  const auto replan = [&](const std::string& out) {
    return run_hanjari({"replan", work / "exam", "--from", plan(), "--out", work / out});
  };
  write_file(work / "exam/pins.csv", head + "person," + id + "," + venue + "," + room + "\n");
  EXPECT_EQ(replan("there").status, 0) << "pinned to where they sit";
  const Ran first = run_hanjari({"plan", work / "exam", "--out", work / "first", "--rounds", "1"});
  EXPECT_EQ(first.status, 2);
  EXPECT_THAT(first.err, HasSubstr("pins.csv:2: venue_code: '" + id + "' is pinned to "));
  // Another room of the exam.
  const std::string rooms = read_file(work / "exam/rooms.csv");
  std::string elsewhere;
  for (std::size_t begin = rooms.find('\n') + 1; begin < rooms.size() && elsewhere.empty();
       begin = rooms.find('\n', begin) + 1) {
    const std::string other = rooms.substr(begin, rooms.find('\n', begin) - begin);
    if (at(other, 0) != venue || at(other, 1) != room) elsewhere = at(other, 0) + "," + at(other, 1);
  }
  write_file(work / "exam/pins.csv", head + "person," + id + "," + elsewhere + "\n");
  const Ran moved = replan("moved");
  EXPECT_EQ(moved.status, 2);
  EXPECT_THAT(moved.err, HasSubstr("a pin keeps and does not move"));
  EXPECT_FALSE(fs::exists(work / "moved"));
  write_file(work / "exam/pins.csv", head + "person," + id + ",,\n");
  EXPECT_EQ(replan("kept").status, 0);
}

TEST_F(Outputs, OfAnEditNamePeopleByTheirNumbers) {
  const TemporaryFolder work;
  const std::string placements = read_file(plan() + "/placements.csv");
  const std::string row = placements.substr(placements.find('\n') + 1);
  const auto edit = [&](const std::string& number, const std::string& out) {
    write_file(work / "moves.csv", "action,applicant_number,venue_code,room_no\nmove," + number + "," + at(row, 3) +
                                       "," + at(row, 4) + "\n");
    return run_hanjari({"edit", exam(), plan(), "--moves", work / "moves.csv", "--author", "kim", "--reason", "window",
                        "--out", work / out});
  };
  EXPECT_EQ(edit(at(row, 1), "done").status, 0);
  // Faults named a file moves.csv whatever the officer's was called.
  write_file(work / "자리 변경.csv",
             "구분,applicant_number,venue_code,room_no\n이동," + at(row, 1) + "," + at(row, 3) + ",9999\n");
  const Ran elsewhere = run_hanjari({"edit", exam(), plan(), "--moves", work / "자리 변경.csv", "--author", "kim",
                                     "--reason", "window", "--out", work / "elsewhere"});
  EXPECT_EQ(elsewhere.status, 2);
  EXPECT_THAT(elsewhere.err, HasSubstr("자리 변경.csv:2: room_no: there is no room"));
  // Red while an edit said nothing of how its file was understood.
  EXPECT_THAT(elsewhere.err, HasSubstr("warning: 자리 변경.csv:1: headings were read as columns: '구분' as action;"));
  // Red while such an edit wrote a second plan of the same seats, with a step of history that changes nothing.
  write_file(work / "moves.csv", "action,applicant_number,venue_code,room_no,seat_no\nmove," + at(row, 1) + "," +
                                     at(row, 3) + "," + at(row, 4) + "," + at(row, 5) + "\n");
  const Ran still = run_hanjari({"edit", exam(), plan(), "--moves", work / "moves.csv", "--author", "kim", "--reason",
                                 "window", "--out", work / "still"});
  EXPECT_EQ(still.status, 0) << still.err;
  EXPECT_THAT(still.err, HasSubstr("nobody's place changes"));
  EXPECT_FALSE(fs::exists(work / "still"));
  // Red while a file was refused twice: first for what cannot be read, then for what the plan has not.
  write_file(work / "moves.csv", "action,applicant_number,venue_code,room_no\nmove," + at(row, 1) + "," + at(row, 3) +
                                     ",9999\nmove," + at(row, 1) + "," + at(row, 3) + ",two\nlift,1,2,3\n");
  const Ran both = run_hanjari({"edit", exam(), plan(), "--moves", work / "moves.csv", "--author", "kim", "--reason",
                                "window", "--out", work / "both"});
  EXPECT_EQ(both.status, 2);
  EXPECT_THAT(both.err, HasSubstr("moves.csv:2: room_no: there is no room"));
  EXPECT_THAT(both.err, HasSubstr("moves.csv:3: room_no: 'two'"));
  EXPECT_THAT(both.err, HasSubstr("moves.csv:4: action: "));
  const Ran unknown = edit("99999999", "unknown");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("moves.csv:2: applicant_number: '99999999' is no applicant number of the plan"));
}

TEST(Version, IsTold) {
  const Ran ran = run_hanjari({"--version"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, testing::ContainsRegex("^hanjari [0-9]+\\.[0-9]+"));
}

}  // namespace
}  // namespace hanjari::tests
