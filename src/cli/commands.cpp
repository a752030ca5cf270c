// The table of commands, in the order of --help.
#include "cli/commands.h"

#include "hanjari/cli/command.h"

namespace hanjari::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      plan_command(),
      verify_command(),
      compare_command(),
      papers_command(),
      sample_command(),
  };
  return table;
}

}  // namespace hanjari::cli
