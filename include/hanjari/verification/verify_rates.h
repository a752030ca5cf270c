// An independent judge of rates of passing by group: computes every figure again from the exam, the numbers of its people and the
// table of the decision, and shares no code with what made the rates.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/domain/exam.h"
#include "hanjari/verification/verify.h"

namespace hanjari::verification {

// Codes: bad_decision (decisions.csv cannot be read, or names somebody whom `people` does not), wrong_rate (a row that is neither
// the right figures nor withheld, is missing, or is too much), small_rate (fewer than five passed in a row, or did not), small_rest
// (the same of what is withheld of a dimension, while everybody is given). `subject` is the row as it should be, or begins.
// `people`: by applicant number. Differences between several releases are not judged here.
std::vector<Violation> verify_rates(const Exam& exam, const std::map<std::string, ApplicantIndex>& people,
                                    std::string_view decisions_csv, std::string_view csv);

}  // namespace hanjari::verification
