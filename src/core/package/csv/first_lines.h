// Finds whether a row's key stood on an earlier line, for tables of millions of rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hanjari::package {

// Remembers rows by the hash of their key, 8 bytes a row and 12 a slot. Equal keys are told apart from equal hashes by
// the caller, who has the rows.
class FirstLines {
 public:
  static constexpr std::uint32_t nowhere = 0xffffffff;

  // Position of a row with this key, or `nowhere`. `is_same(position)` tells whether the row there has the same key.
  template <class IsSame>
  std::uint32_t find(std::uint64_t hash, IsSame is_same) const {
    if (slots_.empty()) return nowhere;
    for (std::size_t at = hash & (slots_.size() - 1); slots_[at] != nowhere; at = (at + 1) & (slots_.size() - 1)) {
      if (hashes_[slots_[at]] == hash && is_same(slots_[at])) return slots_[at];
    }
    return nowhere;
  }

  // The line of the row at a position.
  std::uint64_t line_of(std::uint32_t position) const { return lines_[position]; }

  // Adds a row, whose position is the number of rows added before; gives the line of the first row with this key, or 0.
  template <class IsSame>
  std::uint64_t add(std::uint64_t hash, std::uint64_t line, IsSame is_same) {
    if ((lines_.size() + 1) * 3 > slots_.size() * 2) grow();
    const std::uint32_t first = find(hash, is_same);
    const auto position = static_cast<std::uint32_t>(lines_.size());
    hashes_.push_back(hash);
    lines_.push_back(static_cast<std::uint32_t>(line));
    if (first != nowhere) return lines_[first];
    put(position);
    return 0;
  }

 private:
  void put(std::uint32_t position) {
    std::size_t at = hashes_[position] & (slots_.size() - 1);
    while (slots_[at] != nowhere) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = position;
  }

  void grow() {
    slots_.assign(slots_.empty() ? 1024 : slots_.size() * 2, nowhere);
    for (std::uint32_t position = 0; position < hashes_.size(); ++position) put(position);
  }

  std::vector<std::uint32_t> slots_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> lines_;
};

}  // namespace hanjari::package
