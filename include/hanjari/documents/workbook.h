// A plain workbook for officers: tables without a template, in which text stays text.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "hanjari/base/date.h"
#include "hanjari/base/text.h"

namespace hanjari::documents {

// Text is written as text, so that leading zeros stay and nothing becomes a formula; a date as the spreadsheet's own, a double with
// the digits that it has; monostate is an empty cell.
using SheetCell = std::variant<std::monostate, std::string, std::int64_t, Date, double>;

struct SheetHeading {
  std::string title;
  int width = 12;  // characters
};

struct Sheet {
  std::string name;  // at most 31 characters, without []:*?/ and backslash
  std::vector<SheetHeading> headings;
  std::vector<std::vector<SheetCell>> rows;  // each with a cell per heading
};

// The bytes of an .xlsx file: every sheet with a frozen heading and a filter. `foot`: stands on every printed page, such as who took the
// copy; empty: nothing does. Throws Unavailable (paper_not_drawn).
std::string render_workbook(const std::vector<Sheet>& sheets, const std::string& foot = {});

}  // namespace hanjari::documents
