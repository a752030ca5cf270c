#include "package/csv/characters.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/near_codes.h"

namespace hanjari::package {
namespace {

bool is_invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad || c == 0x34f || c == 0x61c || c == 0x115f || c == 0x1160 ||
         (c >= 0x17b4 && c <= 0x17b5) || (c >= 0x180b && c <= 0x180f) || (c >= 0x2000 && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f) || c == 0x3000 || c == 0x3164 ||
         (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || c == 0xffa0 || (c >= 0xfff0 && c <= 0xfffd) ||
         (c >= 0xe000 && c <= 0xf8ff) || (c >= 0xe0000 && c <= 0xe0fff);
}

bool may_stand_in_identifier(char32_t c) {
  if (c < 0x80) return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
  return (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x4e00 && c <= 0x9fff) ||
         (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7);
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  char32_t code_point = length == 1 ? first : first & (0xffU >> (length + 1));
  for (std::size_t offset = 1; offset < length; ++offset) code_point = code_point << 6 | (byte(offset) & 0x3fU);
  at += length;
  return code_point;
}

std::string show(std::string_view value) {
  constexpr std::size_t most = 60;
  std::string text = "'";
  std::size_t at = 0;
  while (at < value.size() && at < most) {
    const std::size_t begin = at;
    const char32_t code_point = next_code_point(value, at);
    if (is_invisible(code_point)) {
      text += "<" + name_code_point(code_point) + ">";
    } else {
      text += value.substr(begin, at - begin);
    }
  }
  return text + (at < value.size() ? "...'" : "'");
}

std::optional<char32_t> find_invisible(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7f) {
      ++at;
      continue;
    }
    const char32_t code_point = next_code_point(text, at);
    // The ideographic space and the no-break spaces are seen; they are only wrong in ids.
    if (is_invisible(code_point) && code_point != 0x3000 && code_point != 0xa0 && code_point != 0x202f)
      return code_point;
  }
  return std::nullopt;
}

bool is_plain_nfc(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const char32_t code_point = next_code_point(text, at);
    if (code_point < 0xac00 || code_point > 0xd7a3) return false;
  }
  return true;
}

std::optional<IdentifierFault> find_identifier_fault(std::string_view text) {
  if (text.empty()) return IdentifierFault{{"the code is empty", "빈 코드입니다"}, {"fill it in", "값을 채우십시오"}};
  if (text.size() > CsvReader::longest_identifier) {
    return IdentifierFault{{fmt::format("{} has {} bytes", show(text), text.size()),
                            in_korean("{}[은/는] {}바이트입니다", show(text), text.size())},
                           {fmt::format("use at most {} bytes", CsvReader::longest_identifier),
                            fmt::format("{}바이트 이하로 적으십시오", CsvReader::longest_identifier)}};
  }
  if (is_rounded_number(text)) return rounded_number_fault(text);
  if (text.front() == ' ' || text.back() == ' ') {
    return IdentifierFault{{fmt::format("{} begins or ends with a blank", show(text)),
                            fmt::format("{}의 앞이나 뒤에 빈칸이 있습니다", show(text))},
                           {"remove the blank", "빈칸을 지우십시오"}};
  }
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code_point = next_code_point(text, at);
    if (may_stand_in_identifier(code_point)) continue;
    if (code_point == ' ' && text[at] != ' ') continue;  // not the last: seen above
    if (!is_invisible(code_point) && code_point >= 0x80 && normalize_nfc(text) != text) {
      return IdentifierFault{{fmt::format("{} is not in Unicode normal form C", show(text)),
                              in_korean("{}[은/는] 유니코드 정규형 C가 아닙니다", show(text))},
                             {fmt::format("write {}", show(normalize_nfc(text))),
                              in_korean("{}[으로/로] 적으십시오", show(normalize_nfc(text)))}};
    }
    return IdentifierFault{
        {fmt::format("{} holds {}, which no code may hold", show(text), name_code_point(code_point)),
         in_korean("{}에 코드에 쓸 수 없는 문자 {}[이/가] 있습니다", show(text), name_code_point(code_point))},
        {"use letters, digits and marks such as - _ .", "글자, 숫자, - _ . 같은 부호만 쓰십시오"}};
  }
  return std::nullopt;
}

std::optional<IdentifierFault> find_file_name_fault(std::string_view text) {
  if (auto fault = find_identifier_fault(text)) return fault;
  if (text.front() != '.' && text.find('/') == std::string_view::npos) return std::nullopt;
  return IdentifierFault{
      {fmt::format("{} holds a slash or begins with a dot, but names files and pages too", show(text)),
       in_korean("{}[은/는] 파일과 쪽의 이름으로도 쓰이는데 빗금이 있거나 점으로 시작합니다", show(text))},
      {"use letters, digits, - and _", "글자, 숫자, -, _만 쓰십시오"}};
}

}  // namespace hanjari::package
