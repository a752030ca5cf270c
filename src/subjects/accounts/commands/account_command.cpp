// hanjari account add: a sign-in for a member of the staff.
#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <string>

#include <fmt/format.h>

#include "accounts/commands/account_password.h"
#include "accounts/commands/commands.h"
#include "hanjari/accounts/accounts.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {
namespace {

// The terminal shows nothing of what is typed while this lives.
class WithoutEcho {
 public:
  WithoutEcho() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~WithoutEcho() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  WithoutEcho(const WithoutEcho&) = delete;
  WithoutEcho& operator=(const WithoutEcho&) = delete;

 private:
  termios before_{};
};

std::string read_line() {
  std::string line;
  std::getline(std::cin, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

}  // namespace

std::string ask_password(const Terminal& terminal) {
  if (::isatty(STDIN_FILENO) != 1) return read_line();
  const WithoutEcho silent;
  terminal.say({"Password (at least 12 characters):", "비밀번호(12자 이상):"});
  std::string password = read_line();
  terminal.say({"The same again:", "한 번 더:"});
  if (read_line() != password) {
    throw InvalidInput("passwords_differ",
                       {"the two passwords differ; nothing was changed", "두 비밀번호가 다릅니다. 바뀐 것이 없습니다"});
  }
  return password;
}

namespace {

Exit run_account_add(const Arguments& arguments, const Terminal& terminal) {
  const auto role = parse_meant(arguments.text("role"), services::parse_role);
  if (!role) {
    throw WrongUsage{{"--role: one of exam_officer, district_coordinator, venue_chief, auditor, administrator",
                      "--role: exam_officer, district_coordinator, venue_chief, auditor, administrator 가운데 하나"}};
  }
  services::Actor actor{arguments.positionals[0], *role, std::nullopt};
  if (const auto typed = arguments.find("district")) {
    const TypedDistrict district = read_typed_district(*typed);
    if (!district.candidates.empty()) throw WrongUsage{tell_several_districts(district)};
    actor.district = DistrictCode(district.code);
  }
  const std::string password = arguments.has("no-password") ? "" : ask_password(terminal);
  if (password.empty() && !arguments.has("no-password")) {
    throw InvalidInput("weak_password", {"no password was given; who signs in through an identity provider only gets "
                                         "an account with --no-password",
                                         "비밀번호가 없습니다. 기관 계정으로만 로그인하는 직원은 --no-password로 "
                                         "계정을 만드십시오"});
  }
  const auto database = open_database(arguments, terminal);
  services::add_account(database->accounts(), actor, password, change_of_operator(arguments));
  const Text name = services::name_of(*role);
  terminal.say({fmt::format("account {} added ({})", actor.account, name.en),
                in_korean("계정 {}[을/를] 만들었습니다({})", actor.account, name.ko)});
  return Exit::done;
}

}  // namespace

Command account_add_command() {
  return {
      "account add",
      {"adds a sign-in for a member of the staff", "직원의 로그인 계정을 만듭니다"},
      {{"NAME", {"lower-case letters, digits, . - _", "영문 소문자, 숫자, . - _"}}},
      {{"role",
        "R",
        {"exam_officer, district_coordinator, venue_chief, auditor or administrator",
         "exam_officer, district_coordinator, venue_chief, auditor, administrator"}},
       {"district", "D", {"district code of a coordinator", "자치구 시험관리책임관의 자치구 코드"}},
       {"no-password",
        "",
        {"signs in through the identity provider only (account link)", "기관 계정으로만 로그인합니다(account link)"}},
       data_option(),
       config_option(),
       author_option()},
      run_account_add};
}

}  // namespace hanjari::cli
