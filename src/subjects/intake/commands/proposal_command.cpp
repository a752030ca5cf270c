// hanjari recruitment proposal: a change of an announced notice that waits for another officer, and the steps with it.
#include <fmt/format.h>

#include "cli/concerned.h"
#include "cli/moments.h"
#include "cli/suggestion.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/definitions/definitions.h"
#include "intake/commands/commands.h"
#include "program/opening/database_options.h"
#include "program/opening/officer_call.h"

namespace hanjari::cli {
namespace {

void require_one_proposal_step(const Arguments& arguments) {
  const int steps = (arguments.has("confirm") ? 1 : 0) + (arguments.has("refuse") ? 1 : 0) +
                    (arguments.has("take-back") ? 1 : 0) + (arguments.has("renew") ? 1 : 0);
  if (steps > 1) {
    throw WrongUsage{{"only one of --confirm, --refuse, --take-back and --renew can be given",
                      "--confirm, --refuse, --take-back, --renew 가운데 하나만 쓸 수 있습니다"}};
  }
  if (arguments.has("refuse") && arguments.find("reason").value_or("").empty()) {
    throw WrongUsage{{"--refuse needs a --reason, which the proposer reads",
                      "--refuse에는 상신한 담당자가 볼 --reason이 필요합니다"}};
  }
}

void say_proposal(const services::NoticeChange& change, const std::string& zone, const Terminal& terminal) {
  const services::NoticeProposal& proposal = change.proposal;
  const Text at = tell_moment(proposal.at, zone);
  const std::string shell = proposal.proposed_at_shell;
  const Text by = shell.empty() ? Text{proposal.proposed_by, proposal.proposed_by}
                                : Text{fmt::format("{}, at the command line of {}", proposal.proposed_by, shell),
                                       fmt::format("{}({}의 명령줄)", proposal.proposed_by, shell)};
  terminal.say({fmt::format("proposed by {}, {}: {}", by.en, at.en, proposal.reason),
                fmt::format("상신: {}, {}. 사유: {}", by.ko, at.ko, proposal.reason)});
  terminal.say({fmt::format("it changes version {}; digest {}; it concerns {} with an application", proposal.base_version,
                            proposal.digest, count_people(change.concerned)),
                fmt::format("바꾸려는 버전 {}, 다이제스트 {}, 영향을 받는 접수자 {}명", proposal.base_version,
                            proposal.digest, group_digits(change.concerned))});
  for (const services::FieldDifference& one : change.differences) {
    terminal.print(fmt::format("{}: {} -> {}\n", services::name_place(one.path).in(terminal.language),
                               services::name_value(one.path, one.before, zone).in(terminal.language),
                               services::name_value(one.path, one.after, zone).in(terminal.language)));
  }
  for (const services::NoticeEffect& effect : change.effects.list) {
    terminal.say({fmt::format("{}: {}", effect.what.en, count_people(effect.people)),
                  fmt::format("{}: {}명", effect.what.ko, group_digits(effect.people))});
  }
  if (!proposal.refused_by.empty()) {
    terminal.say({fmt::format("{} turned it down: {}", proposal.refused_by, proposal.refusal),
                  fmt::format("반려: {}. 사유: {}", proposal.refused_by, proposal.refusal)});
  } else if (!change.is_current()) {
    terminal.say({fmt::format("the notice has changed since (version {} now); it has to be proposed anew", change.version),
                  fmt::format("상신한 뒤에 공고가 바뀌었습니다(현재 버전 {}). 다시 상신해야 합니다", change.version)});
  }
}

// Of what is refused in any case nobody is asked first.
Exit confirm_proposed(const Arguments& arguments, const Terminal& terminal, OfficerCall& call, const ExamCode& code,
                      const services::NoticeChange& change, services::SeenChange seen) {
  services::NoticeSetup& setup = call.intake().setup;
  seen.concerned = change.concerned;
  setup.check_confirmation(call.actor(), code, seen);
  seen.concerned = ask_concerned(arguments, terminal, change.concerned,
                                 {"changing the announced notice", "게시된 공고를 바꿉니다"},
                                 change.effects.people > 0
                                     ? Text{"have applied and whom this concerns", "이미 접수하여 영향을 받는 사람이"}
                                     : Text{"have an application that stands", "접수가 유효한 사람이"});
  if (!change.is_said(seen.concerned)) {
    const std::string again =
        suggest_again(arguments, "recruitment proposal", {"--concerned", std::to_string(change.concerned)});
    throw Conflict("concern_unsaid",
                   {fmt::format("it concerns {} with an application; nothing was changed. Say their number: {}",
                                count_people(change.concerned), again),
                    fmt::format("영향을 받는 접수자는 {}명입니다. 아무것도 바꾸지 않았습니다. 인원을 적으십시오: {}",
                                group_digits(change.concerned), again)});
  }
  setup.confirm_change(call.actor(), code, seen, change_of_operator(arguments));
  terminal.say({fmt::format("{}: confirmed; applicants see version {} now", code.text(), change.version + 1),
                fmt::format("{}: 승인했습니다. 이제 지원자에게 보이는 공고는 버전 {}입니다", code.text(), change.version + 1)});
  return Exit::done;
}

Exit run_proposal(const Arguments& arguments, const Terminal& terminal) {
  require_one_proposal_step(arguments);
  const bool takes_step = arguments.has("confirm") || arguments.has("refuse") || arguments.has("take-back") ||
                          arguments.has("renew");
  if (takes_step) require_approvals_here(arguments);
  OfficerCall call(arguments, terminal);
  if (takes_step) call.require_account(arguments);
  services::NoticeSetup& setup = call.intake().setup;
  const ExamCode code = call.exam(arguments.positionals[0]);
  const auto change = setup.find_change(call.actor(), code);
  if (!change) {
    const Text none{code.text() + ": nobody has proposed a change of this notice",
                    code.text() + ": 상신된 공고 변경이 없습니다"};
    if (takes_step) throw Conflict("notice_change_gone", none);
    terminal.say(none);
    return Exit::done;
  }
  const auto stored = call.intake().officers.find_notice(call.actor(), code);
  say_proposal(*change, stored ? stored->notice.header.time_zone : std::string(), terminal);
  services::SeenChange seen{change->proposal.base_version, change->proposal.digest, -1};
  if (arguments.has("confirm")) {
    seen.digest = arguments.text("confirm");
    return confirm_proposed(arguments, terminal, call, code, *change, seen);
  }
  if (arguments.has("refuse")) {
    seen.digest = arguments.text("refuse");
    setup.refuse_change(call.actor(), code, seen, change_of_operator(arguments));
    terminal.say({code.text() + ": turned down", code.text() + ": 반려했습니다"});
  } else if (arguments.has("take-back")) {
    setup.take_back_change(call.actor(), code, seen, change_of_operator(arguments));
    terminal.say({code.text() + ": taken back", code.text() + ": 상신을 회수했습니다"});
  } else if (arguments.has("renew")) {
    setup.renew_change(call.actor(), code, seen, change_of_operator(arguments));
    terminal.say({code.text() + ": proposed anew", code.text() + ": 다시 상신했습니다"});
  }
  return Exit::done;
}

}  // namespace

Command recruitment_proposal_command() {
  return {"recruitment proposal",
          {"shows, confirms, turns down or takes back a change of an announced notice that one officer proposed",
           "상신된 공고 변경을 보여 주고, 승인·반려·회수합니다"},
          {{"CODE", {"code of the exam", "시험 코드"}}},
          officer_options({{"confirm",
                            "DIGEST",
                            {"confirm it, by another officer; at least 12 digits of its digest",
                             "다른 담당자가 승인합니다. 다이제스트 12자리 이상"}},
                           {"refuse",
                            "DIGEST",
                            {"turn it down, by another officer, with --reason", "다른 담당자가 --reason으로 사유를 적고 반려합니다"}},
                           {"take-back", "", {"take the own proposal back", "본인의 상신을 회수합니다"}},
                           {"renew",
                            "",
                            {"propose the own one anew that counts no more because the notice has moved on",
                             "공고가 바뀌어 효력이 없어진 본인의 상신을 다시 상신합니다"}},
                           concerned_option({"how many people with an application that stands it concerns",
                                             "영향을 받는, 접수가 유효한 인원"})}),
          run_proposal};
}

}  // namespace hanjari::cli
