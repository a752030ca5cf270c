// A value with what it is.
#pragma once

#include <string>

#include "hanjari/workbook/workbook.h"

namespace hanjari::workbook {

struct Shown {
  CellKind kind = CellKind::text;
  std::string text;
};

}  // namespace hanjari::workbook
