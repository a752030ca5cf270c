// What releases in memory are armed on: read of results in memory as the database reads it of its rows.
#pragma once

#include <algorithm>
#include <string>

#include "hanjari/base/digest.h"
#include "hanjari/publications/publications.h"
#include "stage/memory/memory_results.h"

namespace hanjari::tests {

inline services::ReleaseBasis basis_in_memory(MemoryResults& results, const ExamCode& exam) {
  services::ReleaseBasis basis;
  for (const services::StoredDecision& one : results.list_decisions(exam)) basis.decision = std::max(basis.decision, one.version);
  for (const services::ResultPackage& one : results.list_packages(exam)) basis.results = std::max(basis.results, one.version);
  std::string cases;
  for (const services::RecordedCase& one : results.list_counting_cases(exam)) cases += std::to_string(one.case_no) + "\n";
  if (!cases.empty()) basis.cases = sha256(cases).hex();
  return basis;
}

}  // namespace hanjari::tests
