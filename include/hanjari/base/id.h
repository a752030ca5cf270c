// Strong identifiers: a code of one kind is never taken for a code of another.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace hanjari {

// A code or id given as text and compared as bytes (contract: codes and ids).
template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}
  explicit Id(std::string_view text) : text_(text) {}
  explicit Id(const char* text) : text_(text) {}
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  bool operator==(const Id&) const = default;
  std::strong_ordering operator<=>(const Id& other) const {
    // std::char_traits<char> compares as unsigned bytes, which is the order of the contract.
    const int order = text_.compare(other.text_);
    return order < 0   ? std::strong_ordering::less
           : order > 0 ? std::strong_ordering::greater
                       : std::strong_ordering::equal;
  }

 private:
  std::string text_;
};

// The position of a thing in its table of an Exam; `none` stands for no thing.
template <class Tag>
struct Index {
  std::uint32_t value = std::numeric_limits<std::uint32_t>::max();

  Index() = default;
  explicit constexpr Index(std::size_t position) : value(static_cast<std::uint32_t>(position)) {}
  static constexpr Index none() { return Index{}; }
  constexpr bool exists() const { return value != std::numeric_limits<std::uint32_t>::max(); }
  auto operator<=>(const Index&) const = default;
};

}  // namespace hanjari

template <class Tag>
struct std::hash<hanjari::Id<Tag>> {
  std::size_t operator()(const hanjari::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.text()); }
};
template <class Tag>
struct std::hash<hanjari::Index<Tag>> {
  std::size_t operator()(hanjari::Index<Tag> index) const noexcept { return std::hash<std::uint32_t>{}(index.value); }
};
