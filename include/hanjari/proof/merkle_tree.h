// The hash tree of RFC 6962, section 2.1: one root stands for every record, and a short path shows that a record is among
// them.
//
// A leaf is SHA-256(0x00 || record), an inner node SHA-256(0x01 || left || right). A tree of n leaves has the largest
// power of two below n on its left side. The tree of no leaves is SHA-256 of nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "hanjari/base/digest.h"

namespace hanjari::proof {

Digest leaf_hash(std::string_view record);

// Keeps every node, so that a path costs no hashing: about 64 bytes a leaf.
class MerkleTree {
 public:
  explicit MerkleTree(std::vector<Digest> leaves);

  std::size_t size() const { return levels_.front().size(); }
  Digest root() const;
  // The siblings from the leaf upwards. Precondition: index < size().
  std::vector<Digest> path(std::size_t index) const;

 private:
  std::vector<std::vector<Digest>> levels_;  // the leaves first; a node without a sibling moves up unchanged
};

// The root to which the path leads from leaf `index` of `leaves`; nothing when the path has a wrong length or there is no
// such leaf.
std::optional<Digest> root_of_path(const Digest& leaf, std::uint64_t index, std::uint64_t leaves,
                                   std::span<const Digest> path);

}  // namespace hanjari::proof
