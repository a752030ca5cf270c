// Text of a table in another encoding than UTF-8, for programs that expect one.
#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/package/csv.h"

namespace hanjari::package {
namespace {

struct CloseOutput {
  void operator()(void* converter) const { iconv_close(converter); }
};

[[noreturn]] void refuse_character(std::string_view text, std::size_t at) {
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  const std::string_view character = text.substr(at, end - at);
  throw InvalidInput("not_in_encoding",
                     {fmt::format("Line {} holds '{}', which CP949 does not have. Take the table as UTF-8.", line, character),
                      in_korean("{}번째 줄의 '{}'[은/는] CP949에 없는 글자입니다. UTF-8로 받으십시오.", line, character)});
}

}  // namespace

std::string encode_text(std::string_view text, Encoding encoding) {
  if (encoding == Encoding::utf8) return std::string(text);
  const iconv_t opened = iconv_open("CP949", "UTF-8");
  // NOLINTNEXTLINE(performance-no-int-to-ptr): iconv_open says "no" this way
  if (opened == reinterpret_cast<iconv_t>(-1)) {
    throw Unavailable("no_cp949", {"this system's iconv does not know CP949; take the table as UTF-8",
                                   "이 시스템의 iconv는 CP949를 알지 못합니다. UTF-8로 받으십시오"});
  }
  const std::unique_ptr<void, CloseOutput> converter(opened);
  // No character takes more bytes there than in UTF-8.
  std::string encoded(text.size(), '\0');
  char* from = const_cast<char*>(text.data());  // iconv reads it only
  std::size_t left = text.size();
  char* to = encoded.data();
  std::size_t space = encoded.size();
  if (iconv(converter.get(), &from, &left, &to, &space) == static_cast<std::size_t>(-1))
    refuse_character(text, text.size() - left);
  encoded.resize(encoded.size() - space);
  return encoded;
}

}  // namespace hanjari::package
