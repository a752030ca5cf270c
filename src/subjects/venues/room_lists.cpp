// Rooms of a school as rows: read from a file or pasted, written to be changed, and shapes used again.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <sodium.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/room_columns.h"
#include "hanjari/package/sheet_tables.h"
#include "hanjari/venues/venue_offers.h"
#include "hanjari/workbook/file_kinds.h"

namespace hanjari::services {
namespace {

constexpr std::array<std::string_view, 3> room_use_words{"exam", "reserve", "separate"};
constexpr int most_rooms_named = 500;
constexpr int last_room_no = 1'000'000'000;

enum RoomColumn : std::size_t {
  room_no_column,
  building_column,
  floor_column,
  rows_column,
  columns_column,
  row_pitch_column,
  column_pitch_column,
  blocked_column,
  cap_column,
  features_column,
  use_column
};

std::vector<package::CsvColumn> room_list_columns() {
  using package::Presence;
  return {{"room_no"},
          {"building", Presence::optional},
          {"floor", Presence::optional},
          {"row_count"},
          {"column_count"},
          {"row_pitch_cm"},
          {"column_pitch_cm"},
          {"blocked", Presence::optional},
          {"people_cap", Presence::optional},
          {"features", Presence::optional},
          {"use", Presence::optional}};
}

// Which values of a row are what was written there, and not what stands in for something that cannot be read.
struct ReadOfRow {
  bool number = true;
  bool shape = true;
};

int whole_number(package::CsvReader& reader, std::size_t column, std::int64_t least, std::int64_t most, bool& is_read) {
  const auto number = reader.integer(column, least, most);
  if (!number) is_read = false;
  return static_cast<int>(number.value_or(least));
}

Room read_room_row(package::CsvReader& reader, ReadOfRow& read) {
  using package::Presence;
  Room room;
  room.venue = VenueIndex::none();
  room.room_no = whole_number(reader, room_no_column, 1, last_room_no, read.number);
  room.building = reader.words(building_column, Presence::optional, 200).value_or("");
  room.floor = reader.words(floor_column, Presence::optional, 100).value_or("");
  room.row_count = whole_number(reader, rows_column, 1, 200, read.shape);
  room.column_count = whole_number(reader, columns_column, 1, 200, read.shape);
  room.row_pitch_cm = whole_number(reader, row_pitch_column, 1, 10'000, read.shape);
  room.column_pitch_cm = whole_number(reader, column_pitch_column, 1, 10'000, read.shape);
  if (auto desks = package::read_blocked(reader, blocked_column)) room.blocked = std::move(*desks);
  if (!reader.text(cap_column).empty()) room.people_cap = whole_number(reader, cap_column, 1, 40'000, read.shape);
  room.accessible = package::read_accessible(reader, features_column);
  if (!reader.text(use_column).empty()) {
    if (const auto at = reader.word(use_column, room_use_words))
      room.use = parse_word<RoomUse>(room_use_words[*at]).value_or(RoomUse::exam);
  }
  return room;
}

// A number given twice, and a desk outside the room. Saving asks for them too; here the cell is known. `lines`: by number of the room.
void judge_room_row(package::CsvReader& reader, const Room& room, const ReadOfRow& read, std::map<int, std::uint64_t>& lines) {
  const auto [first, is_new] = read.number ? lines.try_emplace(room.room_no, reader.line()) : std::pair(lines.end(), true);
  if (!is_new) {
    reader.add_fault(room_no_column,
                     {fmt::format("room {} stands in row {} already", room.room_no, first->second),
                      fmt::format("{}번 시험실이 {}행에 이미 있습니다", room.room_no, first->second)},
                     {"give one of the two another number", "둘 가운데 하나의 번호를 바꾸십시오"});
  }
  const bool inside = std::all_of(room.blocked.begin(), room.blocked.end(), [&](const Desk& desk) {
    return desk.row >= 1 && desk.row <= room.row_count && desk.column >= 1 && desk.column <= room.column_count;
  });
  if (read.shape && !inside) {
    reader.add_fault(blocked_column, {"a blocked desk is outside the room", "사용하지 않는 책상이 시험실 밖에 있습니다"},
                     {"write row-column within the rows and columns of the room", "시험실의 줄 수와 칸 수 안에서 줄-칸으로 적으십시오"});
  }
}

std::vector<Room> read_room_rows(package::CsvReader& reader) {
  std::vector<Room> rooms;
  std::map<int, std::uint64_t> lines;
  while (reader.next()) {
    ReadOfRow read;
    rooms.push_back(read_room_row(reader, read));
    judge_room_row(reader, rooms.back(), read, lines);
  }
  return rooms;
}

// Other files than tables: any ZIP, the workbooks of before 2007 or with a password, documents and pictures.
void refuse_other_files(std::string_view bytes) {
  auto kind = workbook::name_of_file_kind(bytes);
  if (!kind) return;
  // A whole workbook was read as one before: whoever sent this is not told to save a workbook as a workbook.
  if (bytes.starts_with("PK") && !workbook::is_packed_document(bytes))
    kind = Text{"a packed file (ZIP), or a damaged workbook", "압축 파일(ZIP) 또는 손상된 통합 문서"};
  throw InvalidInput(
      "workbook_not_read",
      {fmt::format("This file cannot be read: it is {}. Save it as an Excel workbook (.xlsx) without a password or as CSV, or paste its rows.",
                   kind->en),
       fmt::format("읽을 수 없는 파일입니다({}). 암호 없는 Excel 통합 문서(.xlsx)나 CSV로 저장하거나 행을 복사하여 붙여 넣으십시오.",
                   kind->ko)});
}

[[noreturn]] void throw_bad_numbers(const std::string& typed) {
  throw InvalidInput("bad_room_numbers", {fmt::format("'{}' names no rooms; write 2-10, 12.", typed),
                                          fmt::format("'{}': 시험실 번호가 아닙니다. 2-10, 12처럼 적으십시오.", typed)});
}

int parse_room_no(std::string_view text, const std::string& typed) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1 || number > last_room_no)
    throw_bad_numbers(typed);
  return number;
}

std::set<int> parse_room_numbers(const std::string& typed) {
  std::string plain = clean_signs(typed);
  std::erase(plain, ' ');
  std::set<int> numbers;
  for (std::size_t at = 0; at <= plain.size();) {
    const std::size_t end = std::min(plain.find(',', at), plain.size());
    const std::string_view part = std::string_view(plain).substr(at, end - at);
    const std::size_t dash = part.find('-');
    const int first = parse_room_no(part.substr(0, dash), typed);
    const int last = dash == std::string_view::npos ? first : parse_room_no(part.substr(dash + 1), typed);
    if (last < first || last - first >= most_rooms_named) throw_bad_numbers(typed);
    for (int number = first; number <= last; ++number) numbers.insert(number);
    if (numbers.size() > static_cast<std::size_t>(most_rooms_named)) throw_bad_numbers(typed);
    at = end + 1;
  }
  return numbers;
}

}  // namespace

std::vector<Room> read_room_list(std::string_view bytes, package::Encoding encoding, package::BadCells* bad) {
  if (bytes.empty()) {
    throw InvalidInput("rooms_missing", {"Choose an .xlsx or CSV file, or paste rows with their headings.",
                                         "XLSX나 CSV 파일을 고르거나 제목 줄이 있는 행을 붙여 넣으십시오."});
  }
  if (bytes.size() > longest_room_list) {
    throw InvalidInput("file_too_large", {"The list of rooms may have 1 MB.", "시험실 목록은 1MB까지 보낼 수 있습니다."});
  }
  Faults faults;
  std::vector<Fault> warnings;
  std::vector<Room> rooms;
  if (package::is_one_workbook(bytes)) {
    const package::TableSheet sheet = package::open_table_sheet("rooms.csv", room_workbook_name, std::string(bytes), bad);
    package::CsvReader reader("rooms.csv", sheet, room_list_columns(), faults, warnings);
    rooms = read_room_rows(reader);
  } else {
    refuse_other_files(bytes);
    package::CsvReader reader("rooms.csv", bytes, room_list_columns(), encoding, faults, warnings);
    rooms = read_room_rows(reader);
  }
  if (!faults.empty()) throw InvalidInput(faults);
  return rooms;
}

std::string write_room_list(const std::vector<Room>& rooms) {
  std::string csv;
  package::CsvWriter writer([&csv](std::string_view piece) { csv += piece; },
                            {"room_no", "building", "floor", "row_count", "column_count", "row_pitch_cm",
                             "column_pitch_cm", "blocked", "people_cap", "features", "use"});
  for (const Room& room : rooms) {
    writer.cell(room.room_no).cell(room.building).cell(room.floor).cell(room.row_count).cell(room.column_count);
    writer.cell(room.row_pitch_cm).cell(room.column_pitch_cm).cell(spell_desks(room.blocked));
    writer.cell(room.people_cap ? std::to_string(*room.people_cap) : std::string());
    writer.cell(room.accessible ? "accessible" : "").cell(spell(room.use)).end_row();
  }
  writer.finish();
  return csv;
}

std::string mark_room_list(std::string_view bytes, const package::BadCells& bad, Language language) {
  if (bad.count() == 0) return {};
  try {
    return package::mark_bad_cells(room_workbook_name, std::string(bytes), bad, language);
  } catch (const InvalidInput&) {
    return {};
  }
}

std::string address_with_content(std::string_view media_type, std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant);
  text.pop_back();  // the zero at the end
  return fmt::format("data:{};base64,{}", media_type, text);
}

void reuse_shape(std::vector<Room>& rooms, int like, const std::string& numbers) {
  const auto found = std::find_if(rooms.begin(), rooms.end(), [&](const Room& room) { return room.room_no == like; });
  if (found == rooms.end()) throw NotFound("no_such_room", {"There is no such room.", "해당 시험실이 없습니다."});
  const Room shape = *found;
  for (const int number : parse_room_numbers(numbers)) {
    auto room = std::find_if(rooms.begin(), rooms.end(), [&](const Room& one) { return one.room_no == number; });
    if (room == rooms.end()) {
      Room made = shape;
      made.room_no = number;
      rooms.push_back(std::move(made));
      continue;
    }
    room->row_count = shape.row_count;
    room->column_count = shape.column_count;
    room->row_pitch_cm = shape.row_pitch_cm;
    room->column_pitch_cm = shape.column_pitch_cm;
    room->blocked = shape.blocked;
  }
}

}  // namespace hanjari::services
