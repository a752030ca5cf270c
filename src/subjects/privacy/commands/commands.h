// The commands of the protection of personal data. The table of src/program/commands.cpp names each of them.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command audit_verify_command();
Command destroy_command();
Command keys_rotate_command();
Command keys_rotate_office_command();

}  // namespace hanjari::cli
