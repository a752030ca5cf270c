// The CSV tables of an exam package, one function a file. Each adds its rows to the exam, in the file's order, and its
// faults to the list; rows that could not be read are left out, which the caller never sees because it throws then.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hanjari/base/progress.h"
#include "hanjari/domain/exam.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/near_codes.h"
#include "hanjari/package/packed_exam.h"
#include "hanjari/package/room_columns.h"
#include "package/csv/first_lines.h"
#include "package/sheets/sheet_finder.h"

namespace hanjari::package {

// Codes of a table that other tables refer to.
struct KnownCodes {
  struct Row {
    std::uint32_t position = 0;
    std::uint64_t line = 0;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, Row, Hash, std::equal_to<>> rows;
  std::vector<std::pair<std::string, std::string>> names;  // what people call a row, and its code
  bool complete = true;  // false: some row or code was broken, so that an unknown code may be one of those

  // What happened to a code that is not known. The first one makes ready for all that follow: a column may be spoilt in millions of rows.
  std::optional<NearCode> find_near(std::string_view code, const char* file) const;

 private:
  mutable std::optional<NearCodes> near_;
  mutable std::size_t near_of_ = 0;  // so many rows stand in it
};

// Districts that a package calls by their names: the positions of the rows, by the name as it stands there.
using NamedDistricts = std::map<std::string, std::vector<std::uint32_t>>;

// What reading the tables shares.
struct ExamReading {
  std::filesystem::path folder;
  Encoding encoding = Encoding::utf8;
  Progress& progress;
  const PackedFiles* packed = nullptr;  // in place of the folder
  std::unique_ptr<SheetFinder> sheets;  // tables that stand in workbooks
  Exam exam;
  Faults faults;
  std::vector<Fault> warnings;
  std::vector<Fault> hints;
  bool knows_exam_day = false;
  KnownCodes units;
  KnownCodes venues;
  std::vector<std::uint64_t> venue_lines;                    // by venue
  std::vector<std::pair<std::uint64_t, Point>> places;       // of places.csv: line and point
  NamedDistricts named_venues;
  NamedDistricts named_applicants;
  KnownCodes shape_names;
  std::vector<Room> shapes;                                  // their rows, columns, pitches and blocked desks
  FirstLines applicant_lines;                                // filled only as far as needed to find a row again
  std::unordered_map<std::uint64_t, KnownCodes::Row> rooms;  // by venue's position and room_no
  bool rooms_complete = true;
};

void read_units(ExamReading& reading);
// The same with more columns than the contract's, which are read row by row by `more`: it is told the position of the
// first of them and the unit's position among the units, nothing for a row whose code could not be read.
void read_units_with(ExamReading& reading, std::vector<CsvColumn> columns,
                     const std::function<void(CsvReader&, std::size_t first, std::optional<std::size_t> unit)>& more);
// The units of a folder by themselves: units.csv, or the workbook units.xlsx (모집단위.xlsx); none when there is neither.
std::vector<Unit> load_units(const std::filesystem::path& folder, Faults& faults, std::vector<Fault>& warnings);
void read_venues(ExamReading& reading);
// shapes.csv, which may be absent; to be read before the rooms.
void read_shapes(ExamReading& reading);
void read_rooms(ExamReading& reading);
void read_applicants(ExamReading& reading);
void read_travel(ExamReading& reading);
// When venues and applicants were read: points that lie far from all others are warned of, and swapped ones are faults.
void tell_far_points(ExamReading& reading);
void read_pins(ExamReading& reading);
// When applicants and travel were read: words for keeping apart, and origins, that differ from another one to the eye only.
void warn_of_alike_words(ExamReading& reading);

// Helpers of these functions.

// Whether the package has the file.
bool has_file(const ExamReading& reading, const std::string& name);
// The sheet that holds the table or the settings; null when a file of its own does.
const TableSheet* find_sheet(const ExamReading& reading, const std::string& name);
// In bytes; 0 where that is not known.
std::uint64_t size_of_file(const ExamReading& reading, const std::string& name);
// A table of the package, which has it.
CsvReader open_table(ExamReading& reading, const std::string& name, std::vector<CsvColumn> columns);
// Adds a fault and gives false when the file is missing; names what stands there instead, such as a workbook.
bool find_file(ExamReading& reading, const std::string& name);
// The row's code; a fault when it is no code or stands on an earlier line, with this advice where rows are people.
std::optional<std::string> read_new_code(CsvReader& reader, std::size_t column, KnownCodes& known,
                                         std::size_t position, std::optional<Text> advice = std::nullopt);
// Position of a code of another table; a fault when there is none.
std::optional<std::uint32_t> find_known(CsvReader& reader, std::size_t column, const KnownCodes& known,
                                        const char* file);
// Faults for blocked desks outside the room.
void check_blocked(CsvReader& reader, std::size_t column, const Room& room);
Point read_point(CsvReader& reader, std::size_t lat, std::size_t lon);
// What is wrong with 0 and 0, which a search for an address gives that found nothing: a point in the sea off Africa.
std::optional<Text> find_place_fault(Point at);
// A text that many rows share.
WordIndex read_word(CsvReader& reader, std::size_t column, Words& words);
// Warns when a table's codes look as if a spreadsheet took leading zeros away.
void warn_of_lost_zeros(ExamReading& reading, const char* file, const char* column, const KnownCodes& known);
void fault_if_without_rows(CsvReader& reader);
inline std::uint64_t room_key(std::uint32_t venue, std::int64_t room_no) {
  return static_cast<std::uint64_t>(venue) << 32 | static_cast<std::uint32_t>(room_no);
}
// Reports the reader's progress now and then.
void report_progress(const CsvReader& reader, Progress& progress);

}  // namespace hanjari::package
