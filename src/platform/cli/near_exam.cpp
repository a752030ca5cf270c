#include "cli/near_exam.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/package/near_codes.h"

namespace hanjari::cli {

void refuse_near_exam(const std::string& typed, const std::vector<ExamCode>& known) {
  if (std::find(known.begin(), known.end(), ExamCode(typed)) != known.end()) return;
  const auto near = package::find_near_code(typed, "", [&](const auto& take) {
    for (const ExamCode& code : known) take(code.text());
  });
  if (!near || near->meant.empty()) return;
  throw NotFound("exam_not_found",
                 {fmt::format("there is no exam '{0}', but '{1}' is there: case, width, blanks or zeros differ; write {1}", typed,
                              near->meant),
                  in_korean("시험 '{}'[은/는] 없고 '{}'[이/가] 있습니다. 대소문자, 전각·반각, 빈칸이나 앞자리 0이 다릅니다. {}[으로/로] "
                            "적으십시오",
                            typed, near->meant, near->meant)});
}

}  // namespace hanjari::cli
