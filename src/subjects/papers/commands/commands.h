// The commands of papers. The table of src/program/commands.cpp names each of them.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command papers_command();

}  // namespace hanjari::cli
