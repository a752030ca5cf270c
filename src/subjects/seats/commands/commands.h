// The commands of seats. The table of src/program/commands.cpp names each of them.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command draw_commit_command();
Command draw_command();
Command verify_draw_command();

}  // namespace hanjari::cli
