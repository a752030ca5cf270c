// Wrong cells of sheets: their places in words, and their marks in the officer's own file.
#include <fmt/format.h>

#include "hanjari/base/fault.h"
#include "hanjari/package/sheet_tables.h"
#include "hanjari/workbook/marks.h"

namespace hanjari::package {

std::string TableSheet::place(const workbook::CellAddress& at) const {
  const std::string file = only_table ? book->name() : std::string();
  if (at.row > 0) return workbook::write_place(file, info().name, at);
  return file.empty() ? info().name : fmt::format("[{}]{}", file, info().name);
}

void TableSheet::add_bad(const workbook::CellAddress& at, const Text& what, const Text& fix) const {
  if (bad != nullptr && at.row > 0) bad->add({book->name(), info().name, at, what, fix});
}

bool is_workbook_name(std::string_view name) {
  if (name.size() < 6 || name.starts_with("~$") || name.starts_with('.')) return false;
  const std::string_view ending = name.substr(name.size() - 5);
  return ending == ".xlsx" || ending == ".XLSX" || ending == ".xlsm" || ending == ".XLSM";
}

bool is_one_workbook(std::string_view bytes) {
  return workbook::is_workbook(bytes);
}

std::string mark_bad_cells(const std::string& name, std::string bytes, const BadCells& bad, Language language) {
  const workbook::Workbook book(name, std::move(bytes));
  std::vector<workbook::Mark> marks;
  for (const BadCell& cell : bad.kept()) {
    if (cell.file != name) continue;
    marks.push_back({cell.sheet, cell.at, fmt::format("{}\n{}", cell.what.in(language), cell.fix.in(language))});
  }
  return workbook::mark_cells(book, marks);
}

}  // namespace hanjari::package
