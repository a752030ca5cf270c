// The words of the result package and of decisions.csv.
#include <array>
#include <iterator>
#include <utility>

#include "hanjari/selection/decision.h"

namespace hanjari::selection {
namespace {

constexpr std::array<std::pair<bool Bonuses::*, std::string_view>, 6> bonus_words{{{&Bonuses::veteran_10, "veteran_10"},
                                                                                   {&Bonuses::veteran_5, "veteran_5"},
                                                                                   {&Bonuses::hero_5, "hero_5"},
                                                                                   {&Bonuses::hero_3, "hero_3"},
                                                                                   {&Bonuses::licence_5, "licence_5"},
                                                                                   {&Bonuses::licence_3, "licence_3"}}};

// Indexed by the value of the enumeration.
constexpr std::string_view attendance_words[] = {"present", "absent", "moved"};
constexpr std::string_view kind_words[] = {"common", "elective"};
constexpr std::string_view grade_mark_words[] = {"high", "middle", "low"};
constexpr std::string_view outcome_words[] = {"absent", "below_line", "passed", "passed_equality", "not_passed", "void"};
constexpr std::string_view reason_words[] = {"absent",   "fail_line", "all_pass",   "at_cut",    "above_cut",
                                             "equality", "below_cut", "misconduct", "withdrawal", "annulled"};
constexpr std::string_view special_words[] = {"", "misconduct", "withdrawal", "late_documents", "annulled"};
const Text special_names[] = {{"", ""},
                              {"misconduct", "부정행위"},
                              {"withdrawal", "응시 포기"},
                              {"late documents", "서류 지연"},
                              {"annulled", "시험 무효"}};

// The first of the words from `first` to `last` that applies; the list is ordered by what they are worth.
std::string_view first_word(const Bonuses& bonuses, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i <= last; ++i) {
    if (bonuses.*bonus_words[i].first) return bonus_words[i].second;
  }
  return {};
}

}  // namespace

std::string_view spell(Attendance attendance) {
  return attendance_words[static_cast<std::size_t>(attendance)];
}
std::string_view spell(SpecialCase kind) {
  return special_words[static_cast<std::size_t>(kind)];
}
Text name_of(SpecialCase kind) {
  return special_names[static_cast<std::size_t>(kind)];
}
std::string_view spell(SubjectKind kind) {
  return kind_words[static_cast<std::size_t>(kind)];
}
std::string_view spell(GradeMark grade) {
  return grade_mark_words[static_cast<std::size_t>(grade)];
}
std::string_view spell(Outcome outcome) {
  return outcome_words[static_cast<std::size_t>(outcome)];
}
std::string_view spell(Reason reason) {
  return reason_words[static_cast<std::size_t>(reason)];
}

std::string spell(const Bonuses& bonuses) {
  std::string list;
  for (const auto& [member, word] : bonus_words) {
    if (!(bonuses.*member)) continue;
    if (!list.empty()) list += ';';
    list += word;
  }
  return list;
}

std::optional<SpecialCase> parse_special_case(std::string_view word) {
  for (std::size_t at = 1; at < std::size(special_words); ++at) {
    if (special_words[at] == word) return static_cast<SpecialCase>(at);
  }
  return std::nullopt;
}

std::optional<Bonuses> parse_bonuses(std::string_view list) {
  Bonuses bonuses;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(';'), list.size());
    bool known = false;
    for (const auto& [member, word] : bonus_words) {
      if (list.substr(0, end) == word) known = bonuses.*member = true;
    }
    if (!known || end + 1 == list.size()) return std::nullopt;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return bonuses;
}

std::string_view preference_word(const Bonuses& bonuses) {
  return first_word(bonuses, 0, 3);
}

std::string_view licence_word(const Bonuses& bonuses) {
  return first_word(bonuses, 4, 5);
}

std::string spell_reasons(const Results& results, const ResultPerson& person, const PersonDecision& decision,
                          const std::vector<SubjectIndex>& failed) {
  std::string reasons;
  if (decision.reason == Reason::fail_line) {
    for (const SubjectIndex subject : failed) {
      if (!reasons.empty()) reasons += ';';
      reasons += "fail_line:" + results.name_of(subject);
    }
    return reasons;
  }
  reasons = spell(decision.reason);
  if (decision.reason == Reason::absent || decision.outcome == Outcome::voided) return reasons;
  if (person.special == SpecialCase::late_documents) reasons += ";late_documents";
  const std::string_view preference = preference_word(person.bonuses);
  if (decision.preference_use == PreferenceUse::counted) {
    reasons += ';';
    reasons += preference;
  } else if (decision.preference_use == PreferenceUse::not_given) {
    reasons += ";preference_not_given";
  } else if (decision.preference_use == PreferenceUse::set_back) {
    reasons += preference.starts_with("veteran") ? ";veteran_cap" : ";hero_cap";
  }
  if (decision.thanks_to_preference) reasons += ";thanks_to_preference";
  if (const std::string_view licence = licence_word(person.bonuses); !licence.empty()) {
    reasons += ';';
    reasons += licence;
  }
  return reasons;
}

}  // namespace hanjari::selection
