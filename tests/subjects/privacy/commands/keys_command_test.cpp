// The commands that change keys while everything runs.
#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "privacy/commands/commands.h"

namespace hanjari::cli {
namespace {

std::vector<std::string> options_but(const Command& command, const std::string& own) {
  std::vector<std::string> names;
  for (const Option& option : command.options) names.push_back(option.name);
  EXPECT_EQ(std::erase(names, own), 1U) << command.name;
  return names;
}

// Red when one of the two can be given a reason, an author or a form for machines, and the other cannot.
TEST(KeysCommands, HaveTheirOptionsFromOneListButForOneOfEach) {
  const auto rotate = options_but(keys_rotate_command(), "placed");
  EXPECT_THAT(rotate, testing::IsSupersetOf({"reason", "json", "data", "config", "author"}));
  EXPECT_EQ(rotate, options_but(keys_rotate_office_command(), "prepare"));
}

}  // namespace
}  // namespace hanjari::cli
