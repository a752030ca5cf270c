// The gate: every special case is one person's, with a reason, once.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "selection/gate/gate.h"

namespace hanjari::selection {

void Gate::check_special_cases() {
  for (const SpecialRow& row : rows_.special) {
    if (!row.number.exists() || !row.kind) continue;
    const std::uint32_t position = person_at(row.number);
    if (position == nowhere) {
      if (rows_.people_broken) continue;
      fault(row.file, row.line, "applicant_number",
            {fmt::format("nobody has the number '{}' in people.csv", number(row.number)),
             in_korean("people.csv에 응시번호 '{}'[이/가] 없습니다", number(row.number))},
            {"use a number of people.csv", "people.csv에 있는 응시번호를 적으십시오"});
      continue;
    }
    ResultPerson& person = results_.people[position];
    if (person.special != SpecialCase::none) {
      fault(row.file, row.line, "applicant_number",
            {fmt::format("'{}' has a special case already", person.number.text()),
             in_korean("'{}'[은/는] 특별 결정이 이미 있습니다", person.number.text())},
            {"keep the one that holds", "유효한 결정 하나만 두십시오"});
      continue;
    }
    person.special = *row.kind;
    // The bonus stays in people.csv as it was claimed; it does not count.
    if (person.special == SpecialCase::late_documents) person.bonuses = {};
    results_.special.push_back({PersonIndex(position), *row.kind, row.reason, row.decided_by});
  }
  std::sort(results_.special.begin(), results_.special.end(),
            [](const SpecialDecision& one, const SpecialDecision& other) { return one.person < other.person; });
}

}  // namespace hanjari::selection
