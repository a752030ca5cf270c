#include "invigilators/pages/duty_exams.h"

#include "hanjari/plans/exams.h"
#include "invigilators/pages/duty_calls.h"

namespace hanjari::web {
namespace {

// Of exams that are stored the city sees all, whoever has a part only those with a live plan.
std::vector<ExamCode> exams_with_duties(const Call& call) {
  if (call.actor().role == services::Role::exam_officer && call.site.exams() != nullptr)
    return call.site.exams()->list_exams();
  std::vector<ExamCode> codes;
  for (const services::LiveExam& exam : call.site.plans().list_live_exams()) codes.push_back(exam.code);
  return codes;
}

}  // namespace

Response show_duty_exams(const Call& call) {
  Page page{.name = "duty_exams", .title = call.site.pages().text(call.language, "duties.exams")};
  page.data["exams"] = nlohmann::json::array();
  for (const ExamCode& code : exams_with_duties(call)) {
    const auto head = call.site.exams() == nullptr ? std::nullopt : call.site.exams()->find_head(code);
    if (!head) continue;
    page.data["exams"].push_back({{"name", call.language == Language::korean ? head->name_ko : head->name_en},
                                  {"on", write_day(head->exam_on, call.language)},
                                  {"people", address_of_people(call, code)},
                                  {"duties", address_of_duties(call, code)}});
  }
  page.data["any"] = !page.data["exams"].empty();
  return show(call, page);
}

}  // namespace hanjari::web
