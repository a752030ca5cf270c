// The decision as a page for officers: self-contained HTML with the distributions of totals and the cuts drawn in.
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
  const selection::Comparison* differences = nullptr;     // of a what-if
};

// One file without any reference to another; applicant numbers only, no names.
std::string render_decision_report(const DecisionPage& page, Language language);

// A histogram of a unit's totals as SVG: those below the fail line grey, the cut and the equality cut as lines.
std::string draw_totals(const selection::Results& results, const selection::Decision& decision, UnitIndex unit,
                        Language language);

}  // namespace hanjari::report
