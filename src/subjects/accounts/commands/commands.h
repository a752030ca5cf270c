// The commands of accounts. The table of src/program/commands.cpp names each of them.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command account_list_command();
Command account_password_command();
Command account_disable_command();
Command account_enable_command();
Command account_link_command();
Command account_reset_command();
Command account_add_command();

}  // namespace hanjari::cli
