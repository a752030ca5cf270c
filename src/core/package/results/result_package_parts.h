// The steps of reading a result package.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "hanjari/package/csv.h"
#include "hanjari/package/near_codes.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/package/result_package.h"
#include "hanjari/selection/mark.h"
#include "hanjari/selection/result_rows.h"
#include "package/sheets/sheet_finder.h"

namespace hanjari::package {

struct ResultReading {
  const std::filesystem::path& folder;
  Encoding encoding;
  Progress& progress;
  const PackedFiles* packed = nullptr;  // in place of the folder
  BadCells* bad = nullptr;
  std::optional<SheetFinder> sheets{};  // tables that stand in workbooks, once reading has begun
};

// Sentences that the changes of a what-if share with the files.
Text unknown_bonus(std::string_view list);
Text known_bonuses();

// A list of bonus words, also as offices write them: 취업지원대상자 10%; 자격증 5%. 없음 and - are none. Nothing where one is unknown.
std::optional<selection::Bonuses> read_bonuses(std::string_view typed);
// The codes of a list, joined by semicolons without blanks.
std::string read_chosen_subjects(std::string_view typed);

// A mark, or points of either sign; a fault that says what the value is when it is neither.
std::optional<selection::Mark> read_mark(CsvReader& reader, std::size_t column);
std::optional<selection::Mark> read_points_to_add(CsvReader& reader, std::size_t column);

// Tells codes that stand for others, each cause once, and takes their rows as what they mean.
void read_meant_codes(selection::ResultRows& rows);
// Refuses units of the rules that stand for others; one that is near to none may be of another exam that has the same rules.
void refuse_near_units(const selection::Rules& rules, const ResultChanges& changes, selection::ResultRows& rows);
// Warns of units and numbers that look as if zeros in front of them were lost in all files alike.
void tell_of_lost_zeros(ReadResults& read);
// Numbers of a what-if that nobody has, each cause told once: which one it stands for, else what is given. A whole column may have
// lost its zeros, so what the people are called is looked at once.
class UnknownNumbers {
 public:
  explicit UnknownNumbers(const selection::ResultRows& rows) : rows_(rows) {}
  void refuse(Fault place, std::string_view number, Text what, Text fix);
  void hand_over(Faults& faults) { told_.hand_over(faults); }

 private:
  const selection::ResultRows& rows_;
  std::optional<NearCodes> near_;  // once a number is not known
  RepeatedFaults told_;
};
// The same of a unit, of which there are few.
void refuse_unit(selection::ResultRows& rows, Fault place, std::string_view code, Text what, Text fix);

// Where the value of a setting came from: the option --set, or rules.json.
std::string_view file_of_setting(const ResultChanges& changes, std::string_view key);

// Puts the settings of a what-if into rules.json; those of a unit wait for change_rows.
void change_settings(nlohmann::json& root, const ResultChanges& changes, Faults& faults);
// Changes posts, marks and people of a what-if.
void change_rows(ResultReading& reading, const ResultChanges& changes, ReadResults& read);

// See LoadedResults::input_sha256.
std::string digest_results(const selection::Results& results);

}  // namespace hanjari::package
