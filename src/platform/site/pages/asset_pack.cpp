// The pack: a line "hanjari-assets N", then N lines of tab-separated fields, then the bytes they point into.
//   name  source name or -  media type  SHA-256 in hex  offset  size  offset and size of the gzipped bytes (0 0: none)
// Offsets count from the end of the last line.
#include "site/pages/asset_pack.h"

#include <array>
#include <charconv>
#include <stdexcept>

// NOLINTNEXTLINE(hicpp-no-assembler): the only way to bind a file of megabytes in that both compilers do quickly
__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    "hanjari_asset_pack_begin:\n"
    ".incbin \"" HANJARI_ASSET_PACK
    "\"\n"
    "hanjari_asset_pack_end:\n"
    ".byte 0\n"
    ".text\n");

extern "C" {
extern const char hanjari_asset_pack_begin[] __attribute__((visibility("hidden")));
extern const char hanjari_asset_pack_end[] __attribute__((visibility("hidden")));
}

namespace hanjari::web {
namespace {

[[noreturn]] void damaged() {
  throw std::logic_error("the program's asset pack is damaged");
}

std::string_view take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) damaged();
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

std::size_t number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) damaged();
  return value;
}

std::array<std::string_view, 8> fields_of(std::string_view line) {
  std::array<std::string_view, 8> fields;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    const auto tab = line.find('\t');
    if ((tab == std::string_view::npos) != (at + 1 == fields.size())) damaged();
    fields.at(at) = line.substr(0, tab);
    line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
  }
  return fields;
}

std::string_view slice(std::string_view bytes, std::string_view offset, std::string_view size) {
  const std::size_t from = number(offset);
  const std::size_t length = number(size);
  if (from > bytes.size() || length > bytes.size() - from) damaged();
  return bytes.substr(from, length);
}

}  // namespace

AssetPack::AssetPack(std::string_view pack) {
  std::string_view rest = pack;
  constexpr std::string_view head = "hanjari-assets ";
  const auto first = take_line(rest);
  if (!first.starts_with(head)) damaged();
  const std::size_t count = number(first.substr(head.size()));
  std::string_view index = rest;
  for (std::size_t line = 0; line < count; ++line) take_line(rest);
  for (std::size_t line = 0; line < count; ++line) {
    const auto fields = fields_of(take_line(index));
    const std::string name(fields[0]);
    assets_.emplace(name, Asset{std::string(fields[2]), "\"" + std::string(fields[3].substr(0, 32)) + "\"",
                                slice(rest, fields[4], fields[5]), slice(rest, fields[6], fields[7])});
    if (fields[1] != "-") addresses_.emplace(fields[1], "/assets/" + name.substr(name.find('/') + 1));
  }
}

std::string_view AssetPack::bound_in() {
  return {hanjari_asset_pack_begin, static_cast<std::size_t>(hanjari_asset_pack_end - hanjari_asset_pack_begin)};
}

const Asset* AssetPack::find(std::string_view name) const {
  const auto found = assets_.find(name);
  return found == assets_.end() ? nullptr : &found->second;
}

const std::string& AssetPack::address_of(std::string_view source_name) const {
  const auto found = addresses_.find(source_name);
  if (found == addresses_.end()) throw std::logic_error("no asset named " + std::string(source_name));
  return found->second;
}

}  // namespace hanjari::web
