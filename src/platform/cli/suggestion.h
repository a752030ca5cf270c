// Commands that a message tells the reader to run: they work as they stand when they are copied into a shell.
#pragma once

#include <string>
#include <vector>

#include "hanjari/cli/command.h"

namespace hanjari::cli {

// "hanjari live seoul-2021 6699bd4e0d67 --data '/srv/my data'": the words, quoted where a shell would change them, and
// the --data and --config that this command was called with. A message puts it at the end of a line, behind
// ": ", so that it is copied whole. Words that the reader has to fill in have no place here.
std::string suggest(const Arguments& arguments, std::vector<std::string> words);

// The command that was called, with all its words and options, and `further` ones behind them; an option in `further`
// takes the place of the one that was given.
std::string suggest_again(const Arguments& arguments, const std::string& name, const std::vector<std::string>& further);

}  // namespace hanjari::cli
