// Files that applicants send: found in the form, judged by their first bytes, and had back by their owner.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/site/routes.h"
#include "http/sent_file.h"

namespace hanjari::web {

// Null when no file was chosen in this field.
const FormPart* find_file(const Call& call, std::string_view field);

// PDF, JPEG or PNG by its first bytes, whatever its name says; nothing otherwise.
std::optional<std::string> document_type_of(std::string_view bytes);

}  // namespace hanjari::web
