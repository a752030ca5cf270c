// Why: a person's path through the rules with numbers, and what bit in a unit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hanjari/selection/decision.h"

namespace hanjari::selection {

// One step of a person's path: the rule and what it did, as a sentence.
struct Step {
  int rule = 0;
  Text sentence;
};
std::vector<Step> explain_person(const Results& results, const Rules& rules, const ElectiveStatistics& statistics,
                                 const Decision& decision, PersonIndex person);

// What another number of posts would change in a unit. With a number to pass of its own, that moves along.
struct PostsChange {
  std::int64_t posts = 0;
  std::int64_t to_pass = 0;
  std::optional<Mark> cut;
  std::int64_t passed = 0;
  std::vector<ApplicantNumber> more;   // pass then and do not now
  std::vector<ApplicantNumber> fewer;  // pass now and would not then
};

struct UnitExplanation {
  UnitIndex unit;
  std::vector<ApplicantNumber> tied_at_cut;      // total equal to the cut
  std::vector<ApplicantNumber> shut_out_by_cap;  // set back by rules 10 to 12
  std::int64_t preference_not_given = 0;         // people whose cap is zero
  std::optional<PostsChange> one_more;
  std::optional<PostsChange> one_fewer;  // nothing in a unit of one post
  std::vector<Text> sentences;           // in the officer's words
};
std::vector<UnitExplanation> explain_units(const Results& results, const Rules& rules,
                                           const ElectiveStatistics& statistics, const Decision& decision);

}  // namespace hanjari::selection
