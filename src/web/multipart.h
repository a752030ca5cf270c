// Forms with files (multipart/form-data, RFC 7578).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hanjari::web {

// One field of the form. The views are into the body.
struct FormPart {
  std::string name;
  std::optional<std::string> file_name;  // of a file; as the browser says it, never a path to be used
  std::string media_type;                // as the browser says it; empty when it says nothing
  std::string_view content;
};

// The boundary named by a Content-Type field; nothing when it is no form with files or the boundary is malformed.
std::optional<std::string> boundary_of(std::string_view content_type);

// Nothing when the body is not made of such parts, or of more than 50.
std::optional<std::vector<FormPart>> parse_multipart(std::string_view body, std::string_view boundary);

}  // namespace hanjari::web
