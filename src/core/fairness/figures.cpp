#include "hanjari/fairness/figures.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/domain/travel.h"

namespace hanjari::fairness {
namespace {

constexpr std::string_view fairness_header = "dimension,value,people,mean_travel_m,mean_detour_m\n";

std::string_view name_of_dimension(int dimension) {
  static constexpr std::array<std::string_view, 5> names{"all", "district", "sex", "unit", "accommodation"};
  return names.at(static_cast<std::size_t>(dimension + 1));
}

std::string quoted_value(const std::string& value) {
  if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

struct SumOfCell {
  std::int64_t people = 0;
  Metres travel_m = 0;
  Metres detour_m = 0;
};

std::map<Cell, SumOfCell> sums_of(const SeatedPeople& people) {
  std::map<Cell, SumOfCell> sums;
  const auto add = [&](const Cell& cell, const TravelOfPerson& one) {
    SumOfCell& sum = sums[cell];
    ++sum.people;
    sum.travel_m += one.travel_m;
    sum.detour_m += one.detour_m;
  };
  for (const auto& [name, values] : people.members) {
    const TravelOfPerson& own = people.travel.at(name);
    add(Cell{}, own);
    for (std::size_t i = 0; i < values.size(); ++i) add(Cell{static_cast<int>(i), values[i]}, own);
  }
  return sums;
}

Metres rounded_mean(Metres sum, std::int64_t people) {
  return (2 * sum + people) / (2 * people);
}

std::string withheld_row(const Cell& cell) {
  return fmt::format("{},{},,,\n", name_of_dimension(cell.dimension), quoted_value(cell.value));
}

std::string given_row(const Cell& cell, const SumOfCell& sum) {
  return fmt::format("{},{},{},{},{}\n", name_of_dimension(cell.dimension), quoted_value(cell.value), sum.people,
                     rounded_mean(sum.travel_m, sum.people), rounded_mean(sum.detour_m, sum.people));
}

constexpr int no_dimension = -2;

int dimension_named(std::string_view name) {
  for (int dimension = -1; dimension < 4; ++dimension) {
    if (name_of_dimension(dimension) == name) return dimension;
  }
  return no_dimension;
}

// The fields of the first line, which is taken off; quotes in a quoted field are doubled. Nothing where the line does not end.
std::optional<std::vector<std::string>> take_fields(std::string_view& csv) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t at = 0; at < csv.size(); ++at) {
    const char c = csv[at];
    const bool doubled = quoted && c == '"' && at + 1 < csv.size() && csv[at + 1] == '"';
    if (doubled) {
      fields.back() += '"';
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c == '\n' && !quoted) {
      csv.remove_prefix(at + 1);
      return fields;
    } else {
      fields.back() += c;
    }
  }
  return std::nullopt;
}

}  // namespace

SeatedPeople seated_people(const Exam& exam, const PlanRows& rows) {
  const TravelTable travel(exam);
  SeatedPeople people;
  for (const PlacementRow& row : rows.placements) {
    const ApplicantIndex index = exam.find(row.applicant_id);
    const VenueIndex venue = exam.find(row.venue_code);
    if (!index.exists() || !venue.exists()) continue;
    const Applicant& applicant = exam[index];
    const std::string accommodation = spell(applicant.accommodation);
    const std::string& district = exam.words[applicant.district];
    people.members[applicant.id.text()] = {district.empty() ? "outside" : district, std::string(spell(applicant.sex)),
                                           exam[applicant.unit].code.text(),
                                           accommodation.empty() ? "none" : accommodation};
    const Metres own = travel.between(index, venue);
    const Metres nearest = travel.nearest(index);
    TravelOfPerson& way = people.travel[applicant.id.text()];
    if (own == unreachable) continue;
    way.travel_m = own;
    if (nearest != unreachable) way.detour_m = told_detour(own, nearest);
  }
  return people;
}

std::string render_fairness(const SeatedPeople& people, const Cells& published) {
  std::string csv(fairness_header);
  for (const auto& [cell, sum] : sums_of(people))
    csv += published.contains(cell) ? given_row(cell, sum) : withheld_row(cell);
  return csv;
}

std::optional<std::vector<FairnessRow>> read_fairness(std::string_view csv) {
  if (!csv.starts_with(fairness_header)) return std::nullopt;
  csv.remove_prefix(fairness_header.size());
  std::vector<FairnessRow> rows;
  while (!csv.empty()) {
    const auto fields = take_fields(csv);
    if (!fields || fields->size() != 5) return std::nullopt;
    FairnessRow row;
    row.cell.dimension = dimension_named(fields->at(0));
    row.cell.value = fields->at(1);
    row.people = fields->at(2);
    row.mean_travel_m = fields->at(3);
    row.mean_detour_m = fields->at(4);
    if (row.cell.dimension < -1) return std::nullopt;
    rows.push_back(std::move(row));
  }
  return rows;
}

Cells published_in(std::string_view csv, const SeatedPeople& people) {
  Cells cells;
  bool same = csv.starts_with(fairness_header);
  if (same) csv.remove_prefix(fairness_header.size());
  for (const auto& [cell, sum] : sums_of(people)) {
    const std::string given = given_row(cell, sum);
    const std::string withheld = withheld_row(cell);
    if (same && csv.starts_with(given)) {
      cells.insert(cell);
      csv.remove_prefix(given.size());
    } else if (same && csv.starts_with(withheld)) {
      csv.remove_prefix(withheld.size());
    } else {
      same = false;
    }
  }
  if (!same || !csv.empty()) {
    throw InvalidInput("another_plan", {"The fairness report is of another plan, or was changed. Give the one that was published with "
                                        "this exam and plan.",
                                        "다른 배정안의 형평성 보고서이거나 내용이 바뀌었습니다. 이 시험과 배정안으로 공표한 보고서를 넣으십시오."});
  }
  return cells;
}

}  // namespace hanjari::fairness
