// A result package as its files say it, before the gate: every row with its line, so that a fault can name its place.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/domain/words.h"
#include "hanjari/selection/results.h"
#include "hanjari/selection/rules.h"

namespace hanjari::selection {

// Names of the files, as faults name them.
inline constexpr std::string_view units_file = "units.csv";
inline constexpr std::string_view people_file = "people.csv";
inline constexpr std::string_view scores_file = "scores.csv";
inline constexpr std::string_view rules_file = "rules.json";
inline constexpr std::string_view counts_file = "counts.csv";
inline constexpr std::string_view special_file = "special_cases.csv";
// The same columns: the cases that officers recorded in the service, as a decision leaves them.
inline constexpr std::string_view recorded_file = "recorded_cases.csv";
inline constexpr std::string_view interview_file = "interview.csv";

// Words are numbers of ResultRows::words or, for applicant numbers, of ResultRows::numbers. A value that could not be
// read is absent here and its fault is already in ResultRows::faults.
struct UnitRow {
  std::uint32_t line = 0;
  Unit unit;
  std::optional<std::int64_t> to_pass;
  std::vector<std::string> common_subjects;  // empty: all that are marked common
  std::optional<std::int64_t> electives;     // nothing: the most anybody has
};

struct PersonRow {
  std::uint32_t line = 0;
  WordIndex number;
  WordIndex unit;
  std::optional<Sex> sex;
  std::optional<Attendance> attendance;
  Bonuses bonuses;
  WordIndex venue = empty_word;
  std::int32_t room_no = 0;       // 0: not given
  WordIndex chosen = empty_word;  // `;` list of electives
};

struct ScoreRow {
  std::uint32_t line = 0;
  WordIndex number;
  WordIndex unit;
  WordIndex subject;
  std::int32_t raw = 0;
  std::optional<SubjectKind> kind;
};

struct CountRow {
  std::uint32_t line = 0;
  WordIndex venue;
  std::int32_t room_no = 0;
  std::int64_t present = 0;
  std::int64_t sheets = 0;
  std::int64_t scored = 0;
};

struct SpecialRow {
  std::string_view file = special_file;  // or recorded_file
  std::uint32_t line = 0;
  WordIndex number;
  std::optional<SpecialCase> kind;
  std::string reason;
  std::string decided_by;
};

struct InterviewRow {
  std::uint32_t line = 0;
  WordIndex number;
  WordIndex examiner;
  WordIndex item;
  std::optional<GradeMark> grade;
};

struct ResultRows {
  std::vector<UnitRow> units;
  std::vector<PersonRow> people;
  std::vector<ScoreRow> scores;
  std::vector<SpecialRow> special;
  std::vector<InterviewRow> interviews;
  std::optional<std::vector<CountRow>> counts;  // nothing when there is no counts.csv
  bool people_have_rooms = false;               // people.csv has venue_code and room_no
  Words words;
  Words numbers;
  Faults faults;  // of single values and rows
  // Rows that could not be read at all, by file: what they would have said is unknown, so nothing is called missing.
  bool units_broken = false;
  bool people_broken = false;
  bool scores_broken = false;
};

// Called with every fault of a single row that the gate finds, also where the cause is told once for many.
using EachFault = std::function<void(const Fault&)>;

// The gate (rule 1): all faults of single rows and of the whole together, in the order of files and lines, a cause that
// repeats once with its count. Without a
// fault the Results are complete: everybody of a unit is present, absent or moved, who sat has every subject once, who
// was absent has none, and the paper counts agree. Throws InvalidInput with every fault otherwise.
Results pass_gate(ResultRows rows, const Rules& rules, const EachFault& each = {});

}  // namespace hanjari::selection
