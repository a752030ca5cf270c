// The table of commands, in the order of --help.
#include "cli/commands.h"

#include "hanjari/cli/command.h"

namespace hanjari::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      verify_command(),
      compare_command(),
      sample_command(),
  };
  return table;
}

}  // namespace hanjari::cli
