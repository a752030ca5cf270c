#include "proofreading/served_paper.h"

#include <array>
#include <cstdint>
#include <map>

#include "proofreading/paper_objects.h"

namespace hanjari::proofreading {
namespace {

// What the codes of a font mean, by its own table.
struct PaperFont {
  std::size_t code_bytes = 1;
  std::map<std::uint32_t, std::string> letters;  // UTF-8, without blanks
};

std::optional<std::string> bytes_of_hex(std::string_view digits) {
  std::string bytes;
  if (digits.size() % 2 != 0) return std::nullopt;
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    unsigned int byte = 0;
    for (const char digit : digits.substr(at, 2)) {
      constexpr std::string_view all = "0123456789abcdef";
      const auto value = all.find(digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit);
      if (value == std::string_view::npos) return std::nullopt;
      byte = byte * 16 + static_cast<unsigned int>(value);
    }
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

void append_letter(std::string& text, std::uint32_t letter) {
  if (letter <= 0x20 || letter == 0xA0) return;
  const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (letter < 0x80) return add(letter);
  if (letter < 0x800) {
    add(0xC0U | letter >> 6U);
  } else if (letter < 0x10000) {
    add(0xE0U | letter >> 12U);
    add(0x80U | (letter >> 6U & 0x3FU));
  } else {
    add(0xF0U | letter >> 18U);
    add(0x80U | (letter >> 12U & 0x3FU));
    add(0x80U | (letter >> 6U & 0x3FU));
  }
  add(0x80U | (letter & 0x3FU));
}

std::optional<std::string> letters_of_utf16(std::string_view bytes) {
  std::string text;
  if (bytes.empty() || bytes.size() % 2 != 0) return std::nullopt;
  std::uint32_t high = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    const std::uint32_t unit = static_cast<unsigned char>(bytes[at]) * 256U + static_cast<unsigned char>(bytes[at + 1]);
    if (unit >= 0xD800 && unit < 0xDC00) {
      high = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      append_letter(text, 0x10000U + ((high - 0xD800U) << 10U) + (unit - 0xDC00U));
    } else {
      append_letter(text, unit);
    }
  }
  return text;
}

std::uint32_t code_of_bytes(std::string_view bytes) {
  std::uint32_t code = 0;
  for (const char byte : bytes) code = code << 8U | static_cast<unsigned char>(byte);
  return code;
}

// <0001> from the front of a table; it is taken off.
std::optional<std::string> take_hex(std::string_view& table) {
  while (table.starts_with(' ') || table.starts_with('\n')) table.remove_prefix(1);
  const auto end = table.find('>');
  if (!table.starts_with('<') || end == std::string_view::npos) return std::nullopt;
  auto bytes = bytes_of_hex(table.substr(1, end - 1));
  table.remove_prefix(end + 1);
  return bytes;
}

// Lists of single letters only: a range is refused, as no such paper has one.
std::optional<PaperFont> read_font(std::string_view table) {
  PaperFont font;
  constexpr std::string_view space = "begincodespacerange";
  constexpr std::string_view begin = "beginbfchar";
  const auto codes = table.find(space);
  if (codes == std::string_view::npos || table.find("beginbfrange") != std::string_view::npos) return std::nullopt;
  std::string_view rest = table.substr(codes + space.size());
  const auto first = take_hex(rest);
  if (!first || first->empty() || first->size() > 2) return std::nullopt;
  font.code_bytes = first->size();
  for (auto at = rest.find(begin); at != std::string_view::npos; at = rest.find(begin)) {
    rest.remove_prefix(at + begin.size());
    while (true) {
      while (rest.starts_with('\n') || rest.starts_with(' ')) rest.remove_prefix(1);
      if (rest.starts_with("endbfchar")) break;
      const auto code = take_hex(rest);
      const auto letters = take_hex(rest);
      if (!code || !letters || code->size() != font.code_bytes) return std::nullopt;
      auto text = letters_of_utf16(*letters);
      if (!text || !font.letters.emplace(code_of_bytes(*code), std::move(*text)).second) return std::nullopt;
    }
  }
  return font;
}

using PaperFonts = std::map<std::string, PaperFont, std::less<>>;

// The words of a page's drawing, one after the other.
class PageReader {
 public:
  PageReader(std::string_view drawing, const PaperFonts& fonts) : left_(drawing), fonts_(fonts) {}

  std::optional<std::vector<std::string>> read() {
    while (skip_blanks(), !left_.empty()) {
      if (!read_word()) return std::nullopt;
    }
    if (open_ != 0) return std::nullopt;
    return std::move(elements_);
  }

 private:
  void skip_blanks() {
    while (!left_.empty() && std::string_view(" \n[]").find(left_.front()) != std::string_view::npos) {
      if (left_.front() == '[' || left_.front() == ']') in_line_ = left_.front() == '[';
      left_.remove_prefix(1);
    }
  }

  bool read_word() {
    if (left_.starts_with("<<")) return read_properties();
    if (left_.starts_with('<')) {
      const auto codes = take_hex(left_);
      if (codes) shown_ += *codes;
      return codes.has_value();
    }
    if (left_.starts_with('(')) return read_literal();
    const auto end = std::min(left_.find_first_of(" \n[]<("), left_.size());
    const std::string_view word = left_.substr(0, end);
    left_.remove_prefix(end);
    if (word.starts_with('/')) {
      name_ = word.substr(1);
      return true;
    }
    if (word.find_first_not_of("0123456789.-") != std::string_view::npos) return act(word);
    return !word.starts_with('-') || step_aside(word);
  }

  // A step to the right inside of a line, in thousandths of a letter's height.
  bool step_aside(std::string_view step) {
    constexpr std::size_t digits_of_a_gap = 4;
    const std::size_t digits = std::min(step.find('.'), step.size()) - 1;
    if (digits >= digits_of_a_gap && in_line_) return show() && leave_gap();
    return true;
  }

  bool leave_gap() {
    if (open_ > 0 && !elements_.back().empty() && elements_.back().back() != ' ') elements_.back() += ' ';
    return true;
  }

  bool read_properties() {
    const auto end = left_.find(">>");
    if (end == std::string_view::npos) return false;
    std::string_view properties = left_.substr(2, end - 2);
    left_.remove_prefix(end + 2);
    spoken_.reset();
    constexpr std::string_view spoken = "/ActualText";
    if (const auto at = properties.find(spoken); at != std::string_view::npos) {
      properties.remove_prefix(at + spoken.size());
      const auto bytes = take_hex(properties);
      if (!bytes || !bytes->starts_with("\xFE\xFF")) return false;
      spoken_ = bytes->size() == 2 ? std::string() : letters_of_utf16(bytes->substr(2));
      return spoken_.has_value();
    }
    marks_element_ = properties.find("/MCID") != std::string_view::npos;
    return true;
  }

  bool read_literal() {
    for (left_.remove_prefix(1); !left_.empty(); left_.remove_prefix(1)) {
      if (left_.front() == ')') {
        left_.remove_prefix(1);
        return true;
      }
      if (left_.front() == '(') return false;
      if (left_.front() == '\\') {
        left_.remove_prefix(1);
        if (read_octal()) continue;
        // Else only what stands for itself.
        if (left_.empty() || std::string_view("()\\").find(left_.front()) == std::string_view::npos) return false;
      }
      shown_ += left_.front();
    }
    return false;
  }

  // \267: the last digit is left for the caller.
  bool read_octal() {
    constexpr std::size_t digits = 3;
    const std::string_view octal = left_.substr(0, digits);
    if (octal.size() < digits || octal.find_first_not_of("01234567") != std::string_view::npos) return false;
    unsigned int code = 0;
    for (const char digit : octal) code = code * 8 + static_cast<unsigned int>(digit - '0');
    shown_ += static_cast<char>(code & 0xFFU);
    left_.remove_prefix(digits - 1);
    return true;
  }

  bool act(std::string_view word) {
    if (word == "BDC") return begin_mark();
    if (word == "EMC") return end_mark();
    if (word == "Tf") {
      const auto found = fonts_.find(name_);
      font_ = found == fonts_.end() ? nullptr : &found->second;
      return font_ != nullptr;
    }
    if (word == "Tj" || word == "TJ") return show();
    if (word == "Td" || word == "Tm") return leave_gap();
    static constexpr std::array<std::string_view, 18> drawing{"q", "Q", "cm", "rg", "RG", "gs", "BT", "ET", "w",
                                                             "J", "j", "M",  "d",  "m",  "l",  "S",  "g",  "G"};
    for (const std::string_view known : drawing) {
      if (known == word) return true;
    }
    return false;
  }

  // An element, or inside of it a piece of text that says how it is read out.
  bool begin_mark() {
    ++open_;
    if (spoken_) {
      if (open_ != 2 || is_spoken_) return false;
      elements_.back() += *spoken_;
      spoken_.reset();
      is_spoken_ = true;
      return true;
    }
    if (open_ != 1 || !marks_element_) return false;
    marks_element_ = false;
    elements_.emplace_back();
    return true;
  }

  bool end_mark() {
    if (open_ == 0) return false;
    --open_;
    is_spoken_ = false;
    return true;
  }

  bool show() {
    if (open_ == 0 || font_ == nullptr || shown_.size() % font_->code_bytes != 0) return false;
    for (std::size_t at = 0; at < shown_.size(); at += font_->code_bytes) {
      const auto letters = font_->letters.find(code_of_bytes(std::string_view(shown_).substr(at, font_->code_bytes)));
      if (is_spoken_) continue;
      if (letters == font_->letters.end()) return false;
      elements_.back() += letters->second;
    }
    shown_.clear();
    return true;
  }

  std::string_view left_;
  const PaperFonts& fonts_;
  const PaperFont* font_ = nullptr;
  std::string_view name_;               // the last one
  std::string shown_;                   // codes that wait for the word that shows them
  std::optional<std::string> spoken_;   // of the properties before
  bool marks_element_ = false;
  bool is_spoken_ = false;
  bool in_line_ = false;  // between the brackets of a line with steps
  int open_ = 0;
  std::vector<std::string> elements_;
};

// Every font that a page's resources name.
std::optional<PaperFonts> fonts_of(const PaperObjects& objects, std::string_view resources) {
  PaperFonts fonts;
  if (resources.find("/XObject") != std::string_view::npos) return std::nullopt;
  constexpr std::string_view begin = "/f-";
  for (auto at = resources.find(begin); at != std::string_view::npos; at = resources.find(begin, at + 1)) {
    const std::string_view entry = resources.substr(at, std::min(resources.find('\n', at), resources.size()) - at);
    const auto blank = entry.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const std::string_view name = entry.substr(0, blank);
    const auto number = number_after(entry, name);
    const auto font = number ? objects.find(*number) : std::nullopt;
    const auto table = font ? number_after(*font, "/ToUnicode") : std::nullopt;
    const auto text = table ? objects.stream(*table) : std::nullopt;
    auto read = text ? read_font(*text) : std::nullopt;
    if (!read) return std::nullopt;
    fonts.insert_or_assign(std::string(name.substr(1)), std::move(*read));
  }
  return fonts;
}

}  // namespace

std::optional<PaperPages> read_paper(std::string_view bytes) {
  PaperObjects objects;
  if (!objects.open(bytes)) return std::nullopt;
  const auto pages = objects.pages();
  const auto tree = pages ? objects.find(*pages) : std::nullopt;
  constexpr std::string_view kids = "/Kids [";
  const auto at = tree ? tree->find(kids) : std::string_view::npos;
  const auto count = tree ? number_after(*tree, "/Count") : std::nullopt;
  if (at == std::string_view::npos || !count) return std::nullopt;
  std::string_view list = tree->substr(at + kids.size() - 1);
  PaperPages read;
  while (const auto number = number_after(list, read.empty() ? "[" : " 0 R")) {
    list.remove_prefix(list.find(' ') + 1);
    list.remove_prefix(std::min(list.find(" 0 R"), list.size()));
    const auto page = objects.find(*number);
    const auto contents = page ? number_after(*page, "/Contents") : std::nullopt;
    const auto resources = page ? number_after(*page, "/Resources") : std::nullopt;
    const auto drawing = contents ? objects.stream(*contents) : std::nullopt;
    const auto named = resources ? objects.find(*resources) : std::nullopt;
    const auto fonts = named ? fonts_of(objects, *named) : std::nullopt;
    if (!drawing || !fonts || page->find("/Annots") != std::string_view::npos) return std::nullopt;
    auto elements = PageReader(*drawing, *fonts).read();
    if (!elements) return std::nullopt;
    read.push_back(std::move(*elements));
  }
  if (read.size() != *count) return std::nullopt;
  return read;
}

}  // namespace hanjari::proofreading
