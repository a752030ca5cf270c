#include "hanjari/selection/statistics.h"

namespace hanjari::selection {

ElectiveStatistics::ElectiveStatistics(const Results& results, Scope scope)
    : scope_(scope),
      subjects_(results.subjects.size()),
      moments_(subjects_ * (scope == Scope::exam ? 1 : results.units.size())) {}

ElectiveStatistics measure_electives(const Results& results, const Rules& rules) {
  ElectiveStatistics statistics(results, rules.adjusted_scope);
  for (const ResultPerson& person : results.people) {
    if (!person.sat()) continue;
    for (const Score& score : results.scores_of(person)) {
      if (score.kind == SubjectKind::elective) statistics.of(person.unit, score.subject).add(score.mark());
    }
  }
  return statistics;
}

ElectiveStatistics measure_with_absent_as_zero(const Results& results, const Rules& rules) {
  ElectiveStatistics statistics = measure_electives(results, rules);
  for (const ResultPerson& person : results.people) {
    if (person.sat() || person.is_excluded()) continue;
    for (const SubjectIndex subject : person.chosen) statistics.of(person.unit, subject).add(Mark{0});
  }
  return statistics;
}

}  // namespace hanjari::selection
