#include <algorithm>

#include <fmt/format.h>

#include "hanjari/intake/use_cases.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_pages.h"
#include "intake/pages/notice_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

// Until when and for which day, once for each calendar; its title where there are several.
nlohmann::json describe_periods(const Recruitment& notice, Language language) {
  nlohmann::json periods = nlohmann::json::array();
  const bool several = notice.calendars.size() > 1;
  for (const Calendar& calendar : notice.calendars) {
    const std::string title = several ? calendar.title.in(language) : std::string();
    periods.push_back({{"of", title.empty() ? nlohmann::json(false) : nlohmann::json(title)},
                       {"period", write_period(calendar.applications, notice.header.time_zone, language)},
                       {"on", write_day(calendar.exam_on, language)}});
  }
  return periods;
}

// Open ones first, then those to come, then those that are over.
nlohmann::json describe_notices(const Call& call, services::UseCases& intake) {
  const Pages& pages = call.site.pages();
  const Instant now = call.site.now();
  auto notices = intake.notices.list_notices();
  const auto rank = [&](const auto& stored) {
    const WindowState window = window_of(*stored, now);
    return window == WindowState::open ? 0 : window == WindowState::soon ? 1 : 2;
  };
  std::stable_sort(notices.begin(), notices.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  nlohmann::json list = nlohmann::json::array();
  for (const auto& stored : notices) {
    const Recruitment& notice = stored->notice;
    const WindowState window = window_of(*stored, now);
    std::int64_t posts = 0;
    for (const NoticeUnit& unit : notice.units) posts += unit.unit.posts;
    list.push_back(
        {{"name", name_of_exam(notice.header, call.language)},
         {"periods", describe_periods(notice, call.language)},
         {"posts", pages.text(call.language, posts == 1 ? "notice.posts_of_one" : "notice.posts_of", {{"posts", group_digits(posts)}})},
         {"address", fmt::format("/{}/notices/{}", code_of(call.language), encode_percent(notice.header.code.text()))},
         {"is_open", window == WindowState::open},
         {"is_soon", window == WindowState::soon},
         {"is_over", window == WindowState::over}});
  }
  return list;
}

}  // namespace

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
    nlohmann::json row{{"name", name},
                       {"on", write_day(exam.exam_on, call.language)},
                       {"address", fmt::format("/{}/exams/{}/seat", code_of(call.language), encode_percent(exam.code.text()))},
                       {"button_label", pages.text(call.language, "home.find_seat_of", {{"exam", name}})}};
    if (exam.tells_fairness)
      row["fairness"] = {{"address", fmt::format("/{}/exams/{}/seat-fairness", code_of(call.language), encode_percent(exam.code.text()))},
                         {"label", pages.text(call.language, "home.fairness_of", {{"exam", name}})}};
    page.data["exams"].push_back(std::move(row));
  }
  // Whoever looks for the own seat learns that there is none any more, and that there will be one.
  page.data["withdrawn"] = nlohmann::json::array();
  for (const services::LiveExam& exam : call.site.plans().list_withdrawn_exams()) {
    page.data["withdrawn"].push_back({{"name", call.language == Language::korean ? exam.name_ko : exam.name_en},
                                      {"on", write_day(exam.exam_on, call.language)}});
  }
  page.data["any_withdrawn"] = !page.data["withdrawn"].empty();
  page.data["notices"] =
      call.site.intake() == nullptr ? nlohmann::json::array() : describe_notices(call, *call.site.intake());
  page.data["my_address"] = fmt::format("/{}/my", code_of(call.language));
  page.data["any_notice"] = !page.data["notices"].empty();
  page.data["any"] = !exams.empty();
  page.data["nothing"] = exams.empty() && page.data["notices"].empty() && page.data["withdrawn"].empty();
  return show(call, page);
}

}  // namespace hanjari::web
