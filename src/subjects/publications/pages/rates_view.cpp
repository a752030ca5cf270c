#include "publications/pages/rates_view.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/markup.h"
#include "hanjari/documents/workbook.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/fairness/rates.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

// In the order of Cell::dimension, everybody first.
constexpr std::array<const char*, 5> dimension_messages{"pass_rates.everybody", "pass_rates.district", "pass_rates.sex", "pass_rates.unit", "pass_rates.accommodation"};

}  // namespace

std::string name_of_dimension(const Call& call, Language language, int dimension) {
  return call.site.pages().text(language, dimension_messages.at(static_cast<std::size_t>(dimension + 1)));
}

RatedUnits name_rated_units(const Call& call, Language language) {
  RatedUnits names;
  const auto stored = services::find_notice_of_exam(call.site.intake(), ExamCode(call.path.at("code")));
  if (stored == nullptr) return names;
  for (const NoticeUnit& unit : stored->notice.units) names.emplace(unit.unit.code.text(), write_unit(call.site.pages(), unit.unit, language));
  return names;
}

std::string name_of_group(const Call& call, Language language, const RatedUnits& units, const fairness::Cell& cell) {
  if (cell.dimension < 0) return call.site.pages().text(language, "pass_rates.everybody");
  if (cell.dimension == 0) return cell.value == "outside" ? call.site.pages().text(language, "pass_rates.outside") : name_of_district(cell.value).in(language);
  if (cell.dimension == 1) return name_of(cell.value == "M" ? Sex::male : Sex::female).in(language);
  if (cell.dimension == 2) {
    const auto named = units.find(cell.value);
    return named == units.end() ? cell.value : named->second;
  }
  return call.site.pages().text(language, cell.value == "none" ? "pass_rates.accommodation_none" : "pass_rates.accommodation_some");
}

namespace {

std::int64_t count_of_text(const std::string& digits) {
  std::int64_t count = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return count;
}

// Bars of percent, one for each row that is given; the table beside says the same.
std::string draw_bars(const std::string& title, const std::vector<std::pair<std::string, std::string>>& bars) {
  constexpr int step = 26;
  constexpr int left = 220;
  constexpr double width_of_percent = 3.2;
  std::string svg = fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 {}" role="img" aria-label="{}" font-size="14">)",
                                step * static_cast<int>(bars.size()) + 8, escape_markup(title));
  int y = 4;
  for (const auto& [name, percent] : bars) {
    const double width = width_of_percent * std::stod(percent);
    svg += fmt::format(R"(<text x="{}" y="{}" text-anchor="end" fill="currentColor">{}</text><rect x="{}" y="{}" width="{:.1f}" height="18" fill="currentColor" opacity="0.45"/><text x="{:.1f}" y="{}" fill="currentColor">{} %</text>)",
                       left - 10, y + 14, escape_markup(name), left, y, width, left + width + 6, y + 14, percent);
    y += step;
  }
  return svg + "</svg>";
}

}  // namespace

json describe_rates(const Call& call, std::string_view rates_csv) {
  const auto rows = fairness::read_rates(rates_csv);
  json tables = json::array();
  if (!rows) return tables;
  const RatedUnits units = name_rated_units(call, call.language);
  for (int dimension = -1; dimension + 1 < static_cast<int>(dimension_messages.size()); ++dimension) {
    json lines = json::array();
    std::vector<std::pair<std::string, std::string>> bars;
    for (const fairness::RateRow& row : *rows) {
      if (row.cell.dimension != dimension) continue;
      const std::string group = name_of_group(call, call.language, units, row.cell);
      json line{{"name", group}};
      if (row.is_given()) {
        line["given"] = {{"people", group_digits(count_of_text(row.people))}, {"passed", group_digits(count_of_text(row.passed))}, {"percent", row.percent}};
        bars.emplace_back(group, row.percent);
      }
      lines.push_back(std::move(line));
    }
    if (lines.empty()) continue;
    const std::string name = name_of_dimension(call, call.language, dimension);
    json table{{"caption", name}, {"rows", std::move(lines)}};
    // A single bar compares nothing.
    if (bars.size() > 1) table["picture"] = draw_bars(call.site.pages().text(call.language, "pass_rates.picture", {{"by", name}}), bars);
    tables.push_back(std::move(table));
  }
  return tables;
}

std::string make_rates_workbook(const Call& call, Language language, std::string_view rates_csv) {
  const auto say = [&](const char* name) { return call.site.pages().text(language, name); };
  documents::Sheet sheet{say("pass_rates.sheet"),
                         {{say("pass_rates.by"), 20}, {say("pass_rates.group"), 30}, {say("pass_rates.people"), 12}, {say("pass_rates.passed"), 12}, {say("pass_rates.percent"), 12}},
                         {}};
  const RatedUnits units = name_rated_units(call, language);
  const auto rows = fairness::read_rates(rates_csv);
  for (const fairness::RateRow& row : rows.value_or(std::vector<fairness::RateRow>())) {
    std::vector<documents::SheetCell> cells{name_of_dimension(call, language, row.cell.dimension), name_of_group(call, language, units, row.cell)};
    if (row.is_given()) {
      cells.insert(cells.end(), {count_of_text(row.people), count_of_text(row.passed), std::stod(row.percent)});
    } else {
      cells.insert(cells.end(), {say("pass_rates.withheld"), std::string(), std::string()});
    }
    sheet.rows.push_back(std::move(cells));
  }
  return documents::render_workbook({sheet});
}

}  // namespace hanjari::web
