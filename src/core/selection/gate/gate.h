// Rule 1, the gate: what the steps of the check share.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hanjari/selection/result_rows.h"

namespace hanjari::selection {

class Gate {
 public:
  static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

  Gate(ResultRows& rows, const Rules& rules, const EachFault& each) : rows_(rows), rules_(rules), each_(each) {}
  // Runs every step; throws InvalidInput when there is any fault.
  Results run();

 private:
  // How a subject of a unit is marked.
  struct SubjectUse {
    bool common = false;
    bool elective = false;
    bool both_reported = false;
    std::uint32_t first_line = 0;  // of scores.csv; 0: declared in units.csv
  };
  // Faults of one file: those of its reader, and those of the gate, of which a cause that repeats is told once.
  struct FileFaults {
    std::vector<Fault> of_reader;
    RepeatedFaults of_gate;
  };
  // What one person's marks are, while they are checked.
  struct Tally {
    std::int64_t electives = 0;
    bool unclear = false;  // a mark could not be read or its subject is of both kinds: do not call anything missing
  };

  void check_units();
  void check_rules();
  void check_exempt_units(const std::vector<UnitCode>& units, std::string_view key);
  void check_people();
  void check_special_cases();
  void place_scores();
  void check_scores();
  void check_completeness();
  void check_counts();
  void tell_uncounted(const std::vector<std::pair<std::string, std::int64_t>>& rooms);
  void check_count(const CountRow& row, std::string_view column, std::int64_t count, std::int64_t sat);
  void check_interviews();
  void check_grading(std::size_t begin, std::size_t end, const std::vector<std::string>& items);

  void check_score(const ScoreRow& row);
  void check_use(const ScoreRow& row, std::uint32_t unit);
  void list_subjects();
  void check_repeated_scores();
  void count_electives();
  void check_marks_of(const ResultUnit& unit, std::size_t person);
  void fault(std::string_view file, std::uint32_t line, std::string_view column, Text what, Text fix);
  void finish();

  const std::string& word(WordIndex index) const { return rows_.words[index]; }
  const std::string& number(WordIndex index) const { return rows_.numbers[index]; }
  // Position of the row's unit in Results::units, nowhere when unknown.
  std::uint32_t unit_at(WordIndex unit) const { return unit.exists() ? unit_of_word_[unit.value] : nowhere; }
  std::uint32_t person_at(WordIndex number) const {
    return number.exists() ? person_of_number_[number.value] : nowhere;
  }
  // The use of a subject in a unit.
  SubjectUse& use(std::uint32_t unit, SubjectIndex subject) {
    return uses_[(std::uint64_t{unit} << 32) | subject.value];
  }
  SubjectIndex subject_of(WordIndex word) const { return SubjectIndex(subject_of_word_[word.value]); }

  ResultRows& rows_;
  const Rules& rules_;
  const EachFault& each_;
  Results results_;
  std::map<std::string_view, FileFaults> faults_;  // by file
  std::vector<std::uint32_t> unit_of_word_;        // by word
  std::vector<std::uint32_t> person_of_number_;    // by number: position in results_.people
  std::vector<std::uint32_t> subject_of_word_;     // by word
  std::vector<std::uint32_t> unit_lines_;          // by unit
  std::vector<std::vector<WordIndex>> declared_;   // by unit: units.csv common_subjects
  std::vector<bool> electives_given_;              // by unit
  std::vector<std::uint32_t> person_rows_;         // by person: position in rows_.people
  std::vector<std::uint32_t> score_lines_;         // by score
  std::unordered_map<std::uint64_t, SubjectUse> uses_;
  std::vector<Tally> tallies_;  // by person
};

}  // namespace hanjari::selection
