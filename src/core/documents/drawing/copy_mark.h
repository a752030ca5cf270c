// A mark that says who took a copy: tall and short bars that copiers and black-and-white printers keep.
#pragma once

#include <string>
#include <vector>

#include "documents/drawing/pdf_document.h"

namespace hanjari::documents {

// Whether each bar is tall, from the left: two tall ones, four bars for each hexadecimal digit with the highest bit first
// (tall: 1), a short and a tall one. Empty for a mark that is no hexadecimal number.
std::vector<bool> bars_of_mark(const std::string& mark);

// Its bars stand on the line at y, their middle at x.
void draw_mark(PdfDocument& pdf, const std::string& mark, double x, double y);

}  // namespace hanjari::documents
