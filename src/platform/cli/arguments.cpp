#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/cli/command.h"

namespace hanjari::cli {
namespace {

template <class Number>
Number parse_number(const std::string& option, const std::string& text, Number least, Number most) {
  // As files and forms read numbers: 36,109 and digits of any width. Blanks around a number are an argument that was cut wrongly.
  const bool is_wide = std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const std::string digits = digits_as_typed(is_wide ? clean_signs(text) : text, "");
  Number value{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || !(value >= least && value <= most)) {
    throw WrongUsage{{fmt::format("--{}: '{}' is not a number from {} to {}", option, text, least, most),
                      in_korean("--{}: '{}'[은/는] {}에서 {} 사이의 수가 아닙니다", option, text, least, most)}};
  }
  return value;
}

}  // namespace

std::optional<std::string> Arguments::find(const std::string& option) const {
  const auto found = options.find(option);
  return found == options.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Arguments::all(const std::string& option) const {
  const auto found = repeated.find(option);
  return found == repeated.end() ? std::vector<std::string>() : found->second;
}

std::string Arguments::text(const std::string& option) const {
  if (const auto value = find(option)) return *value;
  throw WrongUsage{{fmt::format("--{} is missing", option), fmt::format("--{} 옵션이 필요합니다", option)}};
}

std::int64_t Arguments::integer(const std::string& option, std::int64_t least, std::int64_t most) const {
  return parse_number(option, text(option), least, most);
}

double Arguments::number(const std::string& option, double least, double most) const {
  return parse_number(option, text(option), least, most);
}

}  // namespace hanjari::cli
