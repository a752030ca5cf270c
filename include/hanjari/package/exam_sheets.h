// An exam package as rows of text: for workbooks that are written, and for what one package changes against another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/progress.h"
#include "hanjari/domain/exam.h"
#include "hanjari/package/packed_exam.h"

namespace hanjari::package {

// With the heading.
inline constexpr std::size_t most_sheet_rows = 1'048'576;

struct TableColumn {
  std::string name;
  bool number = false;  // quantities; codes that look like numbers are text
};

struct TableRows {
  std::string name;  // applicants; exam and policy are tables of keys and values
  std::vector<TableColumn> columns;
  std::vector<std::vector<std::string>> rows;
};

// Every file of the package, in the order in which officers read them. Read back as a workbook with a sheet each, it is the same exam.
std::vector<TableRows> tables_of_exam(const Exam& exam, Progress& progress = no_progress());

// What a package would change, per file that differs.
struct TableChange {
  std::string file;  // applicants.csv
  std::uint64_t added = 0;
  std::uint64_t changed = 0;  // rows of the same key
  std::uint64_t gone = 0;
};
std::vector<TableChange> compare_packages(const PackedFiles& before, const PackedFiles& after);

// The table that is called so, as sheets are: 응시자 명단 is applicants. What no table is called stays as it is typed.
std::string table_called(std::string_view typed);

// Puts one table in the place of the package's own: a workbook, or the text of its CSV or JSON file. `table`: applicants, exam, ...
// Throws NotFound (table_not_found) for a name that no table of a package has.
void put_table(PackedFiles& files, const std::string& table, std::string sent);

}  // namespace hanjari::package
