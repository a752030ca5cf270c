#include "proofreading/served_text.h"

#include <algorithm>
#include <functional>
#include <set>

namespace hanjari::proofreading {
namespace {

const std::set<std::string, std::less<>> shown_elements{"article", "section", "h2", "h3",    "p",     "dl", "dt",
                                                        "dd",      "ul",      "li", "table", "caption", "thead", "tbody",
                                                        "tr",      "th",      "td", "span"};
// No other class: a style sheet may hide what has it.
const std::set<std::string, std::less<>> shown_classes{"result", "result-list", "result-notice", "venue-table", "num"};

// Five entities and nothing else: a page that writes a letter in another way is not read.
std::optional<std::string> plain_text(std::string_view raw) {
  static const std::pair<std::string_view, char> entities[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&#39;", '\''}};
  std::string text;
  while (!raw.empty()) {
    if (raw.front() != '&') {
      text += raw.front();
      raw.remove_prefix(1);
      continue;
    }
    bool known = false;
    for (const auto& [entity, letter] : entities) {
      if (!raw.starts_with(entity)) continue;
      text += letter;
      raw.remove_prefix(entity.size());
      known = true;
      break;
    }
    if (!known) return std::nullopt;
  }
  return text;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

class ArticleReader {
 public:
  explicit ArticleReader(std::string_view bytes) : left_(bytes) {}

  std::optional<ServedText> read() {
    while (!left_.empty()) {
      const bool read = left_.front() == '<' ? read_tag() : read_text();
      if (!read) return std::nullopt;
    }
    if (!open_.empty() || !had_article_) return std::nullopt;
    return std::move(served_);
  }

 private:
  bool read_text() {
    const auto end = std::min(left_.find('<'), left_.size());
    const auto text = plain_text(left_.substr(0, end));
    left_.remove_prefix(end);
    if (!text) return false;
    if (field_depth_ > 0) {
      served_.fields.back().second += *text;
    } else if (const std::string label = trimmed(*text); !label.empty()) {
      if (open_.empty()) return false;
      served_.labels.push_back(label);
      served_.order.push_back(label);
    }
    return true;
  }

  bool read_tag() {
    const auto end = left_.find('>');
    if (end == std::string_view::npos) return false;
    std::string_view inside = left_.substr(1, end - 1);
    left_.remove_prefix(end + 1);
    if (inside.starts_with('/')) return close(inside.substr(1));
    const auto blank = inside.find(' ');
    const std::string name(inside.substr(0, blank));
    if (!shown_elements.contains(name)) return false;
    if (name == "article") {
      if (had_article_) return false;
      had_article_ = true;
    } else if (open_.empty()) {
      return false;
    }
    open_.push_back(name);
    std::string_view attributes = blank == std::string_view::npos ? std::string_view{} : inside.substr(blank);
    return read_attributes(attributes);
  }

  bool read_attributes(std::string_view attributes) {
    while (!attributes.empty()) {
      if (attributes.front() != ' ') return false;
      attributes.remove_prefix(1);
      const auto equals = attributes.find("=\"");
      if (equals == std::string_view::npos) return false;
      const auto quote = attributes.find('"', equals + 2);
      if (quote == std::string_view::npos) return false;
      const std::string_view name = attributes.substr(0, equals);
      const std::string value(attributes.substr(equals + 2, quote - equals - 2));
      attributes.remove_prefix(quote + 1);
      if (!take_attribute(name, value)) return false;
    }
    return true;
  }

  bool take_attribute(std::string_view name, const std::string& value) {
    if (name == "data-field") {
      if (field_depth_ > 0) return false;
      field_depth_ = open_.size();
      served_.fields.emplace_back(value, "");
      served_.order.push_back("=" + value);
      return true;
    }
    if (name == "lang") {
      if (open_.size() != 1) return false;
      served_.language = value;
      return true;
    }
    if (name == "class") return shown_classes.contains(value);
    return name == "scope" && (value == "col" || value == "row");
  }

  bool close(std::string_view name) {
    if (open_.empty() || open_.back() != name) return false;
    if (field_depth_ == open_.size()) field_depth_ = 0;
    open_.pop_back();
    return true;
  }

  std::string_view left_;
  std::vector<std::string> open_;
  std::size_t field_depth_ = 0;  // of the element that is a field; 0: none is open
  bool had_article_ = false;
  ServedText served_;
};

// One line of a table, from `at` on; nothing when a quote does not end.
std::optional<std::vector<std::string>> read_cells(std::string_view bytes, std::size_t& at) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (; at < bytes.size(); ++at) {
    const char letter = bytes[at];
    if (quoted) {
      if (letter != '"') {
        cells.back() += letter;
      } else if (at + 1 < bytes.size() && bytes[at + 1] == '"') {
        cells.back() += '"';
        ++at;
      } else {
        quoted = false;
      }
    } else if (letter == '"') {
      quoted = true;
    } else if (letter == ',') {
      cells.emplace_back();
    } else if (letter == '\n') {
      ++at;
      return cells;
    } else {
      cells.back() += letter;
    }
  }
  if (quoted) return std::nullopt;
  return cells;
}

}  // namespace

std::optional<ServedText> read_served(std::string_view bytes) {
  return ArticleReader(bytes).read();
}

std::optional<Table> read_table(std::string_view bytes) {
  std::size_t at = 0;
  const auto header = read_cells(bytes, at);
  if (!header || bytes.empty()) return std::nullopt;
  Table table;
  while (at < bytes.size()) {
    const auto cells = read_cells(bytes, at);
    if (!cells || cells->size() != header->size()) return std::nullopt;
    auto& row = table.emplace_back();
    for (std::size_t i = 0; i < cells->size(); ++i) row[(*header)[i]] = (*cells)[i];
  }
  return table;
}

}  // namespace hanjari::proofreading
