// What differs between two decisions: whose verdict, and which cuts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hanjari/selection/decision.h"

namespace hanjari::selection {

// One side of a difference; nothing on a side where the person is not.
struct VerdictSide {
  Outcome outcome = Outcome::absent;
  std::optional<Mark> total;
  std::uint32_t rank = 0;
};

struct VerdictDifference {
  ApplicantNumber number;
  UnitCode unit;  // of the later decision, of the earlier one when the person is gone
  std::optional<VerdictSide> before;
  std::optional<VerdictSide> after;
};

struct CutDifference {
  UnitCode unit;
  std::optional<Mark> cut_before;
  std::optional<Mark> cut_after;
  std::optional<Mark> equality_cut_before;
  std::optional<Mark> equality_cut_after;
  std::int64_t passed_before = 0;
  std::int64_t passed_after = 0;
};

struct Comparison {
  std::vector<VerdictDifference> verdicts;  // whose outcome or unit differs, by unit and number
  std::vector<CutDifference> cuts;          // units whose cut, equality cut or number of passes differs, by unit
  std::int64_t passed_before = 0;           // in the whole exam
  std::int64_t passed_after = 0;
  std::int64_t totals_changed = 0;  // people with another total, verdict the same or not
};

// A decision with what it was made of.
struct DecidedExam {
  const Results& results;
  const Decision& decision;
};

Comparison compare_decisions(const DecidedExam& before, const DecidedExam& after);

}  // namespace hanjari::selection
