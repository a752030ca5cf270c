// What is decided on: units, people and marks that passed the gate.
//
// Results are canonical: units by code, people by unit and applicant number, each person's marks by subject in byte
// order, so that nothing decided from them can depend on the order of rows in a file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/domain/exam.h"
#include "hanjari/selection/mark.h"

namespace hanjari::selection {

using SubjectIndex = Index<struct SubjectTag>;
using PersonIndex = Index<struct PersonTag>;

enum class Attendance { present, absent, moved };
// What an officer decided of one person beside the marks. Misconduct, withdrawal and an annulled exam take the person out of the
// decision; of who handed in documents too late no preference or licence is counted. No mark is ever changed for any of them.
enum class SpecialCase : std::uint8_t { none, misconduct, withdrawal, late_documents, annulled };
enum class SubjectKind : std::uint8_t { common, elective };
// A preference is given for one reason only; a licence is no preference.
enum class Preference : std::uint8_t { none, veteran, hero };

// The bonus words of people.csv that apply to a person.
struct Bonuses {
  bool veteran_10 = false;
  bool veteran_5 = false;
  bool hero_5 = false;
  bool hero_3 = false;
  bool licence_5 = false;
  bool licence_3 = false;
  bool operator==(const Bonuses&) const = default;
};

struct ResultUnit {
  Unit unit;
  std::optional<std::int64_t> to_pass;        // units.csv; otherwise the pass table says it
  std::vector<SubjectIndex> common_subjects;  // sorted
  std::int64_t electives = 0;                 // how many everybody takes
  std::size_t first_person = 0;               // people of the unit are consecutive in Results::people
  std::size_t person_count = 0;

  std::int64_t subject_count() const { return static_cast<std::int64_t>(common_subjects.size()) + electives; }
};

struct Score {
  SubjectIndex subject;
  SubjectKind kind = SubjectKind::common;
  std::int32_t raw = 0;  // hundredths of a point

  Mark mark() const { return {raw}; }
};

struct ResultPerson {
  ApplicantNumber number;
  UnitIndex unit;
  Sex sex = Sex::female;
  Attendance attendance = Attendance::absent;
  Bonuses bonuses;
  SpecialCase special = SpecialCase::none;
  std::vector<SubjectIndex> chosen;  // electives chosen when applying, where known; no rule reads them
  std::size_t first_score = 0;
  std::uint32_t score_count = 0;

  bool is_excluded() const { return special != SpecialCase::none && special != SpecialCase::late_documents; }
  // Whose marks count. Who is excluded is in no total, rank or statistic, as who was absent.
  bool sat() const { return attendance != Attendance::absent && !is_excluded(); }
};

// The record of a special case, for those who may read it.
struct SpecialDecision {
  PersonIndex person;
  SpecialCase kind = SpecialCase::none;
  std::string reason;
  std::string decided_by;
};

enum class GradeMark : std::uint8_t { high, middle, low };

// One line of interview.csv.
struct InterviewMark {
  PersonIndex person;
  std::string examiner;
  std::string item;
  GradeMark grade = GradeMark::middle;
  std::uint32_t line = 0;  // of interview.csv
};

struct Results {
  std::vector<ResultUnit> units;          // by code
  std::vector<ResultPerson> people;       // by unit, number
  std::vector<Score> scores;              // by person, subject
  std::vector<std::string> subjects;      // in byte order
  std::vector<InterviewMark> interviews;  // by person, examiner, item
  std::vector<SpecialDecision> special;   // by person
  std::vector<Fault> warnings;            // of the gate: to be told, no reason to stop

  std::span<const ResultPerson> people_of(const ResultUnit& unit) const {
    return std::span(people).subspan(unit.first_person, unit.person_count);
  }
  std::span<const Score> scores_of(const ResultPerson& person) const {
    return std::span(scores).subspan(person.first_score, person.score_count);
  }
  const ResultUnit& unit_of(const ResultPerson& person) const { return units[person.unit.value]; }
  const std::string& name_of(SubjectIndex subject) const { return subjects[subject.value]; }
  // none() when nobody has this number.
  PersonIndex find(const ApplicantNumber& number) const;
  UnitIndex find(const UnitCode& unit) const;
};

// The words of the result package.
std::string_view spell(Attendance);
std::string_view spell(SpecialCase);
// The word people read; empty for none.
Text name_of(SpecialCase);
std::string_view spell(SubjectKind);
std::string_view spell(GradeMark);
std::string spell(const Bonuses& bonuses);  // `;` list
// Nothing when a word is unknown.
std::optional<SpecialCase> parse_special_case(std::string_view word);
std::optional<Bonuses> parse_bonuses(std::string_view list);

}  // namespace hanjari::selection
