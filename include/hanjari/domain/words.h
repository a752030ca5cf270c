// Words that many rows share (district codes, buildings, keep_apart words): stored once, referred to by number.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hanjari/base/id.h"

namespace hanjari {

using WordIndex = Index<struct WordTag>;

// Word 0 is the empty word. Numbers depend on the order of insertion: never order anything by them.
class Words {
 public:
  Words() { intern(""); }
  Words(const Words& other) { *this = other; }
  Words& operator=(const Words& other) {
    if (this != &other) {
      texts_.clear();
      numbers_.clear();
      for (const std::string& text : other.texts_) intern(text);
    }
    return *this;
  }
  Words(Words&&) = default;
  Words& operator=(Words&&) = default;

  WordIndex intern(std::string_view text) {
    if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
    const WordIndex index(texts_.size());
    numbers_.emplace(texts_.emplace_back(text), index);
    return index;
  }
  // The number of a word already there; none() otherwise.
  WordIndex find(std::string_view text) const {
    const auto found = numbers_.find(text);
    return found == numbers_.end() ? WordIndex::none() : found->second;
  }
  const std::string& operator[](WordIndex index) const { return texts_[index.value]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;  // a deque never moves its strings: the views below stay valid
  std::unordered_map<std::string_view, WordIndex> numbers_;
};

constexpr WordIndex empty_word{std::size_t{0}};

}  // namespace hanjari
