#include "http/multipart.h"

#include <algorithm>

#include "hanjari/base/text.h"
#include "http/ascii.h"

namespace hanjari::web {
namespace {

constexpr std::size_t most_parts = 50;
constexpr std::size_t longest_boundary = 70;
constexpr std::size_t most_head_bytes = 2'048;

bool begins_with(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

// What browsers write in place of quotes and line ends in names (HTML, "multipart/form-data encoding").
std::optional<std::string> decode_name(std::string_view written) {
  std::string name;
  for (std::size_t at = 0; at < written.size(); ++at) {
    const auto rest = written.substr(at);
    if (begins_with(rest, "%22")) {
      name += '"';
      at += 2;
    } else if (begins_with(rest, "%0d") || begins_with(rest, "%0a")) {
      return std::nullopt;
    } else {
      const auto byte = static_cast<unsigned char>(written[at]);
      if (byte < 0x20 || byte == 0x7F) return std::nullopt;
      name += written[at];
    }
  }
  if (!is_valid_utf8(name)) return std::nullopt;
  return name;
}

// name="..." of the rest of a Content-Disposition field; takes it off.
struct Parameter {
  std::string_view key;
  std::string_view value;
};

std::optional<Parameter> take_parameter(std::string_view& rest) {
  rest = trimmed(rest);
  if (!rest.starts_with(';')) return std::nullopt;
  rest = trimmed(rest.substr(1));
  const auto equals = rest.find("=\"");
  if (equals == std::string_view::npos) return std::nullopt;
  const auto end = rest.find('"', equals + 2);
  if (end == std::string_view::npos) return std::nullopt;
  const Parameter parameter{rest.substr(0, equals), rest.substr(equals + 2, end - equals - 2)};
  rest.remove_prefix(end + 1);
  return parameter;
}

bool read_disposition(std::string_view value, FormPart& part) {
  if (!begins_with(value, "form-data")) return false;
  value.remove_prefix(9);
  bool named = false;
  while (!trimmed(value).empty()) {
    const auto parameter = take_parameter(value);
    if (!parameter) return false;
    auto decoded = decode_name(parameter->value);
    if (!decoded) return false;
    if (parameter->key == "name" && !named) {
      part.name = std::move(*decoded);
      named = true;
    } else if (parameter->key == "filename" && !part.file_name) {
      part.file_name = std::move(*decoded);
    } else {
      return false;
    }
  }
  return named;
}

// The fields of a part up to the empty line; false when they are malformed.
bool read_part_head(std::string_view& rest, FormPart& part) {
  bool disposed = false;
  for (std::size_t total = 0; total <= most_head_bytes;) {
    const auto end = rest.find("\r\n");
    if (end == std::string_view::npos) return false;
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    if (line.empty()) return disposed;
    total += line.size() + 2;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    const auto value = trimmed(line.substr(colon + 1));
    if (begins_with(line, "content-disposition:")) {
      if (disposed || !read_disposition(value, part)) return false;
      disposed = true;
    } else if (begins_with(line, "content-type:")) {
      const bool plain = std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
      if (!plain || !part.media_type.empty()) return false;
      part.media_type = value;
    }
  }
  return false;
}

}  // namespace

std::optional<std::string> boundary_of(std::string_view content_type) {
  if (!begins_with(content_type, "multipart/form-data")) return std::nullopt;
  std::string_view rest = trimmed(content_type.substr(19));
  if (!rest.starts_with(';')) return std::nullopt;
  rest = trimmed(rest.substr(1));
  if (!begins_with(rest, "boundary=")) return std::nullopt;
  rest.remove_prefix(9);
  if (rest.size() >= 2 && rest.front() == '"' && rest.back() == '"') rest = rest.substr(1, rest.size() - 2);
  const bool plain = std::all_of(rest.begin(), rest.end(), [](char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
           std::string_view("'()+_,-./:=?").find(c) != std::string_view::npos;
  });
  if (rest.empty() || rest.size() > longest_boundary || !plain) return std::nullopt;
  return std::string(rest);
}

std::optional<std::vector<FormPart>> parse_multipart(std::string_view body, std::string_view boundary) {
  const std::string line = "--" + std::string(boundary);
  const std::string separator = "\r\n" + line;
  if (!body.starts_with(line)) return std::nullopt;
  body.remove_prefix(line.size());
  std::vector<FormPart> parts;
  while (true) {
    if (body.starts_with("--"))
      return body == "--" || body == "--\r\n" ? std::optional(std::move(parts)) : std::nullopt;
    if (!body.starts_with("\r\n") || parts.size() == most_parts) return std::nullopt;
    body.remove_prefix(2);
    FormPart part;
    if (!read_part_head(body, part)) return std::nullopt;
    const auto end = body.find(separator);
    if (end == std::string_view::npos) return std::nullopt;
    part.content = body.substr(0, end);
    parts.push_back(std::move(part));
    body.remove_prefix(end + separator.size());
  }
}

}  // namespace hanjari::web
