// Lists to look something up in, in columns: what stands behind a table instead of rows that would be too many.
#pragma once

#include <cstddef>
#include <vector>

#include "documents/drawing/pdf_document.h"
#include "documents/tables/table_data.h"
#include "hanjari/base/text.h"

namespace hanjari::documents {

// A stretch of one list as it stands on one page.
struct LaidLookup {
  const TableLookup* lookup = nullptr;
  std::size_t first = 0;  // of its entries
  std::size_t count = 0;
  std::size_t columns = 1;
  std::size_t rows = 0;   // entries go down the first column, then down the next
  double title_height = 0;
  double row_height = 0;
  double key_width = 0;  // of the widest key of the whole list
  double y = 0;  // where it begins
};

// What stands on each page, from above. `area` is what every page has for it; the lists must outlive the pages.
std::vector<std::vector<LaidLookup>> lay_lookups(FontBook& book, const std::vector<TableLookup>& lookups,
                                                 Rectangle area);

void draw_lookup(PdfDocument& pdf, const LaidLookup& laid, Rectangle area, Language language);

}  // namespace hanjari::documents
