// The content of a table paper, before it becomes PDF, XLSX or CSV.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "hanjari/base/date.h"
#include "hanjari/domain/exam.h"

namespace hanjari::documents {

struct NoValue {  // to be filled in by hand
  bool operator==(const NoValue&) const = default;
};
struct PhotoFrame {  // 3.5 : 4.5, with the person's photo where the paper has it
  ApplicantIndex person = ApplicantIndex::none();
  // Two exams count their people otherwise; whose row it is stands in its other cells.
  bool operator==(const PhotoFrame&) const { return true; }
};
struct TickBox {
  bool operator==(const TickBox&) const = default;
};
struct ClockTime {
  int minutes = 0;  // after midnight
  bool operator==(const ClockTime&) const = default;
};
using Cell = std::variant<NoValue, std::string, std::int64_t, Date, ClockTime, PhotoFrame, TickBox>;

// Where a row stands: XLSX and CSV (lists) say everything row by row; pages say in columns what would be too many rows.
enum class RowPlace { everywhere, list, page };

// A stretch of the table under a heading of its own, beginning on a new page.
struct TableSection {
  std::string mark;                     // large, at the top right: the room
  std::vector<std::string> heading;     // by TableData::heading_fields
  std::vector<std::vector<Cell>> rows;  // each by TableData::fields
  std::vector<bool> marked{};           // rows to be seen at once, by row; empty: none
  std::vector<RowPlace> places{};       // by row; those behind its end stand everywhere
  bool operator==(const TableSection&) const = default;
  // Whether the row stands on pages, or in lists.
  bool shows(std::size_t row, RowPlace where) const {
    return row >= places.size() || places[row] == RowPlace::everywhere || places[row] == where;
  }
};

// What people look up by its beginning, in columns behind the table and on pages alone: a number and its school.
struct TableLookup {
  struct Entry {
    std::string key;
    std::string value;  // empty: the key alone
  };
  std::string title;
  std::vector<Entry> entries;  // sorted as they are to be read
};

struct TableData {
  std::vector<std::string_view> fields;
  std::vector<std::string_view> heading_fields;
  std::vector<TableSection> sections;
  std::vector<TableLookup> lookups{};
};

}  // namespace hanjari::documents
