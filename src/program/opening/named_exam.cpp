#include "program/opening/named_exam.h"

#include <algorithm>
#include <vector>

#include "cli/near_exam.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/plans/exams.h"

namespace hanjari::cli {

ExamCode named_exam(storage::Database& database, const std::string& typed) {
  ExamCode code(typed);
  std::vector<ExamCode> known = database.exams().list_exams();
  const bool is_exam = std::find(known.begin(), known.end(), code) != known.end();
  if (is_exam || database.recruitments().find_recruitment(code) != nullptr) return code;
  services::require_not_destroyed(database.exams(), code);
  for (const auto& stored : database.recruitments().list_recruitments()) known.push_back(stored->notice.header.code);
  refuse_near_exam(typed, known);
  return code;
}

}  // namespace hanjari::cli
