// Commands that messages tell the reader to run.
#include "cli/suggestion.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace hanjari::cli {
namespace {

TEST(Suggestion, CarriesTheWordsWithWhichTheDatabaseWasReached) {
  Arguments arguments;
  EXPECT_EQ(suggest(arguments, {"db", "upgrade"}), "hanjari db upgrade");
  arguments.options = {{"data", "/srv/my data"}, {"config", "h.properties"}, {"encoding", "cp949"}};
  EXPECT_EQ(suggest(arguments, {"live", "seoul-2021", "6699bd4e0d67"}),
            "hanjari live seoul-2021 6699bd4e0d67 --data '/srv/my data' --config h.properties");
  EXPECT_EQ(suggest(arguments, {"import", "e", "--data", "other"}), "hanjari import e --data other --config h.properties");
}

TEST(Suggestion, RepeatsACommandWithWhatIsFurtherToBeSaid) {
  Arguments arguments;
  arguments.positionals = {"seoul-2021"};
  arguments.options = {{"concerned", "3"}, {"data", "d"}, {"not-held", ""}, {"reason", "it's off"}};
  EXPECT_EQ(suggest_again(arguments, "intake close", {"--concerned", "36109"}),
            "hanjari intake close seoul-2021 --data d --not-held --reason 'it'\\''s off' --concerned 36109");
}

// A shell gives back every word as it was.
TEST(Suggestion, IsReadByAShellWordForWord) {
  const std::string hard = "a b'c\"d$HOME`x`*?;&|<>(){}~#!\\ 한글";
  const std::string line = suggest({}, {hard, "", "-"}).substr(std::string("hanjari").size());
  std::FILE* const shell = ::popen(("printf '[%s]'" + line).c_str(), "r");
  ASSERT_NE(shell, nullptr);
  std::string printed;
  for (int c = std::fgetc(shell); c != EOF; c = std::fgetc(shell)) printed += static_cast<char>(c);
  ::pclose(shell);
  EXPECT_EQ(printed, "[" + hard + "][][-]");
}

}  // namespace
}  // namespace hanjari::cli
