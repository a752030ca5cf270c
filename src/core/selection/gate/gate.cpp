#include "selection/gate/gate.h"

#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "selection/cut.h"

namespace hanjari::selection {
namespace {

// Faults are told in the order in which the files are read.
constexpr std::array<std::string_view, 8> file_order{rules_file,  units_file,   people_file,   scores_file,
                                                     counts_file, special_file, recorded_file, interview_file};

}  // namespace

void Gate::fault(std::string_view file, std::uint32_t line, std::string_view column, Text what, Text fix) {
  Fault found{std::string(file), line, std::string(column), std::move(what), std::move(fix)};
  if (each_) each_(found);
  faults_[file].of_gate.add(std::move(found));
}

void Gate::check_units() {
  std::vector<std::uint32_t> order(rows_.units.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const UnitRow& left = rows_.units[a];
    const UnitRow& right = rows_.units[b];
    return left.unit.code != right.unit.code ? left.unit.code < right.unit.code : left.line < right.line;
  });
  for (const std::uint32_t position : order) {
    const UnitRow& row = rows_.units[position];
    const std::string& code = row.unit.code.text();
    if (!results_.units.empty() && results_.units.back().unit.code == row.unit.code) {
      fault(units_file, row.line, "unit_code",
            {fmt::format("unit '{}' stands on line {} already", code, unit_lines_.back()),
             in_korean("모집단위 '{}'[이/가] {}행에 이미 있습니다", code, unit_lines_.back())},
            {"keep one row for each unit", "모집단위마다 한 행만 두십시오"});
      continue;
    }
    if (!row.to_pass && find_pass_row(row.unit.posts, rules_) == nullptr) {
      fault(units_file, row.line, "posts",
            {fmt::format("the pass table has no row for {}", count_of(row.unit.posts, "post", "posts")),
             fmt::format("합격 인원표에 선발예정 {}명에 해당하는 행이 없습니다", row.unit.posts)},
            {"add a row to pass_table in rules.json or give to_pass",
             "rules.json의 pass_table에 행을 더하거나 to_pass를 적으십시오"});
    }
    ResultUnit unit;
    unit.unit = row.unit;
    unit.to_pass = row.to_pass;
    unit.electives = row.electives.value_or(0);
    results_.units.push_back(std::move(unit));
    unit_lines_.push_back(row.line);
    electives_given_.push_back(row.electives.has_value());
    declared_.emplace_back();
    for (const std::string& subject : row.common_subjects) declared_.back().push_back(rows_.words.intern(subject));
    const WordIndex code_word = rows_.words.intern(code);
    unit_of_word_.resize(rows_.words.size(), nowhere);
    unit_of_word_[code_word.value] = static_cast<std::uint32_t>(results_.units.size() - 1);
  }
  unit_of_word_.resize(rows_.words.size(), nowhere);
}

// Rules may serve several exams: an exemption of a unit that this one does not have is told and no fault.
void Gate::check_exempt_units(const std::vector<UnitCode>& units, std::string_view key) {
  for (const UnitCode& unit : units) {
    if (results_.find(unit).exists() || rows_.units_broken) continue;
    results_.warnings.push_back(
        {std::string(rules_file),
         0,
         std::string(key),
         {fmt::format("there is no unit '{}'; nothing is exempt by this name", unit.text()),
          in_korean("모집단위 '{}'[이/가] 없어 이 이름으로 제외되는 단위가 없습니다", unit.text())},
         {"check the spelling, or leave it if the rules serve other exams too",
          "철자를 확인하고, 다른 시험과 함께 쓰는 규칙이면 그대로 두십시오"}});
  }
}

void Gate::check_rules() {
  check_exempt_units(rules_.cap_exempt_units, "cap_exempt_units");
  check_exempt_units(rules_.equality.exempt_units, "equality.exempt_units");
}

namespace {

// What to do with a number that stands twice. Zeros that were lost, and digits that a spreadsheet cut off, make one number of two
// people: no advice takes one of them away.
Text advice_on_same_number(const PersonRow& first, const PersonRow& second) {
  const bool one_person = first.unit == second.unit && first.sex == second.sex && first.attendance == second.attendance &&
                          first.bonuses == second.bonuses && first.venue == second.venue && first.room_no == second.room_no &&
                          first.chosen == second.chosen;
  if (one_person) {
    return {"keep the row once if both are one person; if they are two, give each their own number",
            "같은 사람이면 한 행만 두고, 다른 사람이면 각자의 번호를 주십시오"};
  }
  return {"the rows differ: give each of two people their own number and keep both rows; of one person keep the row that is right",
          "두 행의 내용이 다릅니다. 두 사람이면 각자의 번호를 주고 두 행을 모두 두십시오. 한 사람이면 맞는 행만 두십시오"};
}

}  // namespace

void Gate::check_people() {
  std::vector<std::uint32_t> first_row(rows_.numbers.size(), nowhere);  // positions, by number
  std::vector<std::uint32_t> order;
  for (std::uint32_t position = 0; position < rows_.people.size(); ++position) {
    const PersonRow& row = rows_.people[position];
    if (row.number.exists()) {
      std::uint32_t& first = first_row[row.number.value];
      if (first != nowhere) {
        const PersonRow& before = rows_.people[first];
        fault(people_file, row.line, "applicant_number",
              {fmt::format("applicant number '{}' stands on line {} already", number(row.number), before.line),
               in_korean("응시번호 '{}'[이/가] {}행에 이미 있습니다", number(row.number), before.line)},
              advice_on_same_number(before, row));
        continue;
      }
      first = position;
    }
    if (row.unit.exists() && unit_at(row.unit) == nowhere && !rows_.units_broken) {
      fault(people_file, row.line, "unit_code",
            {fmt::format("there is no unit '{}'", word(row.unit)),
             in_korean("모집단위 '{}'[이/가] 없습니다", word(row.unit))},
            {"use a unit of units.csv", "units.csv에 있는 모집단위를 적으십시오"});
    }
    if (row.number.exists()) order.push_back(position);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const PersonRow& left = rows_.people[a];
    const PersonRow& right = rows_.people[b];
    const std::uint32_t left_unit = unit_at(left.unit);
    const std::uint32_t right_unit = unit_at(right.unit);
    return left_unit != right_unit ? left_unit < right_unit : number(left.number) < number(right.number);
  });
  person_of_number_.assign(rows_.numbers.size(), nowhere);
  results_.people.reserve(order.size());
  for (const std::uint32_t position : order) {
    const PersonRow& row = rows_.people[position];
    ResultPerson person;
    person.number = ApplicantNumber(number(row.number));
    const std::uint32_t unit = unit_at(row.unit);
    if (unit != nowhere) {
      person.unit = UnitIndex(unit);
      ResultUnit& of_unit = results_.units[unit];
      if (of_unit.person_count++ == 0) of_unit.first_person = results_.people.size();
    }
    person.sex = row.sex.value_or(Sex::female);
    person.attendance = row.attendance.value_or(Attendance::absent);
    person.bonuses = row.bonuses;
    person_of_number_[row.number.value] = static_cast<std::uint32_t>(results_.people.size());
    results_.people.push_back(std::move(person));
  }
  person_rows_ = std::move(order);
}

void Gate::finish() {
  std::uint64_t untold = rows_.faults.count() - rows_.faults.kept().size();
  Faults ordered;
  for (const std::string_view file : file_order) {
    FileFaults& of_file = faults_[file];
    std::vector<Fault> all = std::move(of_file.of_reader);
    for (Fault& fault : of_file.of_gate.take()) all.push_back(std::move(fault));
    std::stable_sort(all.begin(), all.end(), [](const Fault& a, const Fault& b) { return a.line < b.line; });
    for (Fault& fault : all) ordered.add(std::move(fault));
  }
  // A reader that holds back faults has filled the list, so these are counted and not kept.
  for (; untold > 0; --untold) ordered.add({});
  if (!ordered.empty()) throw InvalidInput(std::move(ordered));
}

Results Gate::run() {
  for (const Fault& fault : rows_.faults.kept()) {
    if (each_) each_(fault);
    const auto file = std::find(file_order.begin(), file_order.end(), fault.file);
    faults_[file == file_order.end() ? rules_file : *file].of_reader.push_back(fault);
  }
  check_units();
  check_rules();
  check_people();
  check_special_cases();
  place_scores();
  check_scores();
  check_completeness();
  check_counts();
  check_interviews();
  finish();
  return std::move(results_);
}

Results pass_gate(ResultRows rows, const Rules& rules, const EachFault& each) {
  return Gate(rows, rules, each).run();
}

}  // namespace hanjari::selection
