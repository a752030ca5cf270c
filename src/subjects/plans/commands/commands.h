// The commands of exams and plans. The table of src/program/commands.cpp names each of them.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command approval_propose_command();
Command approval_confirm_command();
Command approval_take_back_command();
Command approval_list_command();
Command approval_rule_command();
Command changes_command();
Command check_command();
Command compare_command();
Command curve_command();
Command edit_command();
Command export_command();
Command fairness_command();
Command import_command();
Command live_command();
Command plan_command();
Command replan_command();
Command replay_command();
Command sample_command();
Command verify_command();
Command verify_fairness_command();
Command verify_rates_command();
Command whatif_command();
Command withdraw_command();

}  // namespace hanjari::cli
