// The rows of a sheet as lines of a CSV file, one line a row, so that tables of both are read by the same rules.
#pragma once

#include <cstdint>
#include <string>

#include "hanjari/package/sheet_tables.h"

namespace hanjari::package {

class SheetLines {
 public:
  explicit SheetLines(const TableSheet& sheet) : reader_(*sheet.book, sheet.sheet) {}
  // Appends further lines; false at the end. Line n of all is row n of the sheet; rows without anything are empty lines. A line break
  // inside a cell becomes a carriage return, which no value may hold either.
  bool more(std::string& lines);
  const workbook::SheetReader::Met& met() const { return reader_.met(); }

 private:
  void add_row(const workbook::Row& row, std::string& lines) const;

  workbook::SheetReader reader_;
  std::uint32_t last_row_ = 0;
};

}  // namespace hanjari::package
