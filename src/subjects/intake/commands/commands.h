// The commands of the intake of applications. The table of src/program/commands.cpp names each of them.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command intake_applications_command();
Command intake_decide_item_command();
Command intake_reports_command();
Command intake_decide_report_command();
Command intake_claimants_command();
Command intake_release_command();
Command intake_close_command();
Command intake_export_command();
Command recruitment_save_command();
Command recruitment_publish_command();
Command recruitment_retract_command();
Command recruitment_list_command();
Command recruitment_counts_command();
Command recruitment_proposal_command();
Command verify_receipt_command();

}  // namespace hanjari::cli
