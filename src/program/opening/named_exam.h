// The exam or the notice that a command names.
#pragma once

#include <string>

#include "hanjari/domain/exam.h"
#include "hanjari/program/opening/database.h"

namespace hanjari::cli {

// The code as it was typed. Throws as refuse_near_exam of the exams and the notices of the database; a code that is near to none is
// judged by the step itself. Throws Conflict (exam_destroyed) of an exam that was there.
ExamCode named_exam(storage::Database& database, const std::string& typed);

}  // namespace hanjari::cli
