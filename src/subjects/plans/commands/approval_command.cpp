// hanjari approval: the steps of a stored plan on its way to being published; hanjari withdraw: those back.
#include <fmt/format.h>

#include "cli/concerned.h"
#include "cli/moments.h"
#include "cli/suggestion.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/withdrawals.h"
#include "plans/commands/commands.h"
#include "program/opening/database_options.h"
#include "program/opening/named_exam.h"
#include "program/opening/officer_call.h"

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

enum class By { anybody, officer };

Exit take_step(const Arguments& arguments, const Terminal& terminal, Step step, By by) {
  const std::string& digest = arguments.positionals[1];
  require_approvals_here(arguments);
  const auto database = open_database(arguments, terminal);
  const ExamCode code = named_exam(*database, arguments.positionals[0]);
  if (by == By::officer) require_officer_account(arguments, *database);
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

Text name_of_change(const services::LiveChange& change, bool is_now) {
  if (change.withdrawn) return {"withdrawn", "공개 철회"};
  return is_now ? Text{"live", "확정"} : Text{"was live", "이전 확정"};
}

Exit run_approval_list(const Arguments& arguments, const Terminal& terminal) {
  const auto database = open_database(arguments, terminal);
  const ExamCode code = named_exam(*database, arguments.positionals[0]);
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
  for (const services::LiveExam& withdrawn : database->plans().list_withdrawn_exams()) {
    if (withdrawn.code == code) zone = withdrawn.time_zone;
  }
  for (const services::LiveChange& change : database->approvals().list_live_changes(code)) {
    const bool is_now = pointer && pointer->version == change.version;
    terminal.print(fmt::format("{} {}  {}  {}{}\n",
                               name_of_change(change, is_now).in(terminal.language), change.version,
                               change.plan_digest.substr(0, 12), tell_moment(change.at, zone).in(terminal.language),
                               (change.emergency ? Text{"  EMERGENCY, by ", "  긴급, "} : Text{"  ", "  "})
                                       .in(terminal.language) +
                                   shown_author(change.author, change.at_shell, terminal.language)));
  }
  return Exit::done;
}

Exit run_rule(const Arguments& arguments, const Terminal& terminal) {
  constexpr std::string_view answers[] = {"yes", "no"};
  const std::size_t meant = find_meant_word(arguments.text("second-officer"), answers);
  if (meant == std::size(answers)) {
    throw WrongUsage{{"--second-officer is yes or no", "--second-officer는 yes 또는 no입니다"}};
  }
  require_approvals_here(arguments);
  const auto database = open_database(arguments, terminal);
  const ExamCode code = named_exam(*database, arguments.positionals[0]);
  services::set_second_officer(database->approvals(), code, meant == 0, change_of_operator(arguments));
  terminal.say(meant == 0 ? Text{"from now on plans of this exam go live only when a second officer has confirmed them",
                                    "이제 이 시험의 배정안은 다른 담당자가 승인해야 확정할 수 있습니다"}
                             : Text{"plans of this exam go live without a second officer now",
                                    "이제 이 시험의 배정안은 다른 담당자의 승인 없이 확정할 수 있습니다"});
  return Exit::done;
}

void require_one_withdrawal_step(const Arguments& arguments) {
  const bool propose = arguments.has("propose");
  const bool emergency = arguments.has("emergency");
  if ((propose ? 1 : 0) + (emergency ? 1 : 0) + (arguments.has("take-back") ? 1 : 0) > 1) {
    throw WrongUsage{{"only one of --propose, --take-back and --emergency can be given",
                      "--propose, --take-back, --emergency 가운데 하나만 쓸 수 있습니다"}};
  }
  if ((propose || emergency) && arguments.find("reason").value_or("").empty()) {
    throw WrongUsage{{"--propose and --emergency need a --reason, which is recorded",
                      "--propose와 --emergency에는 기록으로 남길 --reason이 필요합니다"}};
  }
}

void say_withdrawal(const services::WithdrawalView& view, const Terminal& terminal) {
  const std::string people = group_digits(view.plan.seated);
  const std::string venues = group_digits(view.plan.venues);
  terminal.say({fmt::format("{} {} told a seat of the live plan {} (version {}); the admission slips, the papers of {} and "
                            "the notices of this plan become void",
                            count_people(view.plan.seated), word_for(view.plan.seated, "was", "were"),
                            view.live.plan_digest, view.live.version, count_of(view.plan.venues, "venue", "venues")),
                fmt::format("확정 배정안 {}(버전 {})의 좌석을 안내받은 사람은 {}명입니다. 응시표, 시험장 {}곳의 문서, 이 배정안의 "
                            "안내문이 모두 무효가 됩니다",
                            view.live.plan_digest, view.live.version, people, venues)});
  if (view.proposal) {
    const services::WithdrawalProposal& proposal = *view.proposal;
    terminal.say(
        {fmt::format("proposed by {}: {}", shown_author(proposal.proposed_by, proposal.proposed_at_shell, Language::english),
                     proposal.reason),
         fmt::format("철회 상신: {}. 사유: {}", shown_author(proposal.proposed_by, proposal.proposed_at_shell, Language::korean),
                     proposal.reason)});
  } else if (view.second_officer) {
    terminal.say({"a second officer has to confirm the withdrawal; nobody has proposed it",
                  "다른 담당자의 승인이 필요합니다. 철회를 상신한 사람이 없습니다"});
  }
}

// Throws Conflict (people_concerned) unless the number of people was said, by --concerned or on the terminal.
std::int64_t ask_people_told(const Arguments& arguments, const Terminal& terminal, std::int64_t people) {
  const std::int64_t said = ask_concerned(arguments, terminal, people, {"withdrawing the seats", "좌석 공개를 철회합니다"},
                                          {"were told a seat", "좌석을 안내받은 사람이"});
  if (said == people) return said;
  const std::string again = suggest_again(arguments, "withdraw", {"--concerned", std::to_string(people)});
  throw Conflict("people_concerned",
                 {fmt::format("{} {} told a seat; nothing was changed. Say their number: {}", count_people(people),
                              word_for(people, "was", "were"), again),
                  fmt::format("좌석을 안내받은 사람은 {}명입니다. 아무것도 바꾸지 않았습니다. 인원을 적으십시오: {}",
                              group_digits(people), again)});
}

Exit take_withdrawal_back(const Arguments& arguments, const Terminal& terminal, storage::Database& database) {
  const ExamCode code = named_exam(database, arguments.positionals[0]);
  services::take_back_withdrawal(database.exams(), database.approvals(), code, arguments.positionals[1],
                                 change_of_operator(arguments));
  terminal.say({fmt::format("{}: the withdrawal of the seats was taken back", code.text()),
                fmt::format("{}: 좌석 공개 철회의 상신을 회수했습니다", code.text())});
  return Exit::done;
}

Exit run_withdraw(const Arguments& arguments, const Terminal& terminal) {
  require_one_withdrawal_step(arguments);
  const bool propose = arguments.has("propose");
  services::WithdrawalWish wish;
  wish.plan = arguments.positionals[1];
  wish.emergency = arguments.has("emergency");
  if (propose || wish.emergency || arguments.has("take-back")) require_approvals_here(arguments);
  const auto database = open_database(arguments, terminal);
  const ExamCode code = named_exam(*database, arguments.positionals[0]);
  if (arguments.has("take-back")) return take_withdrawal_back(arguments, terminal, *database);
  const services::WithdrawalView view = services::look_at_live_plan(database->exams(), database->approvals(), code);
  say_withdrawal(view, terminal);
  if (arguments.has("preview")) return Exit::done;
  if (view.second_officer && !wish.emergency) require_approvals_here(arguments);
  if (propose || (view.second_officer && !wish.emergency)) require_officer_account(arguments, *database);
  // What is refused in any case is not asked about first.
  const bool names_live = wish.plan.size() >= 12 && view.live.plan_digest.starts_with(wish.plan);
  const bool nobody_proposed = view.second_officer && !view.proposal && !propose && !wish.emergency;
  wish.people = view.plan.seated;
  if (names_live && !nobody_proposed) wish.people = ask_people_told(arguments, terminal, view.plan.seated);
  wish.live_version = view.live.version;
  const services::Change change = change_of_operator(arguments);
  if (propose) {
    services::propose_withdrawal(database->exams(), database->approvals(), code, wish, change);
    terminal.say({fmt::format("{}: the withdrawal of the seats is proposed; another officer has to confirm it", code.text()),
                  fmt::format("{}: 좌석 공개 철회를 상신했습니다. 다른 담당자가 승인해야 합니다", code.text())});
    return Exit::done;
  }
  const std::int64_t version =
      services::withdraw_plan(database->exams(), database->approvals(), code, wish, change);
  terminal.say({fmt::format("{}: the seats are withdrawn (version {}); the portal says that they are being decided again",
                            code.text(), version),
                fmt::format("{}: 좌석 공개를 철회했습니다(버전 {}). 응시자 화면에는 좌석을 다시 배정하고 있다고 안내됩니다", code.text(),
                            version)});
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

Command withdraw_command() {
  return {"withdraw",
          {"withdraws the live plan: nobody is shown a seat until a plan is live again",
           "확정 배정안의 좌석 공개를 철회합니다. 다시 확정할 때까지 좌석이 표시되지 않습니다"},
          {{"CODE", {"exam code", "시험 코드"}},
           {"PLAN_DIGEST", {"the live plan, at least 12 digits", "확정 배정안의 다이제스트 12자리 이상"}}},
          {{"preview", "", {"only say whom it concerns, and what becomes void", "누구에게 영향이 있고 무엇이 무효가 되는지만 알려 줍니다"}},
           {"propose", "", {"propose it; another officer confirms with the same command", "철회를 상신합니다. 다른 담당자가 같은 명령으로 승인합니다"}},
           {"take-back", "", {"take the proposal back", "철회 상신을 회수합니다"}},
           {"emergency",
            "",
            {"without the second officer's confirmation; recorded and shown in the office",
             "다른 담당자의 승인 없이 철회합니다. 기록되고 담당자 화면에 표시됩니다"}},
           concerned_option({"how many people were told a seat, as --preview shows",
                             "좌석을 안내받은 인원. --preview로 볼 수 있습니다"}),
           data_option(),
           config_option(),
           author_option(),
           {"reason", "TEXT", {"why, for the record", "기록에 남길 사유"}}},
          run_withdraw};
}

}  // namespace hanjari::cli
