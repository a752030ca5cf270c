// Reads a part of a page as a browser would, strictly: what it does not know, it reports.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hanjari::proofreading {

struct ServedText {
  std::string language;  // of the article
  // Name and text of every marked element, in their order.
  std::vector<std::pair<std::string, std::string>> fields;
  // Every other piece of text that is not blank.
  std::vector<std::string> labels;
  // Both as they follow one another: a label as it is, a field as "=" and its name.
  std::vector<std::string> order;
};

// Nothing for bytes that are no well-formed article of elements that pages of results have: a script, a comment, a style, an
// element, class or attribute that could hide text, a field inside a field.
std::optional<ServedText> read_served(std::string_view bytes);

// The rows of a CSV table by the names of its columns; nothing when a row has another number of cells or no header is there.
using Table = std::vector<std::map<std::string, std::string>>;
std::optional<Table> read_table(std::string_view bytes);

}  // namespace hanjari::proofreading
