#include "database/column_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "hanjari/base/korean.h"
#include "hanjari/base/store_errors.h"

namespace hanjari::storage {
namespace {

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) { return !continues(byte); }));
}

}  // namespace

void check_length(std::string_view text, std::size_t most, const ColumnText& what) {
  const std::size_t characters = characters_of(text);
  if (characters <= most) return;
  throw ValueTooLong({fmt::format("{} has {} characters; at most {} can be stored", what.en, characters, most),
                      in_korean("{}[이/가] {}자입니다. {}자까지 저장할 수 있습니다", what.ko, characters, most)});
}

std::string shortened(std::string_view text, std::size_t most) {
  if (characters_of(text) <= most) return std::string(text);
  std::size_t end = 0;
  for (std::size_t characters = 0; end < text.size(); ++end) {
    if (!continues(text[end]) && ++characters == most) break;
  }
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace hanjari::storage
