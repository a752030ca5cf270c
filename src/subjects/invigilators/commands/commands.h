// The commands of invigilators. The table of src/program/commands.cpp names each of them.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command invigilators_command();
Command edit_duties_command();
Command sample_invigilators_command();

}  // namespace hanjari::cli
