// hanjari approval: the steps of a stored plan on its way to being published.
#include <fmt/format.h>

#include "cli/moments.h"
#include "cli/suggestion.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/plans/approvals.h"
#include "plans/commands/commands.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {
namespace {

using services::PlanApproval;

using Step = PlanApproval (*)(services::ExamRepository&, services::ApprovalRepository&, const ExamCode&,
                              const std::string&, const services::Change&);

// "kim, at the command line of root@host".
std::string shown_author(const std::string& author, const std::string& shell, Language language) {
  if (author.empty() || shell.empty()) return author;
  return Text{fmt::format("{}, at the command line of {}", author, shell), fmt::format("{}({}의 명령줄)", author, shell)}.in(
      language);
}

// Two officers are two people only if both names are accounts: a name that somebody made up confirms nothing.
void require_officer(const Arguments& arguments, storage::Database& database) {
  const std::string name = author_of(arguments);
  const auto account = database.accounts().find_account(name);
  if (account && !account->disabled && account->actor.role == services::Role::exam_officer) return;
  const std::string list = suggest(arguments, {"account", "list"});
  throw InvalidInput("not_an_officer",
                     {fmt::format("{} is not the account of an exam officer, or it is disabled; say with --author whose "
                                  "step this is. The accounts are told by: {}",
                                  name, list),
                      in_korean("{}[은/는] 사용할 수 있는 시험 담당자 계정이 아닙니다. 누구의 단계인지 --author로 알려 "
                                  "주십시오. 계정 보기: {}",
                                  name, list)});
}

enum class By { anybody, officer };

Exit take_step(const Arguments& arguments, const Terminal& terminal, Step step, By by) {
  const ExamCode code(arguments.positionals[0]);
  const std::string& digest = arguments.positionals[1];
  require_approvals_here(arguments);
  const auto database = open_database(arguments, terminal);
  if (by == By::officer) require_officer(arguments, *database);
  const PlanApproval approval =
      step(database->exams(), database->approvals(), code, digest, change_of_operator(arguments));
  const Text name = services::name_of(approval.step);
  terminal.say({fmt::format("{}: plan {} is {} now", code.text(), digest, name.en),
                in_korean("{}: 배정안 {}의 단계가 '{}'[으로/로] 바뀌었습니다", code.text(), digest, name.ko)});
  const std::string shell = operating_account();
  terminal.say({fmt::format("recorded as a step of {}, taken at the command line of {}", author_of(arguments), shell),
                fmt::format("{}의 명령줄에서 {}의 단계로 실행하였다고 기록했습니다", shell, author_of(arguments))});
  return Exit::done;
}

Exit run_propose(const Arguments& arguments, const Terminal& terminal) {
  return take_step(arguments, terminal, services::propose_plan, By::officer);
}
Exit run_confirm(const Arguments& arguments, const Terminal& terminal) {
  return take_step(arguments, terminal, services::confirm_plan, By::officer);
}
Exit run_take_back(const Arguments& arguments, const Terminal& terminal) {
  return take_step(arguments, terminal, services::take_back_plan, By::anybody);
}

Exit run_approval_list(const Arguments& arguments, const Terminal& terminal) {
  const ExamCode code(arguments.positionals[0]);
  const auto database = open_database(arguments, terminal);
  if (database->exams().list_populations(code).empty()) {
    throw NotFound("exam_not_found", {fmt::format("there is no exam {} in the database", code.text()),
                                      in_korean("데이터베이스에 시험 {}[이/가] 없습니다", code.text())});
  }
  const bool second = database->approvals().find_rule(code).second_officer;
  terminal.say(second ? Text{"a second officer has to confirm plans of this exam", "다른 담당자의 승인이 필요한 시험입니다"}
                      : Text{"no second officer is asked for", "다른 담당자의 승인이 필요하지 않은 시험입니다"});
  const auto pointer = database->exams().find_live_plan(code);
  for (const services::StoredPlan& plan : database->exams().list_plans(code)) {
    const PlanApproval approval = database->approvals().find_approval(code, plan);
    const std::string proposed = shown_author(approval.proposed_by, approval.proposed_at_shell, terminal.language);
    const std::string confirmed = shown_author(approval.confirmed_by, approval.confirmed_at_shell, terminal.language);
    // A plan that another one replaced stays published; people see it no more.
    const bool is_live = pointer && pointer->plan_digest == plan.digest && pointer->input_sha256 == plan.input_sha256;
    const Text name = approval.step == services::PlanStep::published && !is_live ? Text{"was live", "이전 확정"}
                                                                                 : name_of(approval.step);
    terminal.print(fmt::format("{}  {}{}{}\n", plan.digest.substr(0, 12), name.in(terminal.language),
                               proposed.empty() ? "" : "  " + proposed, confirmed.empty() ? "" : "; " + confirmed));
  }
  std::string zone;  // where the exam is held; changes of live plans are only of exams that have one
  for (const services::LiveExam& live : database->plans().list_live_exams()) {
    if (live.code == code) zone = live.time_zone;
  }
  for (const services::LiveChange& change : database->approvals().list_live_changes(code)) {
    const bool is_now = pointer && pointer->version == change.version;
    terminal.print(fmt::format("{} {}  {}  {}{}\n",
                               (is_now ? Text{"live", "확정"} : Text{"was live", "이전 확정"}).in(terminal.language), change.version,
                               change.plan_digest.substr(0, 12), tell_moment(change.at, zone).in(terminal.language),
                               (change.emergency ? Text{"  EMERGENCY, by ", "  긴급 확정, "} : Text{"  ", "  "})
                                       .in(terminal.language) +
                                   shown_author(change.author, change.at_shell, terminal.language)));
  }
  return Exit::done;
}

Exit run_rule(const Arguments& arguments, const Terminal& terminal) {
  const ExamCode code(arguments.positionals[0]);
  const std::string word = arguments.text("second-officer");
  if (word != "yes" && word != "no") {
    throw WrongUsage{{"--second-officer is yes or no", "--second-officer는 yes 또는 no입니다"}};
  }
  require_approvals_here(arguments);
  const auto database = open_database(arguments, terminal);
  services::set_second_officer(database->approvals(), code, word == "yes", change_of_operator(arguments));
  terminal.say(word == "yes" ? Text{"from now on plans of this exam go live only when a second officer has confirmed them",
                                    "이제 이 시험의 배정안은 다른 담당자가 승인해야 확정할 수 있습니다"}
                             : Text{"plans of this exam go live without a second officer now",
                                    "이제 이 시험의 배정안은 다른 담당자의 승인 없이 확정할 수 있습니다"});
  return Exit::done;
}

Command approval_step(const char* word, const Text& summary, Exit (*run)(const Arguments&, const Terminal&)) {
  return {std::string("approval ") + word,
          summary,
          {{"CODE", {"exam code", "시험 코드"}},
           {"PLAN_DIGEST", {"the plan, at least 12 digits", "배정안의 다이제스트 12자리 이상"}}},
          {data_option(),
           config_option(),
           author_option(),
           {"reason", "TEXT", {"why, for the record", "기록에 남길 사유"}}},
          run};
}

}  // namespace

Command approval_propose_command() {
  return approval_step("propose", {"proposes a stored plan for publication", "저장된 배정안의 확정을 상신합니다"},
                       run_propose);
}

Command approval_confirm_command() {
  return approval_step("confirm",
                       {"confirms a proposed plan; not by who proposed it", "상신된 배정안을 승인합니다. 상신한 사람은 할 수 없습니다"},
                       run_confirm);
}

Command approval_take_back_command() {
  return approval_step("take-back", {"takes a proposal or confirmation back", "상신이나 승인을 회수합니다"}, run_take_back);
}

Command approval_list_command() {
  return {"approval list",
          {"the steps of stored plans and every change of the live one", "저장된 배정안의 단계와 확정 이력을 보여 줍니다"},
          {{"CODE", {"exam code", "시험 코드"}}},
          {data_option(), config_option()},
          run_approval_list};
}

Command approval_rule_command() {
  return {"approval rule",
          {"says whether plans of an exam need a second officer", "배정안에 다른 담당자의 승인이 필요한지 정합니다"},
          {{"CODE", {"exam code", "시험 코드"}}},
          {{"second-officer", "yes|no", {"whether one has to confirm", "승인이 필요한지 여부"}},
           data_option(),
           config_option(),
           author_option(),
           {"reason", "TEXT", {"why, for the record", "기록에 남길 사유"}}},
          run_rule};
}

}  // namespace hanjari::cli
