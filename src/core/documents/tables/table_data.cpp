#include "documents/tables/table_data.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "documents/local_time.h"
#include "documents/tables/table_render.h"
#include "hanjari/base/error.h"

namespace hanjari::documents {

std::string cell_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return group_digits(*number);
  if (const auto* date = std::get_if<Date>(&cell)) return format_date(*date);
  if (const auto* time = std::get_if<ClockTime>(&cell)) return format_clock_time(time->minutes);
  return {};
}

std::size_t field_position(const std::vector<std::string_view>& fields, std::string_view field) {
  const auto found = std::find(fields.begin(), fields.end(), field);
  assert(found != fields.end());
  return static_cast<std::size_t>(found - fields.begin());
}

bool has_something_to_say(const ColumnTemplate& column, const TableData& data) {
  if (!column.if_any) return true;
  const std::size_t at = field_position(data.fields, column.field);
  for (const TableSection& section : data.sections) {
    for (std::size_t row = 0; row < section.rows.size(); ++row) {
      if (section.shows(row, RowPlace::page) && !cell_text(section.rows[row][at]).empty()) return true;
    }
  }
  return false;
}

const TableTemplate& table_template(const PaperContext& context, std::string_view paper) {
  const auto& tables = templates_of(context).tables;
  const auto found = tables.find(std::string(paper));
  if (found != tables.end()) return found->second;
  throw NotFound("no_such_paper",
                 {fmt::format("there is no table paper '{}'", paper), fmt::format("'{}' 문서는 없습니다", paper)});
}

}  // namespace hanjari::documents
