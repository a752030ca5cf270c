// The written decision: what the rules make of Results.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/selection/results.h"
#include "hanjari/selection/rules.h"
#include "hanjari/selection/statistics.h"

namespace hanjari::selection {

enum class Outcome : std::uint8_t { absent, below_line, passed, passed_equality, not_passed, voided };
// Why; the first word of decisions.csv `reasons` (fail_line is written once per failed subject).
enum class Reason : std::uint8_t { absent, fail_line, all_pass, at_cut, above_cut, equality, below_cut, misconduct, withdrawal, annulled };
// What became of somebody's preference.
enum class PreferenceUse : std::uint8_t { none, counted, not_given, set_back };

struct PersonDecision {
  Mark own;                // with the licence bonus
  Mark total;              // what ranks: with preference as far as it was given
  std::uint32_t rank = 0;  // from 1; 0: none
  Outcome outcome = Outcome::absent;
  Reason reason = Reason::absent;
  PreferenceUse preference_use = PreferenceUse::none;
  bool thanks_to_preference = false;
};

struct UnitDecision {
  std::int64_t posts = 0;
  std::int64_t applied = 0;
  std::int64_t sat = 0;
  std::int64_t above_line = 0;
  std::int64_t to_pass = 0;
  std::int64_t passed = 0;  // equality included
  std::optional<Mark> cut;
  bool all_pass = false;                    // at most `to_pass` people above the line
  std::optional<std::int64_t> veteran_cap;  // nothing: no cap
  std::optional<std::int64_t> hero_cap;
  std::int64_t by_veteran = 0;  // passed thanks to it
  std::int64_t by_hero = 0;
  std::optional<std::int64_t> equality_target;  // nothing: rule 12 does not apply
  std::optional<Sex> short_sex;
  std::int64_t missing = 0;
  std::optional<Mark> equality_floor;
  std::optional<Mark> equality_cut;
  std::int64_t passed_equality = 0;
};

struct Decision {
  std::vector<UnitDecision> units;     // as Results::units
  std::vector<PersonDecision> people;  // as Results::people
};

// The whole written stage. Any number of people up to ElectiveStatistics::most_takers.
Decision decide(const Results& results, const Rules& rules);
// The same with other means and deviations: for showing what a wrong statistic would have done, never for a decision.
Decision decide(const Results& results, const Rules& rules, const ElectiveStatistics& statistics);

// Subjects of the person below the fail line, in byte order.
std::vector<SubjectIndex> failed_subjects(const Results& results, const ElectiveStatistics& statistics,
                                          const ResultPerson& person, const Rules& rules);

std::string_view spell(Outcome);
std::string_view spell(Reason);
// The word of people.csv that counted as preference or licence; empty when none.
std::string_view preference_word(const Bonuses& bonuses);
std::string_view licence_word(const Bonuses& bonuses);
// decisions.csv `reasons` (rule 14).
std::string spell_reasons(const Results& results, const ResultPerson& person, const PersonDecision& decision,
                          const std::vector<SubjectIndex>& failed);

}  // namespace hanjari::selection
