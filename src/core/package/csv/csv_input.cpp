#include "package/csv/csv_input.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/workbook/file_kinds.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"

namespace hanjari::package {
namespace {

constexpr std::size_t block_bytes = 128 * 1024;
constexpr char not_a_character = static_cast<char>(0xff);

iconv_t open_converter() {
  const iconv_t converter = iconv_open("UTF-8", "CP949");
  // NOLINTNEXTLINE(performance-no-int-to-ptr): iconv_open says "no" this way
  if (converter == reinterpret_cast<iconv_t>(-1)) {
    throw Unavailable("no_cp949", {"this system's iconv does not know CP949; save the file as UTF-8",
                                   "이 시스템의 iconv는 CP949를 알지 못합니다. 파일을 UTF-8로 저장하십시오"});
  }
  return converter;
}

// Appends what can be decoded of `bytes` to `out` and returns how many bytes were used. A character cut off at the end
// is left for the next call unless `last`.
std::size_t convert(iconv_t converter, std::string_view bytes, bool last, std::string& out) {
  char* from = const_cast<char*>(bytes.data());  // iconv reads it only
  std::size_t left = bytes.size();
  while (left > 0) {
    const std::size_t written = out.size();
    out.resize(written + left * 3 / 2 + 8);
    char* to = out.data() + written;
    std::size_t space = out.size() - written;
    const std::size_t result = iconv(converter, &from, &left, &to, &space);
    const int error = errno;
    out.resize(out.size() - space);
    if (result != static_cast<std::size_t>(-1)) break;
    if (error == E2BIG) continue;
    if (error == EINVAL && !last) break;
    out += not_a_character;
    ++from;
    --left;
    iconv(converter, nullptr, nullptr, nullptr, nullptr);
  }
  return bytes.size() - left;
}

bool is_ascii(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

// How many bytes at the end begin a character of UTF-8 that goes on behind them.
std::size_t cut_off(std::string_view bytes) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const std::size_t length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? back : 0;
  }
  return 0;
}

// Calls `take(bytes, last)` for each block of the file until it says false, and goes back to the beginning.
template <class Take>
void each_block(std::FILE* file, Take take) {
  std::string block(block_bytes, '\0');
  for (bool going = true; going;) {
    const std::size_t got = std::fread(block.data(), 1, block.size(), file);
    going = take(std::string_view(block).substr(0, got), got < block.size()) && got == block.size();
  }
  std::rewind(file);
}

// A heading in ASCII and the separators of a table have a zero in every second byte.
bool is_utf16_without_mark(std::string_view bytes) {
  bytes = bytes.substr(0, 64);
  for (const std::size_t zeros : {0U, 1U}) {
    std::size_t found = 0;
    for (std::size_t at = zeros; at < bytes.size(); at += 2) found += bytes[at] == '\0' ? 1 : 0;
    if (bytes.size() >= 8 && found * 4 >= bytes.size()) return true;
  }
  return false;
}

enum class Utf8 { ascii, korean, other, broken };

Utf8 judge_utf8(std::FILE* file) {
  Utf8 found = Utf8::ascii;
  std::string text;
  each_block(file, [&](std::string_view bytes, bool last) {
    if (text.empty() && is_ascii(bytes)) return true;
    text += bytes;
    const std::size_t kept = last ? 0 : cut_off(text);
    std::string_view whole = std::string_view(text).substr(0, text.size() - kept);
    for (;;) {  // a NUL is a fault of its own
      const std::size_t nul = whole.find('\0');
      const std::string_view part = whole.substr(0, nul);
      if (!is_valid_utf8(part)) {
        found = Utf8::broken;
        return false;
      }
      for (std::size_t at = 0; found != Utf8::korean && at < part.size();) {
        const char32_t c = next_code_point(part, at);
        if (c >= 0x80) found = Utf8::other;
        if ((c >= 0xac00 && c <= 0xd7a3) || (c >= 0x1100 && c <= 0x11ff)) found = Utf8::korean;
      }
      if (nul == std::string_view::npos) break;
      whole.remove_prefix(nul + 1);
    }
    text.erase(0, text.size() - kept);
    return true;
  });
  return found;
}

// Whether the bytes are CP949 throughout, with Korean and hardly anything else beside ASCII.
bool is_surely_cp949(std::FILE* file) {
  const std::unique_ptr<void, int (*)(void*)> converter(open_converter(), &iconv_close);
  std::uint64_t korean = 0;
  std::uint64_t others = 0;
  bool whole = true;
  std::string bytes;
  each_block(file, [&](std::string_view block, bool last) {
    bytes += block;
    std::string text;
    bytes.erase(0, convert(converter.get(), bytes, last, text));
    for (std::size_t at = 0; whole && at < text.size();) {
      whole = text[at] != not_a_character;
      if (!whole) break;
      const char32_t c = next_code_point(text, at);
      if (c < 0x80) continue;
      ++(c >= 0xac00 && c <= 0xd7a3 ? korean : others);
    }
    return whole;
  });
  return whole && korean > 0 && others * 4 <= korean;
}

// The encoding asked for, or the one that the bytes leave no doubt about: among tables of one encoding one often comes
// from another program. Only a file that can be read twice is looked at.
Encoding find_encoding(std::FILE* file, Encoding asked) {
  if (std::fseek(file, 0, SEEK_END) != 0 || std::ftell(file) <= 0) {
    std::rewind(file);
    return asked;
  }
  std::rewind(file);
  char mark[32] = {};
  const std::size_t got = std::fread(mark, 1, sizeof mark, file);
  std::rewind(file);
  using namespace std::string_view_literals;
  const std::string_view begin(mark, got);
  if (begin.starts_with("\xff\xfe"sv) || begin.starts_with("\xfe\xff"sv) || begin.starts_with("\xef\xbb\xbf"sv)) return asked;
  // What is no text keeps its bytes, by which it is named: some of those are letters of CP949.
  if (workbook::name_of_file_kind(begin)) return Encoding::utf8;
  const Utf8 utf8 = judge_utf8(file);
  if (asked == Encoding::utf8 && utf8 == Utf8::broken && is_surely_cp949(file)) return Encoding::cp949;
  if (asked == Encoding::cp949 && utf8 == Utf8::korean) return Encoding::utf8;
  return asked;
}

}  // namespace

CsvInput::CsvInput(const std::filesystem::path& path, Encoding encoding) : path_(path), encoding_(encoding) {
  const auto name = path.string();
  file_.reset(std::fopen(path.c_str(), "rbe"));
  if (file_ == nullptr) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR) {
      throw NotFound("file_not_found",
                     {fmt::format("{}: no such file", name), fmt::format("{}: 파일이 없습니다", name)});
    }
    throw Unavailable("file_not_read", {fmt::format("{}: cannot be read ({})", name, std::strerror(error)),
                                        fmt::format("{}: 읽을 수 없습니다({})", name, std::strerror(error))});
  }
  start(encoding);
}

CsvInput::CsvInput(const std::string& name, std::string_view bytes, Encoding encoding)
    : path_(name), encoding_(encoding) {
  // Opened for reading, the stream never writes to the bytes.
  static char nothing = '\0';
  char* begin_of_bytes = bytes.empty() ? &nothing : const_cast<char*>(bytes.data());
  file_.reset(::fmemopen(begin_of_bytes, bytes.size(), "rb"));
  if (file_ == nullptr) {
    throw Unavailable("file_not_read", {fmt::format("{}: cannot be read ({})", name, std::strerror(errno)),
                                        fmt::format("{}: 읽을 수 없습니다({})", name, std::strerror(errno))});
  }
  start(encoding);
}

CsvInput::CsvInput(const std::string& name, const TableSheet& sheet)
    : path_(name), sheet_(std::make_unique<SheetLines>(sheet)), encoding_(Encoding::utf8) {
  more();
}

void CsvInput::start(Encoding encoding) {
  std::setvbuf(file_.get(), nullptr, _IONBF, 0);
  encoding_ = find_encoding(file_.get(), encoding);
  if (encoding_ == Encoding::cp949) converter_.reset(open_converter());
  while (window_.size() < 3 && more()) {
  }
  look_at_the_beginning();
}

void CsvInput::look_at_the_beginning() {
  utf16_ = encoding_ == Encoding::utf8 && (window_.starts_with("\xff\xfe") || window_.starts_with("\xfe\xff") ||
                                           is_utf16_without_mark(window_));
  if (window_.starts_with("\xef\xbb\xbf")) begin_ = 3;
  not_text_ = workbook::name_of_file_kind(window_);
  // Lines that end with CR alone: what spreadsheets on old Macintosh systems save, and "CSV (Macintosh)" still does.
  old_mac_ = window_.find('\n') == std::string::npos && window_.find('\r') != std::string::npos;
  if (old_mac_) std::replace(window_.begin(), window_.end(), '\r', '\n');
}

bool CsvInput::more() {
  const std::size_t consumed = begin_;
  const std::size_t before = window_.size() - consumed;
  const bool grown = read_on();
  if (old_mac_ && grown)
    std::replace(window_.begin() + static_cast<std::ptrdiff_t>(begin_ + before), window_.end(), '\r', '\n');
  return grown;
}

void CsvInput::Close::operator()(void* converter) const {
  iconv_close(static_cast<iconv_t>(converter));
}

std::size_t CsvInput::read_bytes(char* out, std::size_t count) {
  const std::size_t got = std::fread(out, 1, count, file_.get());
  if (got < count) {
    if (std::ferror(file_.get()) != 0) {
      throw Unavailable("file_not_read", {fmt::format("{}: cannot be read", path_.string()),
                                          fmt::format("{}: 읽을 수 없습니다", path_.string())});
    }
    ended_ = true;
  }
  bytes_read_ += got;
  return got;
}

bool CsvInput::read_on() {
  if (ended_) return false;
  if (begin_ > 0) {
    window_.erase(0, begin_);
    begin_ = 0;
  }
  const std::size_t before = window_.size();
  if (sheet_ != nullptr) {
    ended_ = !sheet_->more(window_);
    bytes_read_ += window_.size() - before;
    return !ended_;
  }
  if (converter_ == nullptr) {
    window_.resize(before + block_bytes);
    window_.resize(before + read_bytes(window_.data() + before, block_bytes));
    return window_.size() > before;
  }
  while (window_.size() == before && !ended_) {
    block_ = undecoded_;
    const std::size_t kept = block_.size();
    block_.resize(kept + block_bytes);
    block_.resize(kept + read_bytes(block_.data() + kept, block_bytes));
    // A byte-order mark tells that the file is UTF-8 after all: Excel writes both kinds of CSV.
    if (bytes_read_ <= block_bytes && block_.starts_with("\xef\xbb\xbf")) {
      converter_.reset();
      window_ += block_;
      break;
    }
    const std::size_t used = convert(static_cast<iconv_t>(converter_.get()), block_, ended_, window_);
    undecoded_ = block_.substr(used);
  }
  return window_.size() > before;
}

std::optional<Encoding> parse_encoding(std::string_view typed) {
  std::string plain = in_lower_case(clean_signs(typed));
  std::erase_if(plain, [](char c) { return c == '-' || c == '_' || c == ' '; });
  if (plain == "utf8") return Encoding::utf8;
  // The older one is a part of it.
  for (const char* korean : {"cp949", "ms949", "windows949", "euckr"}) {
    if (plain == korean) return Encoding::cp949;
  }
  return std::nullopt;
}

std::string decode_cp949(std::string_view bytes) {
  const iconv_t converter = open_converter();
  std::string text;
  convert(converter, bytes, true, text);
  iconv_close(converter);
  return text;
}

}  // namespace hanjari::package
