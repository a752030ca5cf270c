#include "hanjari/documents/table_list.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "documents/tables/table_render.h"

namespace hanjari::documents {
namespace {

Cell list_cell(const SheetCell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  if (const auto* date = std::get_if<Date>(&cell)) return *date;
  return NoValue{};
}

bool is_number_column(const Sheet& sheet, std::size_t column) {
  for (const std::vector<SheetCell>& row : sheet.rows) {
    if (std::holds_alternative<std::int64_t>(row[column])) return true;
  }
  return false;
}

}  // namespace

Paper render_list_pdf(const Sheet& sheet, const PlannedExam& planned, const PaperContext& context) {
  TableTemplate table;
  table.title = {sheet.name, sheet.name};
  table.landscape = true;
  table.text_size = 8.5;
  table.structure = Structure::rows;
  std::vector<std::string> names;  // of the fields; the data refers to them
  for (std::size_t at = 0; at < sheet.headings.size(); ++at) {
    const SheetHeading& heading = sheet.headings[at];
    names.push_back(fmt::format("column_{}", at));
    ColumnTemplate column;
    column.field = names.back();
    column.title = {heading.title, heading.title};
    column.width = heading.width;
    column.align = is_number_column(sheet, at) ? Align::right : Align::left;
    table.columns.push_back(std::move(column));
  }
  TableData data;
  data.fields.assign(names.begin(), names.end());
  TableSection& section = data.sections.emplace_back();
  for (const std::vector<SheetCell>& row : sheet.rows) {
    std::vector<Cell>& cells = section.rows.emplace_back();
    for (const SheetCell& cell : row) cells.push_back(list_cell(cell));
  }
  return render_table_pdf(table, data, planned, context);
}

}  // namespace hanjari::documents
