// shapes.csv: the shapes of rooms an office knows by name, so that twenty equal classrooms are described once.
#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/spelling.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/exam_tables.h"

namespace hanjari::package {

std::optional<std::vector<Desk>> read_blocked(CsvReader& reader, std::size_t column) {
  if (auto desks = parse_desks(tidy_list(reader.text(column)))) return desks;
  const std::string shown = show(reader.text(column));
  if (const auto meant = undo_date(reader.text(column)); !meant.empty()) {
    reader.add_fault(
        column,
        {fmt::format("{} is the date that a spreadsheet makes of a desk such as {}", shown, meant.front()),
         in_korean("{}[은/는] {} 같은 책상 번호를 엑셀이 날짜로 바꾼 것입니다", shown, meant.front())},
        {"give the column the format Text and write row-column again",
         "열의 서식을 '텍스트'로 바꾸고 행-열을 다시 적으십시오"});
    return std::nullopt;
  }
  reader.add_fault(
      column, {fmt::format("{} is no list of desks", shown), in_korean("{}[은/는] 책상의 목록이 아닙니다", shown)},
      {"write row-column, joined by semicolons: 2-5;3-1", "행-열을 쌍반점으로 이어 적으십시오: 2-5;3-1"});
  return std::nullopt;
}

bool read_accessible(CsvReader& reader, std::size_t column) {
  constexpr std::string_view known[] = {"accessible"};
  const std::string feature = tidy_list(reader.text(column));
  if (feature.empty()) return false;
  if (find_meant_word(feature, known) == 0) return true;
  reader.add_fault(column,
                   {fmt::format("{} is no feature known here", show(reader.text(column))),
                    in_korean("{}[은/는] 알 수 없는 특성입니다", show(reader.text(column)))},
                   {"write accessible or leave it empty", "accessible이라 적거나 비워 두십시오"});
  return false;
}

void check_blocked(CsvReader& reader, std::size_t column, const Room& room) {
  for (const Desk desk : room.blocked) {
    if (desk.row <= room.row_count && desk.column <= room.column_count) continue;
    reader.add_fault(
        column,
        {fmt::format("desk {}-{} is outside the room of {} and {}", desk.row, desk.column,
                     count_of(room.row_count, "row", "rows"), count_of(room.column_count, "column", "columns")),
         fmt::format("{}-{} 책상은 {}행 {}열인 시험실 밖에 있습니다", desk.row, desk.column, room.row_count,
                     room.column_count)},
        {"rows count from the front and columns from the left, from 1", "행은 앞에서, 열은 왼쪽에서 1부터 셉니다"});
  }
}

void read_shapes(ExamReading& reading) {
  enum Column : std::size_t { name, row_count, column_count, row_pitch, column_pitch, blocked };
  if (!has_file(reading, "shapes.csv")) return;
  CsvReader reader = open_table(reading, "shapes.csv",
                   {{"shape"},
                    {"row_count"},
                    {"column_count"},
                    {"row_pitch_cm"},
                    {"column_pitch_cm"},
                    {"blocked", Presence::optional}});
  while (reader.next()) {
    const auto code = read_new_code(reader, name, reading.shape_names, reading.shapes.size());
    const auto rows = reader.integer(row_count, 1, 200);
    const auto columns = reader.integer(column_count, 1, 200);
    const auto row_step = reader.integer(row_pitch, 1, 10'000);
    const auto column_step = reader.integer(column_pitch, 1, 10'000);
    const auto desks = read_blocked(reader, blocked);
    if (!code || !rows || !columns || !row_step || !column_step || !desks) {
      reading.shape_names.complete = false;
      continue;
    }
    Room shape;
    shape.row_count = static_cast<int>(*rows);
    shape.column_count = static_cast<int>(*columns);
    shape.row_pitch_cm = static_cast<int>(*row_step);
    shape.column_pitch_cm = static_cast<int>(*column_step);
    shape.blocked = *desks;
    check_blocked(reader, blocked, shape);
    reading.shapes.push_back(std::move(shape));
  }
  if (reader.broken_rows() > 0) reading.shape_names.complete = false;
}

}  // namespace hanjari::package
