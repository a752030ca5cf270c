#include "documents/rooms/masked_name.h"

#include <algorithm>
#include <vector>

#include "documents/drawing/characters.h"

namespace hanjari::documents {
namespace {

constexpr std::string_view circle = "○";
constexpr char32_t zero_width_joiner = 0x200D;

constexpr std::size_t most_circles = 3;

void append_masked(std::string& out, const std::vector<std::string>& letters) {
  if (letters.empty()) return;
  out += letters.front();
  if (letters.size() == 2) out += circle;
  if (letters.size() <= 2) return;
  for (std::size_t i = 0; i < std::min(letters.size() - 2, most_circles); ++i) out += circle;
  out += letters.back();
}

}  // namespace

std::string masked_name(std::string_view name) {
  std::string masked;
  std::vector<std::string> word;  // what the eye takes for one letter each
  bool joins_next = false;
  for (std::size_t at = 0; at < name.size();) {
    const DecodedCharacter decoded = decode_utf8(name, at);
    const std::string bytes(name.substr(at, decoded.bytes));
    at += decoded.bytes;
    const CharacterKind kind = kind_of(decoded.character);
    if (kind == CharacterKind::space) {
      append_masked(masked, word);
      word.clear();
      masked += bytes;
      joins_next = false;
    } else if (!word.empty() && (joins_next || kind == CharacterKind::unseen || is_combining(decoded.character))) {
      word.back() += bytes;
      joins_next = decoded.character == zero_width_joiner;
    } else {
      word.push_back(bytes);
      joins_next = false;
    }
  }
  append_masked(masked, word);
  return masked;
}

}  // namespace hanjari::documents
