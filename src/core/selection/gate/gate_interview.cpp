// The gate of the final stage: every examiner of a person grades every item of the unit exactly once (rule 17).
#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "selection/gate/gate.h"

namespace hanjari::selection {

void Gate::check_interviews() {
  for (const InterviewRow& row : rows_.interviews) {
    const std::uint32_t person = person_at(row.number);
    if (person == nowhere) {
      if (!row.number.exists() || rows_.people_broken) continue;
      fault(interview_file, row.line, "applicant_number",
            {fmt::format("nobody has the applicant number '{}'", number(row.number)),
             fmt::format("응시번호 '{}'인 사람이 없습니다", number(row.number))},
            {"correct the number", "번호를 바로잡으십시오"});
      continue;
    }
    if (!row.examiner.exists() || !row.item.exists()) continue;
    results_.interviews.push_back(
        {PersonIndex(person), word(row.examiner), word(row.item), row.grade.value_or(GradeMark::middle), row.line});
  }
  std::sort(results_.interviews.begin(), results_.interviews.end(),
            [](const InterviewMark& left, const InterviewMark& right) {
              return std::tie(left.person, left.examiner, left.item, left.line) <
                     std::tie(right.person, right.examiner, right.item, right.line);
            });

  std::vector<std::set<std::string>> items(results_.units.size());
  for (const InterviewMark& mark : results_.interviews) {
    const UnitIndex unit = results_.people[mark.person.value].unit;
    if (unit.exists()) items[unit.value].insert(mark.item);
  }
  for (std::size_t begin = 0; begin < results_.interviews.size();) {
    const InterviewMark& first = results_.interviews[begin];
    std::size_t end = begin;
    while (end < results_.interviews.size() && results_.interviews[end].person == first.person &&
           results_.interviews[end].examiner == first.examiner) {
      ++end;
    }
    const UnitIndex unit = results_.people[first.person.value].unit;
    if (unit.exists()) check_grading(begin, end, {items[unit.value].begin(), items[unit.value].end()});
    begin = end;
  }
}

// The rows from `begin` to `end` are those of one examiner for one person, sorted by item.
void Gate::check_grading(std::size_t begin, std::size_t end, const std::vector<std::string>& items) {
  const InterviewMark& first = results_.interviews[begin];
  const std::string& applicant = results_.people[first.person.value].number.text();
  for (const std::string& item : items) {
    const auto times = std::count_if(results_.interviews.begin() + static_cast<std::ptrdiff_t>(begin),
                                     results_.interviews.begin() + static_cast<std::ptrdiff_t>(end),
                                     [&](const InterviewMark& mark) { return mark.item == item; });
    if (times == 1) continue;
    const bool missing = times == 0;
    fault(interview_file, first.line, "item",
          {missing ? fmt::format("examiner '{}' gave '{}' no grade for '{}'", first.examiner, applicant, item)
                   : fmt::format("examiner '{}' graded '{}' {} times for '{}'", first.examiner, applicant, times, item),
           missing ? in_korean("면접위원 '{}'[이/가] '{}'의 '{}'[을/를] 평정하지 않았습니다", first.examiner, applicant,
                                 item)
                   : in_korean("면접위원 '{}'[이/가] '{}'의 '{}'[을/를] {}번 평정하였습니다", first.examiner, applicant,
                                 item, times)},
          {"every examiner grades every item of the unit exactly once",
           "면접위원은 모집단위의 모든 평정요소를 한 번씩 평정해야 합니다"});
  }
}

}  // namespace hanjari::selection
