#include "hanjari/papers/paper_sets.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

// What stands before the digest in the detail of an entry.
constexpr std::string_view plan_word = "plan ";

void add_takings(AuditTrail& trail, PaperContent content, const ExamCode& exam, std::size_t most,
                 std::vector<PaperTaking>& takings) {
  const std::string beginning = exam.text() + "/";
  AuditFilter filter;
  filter.action = fmt::format("{}.zip", spell(content));
  filter.subject = beginning;
  filter.limit = most;
  for (const AuditEntry& entry : trail.list_entries(filter)) {
    if (entry.note.action != filter.action || !entry.note.subject.starts_with(beginning)) continue;
    // The code of another exam may begin alike and go on behind a slash; names of files have none.
    if (entry.note.subject.find('/', beginning.size()) != std::string::npos) continue;
    PaperTaking taking;
    taking.at = entry.change.at;
    taking.account = entry.change.author;
    taking.name = entry.note.subject.substr(beginning.size());
    if (const std::string& detail = entry.note.detail; detail.starts_with(plan_word))
      taking.plan = detail.substr(plan_word.size(), detail.find(',') - plan_word.size());
    taking.content = content;
    takings.push_back(std::move(taking));
  }
}

}  // namespace

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

std::vector<PaperTaking> list_takings(AuditTrail& trail, const ExamCode& exam, std::size_t most) {
  std::vector<PaperTaking> takings;
  add_takings(trail, PaperContent::papers, exam, most, takings);
  add_takings(trail, PaperContent::notices, exam, most, takings);
  std::stable_sort(takings.begin(), takings.end(),
                   [](const PaperTaking& one, const PaperTaking& other) { return one.at > other.at; });
  if (takings.size() > most) takings.resize(most);
  return takings;
}

std::vector<std::string> list_taken_plans(const std::vector<PaperTaking>& takings) {
  std::vector<std::string> plans;
  for (const PaperTaking& taking : takings) {
    if (taking.content != PaperContent::papers || taking.plan.empty()) continue;
    if (std::find(plans.begin(), plans.end(), taking.plan) == plans.end()) plans.push_back(taking.plan);
  }
  return plans;
}

}  // namespace hanjari::services
