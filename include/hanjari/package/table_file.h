// A table that a command takes by itself, such as the moves of a hand edit: a CSV file, or a workbook of it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/sheet_tables.h"

namespace hanjari::package {

// Outlives the readers that it opened.
class TableFile {
 public:
  // A file whose name ends as that of a workbook is read as one, as in the packages. Throws InvalidInput for a workbook that
  // cannot be read; a file that is not there is told by open().
  explicit TableFile(std::filesystem::path path);

  // `called`: what the sheet of the table may be called in a workbook of several, joined by |; else it is the first that one sees.
  // Throws as the CsvReader of a path.
  CsvReader open(std::string_view called, std::vector<CsvColumn> columns, Encoding encoding, Faults& faults,
                 std::vector<Fault>& warnings);

  // What is found after the table was read: under the name of the file, with the cell in place of the line where it is a workbook.
  Fault placed(Fault fault) const;
  Faults placed(const Faults& faults) const;
  // Whether it is told of this file, or of a cell of it.
  bool is_told_of(const Fault& fault) const;

 private:
  std::string name() const { return path_.filename().string(); }

  std::filesystem::path path_;
  std::shared_ptr<const workbook::Workbook> book_;  // null for CSV
  std::optional<TableSheet> sheet_;                 // once a workbook was opened
};

}  // namespace hanjari::package
