// The merged areas of a sheet, which its file tells behind the rows.
#pragma once

#include <string>
#include <vector>

#include "workbook/contents.h"

namespace hanjari::workbook {

struct MergedArea {
  CellAddress first;
  CellAddress last;
};

// Throws InvalidInput for a damaged sheet and for more than a million areas.
std::vector<MergedArea> read_merged_areas(const Workbook::Contents& book, const std::string& part);

}  // namespace hanjari::workbook
