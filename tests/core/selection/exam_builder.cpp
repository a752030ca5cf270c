#include "selection/exam_builder.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace hanjari::selection::test {

UnitRow& ExamBuilder::unit(std::string_view code, int posts, std::optional<std::int64_t> to_pass) {
  UnitRow row;
  row.line = static_cast<std::uint32_t>(rows.units.size() + 2);
  row.unit.code = UnitCode(code);
  row.unit.posts = posts;
  row.to_pass = to_pass;
  return rows.units.emplace_back(std::move(row));
}

PersonRow& ExamBuilder::person(std::string_view number, std::string_view unit, char sex, std::string_view bonus) {
  PersonRow row;
  row.line = static_cast<std::uint32_t>(rows.people.size() + 2);
  row.number = rows.numbers.intern(number);
  row.unit = rows.words.intern(unit);
  row.sex = sex == 'M' ? Sex::male : Sex::female;
  row.attendance = Attendance::present;
  row.bonuses = parse_bonuses(bonus).value();
  return rows.people.emplace_back(row);
}

void ExamBuilder::mark(std::string_view subject, std::string_view raw, SubjectKind kind) {
  ScoreRow row;
  row.line = static_cast<std::uint32_t>(rows.scores.size() + 2);
  row.number = rows.people.back().number;
  row.unit = rows.people.back().unit;
  row.subject = rows.words.intern(subject);
  row.raw = static_cast<std::int32_t>(parse_mark(raw).value().hundredths);
  row.kind = kind;
  rows.scores.push_back(row);
}

PersonRow& ExamBuilder::sat(std::string_view number, std::string_view unit, char sex, std::string_view raw,
                            std::string_view bonus) {
  person(number, unit, sex, bonus);
  common("korean", raw);
  return rows.people.back();
}

PersonRow& ExamBuilder::absent(std::string_view number, std::string_view unit, char sex) {
  PersonRow& row = person(number, unit, sex);
  row.attendance = Attendance::absent;
  return row;
}

void ExamBuilder::interview(std::string_view number, std::string_view examiner, std::string_view item,
                            GradeMark grade) {
  InterviewRow row;
  row.line = static_cast<std::uint32_t>(rows.interviews.size() + 2);
  row.number = rows.numbers.intern(number);
  row.examiner = rows.words.intern(examiner);
  row.item = rows.words.intern(item);
  row.grade = grade;
  rows.interviews.push_back(row);
}

void ExamBuilder::interview(std::string_view number, GradeMark grade) {
  for (const char* examiner : {"e1", "e2", "e3"}) interview(number, examiner, "conduct", grade);
}

std::string ExamBuilder::decisions() const {
  const Results checked = results();
  std::string bytes;
  package::write_decisions(checked, rules, decide(checked, rules), [&](std::string_view part) { bytes += part; });
  return bytes;
}

std::string ExamBuilder::cuts() const {
  const Results checked = results();
  std::string bytes;
  package::write_cuts(checked, decide(checked, rules), [&](std::string_view part) { bytes += part; });
  return bytes;
}

std::string ExamBuilder::decisions_final() const {
  const Results checked = results();
  std::string bytes;
  package::write_final_decisions(checked, decide_final(checked, rules, decide(checked, rules)),
                                 [&](std::string_view part) { bytes += part; });
  return bytes;
}

std::string ExamBuilder::cuts_final() const {
  const Results checked = results();
  std::string bytes;
  package::write_final_cuts(checked, decide_final(checked, rules, decide(checked, rules)),
                            [&](std::string_view part) { bytes += part; });
  return bytes;
}

std::string line_of(const std::string& csv, std::string_view key) {
  const std::size_t at = ("\n" + csv).find("\n" + std::string(key) + ",");
  if (at == std::string::npos) throw std::out_of_range(fmt::format("no line '{}' in\n{}", key, csv));
  const std::size_t begin = at + key.size() + 1;
  return csv.substr(begin, csv.find('\n', begin) - begin);
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(',', begin), line.size());
    cells.emplace_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

std::string ExamBuilder::person_line(std::string_view number) const {
  return line_of(decisions(), number);
}

std::string ExamBuilder::final_line(std::string_view number) const {
  return line_of(decisions_final(), number);
}

std::string ExamBuilder::cut_line(std::string_view unit) const {
  return line_of(cuts(), unit);
}

std::string ExamBuilder::cut_value(std::string_view unit, std::string_view column) const {
  const std::string text = cuts();
  const auto header = cells_of(text.substr(0, text.find('\n')));
  const auto at = std::find(header.begin(), header.end(), column) - header.begin();
  return cells_of(std::string(unit) + "," + line_of(text, unit)).at(static_cast<std::size_t>(at));
}

std::vector<std::string> ExamBuilder::gate_faults() const {
  std::vector<std::string> places;
  try {
    pass_gate(rows, rules);
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) {
      places.push_back(fmt::format("{}:{}: {}", fault.file, fault.line, fault.column));
    }
  }
  return places;
}

}  // namespace hanjari::selection::test
