#include "plans/pages/routes.h"

#include "hanjari/plans/import_job.h"
#include "plans/pages/exams_api.h"
#include "plans/pages/office_import.h"
#include "plans/pages/office_plan.h"
#include "plans/pages/office_plans.h"
#include "plans/pages/office_withdrawal.h"
#include "plans/pages/plan_rule.h"
#include "plans/pages/workbench/workbench_routes.h"

namespace hanjari::web {
namespace {

// Whatever changes another program made are seen this soon.
constexpr std::chrono::milliseconds soon{1'000};
constexpr std::size_t order_bytes = 4 * 1024;
// Each reads a whole exam.
constexpr int plan_pages_at_once = 4;
// A packed package, and what the form adds; unpacking one takes some hundred megabytes.
constexpr Limits import_limits{services::longest_packed_exam + 100'000, 2, 1};
constexpr Keep list_rule{soon, 4 * soon, "public, no-cache"};

// The package itself says which exam it is of.
void add_import_routes(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}});
  constexpr Listener office = Listener::office;
  routes.push_back({Method::get, "/{language}/imports", office, officer, show_imports});
  routes.push_back({Method::get, "/{language}/imports/example.xlsx", office, officer, take_example_workbook, {0, 2}});
  routes.push_back({Method::post, "/{language}/imports", office, officer, order_shown_import, import_limits});
  routes.push_back({Method::post, "/api/v1/imports", office, officer, order_import_by_api, import_limits,
                    ApiDescription{{"Imports an exam package, sent as application/zip or as a workbook (.xlsx): 202 with the job that does "
                                    "it; with preview=yes the job says what would change and stores nothing; with table=rooms and "
                                    "exam=CODE it is this table alone (.xlsx or text/csv), put into the stored package",
                                    "시험 묶음 가져오기. application/zip이나 통합 문서(.xlsx)로 보내면 202와 작업 주소. preview=yes이면 저장하지 "
                                    "않고 달라지는 점을 알려 줍니다. table=rooms와 exam=CODE이면 저장된 묶음의 그 표 하나만 바꿉니다(.xlsx 또는 "
                                    "text/csv)"},
                                   {"application/json"},
                                   {"encoding", "reason", "preview", "language", "table", "exam"}}});
  routes.push_back({Method::post, "/{language}/imports/{job}/confirmations", office, officer, confirm_shown_import, {order_bytes, 2}});
  routes.push_back({Method::post, "/api/v1/imports/{job}/confirmations", office, officer, confirm_import_by_api, {order_bytes, 2},
                    ApiDescription{{"Imports the package that a job has shown a preview of: 202 with the job that does it; 409 when "
                                    "another package was stored since. JSON: reason (may be absent)",
                                    "미리보기를 확인한 시험 묶음 가져오기. 202와 작업 주소. 그 사이 다른 묶음이 저장되었으면 409. JSON: reason(생략 가능)"},
                                   {"application/json"},
                                   {"reason"}}});
  routes.push_back({Method::get, "/{language}/imports/{job}/marked", office, officer, take_marked_workbook, {0, 2}});
  routes.push_back({Method::get, "/api/v1/imports/{job}/marked", office, officer, take_marked_workbook, {0, 2},
                    ApiDescription{{"The workbook of a failed import with its bad cells marked, several as a ZIP file, for a day",
                                    "가져오지 못한 통합 문서에 잘못된 셀을 표시한 파일. 여럿이면 ZIP. 하루 동안"},
                                   {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"},
                                   {}}});
}

void add_members_of_plans(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/imports/{job}/confirmations", {"reason"}},
      {"/api/v1/exams/{code}/replans", {"from", "population", "reason"}},
      {"/api/v1/exams/{code}/second-officer", {"reason"}},
      {"/api/v1/exams/{code}/plans", {"seconds", "seed", "population", "reason"}},
      {"/api/v1/exams/{code}/plans/{plan}/steps", {"step", "reason"}},
      {"/api/v1/exams/{code}/live-plans", {"plan", "instead_of", "emergency", "live_version", "concerned", "reason"}},
      {"/api/v1/exams/{code}/withdrawals", {"step", "plan", "concerned", "live_version", "emergency", "reason"}}});
}

}  // namespace

void add_plan_routes(std::vector<Route>& routes) {
  routes.push_back(
      {Method::get,
       "/api/v1/exams",
       Listener::portal,
       Permission::anybody(),
       list_exams,
       {},
       ApiDescription{
           {"Exams whose seats can be looked up", "좌석을 조회할 수 있는 시험"}, {"application/json"}, {"page"}},
       list_rule});
  add_import_routes(routes);
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}}, ExamState::any);
  const auto add = [&](Method method, const char* pattern, Handler handler, std::size_t bytes,
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, officer, handler, {bytes, plan_pages_at_once}, std::move(api)});
  };
  add(Method::get, "/{language}/exams/{code}/tables/{file}", take_exam_tables, 0);
  add(Method::get, "/api/v1/exams/{code}/tables/{file}", take_exam_tables, 0,
      ApiDescription{{"One table of the package that was stored last as a workbook (rooms.xlsx) or as CSV (rooms.csv, in UTF-8 or by encoding in "
                      "CP949), or all of them as a workbook (package.xlsx); recorded",
                      "마지막으로 저장된 시험 묶음의 표 하나(통합 문서 rooms.xlsx, CSV rooms.csv. encoding으로 UTF-8 또는 CP949) 또는 "
                      "전체(package.xlsx). 기록됨"},
                     {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"},
                     {"encoding"}});
  add(Method::get, "/{language}/exams/{code}/plans", show_plans, 0);
  add(Method::post, "/{language}/exams/{code}/plans", order_shown_plan, order_bytes);
  add(Method::post, "/{language}/exams/{code}/replans", order_shown_replan, order_bytes);
  add(Method::post, "/api/v1/exams/{code}/replans", order_replan_by_api, order_bytes,
      ApiDescription{{"Orders a re-plan from the live plan, or from the stored plan of the digest from: 202 with the job that makes it",
                      "확정 배정안, 또는 from에 적은 저장된 배정안에서 재배정 요청: 202와 작업 주소"},
                     {"application/json"},
                     {}});
  add(Method::get, "/api/v1/exams/{code}/plans", list_stored_plans, 0,
      ApiDescription{{"Stored plans of an exam", "시험의 저장된 배정안"}, {"application/json"}, {}});
  add(Method::post, "/api/v1/exams/{code}/plans", order_plan_by_api, order_bytes,
      ApiDescription{{"Orders a plan: 202 with the job that makes it", "배정안 생성 요청: 202와 작업 주소"},
                     {"application/json"},
                     {}});
  add(Method::post, "/{language}/exams/{code}/second-officer", ask_shown_second_officer, order_bytes);
  add(Method::get, "/api/v1/exams/{code}/second-officer", describe_plan_rule, 0,
      ApiDescription{{"Whether a second officer has to confirm plans of the exam before they go live", "배정안 확정에 다른 담당자의 승인이 필요한지"},
                     {"application/json"},
                     {}});
  add(Method::post, "/api/v1/exams/{code}/second-officer", ask_second_officer_by_api, order_bytes,
      ApiDescription{{"From now on a second officer has to confirm plans of the exam; it is not turned off here",
                      "이제부터 배정안 확정에 다른 담당자의 승인이 필요함. 여기에서 끌 수 없음"},
                     {"application/json"},
                     {}});
  add(Method::get, "/{language}/exams/{code}/plans/{plan}", show_plan, 0);
  add(Method::post, "/{language}/exams/{code}/plans/{plan}/steps", step_shown_plan, order_bytes);
  add(Method::post, "/{language}/exams/{code}/plans/{plan}/publications", publish_shown_plan, order_bytes);
  add(Method::get, "/api/v1/exams/{code}/plans/{plan}/differences", compare_plan_by_api, 0,
      ApiDescription{{"What a plan would change against the live one, and for whom", "확정 배정안과 견주어 달라지는 점"},
                     {"application/json"},
                     {}});
  add(Method::post, "/api/v1/exams/{code}/plans/{plan}/steps", step_plan_by_api, order_bytes,
      ApiDescription{{"Takes a step of approval: propose, confirm or take_back", "승인 단계: 상신, 승인, 회수"},
                     {"application/json"},
                     {}});
  add(Method::post, "/api/v1/exams/{code}/live-plans", publish_plan_by_api, order_bytes,
      ApiDescription{{"Makes a plan live: plan, and concerned, the number of people who get another place than they were "
                      "told; 409 tells that number, and options to send when the plan was not made from the live one",
                      "배정안 확정: plan과 안내받은 자리가 달라지는 인원 concerned. 409는 그 인원을, 기준이 다르면 함께 "
                      "보낼 options를 알림"},
                     {"application/json"},
                     {}});
  add(Method::get, "/api/v1/exams/{code}/live-plans", list_live_changes, 0,
      ApiDescription{{"Every change of the live plan, newest first", "확정 배정안의 변경 이력, 최신순"},
                     {"application/json"},
                     {}});
  add(Method::post, "/{language}/exams/{code}/plans/{plan}/withdrawals", withdraw_shown_plan, order_bytes);
  add(Method::get, "/api/v1/exams/{code}/withdrawals", describe_withdrawal_by_api, 0,
      ApiDescription{{"What withdrawing the live plan concerns, and whether it is proposed; or the plan that is withdrawn",
                      "확정 배정안을 철회하면 영향을 받는 인원과 상신 여부, 또는 철회된 배정안"},
                     {"application/json"},
                     {}});
  add(Method::post, "/api/v1/exams/{code}/withdrawals", withdraw_plan_by_api, order_bytes,
      ApiDescription{{"Withdraws the live plan, so that nobody is shown a seat: step (propose, take_back, withdraw), plan, "
                      "concerned (how many people were told a seat), reason; 409 tells that number",
                      "확정 배정안 철회. 좌석이 더는 공개되지 않음: step(propose, take_back, withdraw), plan, concerned(좌석을 "
                      "안내받은 인원), reason. 409는 그 인원을 알림"},
                     {"application/json"},
                     {}});
  add_workbench_routes(routes);
  add_members_of_plans(routes);
}

}  // namespace hanjari::web
