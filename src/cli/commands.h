// One function per command; each lives in its own file of this folder.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command compare_command();
Command plan_command();
Command papers_command();
Command sample_command();
Command verify_command();

}  // namespace hanjari::cli
