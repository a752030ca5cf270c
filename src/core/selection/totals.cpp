#include "selection/totals.h"

#include "selection/adjusted.h"

namespace hanjari::selection {

BonusPoints count_bonus(const Bonuses& bonuses) {
  BonusPoints bonus;
  if (bonuses.licence_5) {
    bonus.licence = points(5);
  } else if (bonuses.licence_3) {
    bonus.licence = points(3);
  }
  if (bonuses.veteran_10) {
    bonus.preference = points(10);
    bonus.kind = Preference::veteran;
  } else if (bonuses.veteran_5) {
    bonus.preference = points(5);
    bonus.kind = Preference::veteran;
  } else if (bonuses.hero_5) {
    bonus.preference = points(5);
    bonus.kind = Preference::hero;
  } else if (bonuses.hero_3) {
    bonus.preference = points(3);
    bonus.kind = Preference::hero;
  }
  return bonus;
}

bool is_below_line(const Score& score, const Moments& moments, const Rules& rules) {
  // A percent of 100 points in hundredths is the same number of hundredths of a point.
  const Mark line{rules.fail_line_percent.hundredths};
  if (score.mark() >= line) return false;
  if (score.kind == SubjectKind::common) return true;
  return adjusted_mark(moments, score.mark(), rules) < line;
}

std::vector<SubjectIndex> failed_subjects(const Results& results, const ElectiveStatistics& statistics,
                                          const ResultPerson& person, const Rules& rules) {
  std::vector<SubjectIndex> failed;
  for (const Score& score : results.scores_of(person)) {
    if (is_below_line(score, statistics.of(person.unit, score.subject), rules)) failed.push_back(score.subject);
  }
  return failed;
}

Mark total_of(const Results& results, const ElectiveStatistics& statistics, const ResultPerson& person, Mark bonus,
              const Rules& rules) {
  Mark total;
  for (const Score& score : results.scores_of(person)) {
    const Mark mark = score.mark() + bonus;
    total += score.kind == SubjectKind::common ? mark
                                               : adjusted_mark(statistics.of(person.unit, score.subject), mark, rules);
  }
  return total;
}

}  // namespace hanjari::selection
