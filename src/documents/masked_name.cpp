#include "documents/masked_name.h"

#include <vector>

#include "documents/characters.h"

namespace hanjari::documents {
namespace {

constexpr std::string_view circle = "○";
constexpr char32_t zero_width_joiner = 0x200D;

void append_masked(std::string& out, const std::vector<std::string>& letters) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const bool is_last = i + 1 == letters.size();
    const bool is_kept = i == 0 || (is_last && letters.size() > 2);
    out += is_kept ? std::string_view(letters[i]) : circle;
  }
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
