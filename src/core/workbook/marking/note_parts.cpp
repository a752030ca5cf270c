#include "workbook/marking/note_parts.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/markup.h"
#include "hanjari/workbook/address.h"
#include "workbook/contents.h"
#include "workbook/marking/raw_xml.h"
#include "workbook/xml_stream.h"

namespace hanjari::workbook {
namespace {

constexpr std::string_view our_name = "Hanjari";
constexpr std::string_view main_names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

// Text that XML can hold: control characters are left out.
std::string note_text(std::string_view text) {
  std::string plain;
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n') plain += c;
  return escape_markup(plain);
}

std::string write_note(const std::string& prefix, const std::pair<std::uint32_t, std::uint32_t>& at, std::size_t author,
                       const std::string& text) {
  return fmt::format(
      "<{0}comment ref=\"{1}\" authorId=\"{2}\"><{0}text><{0}r><{0}t xml:space=\"preserve\">{3}</{0}t></{0}r></{0}text></{0}comment>",
      prefix, write_address({at.first, at.second}), author, note_text(text));
}

// Finds the places of an existing list of notes.
class NoteFinder : public XmlHandler {
 public:
  explicit NoteFinder(std::string_view text) : text_(text) {}
  void watch(const XmlStream& xml) { xml_ = &xml; }

  struct Found {
    std::optional<CellAddress> at;
    std::uint32_t author = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t text_end = 0;  // where the text's end tag stands; 0 for a text without contents
  };

  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "author") {
      in_author_ = true;
      authors.emplace_back();
    } else if (name == "authors") {
      authors_tag = std::string(text_.substr(xml_->at(), xml_->length()));
      authors_at = xml_->at();
    } else if (name == "commentList") {
      list_tag = std::string(text_.substr(xml_->at(), xml_->length()));
      list_at = xml_->at();
    } else if (name == "comment") {
      notes.push_back({parse_address(attributes.find("ref")), read_number(attributes.find("authorId"), 0), xml_->at(), 0, 0});
    }
  }
  void end(std::string_view name) override {
    if (name == "author") in_author_ = false;
    if (name == "authors") authors_end = xml_->at();
    if (name == "commentList") list_end = xml_->at();
    if (name == "text" && !notes.empty() && xml_->length() > 0) notes.back().text_end = xml_->at();
    if (name == "comment" && !notes.empty()) notes.back().end = xml_->at() + xml_->length();
  }
  void text(std::string_view piece) override {
    if (in_author_) authors.back() += piece;
  }

  std::vector<std::string> authors;
  std::vector<Found> notes;
  std::string authors_tag, list_tag;
  std::size_t authors_at = 0, authors_end = 0, list_at = 0, list_end = 0;

 private:
  std::string_view text_;
  const XmlStream* xml_ = nullptr;
  bool in_author_ = false;
};

std::string new_list_of_notes(const Notes& notes) {
  std::string list = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{}\"><authors><author>{}</author>"
      "</authors><commentList>",
      main_names, our_name);
  for (const auto& [at, text] : notes) list += write_note("", at, 0, text);
  return list + "</commentList></comments>";
}

// The tag of a list that had no contents, opened around what is added.
Edit add_to_list(const std::string& tag, std::size_t at, std::size_t end, std::string added, const std::string& prefix,
                 std::string_view name) {
  if (!closes_itself(tag)) return {end, 0, std::move(added)};
  return {at, tag.size(), opened(tag) + added + "</" + prefix + std::string(name) + ">"};
}

}  // namespace

std::string write_notes(const std::string& file, const std::string& part, const std::string& text, const Notes& notes,
                        NotedCells& gone) {
  if (text.empty()) return new_list_of_notes(notes);
  NoteFinder found(text);
  XmlStream xml(file, part, found);
  found.watch(xml);
  xml.feed(text, true);
  if (found.authors_tag.empty() || found.list_tag.empty()) return new_list_of_notes(notes);
  const std::string prefix = prefix_of_root(text);
  const auto known = std::find(found.authors.begin(), found.authors.end(), our_name);
  const auto us = static_cast<std::size_t>(known - found.authors.begin());
  std::vector<Edit> edits;
  if (known == found.authors.end()) {
    edits.push_back(add_to_list(found.authors_tag, found.authors_at, found.authors_end,
                                fmt::format("<{0}author>{1}</{0}author>", prefix, our_name), prefix, "authors"));
  }
  Notes left = notes;
  for (const NoteFinder::Found& note : found.notes) {
    if (note.author == us) {
      edits.push_back({note.begin, note.end - note.begin, ""});
      if (note.at) gone.emplace(note.at->row, note.at->column);
      continue;
    }
    if (!note.at || note.text_end == 0) continue;
    const auto ours = left.find({note.at->row, note.at->column});
    if (ours == left.end()) continue;
    edits.push_back({note.text_end, 0,
                     fmt::format("<{0}r><{0}t xml:space=\"preserve\">\n{1}: {2}</{0}t></{0}r>", prefix, our_name,
                                 note_text(ours->second))});
    left.erase(ours);
  }
  std::string added;
  for (const auto& [at, words] : left) added += write_note(prefix, at, us, words);
  edits.push_back(add_to_list(found.list_tag, found.list_at, found.list_end, std::move(added), prefix, "commentList"));
  return apply_edits(text, edits);
}

namespace {

constexpr std::string_view shape_end = "</v:shape>";
constexpr std::size_t most_added_at_once = 20'000;

std::optional<std::uint32_t> number_in(std::string_view shape, std::string_view element) {
  const std::string open = "<x:" + std::string(element) + ">";
  const std::size_t at = shape.find(open);
  if (at == std::string_view::npos) return std::nullopt;
  std::uint32_t number = 0;
  const char* begin = shape.data() + at + open.size();
  const auto [end, error] = std::from_chars(begin, shape.data() + shape.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return number;
}

// Of an existing drawing: the cells that have a box already. The boxes of notes that are gone are taken out.
NotedCells keep_boxes(std::string& text, const NotedCells& gone) {
  NotedCells cells;
  std::vector<Edit> edits;
  const std::string_view whole = text;
  for (std::size_t at = whole.find("<v:shape "); at != std::string_view::npos; at = whole.find("<v:shape ", at + 1)) {
    const std::size_t end = whole.find(shape_end, at);
    if (end == std::string_view::npos) break;
    const std::string_view shape = whole.substr(at, end - at);
    if (shape.find("ObjectType=\"Note\"") == std::string_view::npos) continue;
    const auto row = number_in(shape, "Row");
    const auto column = number_in(shape, "Column");
    if (!row || !column) continue;
    if (gone.contains({*row + 1, *column})) {
      edits.push_back({at, end + shape_end.size() - at, ""});
    } else {
      cells.emplace(*row + 1, *column);
    }
  }
  text = apply_edits(text, edits);
  return cells;
}

std::string new_drawing(std::size_t boxes) {
  std::string blocks = "1";
  for (std::size_t block = 2; block <= boxes / 1024 + 1; ++block) blocks += fmt::format(",{}", block);
  return fmt::format(
      "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
      "xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/>"
      "</o:shapelayout><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" "
      "path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/>"
      "</v:shapetype></xml>",
      blocks);
}

// A box at the right of its cell, four columns wide, shown when one points at the cell.
std::string draw_box(std::uint32_t row, std::uint32_t column, std::size_t id) {
  return fmt::format(
      "<v:shape id=\"_x0000_s{0}\" type=\"#_x0000_t202\" style=\"position:absolute;width:240pt;height:75pt;z-index:1;"
      "visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" "
      "color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\">"
      "<div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>"
      "<x:Anchor>{1}, 15, {2}, 2, {3}, 15, {4}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{2}</x:Row>"
      "<x:Column>{5}</x:Column></x:ClientData></v:shape>",
      id, column + 1, row - 1, column + 5, row + 4, column);
}

}  // namespace

std::string draw_notes(std::string text, const Notes& notes, const NotedCells& gone) {
  constexpr std::size_t first_new = 1025;
  constexpr std::size_t first_added = 500'000;  // beyond the boxes that were there
  NotedCells there;
  std::size_t id = first_new;
  if (text.find("urn:schemas-microsoft-com:vml") == std::string::npos) {
    text = new_drawing(notes.size());
  } else {
    there = keep_boxes(text, gone);
    for (id = first_added; text.find(fmt::format("_x0000_s{}\"", id)) != std::string::npos;) id += most_added_at_once;
  }
  std::string boxes;
  for (const auto& [at, words] : notes)
    if (!there.contains(at)) boxes += draw_box(at.first, at.second, id++);
  return add_last_child(std::move(text), boxes);
}

}  // namespace hanjari::workbook
