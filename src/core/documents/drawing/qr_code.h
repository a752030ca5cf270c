// QR codes as squares on a page.
#pragma once

#include <string>

#include "documents/drawing/pdf_document.h"

namespace hanjari::documents {

// Draws the text's code (error correction M) with its quiet zone inside the square area. Throws InvalidInput
// (qr_too_long) when the text does not fit in any code.
void draw_qr_code(PdfDocument& pdf, const std::string& text, Rectangle area);

}  // namespace hanjari::documents
