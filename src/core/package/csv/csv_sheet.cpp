// What reading a table from a sheet of a workbook adds to reading it from a file: places of cells, values beside the table, and what
// one does not see on the screen.
#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/sheet_tables.h"
#include "package/csv/characters.h"
#include "package/csv/csv_reader_input.h"

namespace hanjari::package {

// Where the column of this name stands; for none the first column that is read, which stands for the whole row.
std::size_t CsvReader::position_of_name(const std::string& column) const {
  std::size_t first = absent;
  for (std::size_t at = 0; at < columns_.size(); ++at) {
    if (position_of_[at] == absent) continue;
    if (columns_[at].name == column) return position_of_[at];
    first = std::min(first, position_of_[at]);
  }
  const auto heading = std::find(header_.begin(), header_.end(), column);
  if (!column.empty() && heading != header_.end()) return static_cast<std::size_t>(heading - header_.begin());
  return first == absent ? 0 : first;
}

Fault CsvReader::placed(std::uint64_t line, std::string column, Text what, Text fix) const {
  if (sheet_ == nullptr) return {file_, line, std::move(column), std::move(what), std::move(fix)};
  // Where the values of a sheet stand in one cell, parted by another sign, all columns are that cell.
  const std::size_t position = separator_ == ',' ? position_of_name(column) : 0;
  const workbook::CellAddress at{static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(position)};
  sheet_->add_bad(at, what, fix);
  return {sheet_->place(at), 0, std::move(column), std::move(what), std::move(fix)};
}

// A sheet has no number of values in a row: cells that hold nothing are empty values, and what stands beside the table is no part
// of it.
void CsvReader::pass_over_values_beside() {
  if (field_count_ > header_.size() && !told_beside_) {
    told_beside_ = true;
    std::size_t beside = header_.size();
    while (beside < fields_.size() && is_blank_text(fields_[beside])) ++beside;
    const std::string_view value = beside < fields_.size() ? fields_[beside] : std::string_view{};
    warnings_.push_back({sheet_->place({static_cast<std::uint32_t>(line_), static_cast<std::uint32_t>(beside)}),
                         0,
                         "",
                         {fmt::format("{} stands beside the table, below no heading; it was not read", show(value)),
                          in_korean("{}[은/는] 열 이름이 없는 칸에 있어 읽지 않았습니다", show(value))},
                         {"give the column a heading if it belongs to the table", "표에 속하는 값이면 열 이름을 적으십시오"}});
  }
  fields_.resize(header_.size());
  field_count_ = header_.size();
}

void CsvReader::tell_what_one_does_not_see() {
  const workbook::SheetReader::Met& met = input_->sheet()->met();
  const auto grouped = [](std::uint64_t number) { return group_digits(static_cast<long long>(number)); };
  const auto tell = [&](const workbook::CellAddress& at, Text what, Text fix) {
    warnings_.push_back({sheet_->place(at), 0, "", std::move(what), std::move(fix)});
  };
  if (sheet_->info().hidden) {
    tell({}, {"the sheet is hidden, and was read", "숨긴 시트인데 읽었습니다"},
         {"delete it if it does not belong to the package", "묶음에 속하지 않으면 지우십시오"});
  }
  if (met.hidden_rows > 0) {
    tell({met.first_hidden_row, 0},
         {fmt::format("{} hidden rows, of which this is the first, were read", grouped(met.hidden_rows)),
          fmt::format("숨긴 행 {}개도 읽었습니다(첫 행이 여기)", grouped(met.hidden_rows))},
         {"delete rows that do not belong to the table; a filter hides them only",
          "표에 속하지 않는 행은 지우십시오. 필터는 숨기기만 합니다"});
  }
  if (met.hidden_columns > 0) {
    tell({}, {fmt::format("{} hidden columns were read", grouped(met.hidden_columns)),
              fmt::format("숨긴 열 {}개도 읽었습니다", grouped(met.hidden_columns))},
         {"delete columns that do not belong to the table", "표에 속하지 않는 열은 지우십시오"});
  }
  if (met.merged_cells > 0) {
    tell(met.first_merged,
         {fmt::format("{} merged cells, of which this is the first, were read as what one sees in them",
                      grouped(met.merged_cells)),
          fmt::format("병합된 셀 {}개를 보이는 값으로 읽었습니다(첫 셀이 여기)", grouped(met.merged_cells))},
         {"undo the merging and fill every cell if that is not what is meant", "뜻과 다르면 병합을 풀고 칸마다 값을 적으십시오"});
  }
}

}  // namespace hanjari::package
