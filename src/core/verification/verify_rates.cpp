#include "hanjari/verification/verify_rates.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "hanjari/domain/spelling.h"

namespace hanjari::verification {
namespace {

constexpr std::int64_t fewest_on_a_side = 5;
constexpr std::array<const char*, 5> rated_by{"all", "district", "sex", "unit", "accommodation"};

struct Sides {
  std::int64_t passed = 0;
  std::int64_t others = 0;
  bool small() const { return std::min(passed, others) < fewest_on_a_side; }
};
using SidesByValue = std::array<std::map<std::string, Sides>, rated_by.size()>;

// The cells of a line of CSV; what follows a quoted cell belongs to it.
std::vector<std::string> cells_of_line(std::string_view line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') cells.back() += line[i++];
      else quoted = !quoted;
    } else if (line[i] == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += line[i];
    }
  }
  return cells;
}

std::string_view cut_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), end + 1));
  return line;
}

// Nothing where the table cannot be read or names somebody unknown.
std::optional<SidesByValue> count_sides(const Exam& exam, const std::map<std::string, ApplicantIndex>& people,
                                        std::string_view decisions) {
  const std::vector<std::string> head = cells_of_line(cut_line(decisions));
  const auto number_at = std::find(head.begin(), head.end(), "applicant_number");
  const auto outcome_at = std::find(head.begin(), head.end(), "outcome");
  if (number_at == head.end() || outcome_at == head.end()) return std::nullopt;
  SidesByValue sides;
  while (!decisions.empty()) {
    const std::vector<std::string> row = cells_of_line(cut_line(decisions));
    if (row.size() != head.size()) return std::nullopt;
    const auto found = people.find(row[static_cast<std::size_t>(number_at - head.begin())]);
    if (found == people.end()) return std::nullopt;
    const Applicant& person = exam[found->second];
    const std::string& outcome = row[static_cast<std::size_t>(outcome_at - head.begin())];
    const bool passes = outcome == "passed" || outcome == "passed_equality";
    const std::string& home = exam.words[person.district];
    const std::array<std::string, rated_by.size()> values{"", home.empty() ? "outside" : home, std::string(spell(person.sex)),
                                                          exam[person.unit].code.text(),
                                                          spell(person.accommodation).empty() ? "none" : "some"};
    for (std::size_t i = 0; i < values.size(); ++i) {
      Sides& of = sides[i][values[i]];
      (passes ? of.passed : of.others) += 1;
    }
  }
  return sides;
}

std::string start_of_rate(const char* dimension, std::string value) {
  if (value.find_first_of("\",\r\n") != std::string::npos) {
    for (std::size_t at = value.find('"'); at != std::string::npos; at = value.find('"', at + 2)) value.insert(at, 1, '"');
    value = '"' + value + '"';
  }
  return std::string(dimension) + "," + value + ",";
}

// One decimal, half up.
std::string share_of(const Sides& sides) {
  const std::int64_t all = sides.passed + sides.others;
  std::int64_t tenths = sides.passed * 1'000 / all;
  if (sides.passed * 1'000 % all * 2 >= all) ++tenths;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string figures_of(const Sides& sides) {
  return std::to_string(sides.passed + sides.others) + "," + std::to_string(sides.passed) + "," + share_of(sides);
}

bool cut_row(std::string_view& rest, const std::string& row) {
  if (!rest.starts_with(row)) return false;
  rest.remove_prefix(row.size());
  return true;
}

}  // namespace

std::vector<Violation> verify_rates(const Exam& exam, const std::map<std::string, ApplicantIndex>& people,
                                    std::string_view decisions_csv, std::string_view csv) {
  std::vector<Violation> found;
  const Text wrong{"the row is neither these figures nor withheld", "행이 이 값도, 비공개 행도 아닙니다"};
  const auto sides = count_sides(exam, people, decisions_csv);
  if (!sides) {
    return {{"bad_decision", "decisions.csv", {"it cannot be read, or names somebody who has no such number in the plan",
                                               "읽을 수 없거나 배정안에 없는 응시번호가 있습니다"}}};
  }
  const std::string head = "dimension,value,people,passed,percent\n";
  if (!cut_row(csv, head)) return {{"wrong_rate", head.substr(0, head.size() - 1), wrong}};
  bool everybody_given = false;
  for (std::size_t i = 0; i < sides->size(); ++i) {
    Sides rest;
    for (const auto& [value, of] : (*sides)[i]) {
      const std::string begin = start_of_rate(rated_by[i], value);
      if (cut_row(csv, begin + figures_of(of) + "\n")) {
        everybody_given = everybody_given || i == 0;
        if (of.small()) found.push_back({"small_rate", begin, {"fewer than five people on one side", "합격 또는 불합격한 사람이 5명 미만입니다"}});
      } else if (cut_row(csv, begin + ",,\n")) {
        rest.passed += of.passed;
        rest.others += of.others;
      } else {
        found.push_back({"wrong_rate", begin + figures_of(of), wrong});
        return found;  // nobody knows where the next row begins
      }
    }
    if (everybody_given && rest.passed + rest.others > 0 && rest.small())
      found.push_back({"small_rest", rated_by[i], {"what is withheld follows from the other rows", "비공개한 값을 다른 행에서 계산할 수 있습니다"}});
  }
  if (!csv.empty()) found.push_back({"wrong_rate", std::string(csv.substr(0, csv.find('\n'))), wrong});
  return found;
}

}  // namespace hanjari::verification
