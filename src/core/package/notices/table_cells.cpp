#include "package/notices/table_cells.h"

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/package/notice_tables.h"
#include "package/csv/characters.h"

namespace hanjari::package {
namespace {

constexpr std::string_view signs_of_lists = ";|\\";

// A cell of a spreadsheet's table as CSV has it. What is quoted already stays so.
void add_with_commas(std::string& out, std::string_view cell) {
  const bool quoted = cell.size() >= 2 && cell.front() == '"' && cell.back() == '"';
  if (quoted || cell.find_first_of(",\"") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

TabLines::TabLines(const std::vector<CsvColumn>& columns) {
  for (const CsvColumn& column : columns) cell(column.name);
  end_row();
}

TabLines& TabLines::cell(std::string_view text) {
  if (begun_) text_ += '\t';
  begun_ = true;
  if (text.find_first_of("\t\"\r\n") == std::string_view::npos) {
    text_ += text;
    return *this;
  }
  text_ += '"';
  for (const char c : text) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

void TabLines::end_row() {
  text_ += '\n';
  begun_ = false;
}

std::string write_cell_list(const std::vector<std::vector<std::string>>& things) {
  std::string cell;
  for (const auto& thing : things) {
    if (!cell.empty()) cell += "; ";
    for (std::size_t part = 0; part < thing.size(); ++part) {
      if (part > 0) cell += '|';
      for (const char c : thing[part]) {
        if (signs_of_lists.find(c) != std::string_view::npos) cell += '\\';
        cell += c;
      }
    }
  }
  return cell;
}

std::vector<std::vector<std::string>> read_cell_list(std::string_view cell) {
  std::vector<std::vector<std::string>> things;
  std::vector<std::string> thing{""};
  const auto end_thing = [&] {
    bool any = false;
    for (std::string& part : thing) {
      part = clean_line(part);
      any = any || !part.empty();
    }
    if (any) things.push_back(thing);
    thing = {""};
  };
  for (std::size_t at = 0; at < cell.size(); ++at) {
    if (cell[at] == '\\' && at + 1 < cell.size()) {
      thing.back() += cell[++at];
    } else if (cell[at] == ';') {
      end_thing();
    } else if (cell[at] == '|') {
      thing.emplace_back();
    } else {
      thing.back() += cell[at];
    }
  }
  end_thing();
  return things;
}

Text text_of_cells(std::string ko, std::string en) {
  Text text{std::move(en), std::move(ko)};
  if (text.en.empty()) text.en = text.ko;
  return text;
}

std::optional<Instant> read_moment_cell(CsvReader& reader, std::size_t column, const std::string& time_zone) {
  const std::string_view typed = reader.text(column);
  if (is_blank_text(typed)) return std::nullopt;
  const auto at = read_local_moment(typed, time_zone);
  if (!at) {
    ValueFault fault = fault_of_moment(typed, show(typed));
    reader.add_fault(column, std::move(fault.what), std::move(fault.fix));
  }
  return at;
}

std::optional<Date> read_day_cell(CsvReader& reader, std::size_t column) {
  const std::string_view typed = reader.text(column);
  if (is_blank_text(typed)) return std::nullopt;
  const auto day = parse_typed_date(typed);
  if (!day) {
    ValueFault fault = fault_of_date(typed, show(typed));
    reader.add_fault(column, std::move(fault.what), std::move(fault.fix));
  }
  return day;
}

std::optional<std::int64_t> read_count_cell(CsvReader& reader, std::size_t column, std::int64_t least,
                                            std::int64_t most) {
  if (is_blank_text(reader.text(column))) return std::nullopt;
  return reader.integer(column, least, most);
}

void require_cell(CsvReader& reader, std::size_t column) {
  if (!reader.has(column) || !is_blank_text(reader.text(column))) return;
  reader.add_fault(column, {"the value is missing", "값이 없습니다"}, {"fill the cell", "칸을 채우십시오"});
}

std::string write_local_moment(Instant at, const std::string& time_zone) {
  const std::string text = format_local(at, time_zone);  // 2021-03-02T09:00:00+09:00
  const std::string day = text.substr(0, 10);
  const std::string seconds = text.substr(17, 2);
  return day + " " + text.substr(11, seconds == "00" ? 5 : 8);
}

std::optional<Instant> read_local_moment(std::string_view typed, const std::string& time_zone) {
  const std::string text = clean_signs(typed);
  if (const auto exact = parse_instant(text)) return exact;
  const auto moment = parse_typed_moment(text);
  // Moments are counted in nanoseconds, which do not reach further; the exam day of a notice has the same limits.
  if (!moment || moment->day < *parse_date("1900-01-01") || moment->day > *parse_date("2199-12-31")) return std::nullopt;
  return instant_of(moment->day, moment->minute, time_zone) + std::chrono::seconds(moment->second);
}

std::string commas_for_tabs(std::string_view text) {
  if (text.find('\t') == std::string_view::npos) return std::string(text);
  std::string out;
  std::string cell;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"' && (cell.empty() || cell.front() == '"')) quoted = !quoted;
    if (!quoted && (c == '\t' || c == '\n')) {
      const bool windows = c == '\n' && !cell.empty() && cell.back() == '\r';
      if (windows) cell.pop_back();
      add_with_commas(out, cell);
      out += c == '\t' ? ',' : '\n';
      cell.clear();
      continue;
    }
    cell += c;
  }
  add_with_commas(out, cell);
  return out;
}

}  // namespace hanjari::package
