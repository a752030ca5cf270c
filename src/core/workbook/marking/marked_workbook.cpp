// A workbook with marked cells: which parts change, and the ZIP file in which the others are copied as they are.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/workbook/marks.h"
#include "workbook/contents.h"
#include "workbook/marking/made_archive.h"
#include "workbook/marking/note_parts.h"
#include "workbook/marking/raw_xml.h"
#include "workbook/marking/sheet_marks.h"
#include "workbook/marking/style_marks.h"
#include "workbook/merged_areas.h"
#include "workbook/xml_stream.h"

namespace hanjari::workbook {
namespace {

// The texts of parts by their path, in the order in which they are put into the file.
using ChangedParts = std::map<std::string, std::string>;

constexpr std::string_view relation_types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view package_relations = "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr const char* types_part = "[Content_Types].xml";
constexpr std::string_view sheet_contents = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

class PartMaker {
 public:
  explicit PartMaker(const Workbook::Contents& book) : book_(book) {}

  // The part as it is now; empty when there is none.
  std::string now(const std::string& part) const {
    const auto changed = changed_.find(part);
    if (changed != changed_.end()) return changed->second;
    return book_.parts->has(part) ? book_.parts->read(part) : std::string();
  }
  void put(const std::string& part, std::string text) { changed_[part] = std::move(text); }
  std::string free_name(std::string_view before, std::string_view behind) const {
    for (int number = 1;; ++number) {
      std::string name = fmt::format("{}{}{}", before, number, behind);
      if (!book_.parts->has(name) && !changed_.contains(name)) return name;
    }
  }
  void add_relation(const std::string& part, std::string_view id, std::string_view type, const std::string& target);
  void add_override(const std::string& part, std::string_view type);
  void add_default(std::string_view ending, std::string_view type);
  const ChangedParts& changed() const { return changed_; }

 private:
  const Workbook::Contents& book_;
  ChangedParts changed_;
};

void PartMaker::add_relation(const std::string& part, std::string_view id, std::string_view type, const std::string& target) {
  const std::string relations = relations_of(part);
  std::string text = now(relations);
  if (text.empty()) {
    text = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{}\"/>",
                       package_relations);
  }
  const std::string added = fmt::format("<{}Relationship Id=\"{}\" Type=\"{}{}\" Target=\"/{}\"/>", prefix_of_root(text), id,
                                        relation_types, type, target);
  put(relations, add_last_child(std::move(text), added));
}

void PartMaker::add_override(const std::string& part, std::string_view type) {
  const std::string text = now(types_part);
  put(types_part, add_last_child(text, fmt::format("<{}Override PartName=\"/{}\" ContentType=\"{}{}+xml\"/>",
                                                   prefix_of_root(text), part, sheet_contents, type)));
}

void PartMaker::add_default(std::string_view ending, std::string_view type) {
  const std::string text = now(types_part);
  if (text.find(fmt::format("Extension=\"{}\"", ending)) != std::string::npos) return;
  put(types_part, add_last_child(text, fmt::format("<{}Default Extension=\"{}\" ContentType=\"{}\"/>", prefix_of_root(text),
                                                   ending, type)));
}

// The parts that a sheet names for its notes.
class NoteRelations : public XmlHandler {
 public:
  // `drawing_id` names the drawing of the sheet's notes; a sheet may have another for its header.
  NoteRelations(std::string sheet, std::string drawing_id) : sheet_(std::move(sheet)), drawing_id_(std::move(drawing_id)) {}
  void start(std::string_view name, const Attributes& attributes) override {
    if (name != "Relationship") return;
    const std::string_view type = attributes.find("Type");
    const std::string target = resolve_target(sheet_, attributes.find("Target"));
    if (type.ends_with("/comments")) notes = target;
    if (!drawing_id_.empty() && attributes.find("Id") == drawing_id_) drawing = target;
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  std::string notes;
  std::string drawing;

 private:
  std::string sheet_;
  std::string drawing_id_;
};

// What the sheet calls the drawing of its notes; empty when it has none.
std::string drawing_id_of(std::string_view sheet_text) {
  const std::size_t name = sheet_text.find("legacyDrawing ");
  if (name == std::string_view::npos) return {};
  const std::string_view tag = sheet_text.substr(name, sheet_text.find('>', name) - name);
  const std::size_t id = tag.find(":id=");
  if (id == std::string_view::npos || id + 6 > tag.size()) return {};
  const std::size_t begin = id + 5;
  return std::string(tag.substr(begin, tag.find(tag[begin - 1], begin) - begin));
}

constexpr std::string_view drawing_relation = "rIdHanjariBoxes";

// The notes of a sheet, their boxes, and what names them both.
void put_notes(const Workbook::Contents& book, PartMaker& parts, const std::string& sheet, std::string_view sheet_text,
               const Notes& notes) {
  NoteRelations relations(sheet, drawing_id_of(sheet_text));
  const std::string named = parts.now(relations_of(sheet));
  if (!named.empty()) {
    XmlStream xml(book.name, relations_of(sheet), relations);
    xml.feed(named, true);
  }
  if (relations.notes.empty()) {
    relations.notes = parts.free_name("xl/hanjariNotes", ".xml");
    parts.add_relation(sheet, "rIdHanjariNotes", "comments", relations.notes);
    parts.add_override(relations.notes, "comments");
  }
  if (relations.drawing.empty()) {
    relations.drawing = parts.free_name("xl/drawings/hanjariBoxes", ".vml");
    parts.add_relation(sheet, drawing_relation, "vmlDrawing", relations.drawing);
    parts.add_default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing");
  }
  NotedCells gone;
  parts.put(relations.notes, write_notes(book.name, relations.notes, parts.now(relations.notes), notes, gone));
  parts.put(relations.drawing, draw_notes(parts.now(relations.drawing), notes, gone));
}

// Marks inside merged areas move to where the area begins, which is what one sees.
Notes notes_of_sheet(const Workbook::Contents& book, const SheetInfo& sheet, const std::vector<Mark>& marks) {
  std::vector<MergedArea> areas;
  bool looked = false;
  Notes notes;
  std::size_t count = 0;
  for (const Mark& mark : marks) {
    if (mark.sheet != sheet.name || mark.at.row == 0 || mark.at.row > most_rows || mark.at.column >= most_columns) continue;
    if (++count > most_marks) break;
    if (!std::exchange(looked, true)) areas = read_merged_areas(book, sheet.part);
    CellAddress at = mark.at;
    const auto area = std::find_if(areas.begin(), areas.end(), [&](const MergedArea& one) {
      return at.row >= one.first.row && at.row <= one.last.row && at.column >= one.first.column &&
             at.column <= one.last.column;
    });
    if (area != areas.end()) at = area->first;
    std::string& note = notes[{at.row, at.column}];
    if (note.find(mark.note) != std::string::npos && !note.empty()) continue;
    note += (note.empty() ? "" : "\n") + mark.note;
  }
  return notes;
}

// Entries that do not change are copied packed as they are.
std::string write_archive(const std::string& bytes, const ChangedParts& changed) {
  MadeArchive archive(bytes);
  for (const auto& [part, text] : changed) archive.put(part, text);
  return archive.finish();
}

}  // namespace

std::string mark_cells(const Workbook& workbook, const std::vector<Mark>& marks) {
  const Workbook::Contents& book = workbook.contents();
  PartMaker parts(book);
  std::optional<StyleMarks> styles;
  for (const SheetInfo& sheet : book.sheets) {
    const Notes notes = notes_of_sheet(book, sheet, marks);
    if (notes.empty()) continue;
    if (!styles) styles.emplace(book.name, book.styles_part, parts.now(book.styles_part));
    MarkedCells cells;
    for (const auto& [at, note] : notes) cells[at.first].insert(at.second);
    const std::string text = parts.now(sheet.part);
    put_notes(book, parts, sheet.part, text, notes);
    parts.put(sheet.part, mark_sheet(book.name, sheet.part, text, cells,
                                     [&](std::uint32_t style) { return styles->marked(style); },
                                     std::string(drawing_relation)));
  }
  if (!styles) return book.bytes;
  std::string styles_part = book.styles_part;
  if (styles_part.empty()) {
    styles_part = parts.free_name("xl/hanjariStyles", ".xml");
    parts.add_relation(book.part, "rIdHanjariStyles", "styles", styles_part);
    parts.add_override(styles_part, "styles");
  }
  parts.put(styles_part, styles->write());
  return write_archive(book.bytes, parts.changed());
}

}  // namespace hanjari::workbook
