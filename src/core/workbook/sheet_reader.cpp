// The rows of one sheet. Its part is read twice: merged areas stand behind the rows that they belong to.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "workbook/contents.h"
#include "workbook/merged_areas.h"
#include "workbook/xml_stream.h"

namespace hanjari::workbook {
namespace {

constexpr std::uint32_t columns_looked_at = 500;
// A spreadsheet takes 32,767 characters in a cell. One long text that thousands of cells name would fill the memory.
constexpr std::size_t longest_text = 4 * 32'767;     // bytes
constexpr std::size_t most_held = 64 * 1024 * 1024;  // bytes of the texts that are held at once
enum class CellType { number, shared, text, inline_text, boolean, error, date };

CellType type_of(std::string_view word) {
  if (word == "s") return CellType::shared;
  if (word == "str") return CellType::text;
  if (word == "inlineStr") return CellType::inline_text;
  if (word == "b") return CellType::boolean;
  if (word == "e") return CellType::error;
  if (word == "d") return CellType::date;
  return CellType::number;
}

}  // namespace

struct SheetReader::State : XmlHandler {
  State(const Workbook::Contents& of_book, const SheetInfo& of_sheet)
      : book(of_book), sheet(of_sheet), xml(of_book.name, of_sheet.part, *this), stream(*of_book.parts, of_sheet.part) {}

  void start(std::string_view name, const Attributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view piece) override {
    if (in_value || in_text) value += piece;
  }

  void start_row(const Attributes& attributes);
  void start_cell(const Attributes& attributes);
  void end_cell();
  Cell read_cell();
  void fill_merged(Row& of);
  [[noreturn]] void refuse(Text what, Text fix) {
    refuse_file(write_place({}, sheet.name, {std::max<std::uint32_t>(row.number, 1), 0}), std::move(what), std::move(fix));
  }
  // Counts the text of a cell among those that are held.
  void hold(const std::string& text) {
    held += text.size();
    if (text.size() <= longest_text && held <= most_held) return;
    refuse({"the texts in the cells are longer than those of any table here", "셀에 든 글이 표로 읽기에는 지나치게 깁니다"},
           {"shorten them, or move them out of the table", "글을 줄이거나 표 밖으로 옮기십시오"});
  }
  [[noreturn]] void refuse_cells() {
    refuse({"the sheet has more cells than any table here", "표로 읽기에는 셀이 지나치게 많은 시트입니다"},
           {"delete the columns and rows beside and below the table", "표의 옆과 아래에 있는 열과 행을 지우십시오"});
  }

  const Workbook::Contents& book;
  const SheetInfo& sheet;
  XmlStream xml;
  ZipParts::Stream stream;
  std::deque<Row> ready;
  std::multimap<std::uint32_t, MergedArea> merged;  // over several rows, not yet begun
  struct Open {
    MergedArea area;
    Cell cell;  // the first of the area, when that holds something
  };
  std::vector<Open> open;  // areas that reach into further rows
  Met met;
  bool ended = false;
  bool in_rows = false;
  // The row and the cell being read.
  Row row;
  std::uint32_t last_row = 0;
  std::uint32_t next_column = 0;
  CellAddress at;
  CellType type = CellType::number;
  std::uint32_t format = 0;
  std::string value;
  bool has_value = false;
  bool has_formula = false;
  bool in_value = false;
  bool in_text = false;
  bool spoken = false;
  bool in_cell = false;
  std::uint64_t cells = 0;
  std::size_t held = 0;  // bytes of texts in the rows that are ready and in the one being read
};

void SheetReader::State::start(std::string_view name, const Attributes& attributes) {
  if (name == "col" && !in_rows && attributes.is_true("hidden")) {
    const std::uint32_t first = std::max<std::uint32_t>(read_number(attributes.find("min"), 1), 1);
    const std::uint32_t last = std::min(read_number(attributes.find("max"), first), columns_looked_at);
    if (first <= last) met.hidden_columns += last - first + 1;
  } else if (name == "sheetData") {
    in_rows = true;
  } else if (!in_rows) {
    return;
  } else if (name == "row") {
    start_row(attributes);
  } else if (name == "c") {
    start_cell(attributes);
  } else if (in_cell && name == "v") {
    in_value = true;
    has_value = true;
  } else if (in_cell && name == "f") {
    has_formula = true;
  } else if (in_cell && name == "rPh") {
    spoken = true;
  } else if (in_cell && name == "t" && !spoken) {
    in_text = true;
    has_value = true;
  }
}

void SheetReader::State::start_row(const Attributes& attributes) {
  row = Row{};
  if (ready.empty()) held = 0;
  row.number = attributes.has("r") ? read_number(attributes.find("r"), 0) : last_row + 1;
  if (row.number <= last_row || row.number > most_rows) {
    refuse({"the rows of the sheet are not in order", "시트의 행 순서가 어긋나 있습니다"},
           {"open the file in the spreadsheet and save it again", "스프레드시트에서 열어 다시 저장하십시오"});
  }
  last_row = row.number;
  row.hidden = attributes.is_true("hidden");
  next_column = 0;
}

void SheetReader::State::start_cell(const Attributes& attributes) {
  at = {row.number, next_column};
  if (attributes.has("r")) {
    const auto address = parse_address(attributes.find("r"));
    if (!address || address->row != row.number || address->column < next_column) {
      refuse({"the cells of the row are not in order", "행 안의 셀 순서가 어긋나 있습니다"},
             {"open the file in the spreadsheet and save it again", "스프레드시트에서 열어 다시 저장하십시오"});
    }
    at = *address;
  }
  if (at.column >= most_columns || ++cells > book.limits.cells) refuse_cells();
  next_column = at.column + 1;
  type = type_of(attributes.find("t"));
  format = read_number(attributes.find("s"), 0);
  value.clear();
  has_value = has_formula = in_value = in_text = spoken = false;
  in_cell = true;
}

void SheetReader::State::end(std::string_view name) {
  if (!in_rows) return;
  if (name == "v") {
    in_value = false;
  } else if (name == "t") {
    in_text = false;
  } else if (name == "rPh") {
    spoken = false;
  } else if (name == "c" && in_cell) {
    end_cell();
  } else if (name == "row") {
    ready.push_back(std::move(row));
    row = Row{};
  } else if (name == "sheetData") {
    in_rows = false;
  }
}

void SheetReader::State::end_cell() {
  in_cell = false;
  if (!has_value && !has_formula) return;
  Cell cell = read_cell();
  if (cell.text.empty() && cell.kind != CellKind::no_result) return;
  hold(cell.text);
  row.cells.push_back(std::move(cell));
}

Cell SheetReader::State::read_cell() {
  Cell cell{at.column, CellKind::text, {}};
  if (!has_value) {
    cell.kind = CellKind::no_result;
    return cell;
  }
  switch (type) {
    case CellType::shared: {
      const std::uint32_t number = read_number(value, ~0U);
      if (number >= book.texts.size()) refuse_damaged(book.name, sheet.part);
      cell.text = book.texts[number];
      return cell;
    }
    case CellType::text:
    case CellType::inline_text:
      cell.text = without_escapes(value);
      return cell;
    case CellType::boolean:
      cell.kind = CellKind::boolean;
      cell.text = value == "1" || value == "true" ? "TRUE" : "FALSE";
      return cell;
    case CellType::error:
      cell.kind = CellKind::error;
      cell.text = value;
      return cell;
    case CellType::date:
      cell.kind = CellKind::date;
      cell.text = value.substr(0, 10);
      return cell;
    case CellType::number:
      break;
  }
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || !std::isfinite(number)) {
    cell.text = value;
    return cell;
  }
  static const NumberFormat general{};
  Shown shown = show_number(format < book.formats.size() ? book.formats[format] : general, number, book.from_1904);
  cell.kind = shown.kind;
  cell.text = std::move(shown.text);
  return cell;
}

// Puts what stands in the first cell of a merged area into the cells below it, which hold nothing of their own.
void SheetReader::State::fill_merged(Row& of) {
  std::erase_if(open, [&](const Open& one) { return one.area.last.row < of.number; });
  std::size_t filled = 0;  // bytes
  const auto is_left_of = [](const Cell& cell, std::uint32_t column) { return cell.column < column; };
  const std::size_t own = of.cells.size();
  for (const Open& one : open) {
    const auto end = of.cells.begin() + static_cast<std::ptrdiff_t>(own);
    const auto place = std::lower_bound(of.cells.begin(), end, one.area.first.column, is_left_of);
    if (place != end && place->column == one.area.first.column) continue;
    filled += one.cell.text.size();
    if (++cells > book.limits.cells || filled > most_held) refuse_cells();
    if (met.merged_cells++ == 0) met.first_merged = {of.number, one.area.first.column};
    of.cells.push_back(one.cell);
  }
  // Put in order once: each put into its place for itself would move thousands behind it, row by row.
  if (of.cells.size() > own)
    std::sort(of.cells.begin(), of.cells.end(), [](const Cell& a, const Cell& b) { return a.column < b.column; });
  while (!merged.empty() && merged.begin()->first <= of.number) {
    const MergedArea area = merged.begin()->second;
    merged.erase(merged.begin());
    const bool taken = std::any_of(open.begin(), open.end(),
                                   [&](const Open& one) { return one.area.first.column == area.first.column; });
    if (area.first.row != of.number || taken) continue;
    for (const Cell& cell : of.cells)
      if (cell.column == area.first.column) open.push_back({area, cell});
  }
}

SheetReader::SheetReader(const Workbook& workbook, std::size_t sheet) {
  const Workbook::Contents& book = workbook.contents();
  const SheetInfo& info = book.sheets.at(sheet);
  state_ = std::make_unique<State>(book, info);
  for (const MergedArea& area : read_merged_areas(book, info.part))
    if (area.first.row != area.last.row) state_->merged.emplace(area.first.row, area);
}

SheetReader::~SheetReader() = default;

bool SheetReader::next(Row& row) {
  State& state = *state_;
  while (true) {
    while (state.ready.empty() && !state.ended) {
      const std::string_view block = state.stream.next();
      state.ended = block.empty();
      state.xml.feed(block, state.ended);
    }
    if (state.ready.empty()) return false;
    row = std::move(state.ready.front());
    state.ready.pop_front();
    state.fill_merged(row);
    if (row.cells.empty()) continue;
    if (row.hidden && state.met.hidden_rows++ == 0) state.met.first_hidden_row = row.number;
    return true;
  }
}

const SheetReader::Met& SheetReader::met() const {
  return state_->met;
}

}  // namespace hanjari::workbook
