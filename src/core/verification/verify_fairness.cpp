#include "hanjari/verification/verify_fairness.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "hanjari/domain/spelling.h"
#include "verification/own_travel.h"

namespace hanjari::verification {
namespace {

constexpr std::int64_t fewest_people = 5;
constexpr std::array<const char*, 5> fairness_dimensions{"all", "district", "sex", "unit", "accommodation"};

struct GroupFigures {
  std::int64_t people = 0;
  std::int64_t travel = 0;
  std::int64_t detour = 0;
};
// By dimension and value.
using Groups = std::array<std::map<std::string, GroupFigures>, fairness_dimensions.size()>;

Groups groups_of(const Exam& exam, const PlanRows& rows) {
  const OwnTravel ways(exam);
  // A person whom a faulty plan names twice is told by verify_plan; the last row counts here.
  std::map<std::string, const PlacementRow*> seats;
  for (const PlacementRow& row : rows.placements) seats[row.applicant_id.text()] = &row;
  Groups groups;
  for (const Applicant& person : exam.applicants) {
    const auto seat = seats.find(person.id.text());
    if (seat == seats.end()) continue;
    const VenueIndex venue = exam.find(seat->second->venue_code);
    if (!venue.exists()) continue;
    const std::int64_t way = ways.between(person, venue).value_or(0);
    const std::int64_t least = ways.nearest(person).value_or(way);
    const std::string district = exam.words[person.district];
    const std::string support = spell(person.accommodation);
    const std::array<std::string, fairness_dimensions.size()> values{
        "", district.empty() ? "outside" : district, std::string(spell(person.sex)), exam[person.unit].code.text(),
        support.empty() ? "none" : support};
    for (std::size_t i = 0; i < values.size(); ++i) {
      GroupFigures& group = groups[i][values[i]];
      group.people += 1;
      group.travel += way;
      group.detour += std::max<std::int64_t>(0, way - least);
    }
  }
  return groups;
}

std::string begin_of_row(const char* dimension, const std::string& value) {
  std::string cell = value;
  if (cell.find_first_of("\",\r\n") != std::string::npos) {
    for (std::size_t at = cell.find('"'); at != std::string::npos; at = cell.find('"', at + 2)) cell.insert(at, 1, '"');
    cell = '"' + cell + '"';
  }
  return std::string(dimension) + "," + cell + ",";
}

std::string mean_of(std::int64_t sum, std::int64_t people) {
  return std::to_string(sum / people + (2 * (sum % people) >= people ? 1 : 0));
}

bool take(std::string_view& rest, std::string_view row) {
  if (!rest.starts_with(row)) return false;
  rest.remove_prefix(row.size());
  return true;
}

}  // namespace

std::vector<Violation> verify_fairness(const Exam& exam, const PlanRows& rows, std::string_view csv) {
  std::vector<Violation> found;
  const Text wrong{"the row is neither these figures nor withheld", "행이 이 값도, 비공개 행도 아닙니다"};
  const std::string_view header = "dimension,value,people,mean_travel_m,mean_detour_m\n";
  if (!take(csv, header)) return {{"wrong_figure", std::string(header.substr(0, header.size() - 1)), wrong}};
  const Groups groups = groups_of(exam, rows);
  bool everybody_given = false;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::int64_t withheld = 0;
    for (const auto& [value, group] : groups[i]) {
      const std::string begin = begin_of_row(fairness_dimensions[i], value);
      const std::string given = begin + std::to_string(group.people) + "," + mean_of(group.travel, group.people) + "," +
                                mean_of(group.detour, group.people);
      if (take(csv, given + "\n")) {
        everybody_given = everybody_given || i == 0;
        if (group.people < fewest_people)
          found.push_back({"small_cell", begin, {"figures of fewer than five people", "5명 미만의 값을 공개했습니다"}});
      } else if (take(csv, begin + ",,\n")) {
        withheld += group.people;
      } else {
        found.push_back({"wrong_figure", given, wrong});
        return found;  // nobody knows where the next row begins
      }
    }
    if (everybody_given && withheld > 0 && withheld < fewest_people)
      found.push_back({"small_rest", fairness_dimensions[i],
                       {"what is withheld follows from the other rows", "비공개한 값을 다른 행에서 계산할 수 있습니다"}});
  }
  if (!csv.empty()) found.push_back({"wrong_figure", std::string(csv.substr(0, csv.find('\n'))), wrong});
  return found;
}

}  // namespace hanjari::verification
