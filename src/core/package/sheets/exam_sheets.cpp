#include "hanjari/package/exam_sheets.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/workbook/workbook.h"

namespace hanjari::package {
namespace {

// The files of a package with the number of columns that make a row's key; 0: the whole row.
struct ComparedFile {
  std::string_view name;
  std::size_t key_columns;
};
constexpr std::array<ComparedFile, 8> compared_files{{{"exam.json", 1},
                                                      {"policy.json", 1},
                                                      {"units.csv", 1},
                                                      {"venues.csv", 1},
                                                      {"rooms.csv", 2},
                                                      {"applicants.csv", 1},
                                                      {"travel.csv", 2},
                                                      {"pins.csv", 0}}};

constexpr std::array<std::string_view, 12> quantities{"grade",          "posts",         "duration_min",      "lat",
                                                      "lon",            "opening_cost",  "row_count",         "column_count",
                                                      "row_pitch_cm",   "column_pitch_cm", "people_cap",      "metres"};

// The values of one line of canonical CSV, which has no line break inside a value.
std::vector<std::string> split_canonical(std::string_view line) {
  std::vector<std::string> values(1);
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '"' && quoted && at + 1 < line.size() && line[at + 1] == '"') {
      values.back() += c;
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      values.emplace_back();
    } else {
      values.back() += c;
    }
  }
  return values;
}

template <class Take>
void each_line(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

TableRows table_of_csv(std::string name, std::string_view text) {
  TableRows table;
  table.name = std::move(name);
  each_line(text, [&](std::string_view line) {
    std::vector<std::string> values = split_canonical(line);
    if (!table.columns.empty()) {
      table.rows.push_back(std::move(values));
      return;
    }
    for (std::string& heading : values) {
      const bool number = std::find(quantities.begin(), quantities.end(), heading) != quantities.end();
      table.columns.push_back({std::move(heading), number});
    }
  });
  return table;
}

void add_settings(const nlohmann::json& object, const std::string& path, TableRows& table) {
  for (const auto& [key, value] : object.items()) {
    const std::string whole = path.empty() ? key : path + "." + key;
    if (value.is_object()) {
      add_settings(value, whole, table);
    } else {
      table.rows.push_back({whole, value.is_null() ? "" : value.is_string() ? value.get<std::string>() : value.dump()});
    }
  }
}

TableRows table_of_json(std::string name, std::string_view text) {
  TableRows table{std::move(name), {{"key"}, {"value"}}, {}};
  const nlohmann::json settings = nlohmann::json::parse(text, nullptr, false);
  if (settings.is_object()) add_settings(settings, "", table);
  return table;
}

// Settings as lines, a key and its value.
std::string lines_of_json(std::string_view text) {
  std::string lines;
  for (const std::vector<std::string>& row : table_of_json("", text).rows) lines += row[0] + "," + row[1] + "\n";
  return lines;
}

// A row of canonical CSV begins with its key, whose codes hold neither comma nor quote.
std::string_view key_of_line(std::string_view line, std::size_t columns) {
  if (columns == 0) return line;
  std::size_t end = 0;
  for (std::size_t column = 0; column < columns && end != std::string_view::npos; ++column)
    end = line.find(',', column == 0 ? 0 : end + 1);
  return line.substr(0, end);
}

// A column that one of the two has not is empty there, and the last.
std::string_view without_empty_end(std::string_view line) {
  while (line.ends_with(',')) line.remove_suffix(1);
  return line;
}

std::string_view text_of(const PackedFiles& files, std::string_view name) {
  const auto found = files.find(std::string(name));
  return found == files.end() ? std::string_view{} : std::string_view(found->second);
}

TableChange compare_tables(std::string_view before, std::string_view after, const ComparedFile& file) {
  TableChange change{std::string(file.name)};
  std::unordered_map<std::string_view, std::string_view> rows;
  bool header = true;
  const bool has_header = file.name.ends_with(".csv");
  each_line(before, [&](std::string_view line) {
    if (!std::exchange(header, false) || !has_header) rows.emplace(key_of_line(line, file.key_columns), line);
  });
  header = true;
  each_line(after, [&](std::string_view line) {
    if (std::exchange(header, false) && has_header) return;
    const auto there = rows.find(key_of_line(line, file.key_columns));
    if (there == rows.end()) {
      ++change.added;
      return;
    }
    if (without_empty_end(there->second) != without_empty_end(line)) ++change.changed;
    rows.erase(there);
  });
  change.gone = rows.size();
  return change;
}

}  // namespace

std::vector<TableRows> tables_of_exam(const Exam& exam, Progress& progress) {
  const PackedFiles files = render_exam(exam, progress);
  std::vector<TableRows> tables;
  for (const ComparedFile& file : compared_files) {
    const auto found = files.find(std::string(file.name));
    if (found == files.end()) continue;
    std::string name(file.name.substr(0, file.name.find('.')));
    tables.push_back(file.name.ends_with(".json") ? table_of_json(std::move(name), found->second)
                                                  : table_of_csv(std::move(name), found->second));
  }
  return tables;
}

std::vector<TableChange> compare_packages(const PackedFiles& before, const PackedFiles& after) {
  std::vector<TableChange> changes;
  for (const ComparedFile& file : compared_files) {
    const std::string_view was = text_of(before, file.name);
    const std::string_view is = text_of(after, file.name);
    TableChange change = file.name.ends_with(".json") ? compare_tables(lines_of_json(was), lines_of_json(is), file)
                                                      : compare_tables(was, is, file);
    if (change.added + change.changed + change.gone > 0) changes.push_back(std::move(change));
  }
  return changes;
}

void put_table(PackedFiles& files, const std::string& called, std::string sent) {
  const std::string table = table_called(called);
  const auto file = std::find_if(compared_files.begin(), compared_files.end(), [&](const ComparedFile& one) {
    return one.name.substr(0, one.name.find('.')) == table;
  });
  if (file == compared_files.end()) {
    std::string names;
    for (const ComparedFile& one : compared_files)
      names += (names.empty() ? "" : ", ") + std::string(one.name.substr(0, one.name.find('.')));
    throw NotFound("table_not_found", {fmt::format("A package has no table '{}'; its tables: {}", table, names),
                                       fmt::format("시험 묶음에 '{}' 표가 없습니다. 있는 표: {}", table, names)});
  }
  files.erase(std::string(file->name));
  const bool is_sheet = workbook::is_workbook(sent);
  files[is_sheet ? table + ".xlsx" : std::string(file->name)] = std::move(sent);
}

}  // namespace hanjari::package
