#include <algorithm>

#include <nlohmann/json.hpp>

#include "hanjari/site/site.h"
#include "plans/pages/exams_api.h"
#include "site/pages/problems.h"

namespace hanjari::web {
namespace {

constexpr std::size_t exams_per_page = 100;

std::size_t page_of(const Values& query) {
  const auto found = query.find("page");
  if (found == query.end()) return 1;
  const std::string& text = found->second;
  const bool digits = !text.empty() && text.size() <= 6 && text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || std::stoul(text) == 0) {
    throw Refused(400, "bad_page", {"'page' is a number from 1.", "'page'는 1 이상의 수입니다."});
  }
  return std::stoul(text);
}

}  // namespace

Response list_exams(const Call& call) {
  auto exams = call.site.plans().list_live_exams();
  std::sort(exams.begin(), exams.end(),
            [](const services::LiveExam& a, const services::LiveExam& b) { return a.code < b.code; });
  const std::size_t page = page_of(call.query);
  nlohmann::ordered_json listed{
      {"page", page}, {"per_page", exams_per_page}, {"total", exams.size()}, {"exams", nlohmann::json::array()}};
  for (std::size_t at = (page - 1) * exams_per_page; at < std::min(exams.size(), page * exams_per_page); ++at) {
    const services::LiveExam& exam = exams[at];
    listed["exams"].push_back(nlohmann::ordered_json{{"code", exam.code.text()},
                                                     {"name_ko", exam.name_ko},
                                                     {"name_en", exam.name_en},
                                                     {"exam_on", format_date(exam.exam_on)},
                                                     {"time_zone", exam.time_zone},
                                                     {"plan_digest", exam.plan_digest},
                                                     {"live_since", format_instant(exam.live_since)},
                                                     {"tells_fairness", exam.tells_fairness}});
  }
  Response response;
  response.type = "application/json";
  response.body = listed.dump() + "\n";
  return response;
}

}  // namespace hanjari::web
