// hanjari papers as an office runs it: several processes, interrupted, killed, and gone on with.
#include <fcntl.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/file.h"
#include "program/program.h"

extern char** environ;

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

using Files = std::map<std::string, std::string>;

// Every paper by its name inside the folder; nothing half-made may stand beside them.
Files papers_in(const std::string& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
  }
  return files;
}

// Starts the program and sends it a signal as soon as so many papers are there; how it ended. Its printing processes
// have ended too: they learn of a killed parent a moment later.
int run_and_signal(const std::vector<std::string>& words, const std::string& folder, std::size_t papers, int signal) {
  const std::string program = program_under_test();
  std::vector<std::string> arguments{program};
  arguments.insert(arguments.end(), words.begin(), words.end());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // orphans become children of this process, which can wait for them
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t process = 0;
  EXPECT_EQ(::posix_spawn(&process, program.c_str(), &actions, &attributes, argv.data(), environ), 0);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  while (::waitpid(process, &status, WNOHANG) == 0) {
    std::size_t there = 0;
    std::error_code ignored;
    for (auto entry = fs::recursive_directory_iterator(folder, ignored); entry != fs::recursive_directory_iterator();
         entry.increment(ignored)) {
      if (entry->path().extension() == ".pdf") ++there;
    }
    if (there >= papers) {
      ::kill(process, signal);
      while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
      }
      break;
    }
    ::usleep(2'000);
  }
  while (::waitpid(-process, nullptr, 0) > 0 || errno == EINTR) {
  }
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

class PapersCommand : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    ASSERT_EQ(run_hanjari({"sample", "--out", *folder_ / "exam", "--applicants", "4000", "--venues", "20"}).status, 0);
    ASSERT_EQ(run_hanjari({"plan", *folder_ / "exam", "--out", *folder_ / "plan", "--rounds", "1"}).status, 0);
  }
  static void TearDownTestSuite() { delete folder_; }

  static std::vector<std::string> words(const std::string& out, std::vector<std::string> more = {}) {
    std::vector<std::string> all{"papers",       *folder_ / "exam", *folder_ / "plan", "--out",
                                 *folder_ / out, "--paper",         "slip,roster"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  // A stopped run leaves whole files only; the same command ends with what an undisturbed run prints, print time
  // included, and keeps what was there.
  static void goes_on_after(const std::string& out, int signal) {
    const std::string folder = *folder_ / out;
    ASSERT_EQ(run_and_signal(words(out), folder, 6, signal), signal) << "the run was over before the signal came";
    ASSERT_TRUE(fs::exists(fs::path(folder) / ".unfinished"));
    Files before;
    for (const auto& [name, bytes] : papers_in(folder)) {
      if (fs::path(name).extension() != ".pdf") continue;
      EXPECT_TRUE(bytes.starts_with("%PDF") && bytes.ends_with("%%EOF\n")) << name;
      before[name] = bytes;
    }
    EXPECT_GE(before.size(), 6U);
    EXPECT_LT(before.size(), 40U);
    ::sleep(1);  // another second: the print time must stay that of the first run
    const Ran again = run_hanjari(words(out));
    ASSERT_EQ(again.status, 0) << again.err;
    EXPECT_THAT(again.err, HasSubstr("were there from the run that was stopped"));
    EXPECT_FALSE(fs::exists(fs::path(folder) / ".unfinished"));
    const Files after = papers_in(folder);
    EXPECT_EQ(after.size(), 40U) << "no more than the papers";
    for (const auto& [name, bytes] : before) EXPECT_TRUE(after.at(name) == bytes) << name;
  }

  static TemporaryFolder* folder_;
};
TemporaryFolder* PapersCommand::folder_ = nullptr;

TEST_F(PapersCommand, GoesOnAfterAnInterrupt) {
  goes_on_after("interrupted", SIGINT);
}

TEST_F(PapersCommand, GoesOnAfterAKill) {
  goes_on_after("killed", SIGKILL);
}

TEST_F(PapersCommand, PrintsOnlyWhatChangedSinceAnOlderPlan) {
  // Somebody withdraws: one line less.
  const std::string placements = read_file(*folder_ / "plan/placements.csv");
  const std::size_t second = placements.find('\n') + 1;
  const std::size_t third = placements.find('\n', second) + 1;
  fs::create_directories(*folder_ / "later");
  std::ofstream(*folder_ / "later/placements.csv") << placements.substr(0, second) << placements.substr(third);
  // Red while a plan that had lost people was printed, as if it had said that they have no seat.
  const Ran lost = run_hanjari(
      {"papers", *folder_ / "exam", *folder_ / "later", "--out", *folder_ / "lost", "--paper", "slip", "--incomplete"});
  EXPECT_EQ(lost.status, 2) << lost.err;
  EXPECT_THAT(lost.err, HasSubstr("no paper was made"));
  EXPECT_FALSE(fs::exists(*folder_ / "lost"));
  write_file(*folder_ / "later/unseated.csv",
             "applicant_id,reason,detail\n" + placements.substr(second, placements.find(',', second) - second) + ",no_isolation_venue,\n");
  const Ran ran =
      run_hanjari({"papers", *folder_ / "exam", *folder_ / "later", "--out", *folder_ / "changed", "--changed-since",
                   *folder_ / "plan", "--edition", "2", "--paper", "roster,slip,seat_chart", "--incomplete"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("1 venue, 1 room, 0 people"));
  const Files files = papers_in(*folder_ / "changed");
  ASSERT_EQ(files.size(), 4U) << "a roster, a seat chart and the list in two formats";
  EXPECT_TRUE(files.contains("changed.xlsx"));
  EXPECT_THAT(files.at("changed.csv"), HasSubstr("폐기"));

  const Ran same = run_hanjari({"papers", *folder_ / "exam", *folder_ / "plan", "--out", *folder_ / "same",
                                "--changed-since", *folder_ / "plan"});
  EXPECT_EQ(same.status, 0);
  EXPECT_THAT(same.err, HasSubstr("nothing differs"));
  EXPECT_FALSE(fs::exists(*folder_ / "same"));
}

// Two people on one seat got two slips that contradict each other, and the command ended with 0.
TEST_F(PapersCommand, RefusesWhatTheVerifierRejects) {
  const std::string placements = read_file(*folder_ / "plan/placements.csv");
  const std::size_t second = placements.find('\n') + 1;
  const std::size_t third = placements.find('\n', second) + 1;
  const std::size_t fourth = placements.find('\n', third) + 1;
  const auto cells = [&](std::size_t from, std::size_t to) {
    std::vector<std::string> all{""};
    for (std::size_t at = from; at + 1 < to; ++at) {
      if (placements[at] == ',') {
        all.emplace_back();
      } else {
        all.back() += placements[at];
      }
    }
    return all;
  };
  const std::vector<std::string> first = cells(second, third);
  std::vector<std::string> other = cells(third, fourth);
  ASSERT_GE(first.size(), 9U);
  for (std::size_t at = 3; at <= 7; ++at) other[at] = first[at];  // venue, room, seat, row and column
  std::string row;
  for (const std::string& cell : other) row += (row.empty() ? "" : ",") + cell;
  fs::create_directories(*folder_ / "twice");
  std::ofstream(*folder_ / "twice/placements.csv")
      << placements.substr(0, third) << row << "\n" << placements.substr(fourth);
  ASSERT_EQ(run_hanjari({"verify", *folder_ / "exam", *folder_ / "twice"}).status, 1);
  for (const bool incomplete : {false, true}) {
    std::vector<std::string> all{"papers", *folder_ / "exam", *folder_ / "twice", "--out", *folder_ / "refused"};
    if (incomplete) all.emplace_back("--incomplete");
    const Ran ran = run_hanjari(all);
    EXPECT_EQ(ran.status, 2) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("no paper was made"));
    EXPECT_THAT(ran.err, HasSubstr("hanjari verify"));
    EXPECT_FALSE(fs::exists(*folder_ / "refused"));
  }
}

// The papers of a plan were printed with the people of another package, without a word.
TEST_F(PapersCommand, RefusesAPlanOfAnotherPackage) {
  fs::copy(*folder_ / "exam", *folder_ / "corrected");
  std::string units = read_file(*folder_ / "corrected/units.csv");
  const std::size_t series = units.find(',', units.find('\n')) + 1;
  units.insert(series, "새");
  write_file(*folder_ / "corrected/units.csv", units);
  const Ran ran =
      run_hanjari({"papers", *folder_ / "corrected", *folder_ / "plan", "--out", *folder_ / "others", "--paper", "slip"});
  EXPECT_EQ(ran.status, 2) << ran.err;
  const std::string report = read_file(*folder_ / "plan/report.json");
  const std::size_t digest = report.find('"', report.find(':', report.find("\"input_sha256\""))) + 1;
  EXPECT_THAT(ran.err, HasSubstr(report.substr(digest, 64)));
  EXPECT_THAT(ran.err, HasSubstr("re-plan"));
  EXPECT_FALSE(fs::exists(*folder_ / "others"));
}

// What plan and verify have told of the package is not told again by every run of the press.
TEST_F(PapersCommand, LeavesWarningsOfThePackageToThePlan) {
  const Ran judged = run_hanjari({"verify", *folder_ / "exam", *folder_ / "plan"});
  ASSERT_THAT(judged.err, HasSubstr("in districts without a venue")) << "the sample has such people";
  const Ran printed = run_hanjari({"papers", *folder_ / "exam", *folder_ / "plan", "--out", *folder_ / "quiet", "--paper",
                                   "venue_notice", "--venue", "V0001"});
  EXPECT_EQ(printed.status, 0) << printed.err;
  EXPECT_THAT(printed.err, testing::Not(HasSubstr("districts")));
}

// Red while a school was known by its code alone.
TEST_F(PapersCommand, KnowASchoolByItsNameToo) {
  const std::string venues = read_file(*folder_ / "exam/venues.csv");
  const std::size_t row = venues.find("\nV0001,") + 7;
  const std::string name = venues.substr(row, venues.find(',', row) - row);
  const auto print = [&](const std::string& venue, const std::string& out) {
    return run_hanjari({"papers", *folder_ / "exam", *folder_ / "plan", "--out", *folder_ / out, "--paper", "venue_notice",
                        "--venue", venue});
  };
  const Ran named = print(name, "named");
  ASSERT_EQ(named.status, 0) << named.err;
  ASSERT_EQ(print("V0001", "coded").status, 0);
  EXPECT_EQ(papers_in(*folder_ / "named").size(), papers_in(*folder_ / "coded").size());
  // Red while a code was known only as it stands in venues.csv.
  int typed = 0;
  for (const char* as : {"v0001", " V0001 ", "Ｖ０００１"}) {
    const Ran meant = print(as, "typed" + std::to_string(++typed));
    EXPECT_EQ(meant.status, 0) << as << ": " << meant.err;
  }
  // Red while papers, formats and encodings were known in small letters and without a blank only.
  const Ran said = run_hanjari({"papers", *folder_ / "exam", *folder_ / "plan", "--out", *folder_ / "said", "--paper",
                                "시험장소 공고, 방역·별도응시 명단,Seat List", "--format", "PDF, csv", "--encoding", "UTF-8", "--venue", "V0001"});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_TRUE(fs::exists(*folder_ / "said/venue_notice/V0001.csv"));
  const Ran nobody = print("그런학교", "nobody");
  EXPECT_EQ(nobody.status, 2);
  EXPECT_THAT(nobody.err, HasSubstr("name a code or a name of venues.csv"));
}

TEST_F(PapersCommand, SaysWhatBindsTheRooms) {
  const Ran lines = run_hanjari({"rooms", *folder_ / "exam", "--out", *folder_ / "shapes"});
  ASSERT_EQ(lines.status, 0) << lines.err;
  EXPECT_THAT(lines.out, HasSubstr("because of"));
  EXPECT_THAT(read_file(*folder_ / "shapes/shapes.csv"), HasSubstr("5x5-1,5,5,"));
  EXPECT_THAT(read_file(*folder_ / "shapes/5x5-1.svg"), HasSubstr("<svg"));
  EXPECT_THAT(run_hanjari({"rooms", *folder_ / "exam", "--json"}).out, HasSubstr("\"binding\": \"policy_cap\""));
}

}  // namespace
}  // namespace hanjari::tests
