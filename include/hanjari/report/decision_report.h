// The decision as pages: the report for officers, with the distributions of totals and the cuts drawn in, and the list of
// who passed, to be printed. Self-contained HTML.
#pragma once

#include <string>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/selection/compare.h"
#include "hanjari/selection/explain.h"
#include "hanjari/selection/final_decision.h"

namespace hanjari::report {

struct DecisionPage {
  const selection::Results& results;
  const selection::Rules& rules;
  const selection::Decision& decision;
  const std::vector<selection::UnitExplanation>& units;
  std::string input_sha256;
  const selection::FinalDecision* final = nullptr;        // nothing for the written stage
  const selection::Comparison* absent_as_zero = nullptr;  // nothing when no chosen electives are known
  const selection::Comparison* differences = nullptr;     // of a what-if, or to another package
  const ExamHeader* exam = nullptr;                        // nothing where nobody has said which exam it is
  std::string supposed{};      // what a what-if changes; empty: the decision as it is
  std::string other_package{};  // that `differences` compares with; empty: with this one before the what-if
};

// One file without any reference to another; applicant numbers only, no names.
std::string render_decision_report(const DecisionPage& page, Language language);

// The applicant numbers of who passed (of the final stage where there is one), unit by unit, for A4.
std::string render_pass_list(const DecisionPage& page, Language language);

// A histogram of a unit's totals as SVG: those below the fail line grey, the cut and the equality cut as lines.
std::string draw_totals(const selection::Results& results, const selection::Decision& decision, UnitIndex unit,
                        Language language);

}  // namespace hanjari::report
