#include "hanjari/proof/merkle_tree.h"

#include <string>

#include <gtest/gtest.h>

namespace hanjari::proof {
namespace {

std::vector<Digest> leaves_of(std::size_t count) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash("record " + std::to_string(i)));
  return leaves;
}

std::string bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

// RFC 6962, section 2.1, word for word: MTH(D[n]) by the largest power of two below n.
Digest root_by_definition(std::span<const Digest> leaves) {
  if (leaves.empty()) return sha256("");
  if (leaves.size() == 1) return leaves.front();
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return sha256("\x01" + bytes_of(root_by_definition(leaves.first(k))) +
                bytes_of(root_by_definition(leaves.subspan(k))));
}

// RFC 6962, section 2.1.1: PATH(m, D[n]).
std::vector<Digest> path_by_definition(std::size_t m, std::span<const Digest> leaves) {
  if (leaves.size() <= 1) return {};
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  std::vector<Digest> path;
  if (m < k) {
    path = path_by_definition(m, leaves.first(k));
    path.push_back(root_by_definition(leaves.subspan(k)));
  } else {
    path = path_by_definition(m - k, leaves.subspan(k));
    path.push_back(root_by_definition(leaves.first(k)));
  }
  return path;
}

TEST(MerkleTree, HasTheRootAndPathsOfTheDefinitionAtEverySize) {
  for (std::size_t size = 0; size <= 70; ++size) {
    const std::vector<Digest> leaves = leaves_of(size);
    const MerkleTree tree(leaves);
    ASSERT_EQ(tree.root(), root_by_definition(leaves)) << size;
    for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(tree.path(i), path_by_definition(i, leaves)) << size << " " << i;
  }
}

TEST(MerkleTree, EveryPathLeadsToTheRootAndNowhereElse) {
  for (std::size_t size = 1; size <= 40; ++size) {
    const std::vector<Digest> leaves = leaves_of(size);
    const MerkleTree tree(leaves);
    for (std::size_t i = 0; i < size; ++i) {
      std::vector<Digest> path = tree.path(i);
      ASSERT_EQ(root_of_path(leaves[i], i, size, path), tree.root());
      for (std::size_t other = 0; other < size; ++other) {
        if (other == i) continue;
        EXPECT_NE(root_of_path(leaves[i], other, size, path), tree.root()) << size << " " << i << " " << other;
      }
      path.push_back(leaves[0]);
      EXPECT_EQ(root_of_path(leaves[i], i, size, path), std::nullopt);
      if (path.size() < 2) continue;
      path.resize(path.size() - 2);
      EXPECT_EQ(root_of_path(leaves[i], i, size, path), std::nullopt);
    }
    EXPECT_EQ(root_of_path(leaves[0], size, size, tree.path(0)), std::nullopt);
  }
}

}  // namespace
}  // namespace hanjari::proof
