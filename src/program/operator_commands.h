// The commands of whoever runs the installation: its database and its server.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command db_backup_command();
Command db_restore_command();
Command db_status_command();
Command db_upgrade_command();
Command serve_command();

}  // namespace hanjari::cli
