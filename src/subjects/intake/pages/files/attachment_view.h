// Files that applicants send: found in the form, judged by their first bytes, and had back by their owner.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Null when no file was chosen in this field.
const FormPart* find_file(const Call& call, std::string_view field);

// PDF, JPEG or PNG by its first bytes, whatever its name says; nothing otherwise.
std::optional<std::string> document_type_of(std::string_view bytes);

// The name as it may be shown: the last part of a path, without control characters, at most 100 bytes.
std::string shown_name(std::string_view file_name);
// The name under which a file of this type is taken along: with the type's ending where it has none of its own.
std::string download_name(const std::string& name, std::string_view media_type);

}  // namespace hanjari::web
