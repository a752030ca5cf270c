// The commands of results. The table of src/program/commands.cpp names each of them.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command decide_command();
Command sample_results_command();
Command verify_certificate_command();
Command verify_publication_command();

}  // namespace hanjari::cli
