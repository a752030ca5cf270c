// The settings of a decision: rules.json with its defaults. Everything that is practice and not law is a setting here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/domain/exam.h"
#include "hanjari/selection/mark.h"

namespace hanjari::selection {

enum class Stage { written, final };
// Whose marks make an elective's mean and deviation: everybody's in the exam, or only the unit's.
enum class Scope { exam, unit };
// Divided by n, or by n - 1.
enum class Deviation { population, sample };
// What happens to equals at a limit: all of them are in, or all of them are out.
enum class Ties { all, none };
// Which of too many excellent people pass.
enum class ExcessExcellent { by_written, all };

// From `posts_from` posts on, the number to pass is `amount`, posts + `amount`, or posts x `amount` hundredths of a
// percent rounded up.
struct PassTableRow {
  enum class How { number, plus, percent };
  std::int64_t posts_from = 1;
  How how = How::number;
  std::int64_t amount = 1;
  bool operator==(const PassTableRow&) const = default;
};

struct EqualityRules {
  std::int64_t min_posts = 5;
  std::int64_t half_up_from = 10;
  Percent percent{3000};               // at most 50 %
  Mark margin_points{300};             // below the cut, per subject
  std::vector<UnitCode> exempt_units;  // sorted
};

struct FinalRules {
  ExcessExcellent excess_excellent = ExcessExcellent::by_written;
  Ties ties = Ties::all;
};

struct Rules {
  std::string version;  // as in rules.json, JSON text; empty when not given
  std::vector<PassTableRow> pass_table{{1, PassTableRow::How::plus, 2}, {10, PassTableRow::How::percent, 12000}};
  Scope adjusted_scope = Scope::exam;
  Deviation adjusted_sd = Deviation::population;
  int adjusted_decimals = 2;  // 0 to 2
  Percent fail_line_percent{4000};
  Percent veteran_cap_percent{3000};
  Percent hero_cap_percent{1000};
  std::vector<UnitCode> cap_exempt_units;  // sorted
  Ties ties_cut = Ties::all;
  Ties ties_cap = Ties::none;
  Ties ties_equality = Ties::all;
  EqualityRules equality;
  FinalRules final;

  bool cap_exempt(const UnitCode& unit) const;
  bool equality_exempt(const UnitCode& unit) const;
};

// The words of rules.json.
std::string_view spell(Stage);
std::string_view spell(Scope);
std::string_view spell(Deviation);
std::string_view spell(Ties);
std::string_view spell(ExcessExcellent);

// Every setting that the stage reads, defaults included, as JSON with sorted keys and without spaces: two rules.json
// that mean the same give the same text.
std::string canonical_json(const Rules& rules, Stage stage);

// SHA-256 of canonical_json, in hexadecimal.
std::string digest_rules(const Rules& rules, Stage stage);

}  // namespace hanjari::selection
