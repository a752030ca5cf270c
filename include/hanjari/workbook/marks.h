// The officer's own workbook returned with bad cells marked and a note in each.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hanjari/workbook/workbook.h"

namespace hanjari::workbook {

struct Mark {
  std::string sheet;
  CellAddress at;
  std::string note;
};

// More are not marked: nobody mends so many one by one, and spreadsheets grow slow.
inline constexpr std::size_t most_marks = 10'000;

// The same workbook in which the cells have a red ground and a note by "Hanjari"; several marks of one cell are one note. Formats,
// formulas, widths and every other part stay as they are, byte for byte: the sheets concerned, the list of styles and the notes are
// edited, nothing is written anew. Notes of an earlier marking go away; a note of somebody else stays, ours below it. A cell that is
// not there yet is made; a cell hidden in a merged area is marked where the area begins. Marks of sheets that the workbook has not
// are left out. Throws InvalidInput when the workbook is damaged or written in UTF-16, Unavailable when memory is short.
std::string mark_cells(const Workbook& workbook, const std::vector<Mark>& marks);

// Several workbooks, by name, in one ZIP file. Throws Unavailable when memory is short.
std::string pack_workbooks(const std::map<std::string, std::string>& workbooks);

}  // namespace hanjari::workbook
