#include "hanjari/base/korean.h"

#include <unicode/utf8.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace hanjari {
namespace {

// How the word before a particle ends: in a vowel, in ㄹ, or in another consonant.
enum class Ending { vowel, rieul, consonant };

struct ParticlePair {
  std::string_view marker;
  std::string_view after_consonant;
  std::string_view after_vowel;
  bool rieul_as_vowel = false;  // 서울로, 길로
};

constexpr ParticlePair particle_pairs[] = {
    {"[이/가]", "이", "가"}, {"[은/는]", "은", "는"},       {"[을/를]", "을", "를"},
    {"[과/와]", "과", "와"}, {"[으로/로]", "으로", "로", true}, {"[이/]", "이", ""},
};

std::vector<std::int32_t> code_points_of(std::string_view text) {
  std::vector<std::int32_t> points;
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < length;) {
    std::int32_t point = 0;
    U8_NEXT(data, at, length, point);
    points.push_back(point);
  }
  return points;
}

bool closes_a_quote(std::int32_t point) {
  return point == '\'' || point == '"' || point == ' ' || point == '.' || point == 0x2019 || point == 0x201D ||
         point == 0x300D || point == 0x300F;
}

// Takes quotes and a remark in brackets off the end: the particle follows the word before them. A text that is nothing
// else keeps what stands in the brackets.
void drop_what_is_not_read(std::vector<std::int32_t>& word) {
  for (;;) {
    while (!word.empty() && closes_a_quote(word.back())) word.pop_back();
    if (word.empty() || (word.back() != ')' && word.back() != ']')) return;
    const std::int32_t opening = word.back() == ')' ? '(' : '[';
    std::size_t at = word.size() - 1;
    while (at > 0 && word[at] != opening) --at;
    if (at == 0) {
      word.pop_back();
      continue;
    }
    word.resize(at);
  }
}

Ending ending_of_digit(std::int32_t digit) {
  switch (digit) {
    case '1':
    case '7':
    case '8':
      return Ending::rieul;  // 일, 칠, 팔
    case '0':
    case '3':
    case '6':
      return Ending::consonant;  // 영 and 십, 백, 천, 만; 삼, 육
    default:
      return Ending::vowel;
  }
}

// A length such as "120 m" or "3.2km" is read 미터.
bool is_length(const std::vector<std::int32_t>& word) {
  std::size_t at = word.size() - 1;
  if (at > 0 && (word[at - 1] == 'k' || word[at - 1] == 'c')) --at;
  while (at > 0 && word[at - 1] == ' ') --at;
  return at > 0 && word[at - 1] >= '0' && word[at - 1] <= '9';
}

Ending ending_of(std::string_view before) {
  constexpr std::int32_t first_syllable = 0xAC00;
  constexpr std::int32_t last_syllable = 0xD7A3;
  constexpr std::int32_t finals = 28;
  constexpr std::int32_t final_rieul = 8;
  std::vector<std::int32_t> word = code_points_of(before);
  drop_what_is_not_read(word);
  if (word.empty()) return Ending::vowel;
  const std::int32_t last = word.back();
  if (last >= first_syllable && last <= last_syllable) {
    const std::int32_t final = (last - first_syllable) % finals;
    if (final == 0) return Ending::vowel;
    return final == final_rieul ? Ending::rieul : Ending::consonant;
  }
  if (last >= '0' && last <= '9') return ending_of_digit(last);
  if (last == 'm' && is_length(word)) return Ending::vowel;
  if (last == 'L' || last == 'l' || last == 'R') return Ending::rieul;  // 엘, 알
  if (last == 'M' || last == 'm' || last == 'N' || last == 'n') return Ending::consonant;  // 엠, 엔
  return Ending::vowel;
}

// The pair whose marker begins here.
const ParticlePair* find_pair(std::string_view rest) {
  for (const ParticlePair& pair : particle_pairs) {
    if (rest.starts_with(pair.marker)) return &pair;
  }
  return nullptr;
}

}  // namespace

std::string settle_particles(std::string_view sentence) {
  std::string settled;
  settled.reserve(sentence.size());
  while (!sentence.empty()) {
    const ParticlePair* pair = sentence.front() == '[' ? find_pair(sentence) : nullptr;
    if (pair == nullptr) {
      settled += sentence.front();
      sentence.remove_prefix(1);
      continue;
    }
    const Ending ending = ending_of(settled);
    const bool vowel = ending == Ending::vowel || (ending == Ending::rieul && pair->rieul_as_vowel);
    settled += vowel ? pair->after_vowel : pair->after_consonant;
    sentence.remove_prefix(pair->marker.size());
  }
  return settled;
}

}  // namespace hanjari
