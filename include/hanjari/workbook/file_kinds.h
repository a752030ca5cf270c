// What a file is that was given in place of another: one rule for tables, settings, packages and uploads.
#pragma once

#include <optional>
#include <string_view>

#include "hanjari/base/text.h"

namespace hanjari::workbook {

// "an old Excel workbook (.xls)", by the bytes with which the file begins and not by its name; nothing for text, and for what is
// not known. The more of the file is given, the more is told apart: workbooks and documents of before 2007 begin alike.
std::optional<Text> name_of_file_kind(std::string_view bytes);

// Whether it is packed as a ZIP file is, and is a document by itself all the same (.ods, .hwpx).
bool is_packed_document(std::string_view bytes);

}  // namespace hanjari::workbook
