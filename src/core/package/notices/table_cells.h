// Cells of the tables of a notice: lists, moments and words in two languages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/date.h"
#include "hanjari/base/text.h"
#include "hanjari/package/csv.h"

namespace hanjari::package {

// One line of a tab separated table; a cell with a tab, a quote or a line end is quoted.
class TabLines {
 public:
  explicit TabLines(const std::vector<CsvColumn>& columns);
  TabLines& cell(std::string_view text);
  void end_row();
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool begun_ = false;
};

// A list in one cell: things parted by "; ", the parts of a thing by "|".
std::string write_cell_list(const std::vector<std::vector<std::string>>& things);
std::vector<std::vector<std::string>> read_cell_list(std::string_view cell);

// The English words are the Korean ones where nothing else is said.
Text text_of_cells(std::string ko, std::string en);

// Values of a row, with a fault at the cell for what is no such thing; nothing for a blank cell.
std::optional<Instant> read_moment_cell(CsvReader& reader, std::size_t column, const std::string& time_zone);
std::optional<Date> read_day_cell(CsvReader& reader, std::size_t column);
std::optional<std::int64_t> read_count_cell(CsvReader& reader, std::size_t column, std::int64_t least,
                                            std::int64_t most);
// A fault where the cell is blank.
void require_cell(CsvReader& reader, std::size_t column);

}  // namespace hanjari::package
