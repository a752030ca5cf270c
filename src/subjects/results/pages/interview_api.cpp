// Interviews for programs: the same rights, and the same that is hidden, as on the pages.
#include <fmt/format.h>

#include "hanjari/base/clock.h"
#include "results/pages/interview_calls.h"
#include "results/pages/interview_pages.h"

namespace hanjari::web {
namespace {

using ordered = nlohmann::ordered_json;

ordered entry_json(const std::optional<services::InterviewEntry>& entry) {
  if (!entry) return nullptr;
  return {{"officer", entry->officer}, {"entered_at", format_instant(entry->at)}, {"version", entry->version}, {"grades", entry->grades.size()}};
}

ordered seen_json(const std::optional<selection::GradeMark>& grade, bool seen) {
  return seen ? ordered(word_of_grade(grade)) : ordered(nullptr);
}

}  // namespace

Response list_interviews_by_api(const Call& call) {
  services::InterviewRepository& interviews = interviews_of(call);
  const services::InterviewBook book =
      services::open_interviews(interviews, call.site.access(), ExamCode(call.path.at("code")), change_of_call(call, ""));
  ordered answer{{"first", entry_json(book.first)},
                 {"second", entry_json(book.second)},
                 {"settled", services::count_settled_interviews(book)},
                 {"differences", ordered::array()}};
  const bool first = may_see_interviews(call, book, true);
  const bool second = may_see_interviews(call, book, false);
  for (const services::InterviewDifference& one : services::list_interview_differences(book)) {
    answer["differences"].push_back({{"applicant_number", one.place.number},
                                     {"examiner", one.place.examiner},
                                     {"item", one.place.item},
                                     {"first", seen_json(one.first, first)},
                                     {"second", seen_json(one.second, second)}});
  }
  return answer_json(answer);
}

Response enter_interviews_by_api(const Call& call) {
  interviews_of(call);
  const nlohmann::json body = read_json(call);
  const services::InterviewEntry entry = enter_sent_interviews(call, text_in(body, "rows"), "utf8", count_in(body, "version").value_or(0));
  return answer_json(entry_json(entry), 201);
}

Response settle_interview_by_api(const Call& call) {
  interviews_of(call);
  const nlohmann::json body = read_json(call);
  settle_sent_interview(call, {{text_in(body, "applicant_number"), text_in(body, "examiner"), text_in(body, "item")},
                               text_in(body, "first"),
                               text_in(body, "second"),
                               text_in(body, "grade"),
                               text_in(body, "reason")});
  return answer_json({{"settled", true}});
}

Response download_interviews(const Call& call) {
  services::InterviewRepository& interviews = interviews_of(call);
  Response response;
  response.body =
      services::take_settled_interviews(interviews, call.site.access(), ExamCode(call.path.at("code")), change_of_call(call, ""));
  response.type = "text/csv; charset=utf-8";
  response.set_header("Content-Disposition", "attachment; filename=\"interview.csv\"");
  return response;
}

}  // namespace hanjari::web
