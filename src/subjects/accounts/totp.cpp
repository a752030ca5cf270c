#include "hanjari/accounts/totp.h"
#include "hanjari/base/typed_text.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <stdexcept>

#include <fmt/format.h>

namespace hanjari::services {
namespace {

constexpr std::int64_t step_seconds = 30;

}  // namespace

std::int64_t totp_step_at(Instant now) {
  return std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() / step_seconds;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t at = 0; at < counter.size(); ++at)
    counter[at] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * at));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), digest.data(),
           &size) == nullptr ||
      size != 20) {
    throw std::runtime_error("no HMAC-SHA-1");
  }
  // RFC 4226, 5.3: the low four bits of the last byte say where the 31 bits stand.
  const std::size_t at = digest[19] & 0x0FU;
  const std::uint32_t bits = (static_cast<std::uint32_t>(digest[at] & 0x7FU) << 24U) |
                             (static_cast<std::uint32_t>(digest[at + 1]) << 16U) |
                             (static_cast<std::uint32_t>(digest[at + 2]) << 8U) | digest[at + 3];
  return fmt::format("{:06}", bits % 1'000'000);
}

std::optional<std::int64_t> find_totp_step(std::string_view secret, std::string_view code, Instant now) {
  const std::string plain = clean_code(code);
  if (plain.size() != 6 || secret.empty()) return std::nullopt;
  std::optional<std::int64_t> found;
  const std::int64_t present = totp_step_at(now);
  // All three are compared, in the same time whatever matches.
  for (const std::int64_t step : {present - 1, present, present + 1}) {
    const std::string expected = totp_code(secret, step);
    if (sodium_memcmp(expected.data(), plain.data(), plain.size()) == 0) found = step;
  }
  return found;
}

std::string write_base32(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char byte : bytes) {
    held = (held << 8U) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) text += letters[(held >> (bits - 5)) & 31U];
  }
  if (bits > 0) text += letters[(held << (5 - bits)) & 31U];
  return text;
}

}  // namespace hanjari::services
