// Tables of packages in workbooks: which sheet is which table, and the cells of it that are wrong.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/workbook/workbook.h"

namespace hanjari::package {

// One wrong cell, for the officer's own file to be marked.
struct BadCell {
  std::string file;  // the workbook's name
  std::string sheet;
  workbook::CellAddress at;
  Text what;
  Text fix;
};

// Every wrong cell, where lists of faults tell a cause that repeats once. Keeps the first `limit`, counts all.
class BadCells {
 public:
  static constexpr std::size_t limit = 10'000;

  void add(BadCell cell) {
    if (kept_.size() < limit) kept_.push_back(std::move(cell));
    ++count_;
  }
  std::uint64_t count() const { return count_; }
  const std::vector<BadCell>& kept() const { return kept_; }

 private:
  std::vector<BadCell> kept_;
  std::uint64_t count_ = 0;
};

// A sheet as a table.
struct TableSheet {
  std::shared_ptr<const workbook::Workbook> book;
  std::size_t sheet = 0;
  bool only_table = false;   // the workbook is this table alone, so that places name the file too: [rooms.xlsx]Sheet1!B5
  BadCells* bad = nullptr;   // may be absent
  // Where the columns stand that were read, by name.
  std::shared_ptr<std::map<std::string, std::uint32_t>> columns = std::make_shared<std::map<std::string, std::uint32_t>>();

  const workbook::SheetInfo& info() const { return book->sheets()[sheet]; }
  // applicants!F123; of the whole table for row 0.
  std::string place(const workbook::CellAddress& at) const;
  void add_bad(const workbook::CellAddress& at, const Text& what, const Text& fix) const;
};

// Whether a file of this name may be a workbook: its ending is .xlsx and it is no lock file of a spreadsheet.
bool is_workbook_name(std::string_view name);

// Whether the bytes are one workbook, and no ZIP file of several.
bool is_one_workbook(std::string_view bytes);

// A workbook that is sent as one table of an exam package: the sheet that is called like the table (`file`: rooms.csv), else the first
// that one sees. Made for small tables: throws InvalidInput as workbook::Workbook, also for more than 20 MB unpacked.
TableSheet open_table_sheet(std::string_view file, const std::string& name, std::string bytes, BadCells* bad);

// The officer's own workbook with the bad cells marked and, in each, what is wrong and what to do, in one language. Of other workbooks
// than `name` no cell is marked. Throws as workbook::mark_cells.
std::string mark_bad_cells(const std::string& name, std::string bytes, const BadCells& bad, Language language);

// The same of every workbook of a package that has bad cells: the one, or a ZIP file of the several under their names; empty when none
// has. `files` by name. Throws also Unavailable (workbook_not_made) when memory is short.
std::string mark_bad_workbooks(const std::map<std::string, std::string>& files, const BadCells& bad, Language language);

}  // namespace hanjari::package
