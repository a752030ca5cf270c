// The final decision: the written list and the interview grades make the final list (rules 17 to 20); who declines afterwards leaves a
// place to the reserve (rule 21).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "hanjari/selection/decision.h"

namespace hanjari::selection {

enum class FinalOutcome : std::uint8_t { absent, poor, passed, passed_equality, not_passed, call_up, declined };
// The first word of decisions_final.csv `reasons`.
enum class FinalReason : std::uint8_t {
  absent,            // passed the written stage, did not come to the interview
  poor,              // graded poor
  excellent,         // passed by the grade
  all_pass,          // ordinary, places for everybody left
  at_cut,            // ordinary, written total at the cut
  above_cut,         // ordinary, written total above the cut
  equality,          // added for the equality target
  excess_excellent,  // graded excellent, more of them than posts
  posts_filled,      // ordinary, the excellent took every post
  below_cut,         // ordinary, written total below the cut
  call_up,           // next in the written order, to be interviewed
  additional,        // passed, because somebody who passed has declined
  declined           // passed or stood in the reserve, and does not want the place
};
enum class InterviewGrade : std::uint8_t { none, excellent, ordinary, poor };

struct FinalPersonDecision {
  PersonIndex person;
  Mark total;                      // of the written stage
  std::uint32_t rank = 0;          // of the written stage
  std::uint32_t reserve_rank = 0;  // 0: not in the reserve
  FinalOutcome outcome = FinalOutcome::absent;
  FinalReason reason = FinalReason::absent;
  InterviewGrade grade = InterviewGrade::none;
};

struct FinalUnitDecision {
  std::int64_t posts = 0;
  std::int64_t interviewed = 0;
  std::int64_t excellent = 0;
  std::int64_t ordinary = 0;
  std::int64_t poor = 0;
  std::int64_t passed = 0;  // equality included
  std::int64_t passed_equality = 0;
  std::int64_t called_up = 0;
  std::int64_t declined = 0;
  std::int64_t additional = 0;  // passed in place of who declined; counted in `passed`
  // The lowest written total among the ordinary who pass by their order; among the excellent when no ordinary passes.
  std::optional<Mark> cut;
  std::optional<std::int64_t> equality_target;
  std::optional<Sex> short_sex;
  std::int64_t missing = 0;
};

struct FinalDecision {
  std::vector<FinalUnitDecision> units;     // as Results::units
  std::vector<FinalPersonDecision> people;  // those who passed the written stage or are called up, as Results::people
};

// The whole final stage. Throws InvalidInput when somebody was interviewed who neither passed the written stage nor was
// to be called up.
FinalDecision decide_final(const Results& results, const Rules& rules, const Decision& written);

// Rule 21: who declines leaves the list and the reserve; the places of those who passed, but for what the equality target added, go to the
// reserve by written total, ties as in rule 18. The same people declining give the same list, in whatever order they did, and whoever
// passed before goes on passing when somebody else declines. Gives those who can decline nothing: they neither passed nor stand in the
// reserve; then nothing was changed.
std::vector<PersonIndex> apply_declines(const Results& results, const Rules& rules, const std::vector<PersonIndex>& declining,
                                        FinalDecision& decision);

std::string_view spell(FinalOutcome);
std::string_view spell(FinalReason);
std::string_view spell(InterviewGrade);  // empty for none

}  // namespace hanjari::selection
