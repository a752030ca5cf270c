#include "documents/tables/table_render.h"
#include "hanjari/documents/csv.h"

namespace hanjari::documents {
namespace {

// Numbers without separators: a program reads them.
std::string list_text(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  return cell_text(cell);
}

}  // namespace

Paper render_table_csv(const TableTemplate& table, const TableData& data, const PaperContext& context) {
  PeopleCsv csv;
  std::vector<std::size_t> positions;
  std::vector<std::string> values;
  for (const ColumnTemplate& column : table.columns) {
    if (!column.in_list) continue;
    positions.push_back(field_position(data.fields, column.field));
    values.push_back(column.title.in(context.language));
  }
  csv.add_line(values);
  for (const TableSection& section : data.sections) {
    for (std::size_t row = 0; row < section.rows.size(); ++row) {
      if (!section.shows(row, RowPlace::list)) continue;
      for (std::size_t i = 0; i < positions.size(); ++i) values[i] = list_text(section.rows[row][positions[i]]);
      csv.add_line(values);
    }
  }
  return {csv.take(), 0, {}};
}

}  // namespace hanjari::documents
