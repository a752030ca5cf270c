// The program as a whole: its table of commands, and what runs one of them.
#pragma once

#include <vector>

#include "hanjari/cli/command.h"

namespace hanjari::cli {

// Every command, in the order of --help: the table of commands.cpp.
const std::vector<Command>& commands();

// The program: finds the command, runs it, turns what it throws into messages and exit statuses. Never throws.
int run_program(int argc, char** argv);

}  // namespace hanjari::cli
