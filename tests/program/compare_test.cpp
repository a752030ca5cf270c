// hanjari compare as an officer uses it: plans of one package, of two packages, and of folders that are not what they seem.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/file.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

// A small exam with its plan, and the same exam without its last applicant and its last room, with a plan of its own.
class Compared : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    ASSERT_EQ(run_hanjari({"sample", "--out", one(), "--applicants", "60", "--venues", "2", "--units", "2", "--rooms",
                           "8"})
                  .status,
              0);
    fs::copy(one(), two(), fs::copy_options::recursive);
    lost_person_ = cut_last_line("applicants.csv");
    lost_room_ = cut_last_line("rooms.csv");
    ASSERT_EQ(run_hanjari({"plan", one(), "--out", one() + "-plan", "--rounds", "1"}).status, 0);
    ASSERT_EQ(run_hanjari({"plan", two(), "--out", two() + "-plan", "--rounds", "1"}).status, 0);
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }
  // Takes the last line out of the second package's file, and gives its first cell.
  static std::string cut_last_line(const std::string& file) {
    std::string text = read_file(two() + "/" + file);
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    const std::size_t begin = text.rfind('\n') + 1;
    const std::string line = text.substr(begin);
    write_file(two() + "/" + file, text.substr(0, begin));
    return line.substr(0, line.find(','));
  }
  static std::string one() { return *folder_ / "one"; }
  static std::string two() { return *folder_ / "two"; }

  static TemporaryFolder* folder_;
  static std::string lost_person_;
  static std::string lost_room_;  // its venue
};

TemporaryFolder* Compared::folder_ = nullptr;
std::string Compared::lost_person_;
std::string Compared::lost_room_;

// Red while the people and the rooms of only one package were counted and not named.
TEST_F(Compared, PackagesAreToldApartByThePeopleAndRoomsThatOnlyOneHas) {
  const Ran ran = run_hanjari({"compare", one(), one() + "-plan", two(), two() + "-plan"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("only in " + one() + ", not in " + two() + ": 1 person: " + lost_person_ + "\n"));
  EXPECT_THAT(ran.err, HasSubstr("only in " + one() + ", not in " + two() + ": 1 room: " + lost_room_ + " "));
  EXPECT_THAT(ran.err, Not(HasSubstr("only in " + two())));
  const Ran json = run_hanjari({"compare", one(), one() + "-plan", two(), two() + "-plan", "--json"});
  EXPECT_THAT(json.out, HasSubstr("\"only_in\": ["));
  EXPECT_THAT(json.out, HasSubstr("\"" + lost_person_ + "\""));
}

// Only the rules that it broke in the wrong package were told.
TEST_F(Compared, APlanOfAnotherPackageIsNamedAsThat) {
  const Ran ran = run_hanjari({"compare", one(), one() + "-plan", two() + "-plan"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr(two() + "-plan: this is a plan of another package"));
  EXPECT_THAT(ran.err, HasSubstr("Name its own package before it"));
  EXPECT_THAT(ran.err, Not(HasSubstr(one() + "-plan: this is a plan of another package")));
}

// Red while a package without a plan, and a folder that is both, were passed over without a word.
TEST_F(Compared, NothingThatWasGivenIsPassedOver) {
  const Ran without = run_hanjari({"compare", one(), one() + "-plan", one() + "-plan", two()});
  EXPECT_EQ(without.status, 64);
  EXPECT_THAT(without.err, HasSubstr("no plan stands behind the package " + two()));
  const Ran first = run_hanjari({"compare", one(), two(), two() + "-plan"});
  EXPECT_EQ(first.status, 64);
  EXPECT_THAT(first.err, HasSubstr("no plan stands behind the package " + one()));
  const TemporaryFolder work;
  fs::copy(two() + "-plan", work / "both", fs::copy_options::recursive);
  fs::copy(two() + "/exam.json", work / "both/exam.json");
  const Ran both = run_hanjari({"compare", one(), one() + "-plan", work / "both"});
  EXPECT_EQ(both.status, 64);
  EXPECT_THAT(both.err, HasSubstr("holds an exam package and a plan"));
}

// Red while a plan that was left out was not said to have ids which a spreadsheet has cut.
TEST_F(Compared, IdsThatASpreadsheetHasSpoiledAreNamed) {
  const TemporaryFolder work;
  fs::copy(one() + "-plan", work / "spoiled", fs::copy_options::recursive);
  std::string text = read_file(work / "spoiled/placements.csv");
  const std::size_t begin = text.find('\n') + 1;
  text.replace(begin, text.find(',', begin) - begin, "1.23457E+11");
  write_file(work / "spoiled/placements.csv", text);
  const Ran ran = run_hanjari({"compare", one(), one() + "-plan", work / "spoiled"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("placements.csv:2: applicant_id: "));
  EXPECT_THAT(ran.err, HasSubstr("1.23457E+11"));
  EXPECT_THAT(ran.err, HasSubstr("is left out of the comparison"));
}

}  // namespace
}  // namespace hanjari::tests
