// Every command that a message suggests is copied into a shell and does there what was promised.
#include <filesystem>
#include <sstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/file.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::SizeIs;

// What follows ": " to the end of a line and begins with the program's name.
std::vector<std::string> suggestions_in(const std::string& text) {
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find(": hanjari ");
    if (at != std::string::npos) found.push_back(line.substr(at + 2));
  }
  return found;
}

// As a shell runs it, with the tested program for `hanjari`.
Ran run_suggestion(const std::string& line) {
  return run_program_file("/bin/sh", {"-c", "'" + program_under_test() + "'" + line.substr(std::string("hanjari").size())});
}

// An officer's day on a private database in a folder whose name a shell would take for two words.
class Suggestions : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run_hanjari({"sample", "--out", path("exam"), "--applicants", "60", "--venues", "2", "--units", "2"}).status,
              0);
    ASSERT_EQ(run_hanjari({"plan", path("exam"), "--out", path("plan"), "--rounds", "1"}).status, 0);
  }
  std::string path(const std::string& name) const { return folder_ / ("my " + name); }
  std::vector<std::string> with_data(std::vector<std::string> words) const {
    words.insert(words.end(), {"--data", path("data")});
    return words;
  }
  // Runs the only suggestion of what was said.
  static Ran follow(const Ran& ran) {
    const auto lines = suggestions_in(ran.err + ran.out);
    EXPECT_THAT(lines, SizeIs(1)) << ran.err;
    return lines.empty() ? Ran{} : run_suggestion(lines.front());
  }
  // Takes the last applicant out of the package.
  void lose_somebody(const std::string& exam) const {
    std::string text = read_file(exam + "/applicants.csv");
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    write_file(exam + "/applicants.csv", text.substr(0, text.rfind('\n') + 1));
  }

  TemporaryFolder folder_;
};

TEST_F(Suggestions, WorkWhenTheyAreCopied) {
  const Ran imported = run_hanjari(with_data({"import", path("exam"), "--plan", path("plan")}));
  ASSERT_EQ(imported.status, 0) << imported.err;
  const std::string code = imported.err.substr(0, imported.err.find(':'));
  const Ran first = follow(imported);
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_THAT(first.err, HasSubstr("is live (version 1)"));

  const std::size_t is_live = first.err.find(": plan ");
  ASSERT_NE(is_live, std::string::npos) << first.err;
  const std::string digest = first.err.substr(is_live + 7, 12);
  const Ran nobody = run_hanjari(with_data({"approval", "propose", code, digest, "--author", "made.up"}));
  EXPECT_EQ(nobody.status, 2) << nobody.err;
  EXPECT_EQ(follow(nobody).status, 0);

  // A change that concerns somebody.
  fs::copy(path("exam"), path("changed"), fs::copy_options::recursive);
  lose_somebody(path("changed"));
  ASSERT_EQ(run_hanjari({"replan", path("changed"), "--from", path("plan"), "--out", path("new")}).status, 0);
  const Ran second = run_hanjari(with_data({"import", path("changed"), "--plan", path("new")}));
  ASSERT_EQ(second.status, 0) << second.err;
  const Ran asked = follow(second);
  EXPECT_EQ(asked.status, 2) << "the number of people is not said yet: " << asked.err;
  const Ran live = follow(asked);
  EXPECT_EQ(live.status, 0) << live.err;
  EXPECT_THAT(live.err, HasSubstr("is live (version 2)"));

  const Ran order = run_hanjari(with_data({"destroy", "--exam", code, "--on", "2099-01-01", "--reason", "it's over"}));
  EXPECT_EQ(order.status, 2) << order.err;
  const Ran ordered = follow(order);
  EXPECT_EQ(ordered.status, 0) << ordered.err;
  EXPECT_THAT(ordered.err, HasSubstr("to be destroyed at 2099-01-01 00:00 KST"));
}

TEST_F(Suggestions, OfAComparisonTellWhatIsWrong) {
  fs::copy(path("plan"), path("spoiled"), fs::copy_options::recursive);
  std::string text = read_file(path("spoiled") + "/placements.csv");
  text.erase(text.find('\n') + 1, text.find('\n', text.find('\n') + 1) - text.find('\n'));
  write_file(path("spoiled") + "/placements.csv", text);
  const Ran compared = run_hanjari({"compare", path("exam"), path("plan"), path("spoiled")});
  EXPECT_EQ(compared.status, 1) << compared.err;
  const Ran told = follow(compared);
  EXPECT_EQ(told.status, 1) << told.err;
  EXPECT_THAT(told.out, HasSubstr("finding"));
}

}  // namespace
}  // namespace hanjari::tests
