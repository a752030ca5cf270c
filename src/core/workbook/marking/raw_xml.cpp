#include "workbook/marking/raw_xml.h"

#include <algorithm>

namespace hanjari::workbook {
namespace {

bool is_blank_sign(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The beginning of the outermost element's tag.
std::size_t find_root(std::string_view text) {
  std::size_t at = text.find('<');
  while (at != std::string_view::npos && at + 1 < text.size() && (text[at + 1] == '?' || text[at + 1] == '!'))
    at = text.find('<', at + 1);
  return at;
}

// The name of a tag, with its prefix.
std::string_view name_of_tag(std::string_view tag) {
  if (tag.empty()) return {};
  const std::string_view inside = tag.substr(1);
  return inside.substr(0, std::min(inside.find_first_of(" \t\r\n/>"), inside.size()));
}

}  // namespace

std::string apply_edits(std::string_view text, const std::vector<Edit>& edits) {
  std::string edited;
  edited.reserve(text.size() + edits.size() * 64);
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    edited += text.substr(at, edit.at - at);
    edited += edit.added;
    at = edit.at + edit.removed;
  }
  edited += text.substr(at);
  return edited;
}

std::string set_attribute(std::string tag, std::string_view name, std::string_view value) {
  std::size_t at = 1 + name_of_tag(tag).size();
  while (at < tag.size()) {
    while (at < tag.size() && is_blank_sign(tag[at])) ++at;
    if (at >= tag.size() || tag[at] == '>' || tag[at] == '/') break;
    const std::size_t equals = tag.find('=', at);
    if (equals == std::string::npos) break;
    std::string_view found = std::string_view(tag).substr(at, equals - at);
    while (!found.empty() && is_blank_sign(found.back())) found.remove_suffix(1);
    const std::size_t open = tag.find_first_of("\"'", equals);
    if (open == std::string::npos) break;
    const std::size_t close = tag.find(tag[open], open + 1);
    if (close == std::string::npos) break;
    if (found == name) return tag.replace(open + 1, close - open - 1, value);
    at = close + 1;
  }
  std::size_t end = tag.size() - 1;
  if (closes_itself(tag)) --end;
  while (end > 0 && is_blank_sign(tag[end - 1])) --end;
  return tag.insert(end, ' ' + std::string(name) + "=\"" + std::string(value) + '"');
}

std::string prefix_of(std::string_view tag) {
  const std::string_view name = name_of_tag(tag);
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string() : std::string(name.substr(0, colon + 1));
}

bool closes_itself(std::string_view tag) {
  return tag.ends_with("/>");
}

std::string opened(std::string tag) {
  if (closes_itself(tag)) tag.replace(tag.size() - 2, 2, ">");
  return tag;
}

std::string add_last_child(std::string text, std::string_view added) {
  const std::size_t root = find_root(text);
  if (root == std::string::npos) return text;
  const std::size_t end = text.rfind("</");
  if (end != std::string::npos) return text.insert(end, added);
  const std::size_t close = text.rfind("/>");
  if (close == std::string::npos) return text;
  const std::string name(name_of_tag(std::string_view(text).substr(root)));
  return text.replace(close, 2, ">" + std::string(added) + "</" + name + ">");
}

std::string prefix_of_root(std::string_view text) {
  const std::size_t root = find_root(text);
  return root == std::string_view::npos ? std::string() : prefix_of(text.substr(root));
}

}  // namespace hanjari::workbook
