// Words of closed lists as people type them.
#include <algorithm>

#include "base/value_words.h"
#include "hanjari/base/typed_text.h"

namespace hanjari {
namespace {

std::string in_small_ascii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

// take_off, take off and take-off are one word.
std::string without_joints(std::string word) {
  std::erase_if(word, [](char c) { return c == ' ' || c == '_' || c == '-'; });
  return word;
}

}  // namespace

std::size_t find_meant_word(std::string_view typed, std::span<const std::string_view> words) {
  const std::string value = in_small_ascii(clean_signs(typed));
  const auto same = std::find_if(words.begin(), words.end(), [&](auto word) { return in_small_ascii(word) == value; });
  if (same != words.end() || value.empty()) return static_cast<std::size_t>(same - words.begin());
  const std::string joined = without_joints(value);
  if (joined.empty()) return words.size();  // a dash is a value that somebody has left open, not the empty word
  const auto spelt = std::find_if(words.begin(), words.end(), [&](auto word) { return without_joints(in_small_ascii(word)) == joined; });
  if (spelt != words.end()) return static_cast<std::size_t>(spelt - words.begin());
  for (const ValueWord& known : value_words) {
    if (known.typed != joined) continue;
    const auto meant = std::find(words.begin(), words.end(), known.word);
    if (meant != words.end()) return static_cast<std::size_t>(meant - words.begin());
  }
  return words.size();
}

std::vector<std::string> words_meant_by(std::string_view typed) {
  const std::string value = in_small_ascii(clean_signs(typed));
  const std::string joined = without_joints(value);
  if (joined.empty()) return {};
  std::vector<std::string> words{value};
  std::string spelt = value;
  std::replace_if(spelt.begin(), spelt.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  if (spelt != value) words.push_back(std::move(spelt));
  for (const ValueWord& known : value_words) {
    if (known.typed == joined && !known.word.empty()) words.emplace_back(known.word);
  }
  return words;
}

}  // namespace hanjari
