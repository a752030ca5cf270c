#include "papers/pages/routes.h"

#include "papers/pages/office_papers.h"
#include "papers/pages/own_papers_page.h"
#include "papers/pages/template_pages.h"

namespace hanjari::web {
namespace {

constexpr std::size_t paper_order_bytes = 8 * 1024;
// A list of ways to every school is the longest of them.
constexpr std::size_t template_bytes = 1024 * 1024;
// Each holds a whole file in memory.
constexpr int downloads_at_once = 2;

// Made from the live plan while a coordinator or a chief waits, and kept by nobody.
void add_own_papers(std::vector<Route>& routes) {
  const auto staff = Permission::staff(
      {{services::Role::exam_officer, Reach::everything},
       {services::Role::district_coordinator, Reach::own_district},
       {services::Role::venue_chief, Reach::own_venue}},
      ExamState::live);
  const Limits few{0, downloads_at_once};
  const auto zip = [](const char* en, const char* ko) {
    return ApiDescription{{en, ko}, {"application/zip"}, {"papers", "formats", "language", "since"}, std::nullopt, {"papers", "formats"}};
  };
  routes.push_back({Method::get, "/{language}/exams/{code}/own-papers", Listener::office, staff, show_own_papers});
  routes.push_back({Method::get, "/api/v1/exams/{code}/own-papers", Listener::office, staff, download_own_papers, few,
                    zip("Papers of all own venues, a folder for each; marked with who takes them, and recorded. since: a plan of "
                        "own-paper-editions, to have only what reads otherwise",
                        "담당하는 모든 시험장의 문서. 받은 계정을 표시하고 감사 기록에 남김. since에 own-paper-editions의 배정안을 적으면 "
                        "달라진 것만")});
  routes.push_back({Method::get, "/api/v1/exams/{code}/own-paper-editions", Listener::office, staff, list_own_editions_by_api, {},
                    ApiDescription{{"Plans whose papers this account took, the last first, and units of which papers say no time (without_start, "
                                    "without_seating)",
                                    "이 계정이 문서를 받은 배정안(최신순)과 문서에 시각이 적히지 않는 모집단위(without_start, without_seating)"},
                                   {"application/json"},
                                   {}}});
  routes.push_back({Method::get, "/api/v1/exams/{code}/venues/{venue_code}/papers", Listener::office, staff,
                    download_papers_of_venue, few,
                    zip("Papers of one own venue; marked with who takes them, and recorded",
                        "담당하는 시험장 한 곳의 문서. 받은 계정을 표시하고 감사 기록에 남김")});
}

void add_template_routes(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}});
  const Limits save{template_bytes, downloads_at_once};
  const auto json = [](const char* en, const char* ko) { return ApiDescription{{en, ko}, {"application/json"}, {}}; };
  routes.push_back({Method::get, "/{language}/paper-templates", Listener::office, officer, show_templates});
  routes.push_back({Method::get, "/{language}/paper-templates/{template}", Listener::office, officer, show_template});
  routes.push_back({Method::post, "/{language}/paper-templates/{template}", Listener::office, officer, save_shown_template, save});
  routes.push_back({Method::get, "/api/v1/paper-templates", Listener::office, officer, list_templates_by_api, {},
                    json("Templates of papers as they are now, and who saved what and why",
                         "현재 문서 양식과 누가 왜 무엇을 저장했는지")});
  routes.push_back({Method::post, "/api/v1/paper-templates/{template}", Listener::office, officer, save_template_by_api, save,
                    json("Saves a template: content, reason, version (that it was made from). What others saved since is taken in place "
                         "by place; 409 with the conflicts where both changed the same, answered by choices and "
                         "answered_version",
                         "문서 양식 저장: content, reason, 바탕이 된 version. 그 뒤 저장된 변경은 항목별로 합치며, 같은 "
                         "항목이 다르면 409와 함께 conflicts를 돌려주고 choices와 answered_version으로 답함")});
}

void add_members_of_papers(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/paper-templates/{template}", {"content", "version", "answered_version", "choices", "reason"}},
      {"/api/v1/exams/{code}/plans/{plan}/papers",
       {"since", "venue", "district", "papers", "formats", "language", "incomplete", "reason"}},
      {"/api/v1/exams/{code}/plans/{plan}/notices", {"language", "reason", "contacts"}}});
}

}  // namespace

void add_paper_routes(std::vector<Route>& routes) {
  add_own_papers(routes);
  add_template_routes(routes);
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}}, ExamState::any);
  const auto add = [&](Method method, const char* pattern, Handler handler, Limits limits = {},
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, officer, handler, limits, std::move(api)});
  };
  const auto json = [](const char* en, const char* ko) { return ApiDescription{{en, ko}, {"application/json"}, {}}; };
  const Limits order{paper_order_bytes, 0};
  add(Method::get, "/{language}/exams/{code}/plans/{plan}/papers", show_papers);
  add(Method::post, "/{language}/exams/{code}/plans/{plan}/papers", order_shown_papers, order);
  add(Method::post, "/{language}/exams/{code}/plans/{plan}/notices", order_shown_notices, order);
  add(Method::get, "/api/v1/exams/{code}/plans/{plan}/papers", list_paper_files, {},
      json("Files of papers and notices of a plan that can be taken now, and units of which papers say no time (without_start, without_seating)",
           "지금 받을 수 있는 배정안의 문서와 변경 안내 파일, 문서에 시각이 적히지 않는 모집단위(without_start, without_seating)"));
  add(Method::post, "/api/v1/exams/{code}/plans/{plan}/papers", order_papers_by_api, order,
      json("Orders papers (venue or district, papers, formats, language, incomplete; since: a plan whose papers are held, to have only what reads otherwise): 202 with the job that makes them",
           "문서 요청(venue 또는 district, papers, formats, language, incomplete. since에 이미 받은 배정안을 적으면 달라진 문서만): 202와 작업 주소"));
  add(Method::post, "/api/v1/exams/{code}/plans/{plan}/notices", order_notices_by_api, order,
      json("Orders notices and change lists against what people were told before (language; contacts: true adds telephone and e-mail): 202 with the job that makes them",
           "이전에 안내한 배정안과 견준 변경 안내와 목록 요청(language. contacts: true이면 전화와 전자우편 포함): 202와 작업 주소"));
  add(Method::get, "/api/v1/exams/{code}/paper-takings", list_paper_takings, {},
      json("Who took which file of papers or notices, newest first", "누가 언제 어떤 문서 파일을 받았는지, 최신순"));
  add(Method::get, "/api/v1/exams/{code}/papers/{file}", download_papers, {0, downloads_at_once},
      ApiDescription{{"A file of papers or notices; recorded with everybody whose data it holds",
                      "문서 또는 변경 안내 파일. 담긴 응시자와 함께 감사 기록에 남음"},
                     {"application/zip"},
                     {}});
  add_members_of_papers(routes);
}

}  // namespace hanjari::web
