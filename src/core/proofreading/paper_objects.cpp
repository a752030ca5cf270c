#include "proofreading/paper_objects.h"

#include <charconv>

#include <zlib.h>

namespace hanjari::proofreading {
namespace {

constexpr std::size_t longest_stream = 256U << 20U;  // unpacked
constexpr std::size_t line_of_table = 20;             // bytes

// A whole number at the beginning; it is taken off.
std::optional<std::size_t> take_number(std::string_view& text) {
  std::size_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return number;
}

std::optional<std::string> unpack(std::string_view packed) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return std::nullopt;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // zlib reads only
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string plain;
  int state = Z_OK;
  while (state == Z_OK && plain.size() < longest_stream) {
    const std::size_t before = plain.size();
    plain.resize(before + (64U << 10U));
    stream.next_out = reinterpret_cast<Bytef*>(plain.data() + before);
    stream.avail_out = static_cast<uInt>(plain.size() - before);
    state = inflate(&stream, Z_NO_FLUSH);
    plain.resize(plain.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) return std::nullopt;
  return plain;
}

}  // namespace

std::optional<std::size_t> number_after(std::string_view dictionary, std::string_view name) {
  const auto at = dictionary.find(name);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = dictionary.substr(at + name.size());
  if (!rest.starts_with(' ')) return std::nullopt;
  rest.remove_prefix(1);
  return take_number(rest);
}

bool PaperObjects::open(std::string_view bytes) {
  bytes_ = bytes;
  constexpr std::string_view where = "startxref\n";
  const auto last = bytes.rfind(where);
  if (!bytes.starts_with("%PDF-1.") || last == std::string_view::npos) return false;
  std::string_view rest = bytes.substr(last + where.size());
  const auto table = take_number(rest);
  if (!table || *table >= last || !rest.starts_with("\n%%EOF")) return false;
  rest = bytes.substr(*table);
  constexpr std::string_view begin = "xref\n0 ";
  if (!rest.starts_with(begin)) return false;
  rest.remove_prefix(begin.size());
  const auto count = take_number(rest);
  if (!count || !rest.starts_with('\n') || rest.size() / line_of_table < *count) return false;
  rest.remove_prefix(1);
  for (std::size_t number = 0; number < *count; ++number, rest.remove_prefix(line_of_table)) {
    std::string_view line = rest.substr(0, line_of_table);
    const bool used = line[17] == 'n';
    const auto offset = take_number(line);
    if (!offset || *offset >= bytes.size()) return false;
    if (used) offsets_[number] = *offset;
  }
  if (!rest.starts_with("trailer\n")) return false;
  const auto root = number_after(rest, "/Root");
  // A second table could put other objects in the place of these.
  if (!root || rest.find("/Prev") != std::string_view::npos || bytes.find("startxref") != last) return false;
  root_ = *root;
  return true;
}

std::optional<std::string_view> PaperObjects::find(std::size_t number) const {
  const auto found = offsets_.find(number);
  if (found == offsets_.end()) return std::nullopt;
  const std::string_view object = bytes_.substr(found->second);
  const std::string head = std::to_string(number) + " 0 obj\n";
  if (!object.starts_with(head)) return std::nullopt;
  const auto end = std::min(object.find("\nendobj"), object.find("stream\n"));
  if (end == std::string_view::npos) return std::nullopt;
  return object.substr(head.size(), end - head.size());
}

std::optional<std::string> PaperObjects::stream(std::size_t number) const {
  const auto dictionary = find(number);
  if (!dictionary || dictionary->find("/Filter /FlateDecode") == std::string_view::npos) return std::nullopt;
  auto length = number_after(*dictionary, "/Length");
  if (!length) return std::nullopt;
  if (dictionary->find("/Length " + std::to_string(*length) + " 0 R") != std::string_view::npos) {
    const auto stated = find(*length);
    if (!stated) return std::nullopt;
    std::string_view digits = *stated;
    while (digits.starts_with(' ')) digits.remove_prefix(1);
    length = take_number(digits);
  }
  constexpr std::string_view begin = "stream\n";
  std::string_view packed = bytes_.substr(static_cast<std::size_t>(dictionary->data() + dictionary->size() - bytes_.data()));
  if (!length || !packed.starts_with(begin) || packed.size() - begin.size() < *length) return std::nullopt;
  packed.remove_prefix(begin.size());
  if (!packed.substr(*length).starts_with("\nendstream")) return std::nullopt;
  return unpack(packed.substr(0, *length));
}

std::optional<std::size_t> PaperObjects::pages() const {
  const auto root = find(root_);
  if (!root) return std::nullopt;
  return number_after(*root, "/Pages");
}

}  // namespace hanjari::proofreading
