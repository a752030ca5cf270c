// The table of commands, in the order of --help.
#include "accounts/commands/commands.h"
#include "intake/commands/commands.h"
#include "invigilators/commands/commands.h"
#include "papers/commands/commands.h"
#include "plans/commands/commands.h"
#include "privacy/commands/commands.h"
#include "program/operator_commands.h"
#include "program/run.h"
#include "publications/commands/commands.h"
#include "results/commands/commands.h"
#include "seats/commands/commands.h"
#include "venues/commands/commands.h"

namespace hanjari::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      plan_command(),
      verify_command(),
      fairness_command(),
      verify_fairness_command(),
      verify_rates_command(),
      replan_command(),
      changes_command(),
      compare_command(),
      whatif_command(),
      curve_command(),
      edit_command(),
      replay_command(),
      papers_command(),
      rooms_command(),
      invigilators_command(),
      edit_duties_command(),
      decide_command(),
      sample_command(),
      serve_command(),
      sample_results_command(),
      sample_invigilators_command(),
      recruitment_save_command(),
      recruitment_publish_command(),
      recruitment_retract_command(),
      recruitment_list_command(),
      recruitment_counts_command(),
      recruitment_proposal_command(),
      intake_applications_command(),
      intake_decide_item_command(),
      intake_reports_command(),
      intake_decide_report_command(),
      intake_claimants_command(),
      intake_release_command(),
      intake_close_command(),
      intake_export_command(),
      check_command(),
      import_command(),
      export_command(),
      live_command(),
      withdraw_command(),
      approval_propose_command(),
      approval_confirm_command(),
      approval_take_back_command(),
      approval_list_command(),
      approval_rule_command(),
      db_status_command(),
      db_upgrade_command(),
      db_backup_command(),
      db_restore_command(),
      account_add_command(),
      account_list_command(),
      account_password_command(),
      account_disable_command(),
      account_enable_command(),
      account_reset_command(),
      account_link_command(),
      keys_rotate_command(),
      keys_rotate_office_command(),
      destroy_command(),
      audit_verify_command(),
      verify_receipt_command(),
      draw_commit_command(),
      draw_command(),
      verify_draw_command(),
      export_publication_command(),
      verify_certificate_command(),
      verify_publication_command(),
  };
  return table;
}

}  // namespace hanjari::cli
