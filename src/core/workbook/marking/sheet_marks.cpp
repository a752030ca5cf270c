#include "workbook/marking/sheet_marks.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/workbook/address.h"
#include "workbook/contents.h"
#include "workbook/marking/raw_xml.h"
#include "workbook/xml_stream.h"

namespace hanjari::workbook {
namespace {

// What stands behind the drawing of the notes in the order that a sheet has.
constexpr std::string_view behind_drawing[] = {"legacyDrawingHF", "drawingHF",       "picture",    "oleObjects", "controls",
                                               "AlternateContent", "webPublishItems", "tableParts", "extLst"};

// Finds the places to be edited while the sheet is read.
class SheetMarker : public XmlHandler {
 public:
  SheetMarker(std::string_view text, MarkedCells cells, const MarkedStyle& marked)
      : text_(text), cells_(std::move(cells)), marked_(marked) {}
  void watch(const XmlStream& xml) { xml_ = &xml; }

  void start(std::string_view name, const Attributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view) override {}

  std::vector<Edit> take_edits(const std::string& drawing);

 private:
  std::string tag() const { return std::string(text_.substr(xml_->at(), xml_->length())); }
  void start_root();
  void start_row(const Attributes& attributes);
  void start_cell(const Attributes& attributes);
  std::string new_cells(std::uint32_t before);
  std::string new_rows(std::uint32_t before);
  void insert(std::string added) {
    if (!added.empty()) edits_.push_back({xml_->at(), 0, std::move(added)});
  }

  std::string_view text_;
  MarkedCells cells_;  // those not yet marked
  const MarkedStyle& marked_;
  const XmlStream* xml_ = nullptr;
  std::vector<Edit> edits_;
  std::string prefix_;
  std::string relation_names_;
  int depth_ = 0;
  bool in_rows_ = false;
  bool behind_rows_ = false;
  bool has_drawing_ = false;
  bool drawing_placed_ = false;
  std::size_t drawing_at_ = 0;
  std::uint32_t row_ = 0;
  std::uint32_t next_column_ = 0;
  std::set<std::uint32_t> of_row_;  // columns of the row not yet marked
};

void SheetMarker::start_root() {
  const std::string root = tag();
  prefix_ = prefix_of(root);
  relation_names_ = root.find("purl.oclc.org") != std::string::npos
                        ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
                        : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
}

void SheetMarker::start(std::string_view name, const Attributes& attributes) {
  ++depth_;
  if (depth_ == 1) return start_root();
  if (depth_ == 2 && name == "legacyDrawing") has_drawing_ = true;
  if (depth_ == 2 && behind_rows_ && !drawing_placed_ &&
      std::find(std::begin(behind_drawing), std::end(behind_drawing), name) != std::end(behind_drawing)) {
    drawing_placed_ = true;
    drawing_at_ = xml_->at();
  }
  if (name == "sheetData") {
    in_rows_ = true;
    const std::string raw = tag();
    if (!closes_itself(raw) || cells_.empty()) return;
    edits_.push_back({xml_->at(), raw.size(), opened(raw) + new_rows(most_rows + 1) + "</" + prefix_ + "sheetData>"});
  } else if (in_rows_ && name == "row") {
    start_row(attributes);
  } else if (in_rows_ && name == "c") {
    start_cell(attributes);
  }
}

void SheetMarker::start_row(const Attributes& attributes) {
  row_ = attributes.has("r") ? read_number(attributes.find("r"), 0) : row_ + 1;
  next_column_ = 0;
  insert(new_rows(row_));
  const auto marked = cells_.find(row_);
  if (marked == cells_.end()) return;
  of_row_ = std::move(marked->second);
  cells_.erase(marked);
  const std::string raw = tag();
  if (closes_itself(raw))
    edits_.push_back({xml_->at(), raw.size(), opened(raw) + new_cells(most_columns) + "</" + prefix_ + "row>"});
}

void SheetMarker::start_cell(const Attributes& attributes) {
  std::uint32_t column = next_column_;
  if (const auto address = parse_address(attributes.find("r"))) column = address->column;
  next_column_ = column + 1;
  insert(new_cells(column));
  if (of_row_.erase(column) == 0) return;
  const std::uint32_t style = marked_(read_number(attributes.find("s"), 0));
  const std::string raw = tag();
  edits_.push_back({xml_->at(), raw.size(), set_attribute(raw, "s", std::to_string(style))});
}

// The marked cells of the row that are not there, up to a column.
std::string SheetMarker::new_cells(std::uint32_t before) {
  std::string added;
  while (!of_row_.empty() && *of_row_.begin() < before) {
    added += fmt::format("<{}c r=\"{}\" s=\"{}\"/>", prefix_, write_address({row_, *of_row_.begin()}), marked_(0));
    of_row_.erase(of_row_.begin());
  }
  return added;
}

// The rows with marked cells that are not there, up to a row.
std::string SheetMarker::new_rows(std::uint32_t before) {
  std::string added;
  while (!cells_.empty() && cells_.begin()->first < before) {
    const std::uint32_t number = cells_.begin()->first;
    added += fmt::format("<{}row r=\"{}\">", prefix_, number);
    for (const std::uint32_t column : cells_.begin()->second)
      added += fmt::format("<{}c r=\"{}\" s=\"{}\"/>", prefix_, write_address({number, column}), marked_(0));
    added += "</" + prefix_ + "row>";
    cells_.erase(cells_.begin());
  }
  return added;
}

void SheetMarker::end(std::string_view name) {
  --depth_;
  if (in_rows_ && name == "row") {
    if (xml_->length() > 0) insert(new_cells(most_columns));
    of_row_.clear();
  } else if (in_rows_ && name == "sheetData") {
    if (xml_->length() > 0) insert(new_rows(most_rows + 1));
    in_rows_ = false;
    behind_rows_ = true;
  } else if (depth_ == 0 && !drawing_placed_) {
    drawing_placed_ = true;
    drawing_at_ = xml_->at();
  }
}

std::vector<Edit> SheetMarker::take_edits(const std::string& drawing) {
  if (!has_drawing_ && drawing_placed_) {
    edits_.push_back({drawing_at_, 0,
                      fmt::format("<{}legacyDrawing xmlns:hr=\"{}\" hr:id=\"{}\"/>", prefix_, relation_names_, drawing)});
  }
  return std::move(edits_);
}

}  // namespace

std::string mark_sheet(const std::string& file, const std::string& part, std::string_view text, const MarkedCells& cells,
                       const MarkedStyle& marked, const std::string& drawing) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    refuse_file(file, {"the sheets are written in UTF-16 and cannot be marked", "UTF-16으로 저장된 시트라 표시할 수 없습니다"},
                {"save the workbook again in the spreadsheet", "스프레드시트에서 다시 저장하십시오"});
  }
  SheetMarker marker(text, cells, marked);
  XmlStream xml(file, part, marker);
  marker.watch(xml);
  xml.feed(text, true);
  return apply_edits(text, marker.take_edits(drawing));
}

}  // namespace hanjari::workbook
