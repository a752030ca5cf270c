// One function per command; each lives in its own file of this folder.
#pragma once

#include "hanjari/cli/command.h"

namespace hanjari::cli {

Command account_add_command();
Command account_disable_command();
Command account_enable_command();
Command account_link_command();
Command account_list_command();
Command account_password_command();
Command account_reset_command();
Command audit_verify_command();
Command compare_command();
Command db_backup_command();
Command db_restore_command();
Command db_status_command();
Command db_upgrade_command();
Command decide_command();
Command destroy_command();
Command edit_command();
Command export_command();
Command import_command();
Command intake_applications_command();
Command intake_claimants_command();
Command intake_release_command();
Command intake_close_command();
Command intake_decide_item_command();
Command intake_decide_report_command();
Command intake_export_command();
Command intake_reports_command();
Command recruitment_counts_command();
Command recruitment_publish_command();
Command recruitment_retract_command();
Command recruitment_list_command();
Command recruitment_save_command();
Command verify_receipt_command();
Command keys_rotate_command();
Command live_command();
Command papers_command();
Command plan_command();
Command replan_command();
Command replay_command();
Command rooms_command();
Command sample_command();
Command sample_results_command();
Command serve_command();
Command verify_command();
Command whatif_command();
Command curve_command();

}  // namespace hanjari::cli
