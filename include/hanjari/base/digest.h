// SHA-256, the digest that anybody can check with sha256sum.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace hanjari {

struct Digest {
  std::array<std::uint8_t, 32> bytes{};
  std::string hex() const;
  auto operator<=>(const Digest&) const = default;
};

// Digest of a stream of bytes, fed piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  Sha256& update(std::string_view bytes);
  // Ends the stream; the object may not be fed again.
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Digest sha256(std::string_view bytes);

}  // namespace hanjari
