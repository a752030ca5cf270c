#include "hanjari/proof/merkle_tree.h"

#include <string>

namespace hanjari::proof {
namespace {

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

Digest node_hash(const Digest& left, const Digest& right) {
  return Sha256().update(std::string_view("\x01", 1)).update(bytes_of(left)).update(bytes_of(right)).finish();
}

}  // namespace

Digest leaf_hash(std::string_view record) {
  return Sha256().update(std::string_view("\x00", 1)).update(record).finish();
}

MerkleTree::MerkleTree(std::vector<Digest> leaves) {
  levels_.push_back(std::move(leaves));
  while (levels_.back().size() > 1) {
    const std::vector<Digest>& below = levels_.back();
    std::vector<Digest> level;
    level.reserve((below.size() + 1) / 2);
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) level.push_back(node_hash(below[i], below[i + 1]));
    if (below.size() % 2 == 1) level.push_back(below.back());
    levels_.push_back(std::move(level));
  }
}

Digest MerkleTree::root() const {
  return levels_.back().empty() ? sha256("") : levels_.back().front();
}

std::vector<Digest> MerkleTree::path(std::size_t index) const {
  std::vector<Digest> siblings;
  for (const std::vector<Digest>& level : levels_) {
    const std::size_t sibling = index % 2 == 0 ? index + 1 : index - 1;
    if (sibling < level.size()) siblings.push_back(level[sibling]);
    index /= 2;
  }
  return siblings;
}

// At every height either the node has a sibling, whose hash the path gives, or it is the last of an odd number and moves
// up unchanged.
std::optional<Digest> root_of_path(const Digest& leaf, std::uint64_t index, std::uint64_t leaves,
                                   std::span<const Digest> path) {
  if (index >= leaves) return std::nullopt;
  Digest node = leaf;
  std::size_t used = 0;
  for (std::uint64_t last = leaves - 1; last > 0; index /= 2, last /= 2) {
    const bool is_right = index % 2 == 1;
    if (!is_right && index == last) continue;
    if (used == path.size()) return std::nullopt;
    node = is_right ? node_hash(path[used], node) : node_hash(node, path[used]);
    ++used;
  }
  if (used != path.size()) return std::nullopt;
  return node;
}

}  // namespace hanjari::proof
