#include "hanjari/base/random.h"

#include "hanjari/base/digest.h"
#include "hanjari/base/hex.h"

namespace hanjari {
namespace {

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>((value >> shift) & 0xff);
}

}  // namespace

std::string Seed::hex() const {
  const std::string text = Digest{bytes}.hex();
  const std::size_t first = text.find_first_not_of('0');
  return first == std::string::npos ? "0" : text.substr(first);
}

std::optional<Seed> parse_seed(std::string_view text) {
  Seed seed;
  if (text.empty() || text.size() > 2 * seed.bytes.size()) return std::nullopt;
  for (std::size_t from_end = 0; from_end < text.size(); ++from_end) {
    const int value = hex_digit(text[text.size() - 1 - from_end]);
    if (value < 0) return std::nullopt;
    std::uint8_t& byte = seed.bytes[seed.bytes.size() - 1 - from_end / 2];
    byte = static_cast<std::uint8_t>(byte | (from_end % 2 == 0 ? value : value << 4));
  }
  return seed;
}

RandomStream::RandomStream(const Seed& seed, std::string_view stream) {
  head_.assign(reinterpret_cast<const char*>(seed.bytes.data()), seed.bytes.size());
  append_big_endian(head_, stream.size(), 4);
  head_ += stream;
}

void RandomStream::refill() {
  std::string block = head_;
  append_big_endian(block, counter_++, 8);
  const Digest digest = sha256(block);
  for (std::size_t word = 0; word < words_.size(); ++word) {
    words_[word] = 0;
    for (std::size_t byte = 0; byte < 8; ++byte) words_[word] = words_[word] << 8 | digest.bytes[word * 8 + byte];
  }
  used_ = 0;
}

std::uint64_t RandomStream::next() {
  if (used_ == words_.size()) refill();
  return words_[used_++];
}

std::uint64_t RandomStream::below(std::uint64_t bound) {
  // 2^64 mod bound, computed without leaving 64 bits; words above the last whole multiple of bound are drawn again.
  const std::uint64_t excess = (0 - bound) % bound;
  for (;;) {
    const std::uint64_t word = next();
    if (word <= ~std::uint64_t{0} - excess) return word % bound;
  }
}

}  // namespace hanjari
