// HMAC-SHA-256 over a moment and a text.
#include <sodium.h>

#include <array>
#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "hanjari/base/hex.h"
#include "hanjari/intake/gateway/gateway_provider.h"

namespace hanjari::gateway {
namespace {

constexpr std::size_t longest_moment = 12;        // digits
constexpr std::int64_t last_moment = 9'000'000'000;  // seconds since 1970: a moment counts nanoseconds, which end soon after

std::string mac_of(std::string_view key, std::string_view moment, std::string_view text) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  crypto_auth_hmacsha256_state state;
  const auto feed = [&](std::string_view bytes) {
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  };
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
  feed(moment);
  feed(".");
  feed(text);
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_final(&state, mac.data());
  return to_hex({reinterpret_cast<const char*>(mac.data()), mac.size()});
}

std::string signature_of(std::string_view key, std::string_view moment, std::string_view text) {
  return fmt::format("t={},v1={}", moment, mac_of(key, moment, text));
}

}  // namespace

std::string sign(std::string_view key, Instant at, std::string_view text) {
  return signature_of(key, std::to_string(at.time_since_epoch() / std::chrono::seconds(1)), text);
}

std::optional<Instant> verify(std::string_view key, std::string_view text, std::string_view signature) {
  const std::size_t comma = signature.find(',');
  if (!signature.starts_with("t=") || comma == std::string_view::npos || comma - 2 > longest_moment)
    return std::nullopt;
  const std::string_view moment = signature.substr(2, comma - 2);
  std::int64_t seconds = 0;
  const auto [end, wrong] = std::from_chars(moment.data(), moment.data() + moment.size(), seconds);
  if (wrong != std::errc() || end != moment.data() + moment.size() || seconds < 0 || seconds > last_moment)
    return std::nullopt;
  const std::string right = signature_of(key, moment, text);
  if (right.size() != signature.size() || sodium_memcmp(right.data(), signature.data(), right.size()) != 0)
    return std::nullopt;
  return Instant(std::chrono::seconds(seconds));
}

}  // namespace hanjari::gateway
