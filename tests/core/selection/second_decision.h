// A second implementation of the decision, written from the text of docs/decision.md alone. It shares the reading of
// files with the product and nothing else: no arithmetic, no ordering, no writing. It is slow and plain on purpose.
#pragma once

#include <string>

#include "hanjari/selection/result_rows.h"

namespace second {

// decisions.csv and cuts.csv; with interviews also decisions_final.csv and cuts_final.csv.
struct Files {
  std::string decisions;
  std::string cuts;
  std::string decisions_final;
  std::string cuts_final;
};

// The rows must be free of faults.
Files decide(const hanjari::selection::ResultRows& rows, const hanjari::selection::Rules& rules);

}  // namespace second
