#include "hanjari/base/broken_json.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace hanjari {

Fault describe_broken_json(std::string file, std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte == 0 ? 0 : byte - 1, text.size()));
  const std::size_t line_end = before.rfind('\n');
  const std::size_t in_line = before.size() - (line_end == std::string_view::npos ? 0 : line_end + 1) + 1;
  return {std::move(file),
          1 + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')),
          "",
          {fmt::format("this is not JSON from byte {} of the line on", in_line),
           fmt::format("이 줄의 {}번째 바이트부터 JSON이 아닙니다", in_line)},
          {"look for a missing or extra comma, quote or bracket there or on the line before",
           "그 자리나 앞줄에 빠지거나 남는 쉼표, 따옴표, 괄호가 있는지 보십시오"}};
}

}  // namespace hanjari
