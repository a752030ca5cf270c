// Codes of exams and notices that are typed otherwise than they are.
#pragma once

#include <string>
#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari::cli {

// Throws NotFound (exam_not_found) with the code that is meant where `typed` is none of these, but one of them otherwise written:
// in another case or width, with other blanks or zeros in front.
void refuse_near_exam(const std::string& typed, const std::vector<ExamCode>& known);

}  // namespace hanjari::cli
