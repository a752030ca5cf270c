// past_duties.csv: what people did before, one duty a row, or the number of a year.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/package/staffing_package.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/sheets/sheet_finder.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

constexpr std::int64_t most_duties_of_a_row = 1'000;

bool is_year(std::string_view text) {
  return text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A day, or a year alone. Nothing, with a fault, when it is neither.
std::optional<std::string> read_held_on(CsvReader& reader, std::size_t column) {
  const std::string text(reader.text(column));
  if (is_year(text)) return text;
  if (const auto day = reader.date(column)) return format_date(*day);
  return std::nullopt;
}

void read_history_rows(CsvReader reader, std::vector<StaffHistory>& rows) {
  enum Column : std::size_t { id, held_on, exam, role, duties };
  while (reader.next()) {
    StaffHistory row;
    row.line = reader.line();
    const auto code = reader.identifier(id);
    const auto held = read_held_on(reader, held_on);
    row.duty.exam = reader.words(exam, Presence::optional).value_or("");
    if (!reader.text(role).empty()) {
      if (const auto word = reader.word(role, word_lists::duty_role)) row.duty.role = static_cast<DutyRole>(*word);
    }
    if (!reader.text(duties).empty())
      row.duty.duties = reader.integer(duties, 1, most_duties_of_a_row).value_or(1);
    if (!code || !held) continue;
    row.id = InvigilatorId(*code);
    row.duty.held_on = *held;
    rows.push_back(std::move(row));
  }
}

}  // namespace

std::vector<StaffHistory> load_staff_history(const PackedFiles& files, Encoding encoding, std::vector<Fault>& warnings) {
  constexpr const char* name = "past_duties.csv";
  std::vector<StaffHistory> rows;
  Faults faults;
  std::vector<Fault> told_before;  // of the workbooks, when the people were read
  const std::filesystem::path nowhere;
  const SheetFinder sheets(nowhere, &files, staff_sheet_names(), nullptr, faults, told_before);
  std::vector<CsvColumn> columns{{"invigilator_id"},
                                 {"held_on"},
                                 {"exam", Presence::optional},
                                 {"role", Presence::optional},
                                 {"duties", Presence::optional}};
  if (const TableSheet* sheet = sheets.find(name)) {
    read_history_rows(CsvReader(name, *sheet, std::move(columns), faults, warnings), rows);
  } else if (const auto file = files.find(name); file != files.end()) {
    read_history_rows(CsvReader(name, file->second, std::move(columns), encoding, faults, warnings), rows);
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return rows;
}

}  // namespace hanjari::package
