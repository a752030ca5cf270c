#include "site/pages/korean_pieces.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <vector>

namespace hanjari::web {
namespace {

// Bytes of the Korean sign that begins here: a syllable (U+AC00 to U+D7A3) or a letter of its own (U+3131 to U+318E); 0: none.
std::size_t korean_sign(std::string_view text, std::size_t at) {
  if (at + 3 > text.size()) return 0;
  const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
  if ((byte(0) & 0xF0U) != 0xE0U) return 0;
  const unsigned sign = (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
  return (sign >= 0xAC00 && sign <= 0xD7A3) || (sign >= 0x3131 && sign <= 0x318E) ? 3 : 0;
}

bool has_korean(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (korean_sign(text, at) > 0) return true;
  }
  return false;
}

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

// Where what is Korean ends that begins here: behind its last sign or the number of a street behind it.
std::size_t end_of_korean(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  for (std::size_t at = begin; at < text.size();) {
    if (const std::size_t bytes = korean_sign(text, at); bytes > 0) {
      at += bytes;
      end = at;
      continue;
    }
    const char c = text[at];
    const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    if (!digit && std::string_view(" ,.-/()").find(c) == std::string_view::npos) break;
    ++at;
    if (digit) end = at;
  }
  return end;
}

std::string mark(std::string_view korean) {
  return "<bdi lang=\"ko\">" + std::string(korean) + "</bdi>";
}

// Elements that may stand in a row whose parts lose the blanks between them: their text is marked whole or not at all.
bool keeps_blanks(std::string_view element) {
  constexpr std::array<std::string_view, 11> flowing{"p", "h1", "h2", "h3", "td", "th", "caption", "strong", "address", "dd", "div"};
  return std::find(flowing.begin(), flowing.end(), element) != flowing.end();
}

std::string mark_text(std::string_view text, std::string_view element) {
  if (!has_korean(text)) return std::string(text);
  const auto first = text.find_first_not_of(" \t\r\n");
  const auto last = text.find_last_not_of(" \t\r\n") + 1;
  if (std::none_of(text.begin(), text.end(), is_letter))
    return std::string(text.substr(0, first)) + mark(text.substr(first, last - first)) + std::string(text.substr(last));
  if (!keeps_blanks(element)) return std::string(text);
  std::string marked;
  for (std::size_t at = 0; at < text.size();) {
    if (korean_sign(text, at) == 0) {
      marked += text[at++];
      continue;
    }
    const std::size_t end = end_of_korean(text, at);
    marked += mark(text.substr(at, end - at));
    at = end;
  }
  return marked;
}

// The tag from its bracket to the closing one; a bracket between quotes closes nothing.
std::string_view tag_at(std::string_view html, std::size_t at) {
  char quote = 0;
  for (std::size_t end = at; end < html.size(); ++end) {
    const char c = html[end];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return html.substr(at, end + 1 - at);
    }
  }
  return html.substr(at);
}

std::string_view name_of_tag(std::string_view tag) {
  const std::size_t begin = tag.starts_with("</") ? 2 : 1;
  return tag.substr(begin, std::min(tag.find_first_of(" \t\r\n/>", begin), tag.size()) - begin);
}

bool stays_as_it_is(std::string_view element, std::string_view tag) {
  constexpr std::array<std::string_view, 7> unmarked{"svg", "textarea", "option", "title", "script", "style", "bdi"};
  if (std::find(unmarked.begin(), unmarked.end(), element) != unmarked.end()) return true;
  // What says that it is English may hold Korean: an article of a release whose texts nobody wrote in English.
  return tag.find(" lang=\"") != std::string_view::npos && tag.find(" lang=\"en\"") == std::string_view::npos;
}

bool is_void(std::string_view element, std::string_view tag) {
  constexpr std::array<std::string_view, 9> voids{"img", "input", "br", "hr", "meta", "link", "col", "wbr", "source"};
  return tag.ends_with("/>") || std::find(voids.begin(), voids.end(), element) != voids.end();
}

// Where the element ends whose first tag ends at `at`.
std::size_t end_of_element(std::string_view html, std::size_t at, std::string_view element) {
  for (int depth = 1; at < html.size();) {
    at = html.find('<', at);
    if (at == std::string_view::npos) break;
    const std::string_view tag = tag_at(html, at);
    at += tag.size();
    if (name_of_tag(tag) != element || is_void(element, tag)) continue;
    depth += tag.starts_with("</") ? -1 : 1;
    if (depth == 0) return at;
  }
  return html.size();
}

}  // namespace

std::string mark_korean(std::string_view html) {
  if (!has_korean(html)) return std::string(html);
  std::string marked;
  std::vector<std::string_view> open;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] != '<') {
      const std::size_t end = std::min(html.find('<', at), html.size());
      marked += mark_text(html.substr(at, end - at), open.empty() ? std::string_view{} : open.back());
      at = end;
      continue;
    }
    const std::string_view tag = tag_at(html, at);
    const std::string_view element = name_of_tag(tag);
    std::size_t end = at + tag.size();
    if (tag.starts_with("</")) {
      if (!open.empty() && open.back() == element) open.pop_back();
    } else if (!is_void(element, tag) && !tag.starts_with("<!")) {
      if (stays_as_it_is(element, tag)) end = end_of_element(html, end, element);
      else open.push_back(element);
    }
    marked += html.substr(at, end - at);
    at = end;
  }
  return marked;
}

}  // namespace hanjari::web
