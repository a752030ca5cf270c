// How a table is laid out in its file: what separates the values, which line is the header, and which heading means
// which column.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/package/csv.h"

namespace hanjari::package {

struct CsvLayout {
  char separator = ',';
  bool said = false;              // by a line sep=
  std::size_t lines_before = 0;   // the header: titles, empty lines, the line sep=
  std::size_t known_columns = 0;  // that the header names
  std::size_t row_above = 0;      // the first line above the header, from 1, that is filled like a row; 0: there is none
};

// Looks at the beginning of a file. Commas and the first line are taken unless something else names more columns.
CsvLayout find_layout(std::string_view beginning, const std::vector<CsvColumn>& columns);

// The column that a heading means: its name, its name in another spelling (case, blanks, hyphens), or a Korean word for
// it. `taken` are those that are named already; columns_.size() if it means none of the others.
enum class HeadingMatch { exact, spelling, word };
std::size_t find_column(std::string_view heading, const std::vector<CsvColumn>& columns, const std::vector<bool>& taken,
                        HeadingMatch how);

// The positions of the headings in the order in which words for columns are given out.
std::vector<std::size_t> order_of_headings(const std::vector<std::string>& header);

// "semicolons".
Text name_of_separator(char separator);

// Whether a row of these values is one that people add below a table of so many columns: a total, a remark, or that it
// ends here.
bool is_closing_row(const std::vector<std::string_view>& values, std::size_t columns);

}  // namespace hanjari::package
