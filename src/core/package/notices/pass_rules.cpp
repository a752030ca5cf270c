#include "hanjari/package/pass_rules.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/notice_tables.h"
#include "package/csv/characters.h"
#include "package/json_reader.h"
#include "package/notices/table_cells.h"
#include "package/results/result_package_rules.h"

namespace hanjari::package {
namespace {

using nlohmann::json;

constexpr std::string_view pass_table_name = "pass_table";
constexpr std::string_view pass_table_prefix = "pass_table.";
constexpr std::string_view no_rows = "none";  // of a pass table without rows: a table without a line for it has the default
constexpr std::string_view hows_of_pass_table[] = {"number", "plus", "percent"};
constexpr std::string_view groups_of_rules[] = {"pass_table", "adjusted", "ties", "equality", "final"};
constexpr std::size_t longest_number = 12;  // characters

std::vector<CsvColumn> columns_of_rules() {
  return {{"setting"}, {"meaning", Presence::optional}, {"value", Presence::optional}};
}

std::string text_of_setting(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::vector<std::vector<std::string>> codes;
  for (const json& one : value) codes.push_back({one.get<std::string>()});
  return write_cell_list(codes);
}

// Settings by dotted name, in the order of their names.
std::vector<std::pair<std::string, std::string>> list_settings(const json& rules) {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const auto& [key, value] : rules.items()) {
    if (key == pass_table_name) {
      if (value.empty()) settings.emplace_back(key, no_rows);
      for (const json& row : value) {
        for (const std::string_view how : hows_of_pass_table) {
          if (row.contains(how))
            settings.emplace_back(std::string(pass_table_prefix) + row.at("posts_from").dump(),
                                  fmt::format("{} {}", how, row.at(how).dump()));
        }
      }
    } else if (value.is_object()) {
      for (const auto& [inner, own] : value.items()) settings.emplace_back(key + "." + inner, text_of_setting(own));
    } else {
      settings.emplace_back(key, text_of_setting(value));
    }
  }
  return settings;
}

// What is a number for a spreadsheet is one here, "30 %" too; the reader of the rules says what is wrong with the rest.
json number_or_text(std::string typed) {
  if (typed.ends_with('%')) typed = clean_line(typed.substr(0, typed.size() - 1));
  const bool digits =
      !typed.empty() && typed.size() <= longest_number && typed.find_first_not_of("0123456789.") == std::string::npos;
  json number = digits ? json::parse(typed, nullptr, false) : json();
  return number.is_number() ? number : json(typed);
}

bool is_list_of_units(std::string_view setting) {
  return setting == "cap_exempt_units" || setting == "equality.exempt_units";
}

// Whether a value can stand there: a group of settings such as `ties` has none of its own, and others have nothing below
// them. Whether there is such a setting the reader of the rules says.
bool is_name_of_setting(const std::string& name) {
  if (name == pass_table_name) return true;
  const auto dot = name.find('.');
  const bool is_group = std::find(std::begin(groups_of_rules), std::end(groups_of_rules), name.substr(0, dot)) !=
                        std::end(groups_of_rules);
  return is_group == (dot != std::string::npos) && std::count(name.begin(), name.end(), '.') <= 1;
}

json value_of_setting(const std::string& setting, const std::string& typed) {
  if (setting == "version") return typed;
  if (is_list_of_units(setting)) {
    json codes = json::array();
    for (const auto& parts : read_cell_list(typed)) {
      if (!parts.front().empty()) codes.push_back(parts.front());
    }
    return codes;
  }
  const std::string plain = clean_signs(typed);  // digits, letters and signs of full width are those of ASCII
  if (setting == pass_table_name && plain == no_rows) return json::array();
  return number_or_text(plain);
}

// "plus 2" for pass_table.1. Nothing where it is no such row.
std::optional<json> pass_row_of(const std::string& setting, const std::string& value) {
  const std::string typed = clean_signs(value);
  const json posts = number_or_text(setting.substr(pass_table_prefix.size()));
  const auto blank = typed.find(' ');
  if (blank == std::string::npos || !posts.is_number_integer()) return std::nullopt;
  const std::string how = typed.substr(0, blank);
  if (std::find(std::begin(hows_of_pass_table), std::end(hows_of_pass_table), how) == std::end(hows_of_pass_table))
    return std::nullopt;
  return json{{"posts_from", posts}, {how, number_or_text(clean_line(typed.substr(blank + 1)))}};
}

// The settings of a table as rules.json has them, and the line of each by its dotted name there.
struct TypedRules {
  json rules = json::object();
  std::map<std::string, std::uint64_t> lines;
};

// The pass table as a whole (none) and a row of it are two tables.
bool is_second_table(const std::string& setting, const TypedRules& typed) {
  const std::string table(pass_table_name);
  if (setting.starts_with(pass_table_prefix)) return typed.lines.contains(table);
  return setting == table && typed.rules.contains(table);
}

void take_setting(CsvReader& reader, std::size_t value_column, const std::string& setting, const std::string& typed,
                  TypedRules& into) {
  if (is_second_table(setting, into)) {
    reader.add_fault(value_column,
                     {"the pass table is given as a whole and by its rows", "합격 인원표를 한 줄로도, 행마다도 적었습니다"},
                     {"keep its rows, or the one line pass_table", "행들만 두거나 pass_table 한 줄만 두십시오"});
    return;
  }
  if (setting.starts_with(pass_table_prefix)) {
    const auto row = pass_row_of(setting, typed);
    if (!row) {
      reader.add_fault(value_column,
                       {fmt::format("{} is no row of the pass table", show(typed)),
                        in_korean("{}[은/는] 합격 인원표의 값이 아닙니다", show(typed))},
                       {"write number 3, plus 2 or percent 120", "number 3, plus 2, percent 120처럼 적으십시오"});
      return;
    }
    json& table = into.rules["pass_table"];
    into.lines[fmt::format("{}{}", pass_table_prefix, table.size())] = reader.line();
    table.push_back(*row);
    return;
  }
  into.lines[setting] = reader.line();
  const auto dot = setting.find('.');
  json value = value_of_setting(setting, typed);
  if (dot == std::string::npos) {
    into.rules[setting] = std::move(value);
  } else {
    into.rules[setting.substr(0, dot)][setting.substr(dot + 1)] = std::move(value);
  }
}

TypedRules read_settings(std::string_view text, Faults& faults, std::vector<Fault>& warnings) {
  enum Column : std::size_t { setting, meaning, value };
  const std::string commas = commas_for_tabs(text);  // outlives its reader
  CsvReader reader("pass_rules", commas, columns_of_rules(), Encoding::utf8, faults, warnings);
  TypedRules typed;
  std::map<std::string, std::uint64_t> taken;
  while (reader.next()) {
    require_cell(reader, setting);
    const std::string name = clean_signs(reader.text(setting));
    const std::string wanted = reader.has(value) ? clean_line(reader.text(value)) : std::string();
    if (name.empty()) continue;
    if (const auto [known, fresh] = taken.emplace(name, reader.line()); !fresh) {
      reader.add_fault(
          setting, {fmt::format("{} is given twice", show(name)), in_korean("{}[이/가] 두 번 있습니다", show(name))},
          {"keep one of the two", "하나만 남기십시오"});
      continue;
    }
    if (!is_name_of_setting(name)) {
      reader.add_fault(
          setting, {fmt::format("{} is no setting", show(name)), in_korean("{}[은/는] 설정이 아닙니다", show(name))},
          {"write it as the table shows it: ties.cut", "표에 보이는 대로 ties.cut처럼 적으십시오"});
      continue;
    }
    if (!wanted.empty() || is_list_of_units(name)) take_setting(reader, value, name, wanted, typed);
  }
  return typed;
}

}  // namespace

selection::Rules parse_pass_rules(std::string_view text, const std::string& name) {
  Faults faults;
  std::vector<Fault> warnings;
  JsonFile file(name, std::string(text), faults, warnings);
  const auto add = [&](const std::string& key, Text what, Text fix) {
    file.add_fault(key, std::move(what), std::move(fix));
  };
  const selection::Rules rules = read_rules(file.root(), selection::Stage::final, add);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return rules;
}

std::string render_pass_rules(const selection::Rules& rules) {
  json root = json::parse(selection::canonical_json(rules, selection::Stage::final));
  // A table cannot tell the version 3 from the version "3".
  if (const auto version = root.find("version"); version != root.end() && !version->is_string())
    *version = version->dump();
  return root.dump(1) + "\n";
}

std::string write_rules_table(const selection::Rules& rules,
                              const std::function<std::string(const std::string& place)>& meaning) {
  TabLines lines(columns_of_rules());
  for (const auto& [setting, value] :
       list_settings(json::parse(selection::canonical_json(rules, selection::Stage::final)))) {
    std::string place = setting;
    std::replace(place.begin(), place.end(), '.', '/');
    lines.cell(setting).cell(meaning(place)).cell(value);
    lines.end_row();
  }
  return lines.take();
}

selection::Rules read_rules_table(std::string_view text, std::vector<Fault>& warnings) {
  Faults faults;
  const TypedRules typed = read_settings(text, faults, warnings);
  const auto add = [&](const std::string& key, Text what, Text fix) {
    // Of a row of the pass table the reader also names what is in it: pass_table.0.plus.
    const auto found = std::find_if(typed.lines.begin(), typed.lines.end(), [&](const auto& one) {
      return key == one.first || key.starts_with(one.first + ".");
    });
    const std::uint64_t line = found == typed.lines.end() ? 0 : found->second;
    faults.add({"pass_rules", line, "value", std::move(what), std::move(fix)});
  };
  const selection::Rules rules = read_rules(typed.rules, selection::Stage::final, add);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return rules;
}

}  // namespace hanjari::package
