// Workbooks (.xlsx) read as a stream: sheets by name, rows one by one, values as the spreadsheet shows them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/workbook/address.h"

namespace hanjari::workbook {

// A file beyond any of these is refused before memory is spent on it. The sizes are those that its own head states, and
// unpacking stops where they end.
struct ReadLimits {
  std::uint64_t bytes = 400'000'000;       // of all parts together, unpacked
  std::uint64_t entries = 5'000;           // parts in the file
  std::uint64_t ratio = 300;               // unpacked to packed, for parts above a megabyte
  std::uint64_t shared_texts = 5'000'000;  // different texts of the whole workbook
  std::uint64_t cells = 20'000'000;        // of one sheet
};

enum class CellKind { text, number, boolean, date, error, no_result };

// A cell that holds something. `text` is what one reads in it: 0012 below the format 0000, 2027-03-01 for a date, TRUE, #N/A.
// `no_result` is a formula that was saved without its value; its text is empty.
struct Cell {
  std::uint32_t column = 0;  // from 0
  CellKind kind = CellKind::text;
  std::string text;
};

struct Row {
  std::uint32_t number = 0;  // from 1
  bool hidden = false;
  std::vector<Cell> cells;  // from left to right
};

struct SheetInfo {
  std::string name;
  std::string part;  // in the file: xl/worksheets/sheet1.xml
  bool hidden = false;
};

// Whether the bytes are a ZIP file that holds a workbook.
bool is_workbook(std::string_view bytes);

// A workbook whose list of sheets, formats and shared texts are read. Throws InvalidInput, with the file's name, when the bytes are
// no workbook, are damaged, locked with a password or beyond the limits.
class Workbook {
 public:
  struct Contents;

  Workbook(std::string name, std::string bytes, const ReadLimits& limits = {});
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  const std::string& name() const;
  const std::string& bytes() const;
  const std::vector<SheetInfo>& sheets() const;
  const Contents& contents() const { return *contents_; }

 private:
  std::unique_ptr<Contents> contents_;
};

// The rows of one sheet that hold something, from the top. What stands in a cell merged over several rows is given in each of them,
// as one sees it; over several columns it stands in the first alone. Throws InvalidInput where the sheet is damaged or too large.
class SheetReader {
 public:
  // The workbook outlives the reader.
  SheetReader(const Workbook& workbook, std::size_t sheet);
  ~SheetReader();
  SheetReader(const SheetReader&) = delete;
  SheetReader& operator=(const SheetReader&) = delete;
  // False at the end.
  bool next(Row& row);

  // What the reader met so far and one would not see on the screen.
  struct Met {
    std::uint64_t hidden_rows = 0;
    std::uint32_t first_hidden_row = 0;
    std::uint64_t hidden_columns = 0;  // of those before the 500th
    std::uint64_t merged_cells = 0;    // filled from the first cell of a merged area
    CellAddress first_merged;
  };
  const Met& met() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hanjari::workbook
