#include "site/pages/packed_typed.h"

#include <algorithm>
#include <stdexcept>

#include <zlib.h>

#include "hanjari/base/hex.h"

namespace hanjari::web {
namespace {

constexpr std::size_t longest_piece = 3'400;
constexpr std::size_t longest_unpacked = 48 * 1024;  // more than a page keeps

}  // namespace

std::vector<std::string> pack_typed(const std::string& kept) {
  if (kept.empty()) return {};
  std::string packed(::compressBound(static_cast<uLong>(kept.size())), '\0');
  uLongf size = static_cast<uLongf>(packed.size());
  if (::compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(kept.data()), static_cast<uLong>(kept.size()),
                  Z_BEST_COMPRESSION) != Z_OK)
    throw std::runtime_error("what was typed cannot be packed");
  packed.resize(size);
  const std::string digits = to_hex(packed);
  if (digits.size() > most_typed_pieces * longest_piece) return {};
  std::vector<std::string> pieces;
  for (std::size_t begin = 0; begin < digits.size(); begin += longest_piece) pieces.push_back(digits.substr(begin, longest_piece));
  return pieces;
}

std::string unpack_typed(const std::string& pieces) {
  const auto packed = parse_hex(pieces);
  if (!packed || packed->empty()) return {};
  std::string kept(longest_unpacked, '\0');
  uLongf size = static_cast<uLongf>(kept.size());
  if (::uncompress(reinterpret_cast<Bytef*>(kept.data()), &size, reinterpret_cast<const Bytef*>(packed->data()),
                   static_cast<uLong>(packed->size())) != Z_OK)
    return {};
  kept.resize(size);
  return kept;
}

}  // namespace hanjari::web
