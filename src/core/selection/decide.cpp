// The written stage from Results to decisions: marks of everybody, then unit by unit.
#include <algorithm>

#include "hanjari/selection/decision.h"
#include "selection/cut.h"
#include "selection/totals.h"
#include "selection/written.h"

namespace hanjari::selection {
namespace {

Reason reason_of(SpecialCase excluded) {
  if (excluded == SpecialCase::misconduct) return Reason::misconduct;
  return excluded == SpecialCase::withdrawal ? Reason::withdrawal : Reason::annulled;
}

// Rules 2, 6, 7 and 8 for one person: excluded, absent, below the line, or a contender.
std::optional<Contender> mark_person(const Results& results, const Rules& rules, const ElectiveStatistics& statistics,
                                     std::size_t position, PersonDecision& decision) {
  const ResultPerson& person = results.people[position];
  if (person.is_excluded()) {
    decision.outcome = Outcome::voided;
    decision.reason = reason_of(person.special);
  }
  if (!person.sat()) return std::nullopt;
  const auto scores = results.scores_of(person);
  const bool below = std::any_of(scores.begin(), scores.end(), [&](const Score& score) {
    return is_below_line(score, statistics.of(person.unit, score.subject), rules);
  });
  if (below) {
    decision.outcome = Outcome::below_line;
    decision.reason = Reason::fail_line;
    decision.own = decision.total = total_of(results, statistics, person, Mark{0}, rules);
    return std::nullopt;
  }
  const BonusPoints bonus = count_bonus(person.bonuses);
  Contender contender;
  contender.person = position;
  contender.own = total_of(results, statistics, person, bonus.licence, rules);
  contender.full = bonus.kind == Preference::none
                       ? contender.own
                       : total_of(results, statistics, person, bonus.licence + bonus.preference, rules);
  contender.preference = bonus.kind;
  contender.sex = person.sex;
  return contender;
}

Reason reason_of(const Contender& contender, const UnitDecision& unit) {
  if (contender.outcome == Outcome::not_passed) return Reason::below_cut;
  if (contender.outcome == Outcome::passed_equality) return Reason::equality;
  if (unit.all_pass) return Reason::all_pass;
  return contender.full == *unit.cut ? Reason::at_cut : Reason::above_cut;
}

}  // namespace

std::vector<std::uint32_t> rank_marks(const std::vector<Mark>& totals) {
  std::vector<Mark> sorted = totals;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  std::vector<std::uint32_t> ranks;
  ranks.reserve(totals.size());
  for (const Mark total : totals) {
    const auto first_equal = std::lower_bound(sorted.begin(), sorted.end(), total, std::greater<>());
    ranks.push_back(static_cast<std::uint32_t>(first_equal - sorted.begin() + 1));
  }
  return ranks;
}

MarkedUnit mark_unit(const Results& results, const Rules& rules, const ElectiveStatistics& statistics,
                     const ResultUnit& unit) {
  MarkedUnit marked;
  marked.people.resize(unit.person_count);
  marked.decision.applied = static_cast<std::int64_t>(unit.person_count);
  for (std::size_t i = 0; i < unit.person_count; ++i) {
    const std::size_t position = unit.first_person + i;
    if (results.people[position].sat()) ++marked.decision.sat;
    const auto contender = mark_person(results, rules, statistics, position, marked.people[i]);
    if (contender) marked.contenders.push_back(*contender);
  }
  return marked;
}

void record_contenders(const ResultUnit& unit, MarkedUnit& marked) {
  std::vector<Mark> totals;
  for (const Contender& contender : marked.contenders) totals.push_back(contender.full);
  const std::vector<std::uint32_t> ranks = rank_marks(totals);
  for (std::size_t i = 0; i < marked.contenders.size(); ++i) {
    const Contender& contender = marked.contenders[i];
    PersonDecision& person = marked.people[contender.person - unit.first_person];
    person.own = contender.own;
    person.total = contender.full;
    person.rank = ranks[i];
    person.outcome = contender.outcome;
    person.reason = reason_of(contender, marked.decision);
    person.preference_use = contender.preference_use;
    person.thanks_to_preference = contender.thanks_to_preference;
  }
}

Decision decide(const Results& results, const Rules& rules) {
  return decide(results, rules, measure_electives(results, rules));
}

Decision decide(const Results& results, const Rules& rules, const ElectiveStatistics& statistics) {
  Decision decision;
  decision.units.reserve(results.units.size());
  decision.people.reserve(results.people.size());
  for (const ResultUnit& unit : results.units) {
    MarkedUnit marked = mark_unit(results, rules, statistics, unit);
    decide_unit(unit, unit.unit.posts, unit.to_pass, marked.contenders, rules, marked.decision);
    record_contenders(unit, marked);
    decision.units.push_back(marked.decision);
    decision.people.insert(decision.people.end(), marked.people.begin(), marked.people.end());
  }
  return decision;
}

}  // namespace hanjari::selection
