// Finds the tables of a package in the workbooks that are in it.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/domain/exam.h"
#include "hanjari/package/packed_exam.h"
#include "hanjari/package/sheet_tables.h"

namespace hanjari::package {

// A file of a package and what its sheet, or a workbook of its own, may be called beside its own name.
struct SheetName {
  std::string_view file;  // applicants.csv, exam.json
  std::string_view words;  // joined by |
};

// Of an exam package, of a result package, and of the people who may invigilate.
std::span<const SheetName> exam_sheet_names();
std::span<const SheetName> result_sheet_names();
std::span<const SheetName> staff_sheet_names();

// The table of a workbook that a command takes by itself: the sheet of one of the names, joined by |, else the first that one sees, of
// several with a warning.
TableSheet open_only_sheet(std::shared_ptr<const workbook::Workbook> book, std::string_view called, std::vector<Fault>& warnings);

class SheetFinder {
 public:
  // Opens the workbooks of the folder, or of `packed` where that is given. What is wrong with them, such as a table that stands in two
  // places, is added to the faults.
  SheetFinder(const std::filesystem::path& folder, const PackedFiles* packed, std::span<const SheetName> names, BadCells* bad,
              Faults& faults, std::vector<Fault>& warnings);
  // Null when no sheet is this file. Valid as long as the finder.
  const TableSheet* find(const std::string& file) const;
  bool any() const { return !tables_.empty(); }
  // Where each table stands, once they were read.
  std::map<std::string, SheetOfTable> places() const;
  // Whether the file may stand in a workbook that was refused, so that it is not missed once more.
  bool may_be_refused(const std::string& file) const { return all_refused_ || refused_.contains(file); }
  // For what is found after the tables were read. The cell of the fault's line becomes a bad cell.
  void mark_cell(const Fault& fault) const;
  // With its cell in place of its line, where its file is a sheet.
  Fault with_cell(const Fault& fault) const;
  // The faults with the cells of sheets in place of the lines of files.
  Faults name_cells(const Faults& faults) const;

 private:
  struct Cell {
    const TableSheet* sheet = nullptr;
    workbook::CellAddress at;
  };
  // Of the fault's line and column; nothing where its file is no sheet.
  std::optional<Cell> find_cell(const Fault& fault) const;
  void look_at(const std::string& name, std::string bytes);
  void put(std::string_view file, TableSheet sheet);
  std::optional<std::size_t> table_of(std::string_view called) const;
  bool has_beside(std::string_view file) const;

  const std::filesystem::path& folder_;
  const PackedFiles* packed_;
  std::span<const SheetName> names_;
  BadCells* bad_;
  Faults& faults_;
  std::vector<Fault>& warnings_;
  std::map<std::string, TableSheet> tables_;
  std::set<std::string> refused_;
  bool all_refused_ = false;  // a workbook of several tables
};

// A sheet of keys and values, `weights.travel` and 1, as the text of a JSON file in which each value stands on the line of its row.
// `value_columns` says where each row has its value.
struct SheetObject {
  std::string text;
  std::map<std::uint64_t, std::uint32_t> value_columns;  // by line
};
SheetObject read_sheet_object(const TableSheet& sheet);

// Hands what was said of the text on as said of the cells.
void tell_of_sheet(const TableSheet& sheet, const SheetObject& object, const Faults& from, Faults& to);
void tell_of_sheet(const TableSheet& sheet, const SheetObject& object, const std::vector<Fault>& from, std::vector<Fault>& to);

}  // namespace hanjari::package
