#include "site/given_values.h"

#include <algorithm>

#include <fmt/format.h>

#include "site/pages/problems.h"

namespace hanjari::web {
namespace {

constexpr std::size_t longest_name_told = 60;  // bytes

[[noreturn]] void throw_repeated(const std::string& name) {
  const std::string told = name.size() <= longest_name_told ? name : std::string("…");
  throw Refused(400, "repeated_value",
                {fmt::format("'{}' is given more than once, with values that differ. Give it once.", told),
                 fmt::format("같은 항목에 서로 다른 값을 보냈습니다: {}. 하나만 보내십시오.", told)});
}

}  // namespace

void add_given(Values& values, std::string name, std::string value, const std::vector<std::string>& lists) {
  const auto found = values.find(name);
  if (found == values.end()) {
    values.emplace(std::move(name), std::move(value));
  } else if (std::find(lists.begin(), lists.end(), name) != lists.end()) {
    found->second += "," + value;
  } else if (found->second != value) {
    throw_repeated(name);
  }
}

Values values_given(Pairs pairs, const std::vector<std::string>& lists) {
  Values values;
  for (auto& [name, value] : pairs) add_given(values, std::move(name), std::move(value), lists);
  return values;
}

}  // namespace hanjari::web
