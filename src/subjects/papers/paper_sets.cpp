#include "hanjari/papers/paper_sets.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::services {

std::string_view spell(PaperContent content) {
  return content == PaperContent::notices ? "notices" : "papers";
}

PaperBytes take_paper_file(PaperSetRepository& sets, AccessRecord& accesses, const ExamCode& exam, const std::string& id,
                           const Change& change) {
  auto found = sets.find_file(exam, id, change.at);
  if (!found) {
    throw NotFound("no_such_file", {"There is no such file any more. Order it again on the page of the plan.",
                                    "파일이 없거나 보관 기간이 지났습니다. 배정안 화면에서 다시 요청하십시오."});
  }
  AuditNote note{fmt::format("{}.zip", spell(found->file.content)),
                 fmt::format("{}/{}", exam.text(), found->file.name), "plan " + found->file.plan};
  note.exam = exam.text();
  note.whose = found->whose;
  accesses.record_access(change, note);
  return std::move(*found);
}

}  // namespace hanjari::services
