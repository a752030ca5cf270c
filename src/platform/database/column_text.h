// Texts that must fit into a column. What a person typed is refused when it is too long; what a program says of a failure
// is shortened where everybody sees it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hanjari::storage {

// Throws InvalidInput (value_too_long) for more than `most` characters. `what` names the value for people.
struct ColumnText {
  std::string_view en;
  std::string_view ko;
};
void check_length(std::string_view text, std::size_t most, const ColumnText& what);

// At most `most` characters of UTF-8; what was left out is shown by an ellipsis at the end. No character is parted.
std::string shortened(std::string_view text, std::size_t most);

}  // namespace hanjari::storage
