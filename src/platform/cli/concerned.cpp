#include "cli/concerned.h"

#include <unistd.h>

#include <charconv>
#include <iostream>
#include <string>

#include <fmt/format.h>

namespace hanjari::cli {

Option concerned_option(const Text& whom) {
  return {"concerned", "N", whom};
}

std::int64_t ask_concerned(const Arguments& arguments, const Terminal& terminal, std::int64_t people, const Text& what,
                           const Text& whom) {
  constexpr std::int64_t most = 1'000'000'000;
  if (arguments.has("concerned")) return arguments.integer("concerned", 0, most);
  if (people == 0 || ::isatty(STDIN_FILENO) != 1) return 0;
  terminal.say({fmt::format("{}: {} people {}. Type their number to go on:", what.en, group_digits(people), whom.en),
                fmt::format("{}: {} {}명입니다. 계속하려면 인원을 입력하십시오:", what.ko, whom.ko,
                            group_digits(people))});
  std::string line;
  std::getline(std::cin, line);
  std::int64_t typed = 0;
  std::from_chars(line.data(), line.data() + line.size(), typed);
  return typed;
}

}  // namespace hanjari::cli
