#include "cli/concerned.h"

#include <unistd.h>

#include <charconv>
#include <iostream>
#include <string>

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"

namespace hanjari::cli {
namespace {

constexpr std::int64_t most_people = 1'000'000'000;

}  // namespace

Option concerned_option(const Text& whom) {
  return {"concerned", "N", whom};
}

std::optional<std::int64_t> read_people(std::string_view typed) {
  std::string digits;
  for (const char c : clean_signs(typed)) {
    if (c != ' ' && c != ',') digits += c;
  }
  std::int64_t people = -1;
  const char* const end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, people);
  if (error != std::errc{} || stopped != end || people < 0 || people > most_people) return std::nullopt;
  return people;
}

std::int64_t ask_concerned(const Arguments& arguments, const Terminal& terminal, std::int64_t people, const Text& what,
                           const Text& whom) {
  if (arguments.has("concerned")) {
    if (const auto said = read_people(arguments.text("concerned"))) return *said;
    return arguments.integer("concerned", 0, most_people);  // says what is wrong with it
  }
  if (people == 0 || ::isatty(STDIN_FILENO) != 1) return 0;
  terminal.say({fmt::format("{}: people who {}: {}. Type their number to go on:", what.en, whom.en, group_digits(people)),
                fmt::format("{}: {} {}명입니다. 계속하려면 인원을 입력하십시오:", what.ko, whom.ko,
                            group_digits(people))});
  std::string line;
  std::getline(std::cin, line);
  return read_people(line).value_or(0);
}

}  // namespace hanjari::cli
