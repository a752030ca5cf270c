#include "hanjari/package/told_faults.h"

#include <algorithm>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "package/csv/heading_words.h"

namespace hanjari::package {
namespace {

// "[rooms.xlsx]Sheet1!B5", or "'[rooms.xlsx]First sheet'!B5", names the sheet and the cell besides; "rooms.csv" the file alone.
void rename_place(std::string& place, std::string_view sent_name) {
  const std::size_t open = place.starts_with("'[") ? 1 : 0;
  const std::size_t close = place.find(']');
  if (close == std::string::npos || place[open] != '[') {
    place = sent_name;
    return;
  }
  const std::string name = sent_name.empty() ? std::string() : fmt::format("[{}]", sent_name);
  place.replace(open, close + 1 - open, name);
}

}  // namespace

Fault tell_of_sent_file(Fault fault, std::string_view sent_name, Language language) {
  if (fault.file.empty()) return fault;
  rename_place(fault.file, sent_name);
  if (language != Language::korean) return fault;
  const auto* word = std::find_if(std::begin(heading_words), std::end(heading_words),
                                  [&](const HeadingWord& one) { return one.column == fault.column; });
  if (word != std::end(heading_words)) fault.column = fmt::format("{}({})", word->word, fault.column);
  return fault;
}

}  // namespace hanjari::package
