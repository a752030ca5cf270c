// What a reader finds in a finished PDF.
#pragma once

#include <string>

#include "hanjari/documents/paper.h"

namespace hanjari::documents {

// The text of all pages as pdftotext extracts it, pages ended by form feeds. Fails the running test when the file
// cannot be read.
std::string printed_text(const Paper& paper);

// How often `what` stands in `text`.
std::size_t count_of(const std::string& text, const std::string& what);

}  // namespace hanjari::documents
