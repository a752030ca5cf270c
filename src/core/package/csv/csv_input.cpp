#include "package/csv/csv_input.h"

#include <iconv.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/format.h>

#include "hanjari/base/error.h"

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

}  // namespace

CsvInput::CsvInput(const std::filesystem::path& path, Encoding encoding) : path_(path) {
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
  std::setvbuf(file_.get(), nullptr, _IONBF, 0);
  if (encoding == Encoding::cp949) converter_.reset(open_converter());
  while (window_.size() < 3 && more()) {
  }
  utf16_ = encoding == Encoding::utf8 && (window_.starts_with("\xff\xfe") || window_.starts_with("\xfe\xff"));
  if (window_.starts_with("\xef\xbb\xbf")) begin_ = 3;
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

bool CsvInput::more() {
  if (ended_) return false;
  if (begin_ > 0) {
    window_.erase(0, begin_);
    begin_ = 0;
  }
  const std::size_t before = window_.size();
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

std::string decode_cp949(std::string_view bytes) {
  const iconv_t converter = open_converter();
  std::string text;
  convert(converter, bytes, true, text);
  iconv_close(converter);
  return text;
}

}  // namespace hanjari::package
