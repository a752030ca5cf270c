// The notes of a sheet: their texts, and the boxes that spreadsheets draw for them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace hanjari::workbook {

// Texts of notes by row (from 1) and column (from 0).
using Notes = std::map<std::pair<std::uint32_t, std::uint32_t>, std::string>;

// Row and column of cells, as above.
using NotedCells = std::set<std::pair<std::uint32_t, std::uint32_t>>;

// The list of notes with ours in it; `text` is the part as it was, empty when there was none. The cells of our notes in it, which go
// away, are added to `gone`.
std::string write_notes(const std::string& file, const std::string& part, const std::string& text, const Notes& notes,
                        NotedCells& gone);

// The drawing with a box for each of the notes and none for `gone`; `text` is the drawing as it was, empty when there was none.
std::string draw_notes(std::string text, const Notes& notes, const NotedCells& gone);

}  // namespace hanjari::workbook
