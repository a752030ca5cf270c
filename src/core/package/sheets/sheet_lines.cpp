#include "package/sheets/sheet_lines.h"

#include <string_view>

#include "hanjari/package/csv.h"

namespace hanjari::package {
namespace {

constexpr std::size_t block_of_lines = 128 * 1024;  // bytes

// A formula that was saved without its value, as spreadsheets write where one cannot be worked out.
constexpr std::string_view no_result = "#CALC!";

void add_cell(std::string_view text, std::string& lines) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    lines += text;
    return;
  }
  lines += '"';
  for (const char c : text) {
    if (c == '"') lines += '"';
    lines += c == '\n' ? '\r' : c;
  }
  lines += '"';
}

}  // namespace

bool SheetLines::more(std::string& lines) {
  const std::size_t before = lines.size();
  workbook::Row row;
  while (lines.size() < before + block_of_lines && reader_.next(row)) {
    lines.append(row.number - last_row_ - 1, '\n');
    add_row(row, lines);
    last_row_ = row.number;
  }
  return lines.size() > before;
}

void SheetLines::add_row(const workbook::Row& row, std::string& lines) const {
  std::uint32_t column = 0;
  for (const workbook::Cell& cell : row.cells) {
    if (cell.column > CsvReader::most_columns) break;
    lines.append(cell.column - column, ',');
    column = cell.column;
    add_cell(cell.kind == workbook::CellKind::no_result ? no_result : std::string_view(cell.text), lines);
  }
  lines += '\n';
}

}  // namespace hanjari::package
