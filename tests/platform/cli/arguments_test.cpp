#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "cli/exam_arguments.h"
#include "program/run.h"

namespace hanjari::cli {
namespace {

using ::testing::HasSubstr;

Arguments with(const std::string& option, const std::string& value) {
  Arguments arguments;
  arguments.options[option] = value;
  return arguments;
}

TEST(Arguments, ReadWholeNumbersWithinTheirLimits) {
  EXPECT_EQ(with("threads", "2").integer("threads", 1, 64), 2);
  EXPECT_EQ(with("threads", "64").integer("threads", 1, 64), 64);
  for (const char* wrong : {"0", "65", "", "two", "2x", " 2", "2.5", "99999999999999999999"}) {
    EXPECT_THROW(with("threads", wrong).integer("threads", 1, 64), WrongUsage) << wrong;
  }
}

// Red while an option refused what files and forms take.
TEST(Arguments, ReadNumbersAsFilesAndFormsDo) {
  EXPECT_EQ(with("applicants", "36,109").integer("applicants", 1, 100'000), 36'109);
  EXPECT_EQ(with("applicants", "３６").integer("applicants", 1, 100'000), 36);
  for (const char* wrong : {"36,10", "3,6109", "36,109,", ",109"})
    EXPECT_THROW(with("applicants", wrong).integer("applicants", 1, 100'000), WrongUsage) << wrong;
}

// Red while the names by which spreadsheets and editors call them were refused.
TEST(Arguments, KnowEncodingsByTheirUsualNames) {
  for (const char* name : {"utf8", "UTF-8", " utf-8 ", "Utf8"})
    EXPECT_EQ(read_encoding(with("encoding", name)), package::Encoding::utf8) << name;
  for (const char* name : {"cp949", "CP949", "EUC-KR", "euckr", "MS949", "windows-949"})
    EXPECT_EQ(read_encoding(with("encoding", name)), package::Encoding::cp949) << name;
  EXPECT_EQ(read_encoding(Arguments()), package::Encoding::utf8);
  for (const char* none : {"latin1", "utf16", "949", "-"}) EXPECT_THROW(read_encoding(with("encoding", none)), WrongUsage) << none;
}

TEST(Arguments, ReadDecimalNumbersWithinTheirLimits) {
  EXPECT_EQ(with("time-limit", "2.5").number("time-limit", 0, 3600), 2.5);
  for (const char* wrong : {"-1", "nan", "inf", "", "1,5", "3601"}) {
    EXPECT_THROW(with("time-limit", wrong).number("time-limit", 0, 3600), WrongUsage) << wrong;
  }
}

TEST(Arguments, NameTheOptionThatIsMissing) {
  try {
    Arguments().text("out");
    FAIL();
  } catch (const WrongUsage& wrong) {
    EXPECT_THAT(wrong.message.en, HasSubstr("--out"));
    EXPECT_THAT(wrong.message.ko, HasSubstr("--out"));
  }
}

TEST(Commands, AreNamedOnceAndExplainedInBothLanguages) {
  std::set<std::string> names;
  for (const Command& command : commands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_FALSE(command.summary.en.empty() || command.summary.ko.empty()) << command.name;
    for (const Positional& positional : command.positionals) {
      EXPECT_FALSE(positional.help.en.empty() || positional.help.ko.empty()) << command.name << " " << positional.name;
    }
    std::set<std::string> options;
    for (const Option& option : command.options) {
      EXPECT_TRUE(options.insert(option.name).second) << command.name << " --" << option.name;
      EXPECT_FALSE(option.help.en.empty() || option.help.ko.empty()) << command.name << " --" << option.name;
    }
  }
}

// Runs the program in this process and returns its exit status with what it said.
struct Ran {
  int status;
  std::string out;
  std::string err;
};

Ran run(std::vector<std::string> words) {
  words.insert(words.begin(), "hanjari");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int status = run_program(static_cast<int>(argv.size()), argv.data());
  return {status, ::testing::internal::GetCapturedStdout(), ::testing::internal::GetCapturedStderr()};
}

class Program : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("LC_ALL", "C", 1); }
  void TearDown() override { ::unsetenv("LC_ALL"); }
};

TEST_F(Program, ListsItsCommandsOnStandardOutput) {
  const Ran help = run({"--help"});
  EXPECT_EQ(help.status, 0);
  for (const Command& command : commands()) EXPECT_THAT(help.out, HasSubstr(command.name));
  EXPECT_EQ(help.err, "");
  ::setenv("LC_ALL", "ko_KR.UTF-8", 1);
  EXPECT_THAT(run({"--help"}).out, HasSubstr("사용법"));
}

TEST_F(Program, ExplainsEveryCommandWithItsOptions) {
  for (const Command& command : commands()) {
    std::vector<std::string> words{command.name.substr(0, command.name.find(' '))};
    if (const auto space = command.name.find(' '); space != std::string::npos)
      words.push_back(command.name.substr(space + 1));
    words.push_back("--help");
    const Ran help = run(words);
    EXPECT_EQ(help.status, 0) << command.name;
    for (const Option& option : command.options) EXPECT_THAT(help.out, HasSubstr("--" + option.name)) << command.name;
  }
}

TEST_F(Program, AnswersWrongUseWithStatus64AndTheUsage) {
  EXPECT_EQ(run({"fly"}).status, 64);
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"plan"},
                                             {"plan", "exam", "--fly"},
                                             {"plan", "exam", "more", "--out", "x"},
                                             {"plan", "exam", "--out"},
                                             {"plan", "exam", "--out", "a", "--out", "b"}}) {
    const Ran wrong = run(words);
    EXPECT_EQ(wrong.status, 64) << ::testing::PrintToString(words);
    EXPECT_THAT(wrong.err, HasSubstr("usage: hanjari plan EXAM"));
    EXPECT_EQ(wrong.out, "");
  }
}

TEST_F(Program, AnswersAFolderThatDoesNotExistWithStatus2) {
  const Ran missing = run({"plan", "/nowhere/exam", "--out", "/nowhere/plan"});
  EXPECT_EQ(missing.status, 2);
  EXPECT_THAT(missing.err, HasSubstr("/nowhere/exam"));
}

}  // namespace
}  // namespace hanjari::cli
