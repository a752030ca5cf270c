
#include "jobs/pages/routes.h"

#include "jobs/pages/office_jobs.h"

namespace hanjari::web {
namespace {

constexpr std::size_t form_bytes = 4 * 1024;

}  // namespace

void add_job_routes(std::vector<Route>& routes) {
  // An administrator watches the jobs of keys and destruction; a job says nothing of people.
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything},
                                          {services::Role::administrator, Reach::everything}});
  constexpr Listener office = Listener::office;
  const auto json = [](const char* en, const char* ko, std::vector<std::string> query = {}) {
    return ApiDescription{{en, ko}, {"application/json"}, std::move(query)};
  };
  routes.push_back({Method::get, "/{language}/jobs", office, officer, show_jobs});
  routes.push_back({Method::get, "/{language}/jobs/{job}", office, officer, show_job});
  routes.push_back({Method::post, "/{language}/jobs/{job}/cancel", office, officer, cancel_shown_job, {form_bytes, 0}});
  routes.push_back({Method::get, "/api/v1/jobs", office, officer, list_jobs, {},
                    json("Jobs, newest first", "작업 목록, 최신순", {"exam"})});
  routes.push_back({Method::get, "/api/v1/jobs/{job}", office, officer, describe_job, {},
                    json("A job with its progress, result or fault; 304 while nothing changed",
                         "작업의 진행 상황과 결과 또는 오류. 바뀐 것이 없으면 304")});
  routes.push_back({Method::post, "/api/v1/jobs/{job}/cancel", office, officer, cancel_job, {form_bytes, 0},
                    json("Asks a job to stop; JSON: reason (may be absent), which the audit trail keeps",
                         "작업 중단 요청. JSON: reason(생략 가능, 감사 기록에 남음)")});
  // What the body may hold; read_json takes nothing else.
  take_members(routes, {{"/api/v1/jobs/{job}/cancel", {"reason"}}});
}

}  // namespace hanjari::web
