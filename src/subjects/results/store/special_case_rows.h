// Special cases as rows: what a decision reads of them in its own transaction.
#pragma once

#include <vector>

#include "audit/store.h"
#include "hanjari/results/results.h"

namespace hanjari::storage {

// Packages, rules, decisions and special cases of one exam follow one another: whoever changes one of them holds the exam's row.
// Throws NotFound (exam_not_found), Conflict (exam_destroyed).
void hold_exam_of_results(Connection& connection, const Store& store, const ExamCode& exam);

// All that count, whole: throws PersonalDataDamaged when one does not open.
std::vector<services::RecordedCase> read_counting_cases(Connection& connection, const Store& store, const ExamCode& exam);

// Those that count and that no decision was made with before.
void note_cases_used(Connection& connection, const ExamCode& exam, std::int64_t decision);

}  // namespace hanjari::storage
