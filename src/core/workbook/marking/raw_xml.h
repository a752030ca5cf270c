// Edits of XML text that leave everything else in it as it was, byte for byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hanjari::workbook {

// Takes `removed` bytes at `at` away and puts `added` there.
struct Edit {
  std::size_t at = 0;
  std::size_t removed = 0;
  std::string added;
};

// The text with all edits, which are in the order of their places and do not overlap.
std::string apply_edits(std::string_view text, const std::vector<Edit>& edits);

// A tag, <c r="A1">, with the attribute set to the value, which needs no escapes.
std::string set_attribute(std::string tag, std::string_view name, std::string_view value);
// What stands before the colon of a tag's name, with the colon; empty for none.
std::string prefix_of(std::string_view tag);
bool closes_itself(std::string_view tag);
// <row/> as <row>.
std::string opened(std::string tag);

// The text with `added` as the last child of its outermost element.
std::string add_last_child(std::string text, std::string_view added);
// The prefix of the outermost element.
std::string prefix_of_root(std::string_view text);

}  // namespace hanjari::workbook
