// The commands of publications. The table of src/program/commands.cpp names each of them.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command export_publication_command();

}  // namespace hanjari::cli
