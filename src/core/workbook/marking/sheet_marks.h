// Marked cells in the text of a sheet.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace hanjari::workbook {

// Columns by row.
using MarkedCells = std::map<std::uint32_t, std::set<std::uint32_t>>;
// The number of the marked twin of a cell's style.
using MarkedStyle = std::function<std::uint32_t(std::uint32_t style)>;

// The sheet with the cells in their marked style. `drawing` names the relation of the notes' drawing and is put in where the sheet
// has none yet. Throws InvalidInput, with the file's name, for a sheet that is damaged or not UTF-8.
std::string mark_sheet(const std::string& file, const std::string& part, std::string_view text, const MarkedCells& cells,
                       const MarkedStyle& marked, const std::string& drawing);

}  // namespace hanjari::workbook
