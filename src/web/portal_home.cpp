#include <algorithm>

#include <fmt/format.h>

#include "hanjari/web/site.h"
#include "web/handlers.h"
#include "web/pages.h"

namespace hanjari::web {

Response choose_language(const Call& call) {
  Response response = redirect(fmt::format("/{}", code_of(call.language)));
  response.set_header("Vary", "Accept-Language, Cookie");
  return response;
}

Response show_home(const Call& call) {
  const Pages& pages = call.site.pages();
  auto exams = call.site.plans().list_live_exams();
  std::sort(exams.begin(), exams.end(), [](const services::LiveExam& a, const services::LiveExam& b) {
    return std::tie(a.exam_on, a.code) < std::tie(b.exam_on, b.code);
  });
  Page page{.name = "home", .title = ""};
  page.data["exams"] = nlohmann::json::array();
  for (const services::LiveExam& exam : exams) {
    const std::string name = call.language == Language::korean ? exam.name_ko : exam.name_en;
    page.data["exams"].push_back(
        {{"name", name},
         {"on", write_day(exam.exam_on, call.language)},
         {"address", fmt::format("/{}/exams/{}/seat", code_of(call.language), encode_percent(exam.code.text()))},
         {"button_label", pages.text(call.language, "home.find_seat_of", {{"exam", name}})}});
  }
  page.data["any"] = !exams.empty();
  return show(call, page);
}

}  // namespace hanjari::web
