// Settings in a sheet: a key and its value in each row.
#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/base/nesting.h"
#include "hanjari/base/typed_text.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/sheets/sheet_finder.h"

namespace hanjari::package {
namespace {

constexpr int deepest_list = 32;  // of a setting

struct Setting {
  std::uint32_t row = 0;
  std::vector<std::string> path;
  std::string value;  // as JSON
};

// Keys whose value is text although it may look like a number.
bool is_always_text(std::string_view key) {
  constexpr std::array<std::string_view, 6> texts{"code", "name_ko", "name_en", "exam_on", "time_zone", "prefix"};
  const std::size_t dot = key.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? key : key.substr(dot + 1);
  return std::find(texts.begin(), texts.end(), last) != texts.end();
}

std::string value_as_json(std::string_view key, const workbook::Cell& cell) {
  // Lists inside lists beyond any setting would be written by calls inside calls until the stack is full.
  if (!is_always_text(key) && nesting_of(cell.text) <= deepest_list) {
    if (cell.kind == workbook::CellKind::boolean) return cell.text == "TRUE" ? "true" : "false";
    const nlohmann::json read = nlohmann::json::parse(cell.text, nullptr, false);
    if (!read.is_discarded() && !read.is_string()) return read.dump();
    const std::string word = in_lower_case(cell.text);
    if (word == "true" || word == "false" || word == "null") return word;
  }
  return nlohmann::json(cell.text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> split_key(std::string_view key) {
  std::vector<std::string> path;
  while (true) {
    const std::size_t dot = key.find('.');
    path.emplace_back(key.substr(0, dot));
    if (dot == std::string_view::npos) return path;
    key.remove_prefix(dot + 1);
  }
}

bool is_heading(std::string_view key) {
  const std::string word = in_lower_case(key);
  return word == "key" || word == "항목" || word == "키";
}

// Writes the settings of [begin, end), which have the first `depth` steps of their keys in common.
class ObjectWriter {
 public:
  void write(const std::vector<Setting>& settings, std::size_t begin, std::size_t end, std::size_t depth) {
    text_ += '{';
    for (std::size_t at = begin; at < end;) {
      if (at > begin) text_ += ',';
      const Setting& setting = settings[at];
      go_to_line(setting.row);
      text_ += nlohmann::json(setting.path[depth]).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + ": ";
      if (setting.path.size() == depth + 1) {
        text_ += setting.value;
        ++at;
        continue;
      }
      std::size_t next = at + 1;
      while (next < end && settings[next].path.size() > depth + 1 && settings[next].path[depth] == setting.path[depth]) ++next;
      write(settings, at, next, depth + 1);
      at = next;
    }
    text_ += '}';
  }
  std::string take() { return std::move(text_); }

 private:
  void go_to_line(std::uint32_t line) {
    text_.append(line > line_ ? line - line_ : 0, '\n');
    line_ = std::max(line_, line);
  }

  std::string text_;
  std::uint32_t line_ = 1;
};

}  // namespace

namespace {

workbook::CellAddress cell_of_setting(const SheetObject& object, std::uint64_t line) {
  const auto column = object.value_columns.find(line);
  if (column == object.value_columns.end()) return {};
  return {static_cast<std::uint32_t>(line), column->second};
}

}  // namespace

void tell_of_sheet(const TableSheet& sheet, const SheetObject& object, const Faults& from, Faults& to) {
  for (const Fault& fault : from.kept()) {
    const workbook::CellAddress at = cell_of_setting(object, fault.line);
    sheet.add_bad(at, fault.what, fault.fix);
    to.add({sheet.place(at), 0, fault.column, fault.what, fault.fix});
  }
}

void tell_of_sheet(const TableSheet& sheet, const SheetObject& object, const std::vector<Fault>& from, std::vector<Fault>& to) {
  for (const Fault& fault : from)
    to.push_back({sheet.place(cell_of_setting(object, fault.line)), 0, fault.column, fault.what, fault.fix});
}

SheetObject read_sheet_object(const TableSheet& sheet) {
  constexpr std::size_t deepest_key = 8;
  constexpr std::size_t most_settings = 10'000;
  constexpr std::size_t most_bytes = 16'000'000;  // of all values; no settings are a hundredth of it
  std::size_t bytes = 0;
  SheetObject object;
  std::vector<Setting> settings;
  workbook::SheetReader reader(*sheet.book, sheet.sheet);
  workbook::Row row;
  while (settings.size() < most_settings && bytes < most_bytes && reader.next(row)) {
    const std::string key = row.cells.empty() ? std::string() : clean_line(row.cells.front().text);
    if (key.empty() || (settings.empty() && is_heading(key))) continue;
    const std::uint32_t column = row.cells.front().column + 1;
    object.value_columns[row.number] = column;
    // A setting without a value is left as it is when nobody sets it.
    if (row.cells.size() < 2 || row.cells[1].column != column) continue;
    bytes += key.size() + row.cells[1].text.size();
    std::vector<std::string> path = split_key(key);
    if (path.size() > deepest_key) path = {key};
    settings.push_back({row.number, std::move(path), value_as_json(key, row.cells[1])});
  }
  ObjectWriter writer;
  writer.write(settings, 0, settings.size(), 0);
  object.text = writer.take();
  return object;
}

}  // namespace hanjari::package
