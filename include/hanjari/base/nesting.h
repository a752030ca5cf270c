// How deep the brackets of a JSON text are nested. Copying, comparing and writing JSON values is recursive, so the depth of
// whatever strangers send has a limit before it is read.
#pragma once

#include <string_view>

namespace hanjari {

// No file, form or answer that we read is nested deeper.
constexpr int deepest_nesting = 50;

// The greatest depth of [ and { outside quotes and of comments, which templates may have; whether the text is JSON does not matter.
// What a reader without comments takes holds none: it ends at their first byte.
int nesting_of(std::string_view text);

}  // namespace hanjari
