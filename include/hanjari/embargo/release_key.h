// The key of one version of a publication: drawn for it alone, split among officers two of three, whole only in locked
// memory, and wiped as soon as it is not needed.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hanjari::embargo {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t shares_made = 3;
constexpr std::size_t shares_needed = 2;

// 32 bytes in memory that is never swapped out nor written into a core file, and that is wiped when the key goes.
// Throws Unavailable (memory_not_locked) where the system refuses to lock memory.
class ReleaseKey {
 public:
  // Fresh, from libsodium's generator.
  static ReleaseKey draw();
  // Of exactly 32 bytes; throws std::logic_error otherwise. The caller wipes the source.
  static ReleaseKey copy_of(std::string_view bytes);
  ReleaseKey(ReleaseKey&& other) noexcept;
  ReleaseKey& operator=(ReleaseKey&& other) noexcept;
  ReleaseKey(const ReleaseKey&) = delete;
  ReleaseKey& operator=(const ReleaseKey&) = delete;
  ~ReleaseKey();

  std::string_view bytes() const { return {reinterpret_cast<const char*>(held_), key_bytes}; }
  // 64 hexadecimal digits by which a key is known again: SHA-256("hanjari release key 1" || LF || key). It tells nothing of
  // a key of 256 random bits.
  std::string commitment() const;

 private:
  ReleaseKey();
  unsigned char* held_ = nullptr;
};

// One part of a split key: a byte that says which (1 to 3), then 32 bytes. Two different ones give the key, one gives
// nothing of it. Whoever holds one wipes it.
using Share = std::string;

// Three shares; any two of them give the key.
std::vector<Share> split_key(const ReleaseKey& key);

// Throws Conflict: same_share when both are one share, wrong_share when they do not give the key of this commitment.
ReleaseKey join_shares(std::string_view first, std::string_view second, std::string_view commitment);

// Overwrites the bytes so that no compiler leaves it out.
void wipe(std::string& bytes);

}  // namespace hanjari::embargo
