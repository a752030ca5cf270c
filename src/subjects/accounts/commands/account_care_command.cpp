// hanjari account list, password, disable, enable, reset-second-factor: what an administrator does for the staff.
#include <fmt/format.h>

#include "accounts/commands/account_password.h"
#include "accounts/commands/commands.h"
#include "hanjari/accounts/accounts.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/district_facts.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {
namespace {

Exit run_list(const Arguments& arguments, const Terminal& terminal) {
  const auto database = open_database(arguments, terminal);
  std::string lines;
  for (const services::Account& account : database->accounts().list_accounts()) {
    lines += fmt::format("{}\t{}\t{}\t{}\t{}\n", account.actor.account, services::spell(account.actor.role),
                         account.actor.district
                             ? name_of_district(account.actor.district->text()).in(terminal.language)
                             : std::string("-"),
                         account.totp_secret.empty() ? "no_second_factor" : "second_factor",
                         account.disabled ? "disabled" : "open");
  }
  terminal.print(lines);
  return Exit::done;
}

Exit run_password(const Arguments& arguments, const Terminal& terminal) {
  const auto database = open_database(arguments, terminal);
  if (!database->accounts().find_account(arguments.positionals[0]))
    throw NotFound("account_not_found", {"there is no account of this name", "그런 이름의 계정이 없습니다"});
  const std::string password = ask_password(terminal);
  services::set_password(database->accounts(), arguments.positionals[0], password, change_of_operator(arguments));
  terminal.say({"password changed; all sessions of the account have ended",
                "비밀번호를 바꾸었습니다. 이 계정의 모든 로그인이 끝났습니다"});
  return Exit::done;
}

Exit run_disable(const Arguments& arguments, const Terminal& terminal) {
  const auto database = open_database(arguments, terminal);
  services::set_disabled(database->accounts(), arguments.positionals[0], true, change_of_operator(arguments));
  terminal.say({"the account may not sign in any more", "이 계정은 더 이상 로그인할 수 없습니다"});
  return Exit::done;
}

Exit run_enable(const Arguments& arguments, const Terminal& terminal) {
  const auto database = open_database(arguments, terminal);
  services::set_disabled(database->accounts(), arguments.positionals[0], false, change_of_operator(arguments));
  terminal.say({"the account may sign in", "이 계정은 로그인할 수 있습니다"});
  return Exit::done;
}

Exit run_reset(const Arguments& arguments, const Terminal& terminal) {
  const auto database = open_database(arguments, terminal);
  services::reset_second_factor(database->accounts(), arguments.positionals[0], change_of_operator(arguments));
  terminal.say({"the next sign-in sets up a new authenticator", "다음 로그인 때 인증 앱을 새로 등록합니다"});
  return Exit::done;
}

Exit run_link(const Arguments& arguments, const Terminal& terminal) {
  const std::string issuer = arguments.find("issuer").value_or(configuration_of(arguments).text("identity.issuer", ""));
  if (issuer.empty()) {
    throw WrongUsage{{"--issuer: needed, because no configuration with identity.issuer is given",
                      "--issuer: identity.issuer가 있는 설정이 없어 필요합니다"}};
  }
  const auto database = open_database(arguments, terminal);
  services::link_account(database->accounts(), arguments.positionals[0], issuer, arguments.text("subject"),
                         change_of_operator(arguments));
  terminal.say(
      {"the account may be entered with this identity of " + issuer, issuer + "의 이 신원으로 로그인할 수 있습니다"});
  return Exit::done;
}

Command care(const char* name, const Text& summary, Exit (*run)(const Arguments&, const Terminal&)) {
  return {name,
          summary,
          {{"NAME", {"the account", "계정"}}},
          {{"reason", "TEXT", {"for the record", "기록에 남길 사유"}}, data_option(), config_option(), author_option()},
          run};
}

}  // namespace

Command account_list_command() {
  return {"account list",
          {"lists the accounts of the staff", "직원 계정을 나열합니다"},
          {},
          {data_option(), config_option()},
          run_list};
}

Command account_password_command() {
  return care("account password",
              {"sets a new password and ends all sessions", "새 비밀번호를 정하고 모든 로그인을 끝냅니다"},
              run_password);
}

Command account_disable_command() {
  return care("account disable", {"closes an account", "계정을 닫습니다"}, run_disable);
}

Command account_enable_command() {
  return care("account enable", {"opens a closed account", "닫은 계정을 엽니다"}, run_enable);
}

Command account_link_command() {
  Command command = care(
      "account link",
      {"lets an identity of the identity provider enter an account", "기관 계정을 업무 계정과 연결합니다"}, run_link);
  command.options.insert(command.options.begin(),
                         {{"subject", "ID", {"the provider's own name of the person", "제공자가 쓰는 사람의 식별자"}},
                          {"issuer", "URL", {"the provider (identity.issuer)", "제공자 주소 (identity.issuer)"}}});
  return command;
}

Command account_reset_command() {
  return care("account reset-second-factor",
              {"forgets a lost authenticator and its recovery codes", "잃어버린 인증 앱과 복구 코드를 지웁니다"},
              run_reset);
}

}  // namespace hanjari::cli
