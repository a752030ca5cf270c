// Forms with files (multipart/form-data, RFC 7578).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/http/http.h"

namespace hanjari::web {

// The boundary named by a Content-Type field; nothing when it is no form with files or the boundary is malformed.
std::optional<std::string> boundary_of(std::string_view content_type);

// Nothing when the body is not made of such parts, or of more than 50.
std::optional<std::vector<FormPart>> parse_multipart(std::string_view body, std::string_view boundary);

}  // namespace hanjari::web
