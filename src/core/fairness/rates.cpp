#include "hanjari/fairness/rates.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace hanjari::fairness {
namespace {

constexpr std::string_view rates_header = "dimension,value,people,passed,percent\n";
constexpr std::array<std::string_view, 5> rate_dimensions{"all", "district", "sex", "unit", "accommodation"};
constexpr int unit_dimension = 2;

struct RateOfCell {
  std::int64_t people = 0;
  std::int64_t passed = 0;
  bool is_large() const { return passed >= smallest_group && people - passed >= smallest_group; }
  void add(const RateOfCell& other) {
    people += other.people;
    passed += other.passed;
  }
  void take_away(const RateOfCell& other) {
    people -= other.people;
    passed -= other.passed;
  }
};
using Rates = std::map<Cell, RateOfCell>;

Rates rates_of(const DecidedPeople& people) {
  Rates rates;
  for (const auto& [number, values] : people.members) {
    const RateOfCell one{1, people.passed.contains(number) ? 1 : 0};
    rates[Cell{}].add(one);
    for (std::size_t i = 0; i < values.size(); ++i) rates[Cell{static_cast<int>(i), values[i]}].add(one);
  }
  return rates;
}

// Takes rows of this dimension out, the smallest first, until what is withheld of it is nobody or a large group.
void protect_rest(const Rates& rates, int dimension, Cells& given) {
  RateOfCell rest = rates.at(Cell{});
  std::vector<std::pair<std::int64_t, Cell>> rows;
  for (const Cell& cell : given) {
    if (cell.dimension != dimension) continue;
    rest.take_away(rates.at(cell));
    rows.emplace_back(rates.at(cell).people, cell);
  }
  std::sort(rows.begin(), rows.end());
  for (const auto& [people, cell] : rows) {
    if (rest.people == 0 || rest.is_large()) return;
    rest.add(rates.at(cell));
    given.erase(cell);
  }
}

// Whether the rows of this dimension, beside those of a release before, would tell the groups of people whose verdict is another now.
// They would where fewer than smallest_group of them are in one row, or all of them. The unit stands in the list.
bool tells_of_changed(const DecidedPeople& people, const EarlierRates& before, int dimension) {
  const auto is_of_dimension = [&](const Cell& cell) { return cell.dimension == dimension; };
  if (dimension == unit_dimension || std::none_of(before.given.begin(), before.given.end(), is_of_dimension)) return false;
  const std::set<std::string>& then = before.people.passed;
  std::vector<std::string> changed;
  std::set_symmetric_difference(people.passed.begin(), people.passed.end(), then.begin(), then.end(), std::back_inserter(changed));
  std::map<std::string, int> by_value;
  for (const std::string& number : changed) {
    const Members& members = people.members.contains(number) ? people.members : before.people.members;
    ++by_value[members.at(number).at(static_cast<std::size_t>(dimension))];
  }
  return by_value.size() == 1 ||
         std::any_of(by_value.begin(), by_value.end(), [](const auto& one) { return one.second < smallest_group; });
}

std::string quoted_rate_value(const std::string& value) {
  if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string percent_of(const RateOfCell& rate) {
  const std::int64_t tenths = (2'000 * rate.passed + rate.people) / (2 * rate.people);
  return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

// The next field and what ends it: a comma, or the end of the line. Nothing for a quote that is not closed.
std::optional<std::string> take_field(std::string_view& line) {
  std::string field;
  if (!line.starts_with('"')) {
    const std::size_t end = std::min(line.find(','), line.size());
    field = line.substr(0, end);
    line.remove_prefix(end);
  } else {
    std::size_t at = 1;
    for (; at < line.size(); ++at) {
      if (line[at] == '"' && at + 1 < line.size() && line[at + 1] == '"') ++at;
      else if (line[at] == '"') break;
      field += line[at];
    }
    if (at >= line.size()) return std::nullopt;
    line.remove_prefix(at + 1);
  }
  if (!line.empty() && line.front() != ',') return std::nullopt;
  return field;
}

std::optional<RateRow> read_rate_row(std::string_view line) {
  std::vector<std::string> fields;
  while (true) {
    auto field = take_field(line);
    if (!field) return std::nullopt;
    fields.push_back(std::move(*field));
    if (line.empty()) break;
    line.remove_prefix(1);
  }
  if (fields.size() != 5) return std::nullopt;
  const auto named = std::find(rate_dimensions.begin(), rate_dimensions.end(), fields[0]);
  if (named == rate_dimensions.end()) return std::nullopt;
  RateRow row{{static_cast<int>(named - rate_dimensions.begin()) - 1, fields[1]}, fields[2], fields[3], fields[4]};
  if (row.people.empty() != row.passed.empty() || row.people.empty() != row.percent.empty()) return std::nullopt;
  return row;
}

}  // namespace

Cells rates_to_publish(const DecidedPeople& people, const std::vector<EarlierRates>& before, const Seed& seed) {
  const Rates rates = rates_of(people);
  std::vector<PublishedEdition> editions;
  for (const EarlierRates& release : before) editions.push_back({release.people.members, release.given});
  Cells given = cells_to_publish(people.members, editions, seed);
  // Without the figures of everybody no rest could be computed, and none be protected.
  if (!given.contains(Cell{}) || !rates.at(Cell{}).is_large()) return {};
  std::erase_if(given, [&](const Cell& cell) { return !rates.at(cell).is_large(); });
  for (int dimension = 0; dimension + 1 < static_cast<int>(rate_dimensions.size()); ++dimension) {
    const auto tells = [&](const EarlierRates& release) { return tells_of_changed(people, release, dimension); };
    if (std::any_of(before.begin(), before.end(), tells)) {
      std::erase_if(given, [&](const Cell& cell) { return cell.dimension == dimension; });
    } else {
      protect_rest(rates, dimension, given);
    }
  }
  return given;
}

std::string render_rates(const DecidedPeople& people, const Cells& published) {
  std::string csv(rates_header);
  for (const auto& [cell, rate] : rates_of(people)) {
    csv += fmt::format("{},{},", rate_dimensions.at(static_cast<std::size_t>(cell.dimension + 1)), quoted_rate_value(cell.value));
    csv += published.contains(cell) ? fmt::format("{},{},{}\n", rate.people, rate.passed, percent_of(rate)) : std::string(",,\n");
  }
  return csv;
}

std::optional<std::vector<RateRow>> read_rates(std::string_view csv) {
  if (!csv.starts_with(rates_header)) return std::nullopt;
  csv.remove_prefix(rates_header.size());
  std::vector<RateRow> rows;
  while (!csv.empty()) {
    const std::size_t end = csv.find('\n');
    auto row = end == std::string_view::npos ? std::nullopt : read_rate_row(csv.substr(0, end));
    if (!row) return std::nullopt;
    rows.push_back(std::move(*row));
    csv.remove_prefix(end + 1);
  }
  return rows;
}

}  // namespace hanjari::fairness
