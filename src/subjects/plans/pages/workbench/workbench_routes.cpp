#include "plans/pages/workbench/workbench_routes.h"

#include <utility>

#include "plans/pages/plan_fairness.h"
#include "plans/pages/workbench/comparison_page.h"
#include "plans/pages/workbench/edits_page.h"
#include "plans/pages/workbench/map_page.h"
#include "plans/pages/workbench/settings_page.h"
#include "plans/pages/workbench/venue_page.h"

namespace hanjari::web {
namespace {

constexpr std::size_t edit_bytes = 8 * 1024;
// Each may read a whole exam, the first time.
constexpr int bench_pages_at_once = 4;

void add_members_of_bench(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/exams/{code}/plans/{plan}/what-ifs", {"vary", "trade_off", "from_plan", "reason"}},
      {"/api/v1/exams/{code}/edits", {"plan", "reason"}},
      {"/api/v1/exams/{code}/edits/{session}",
       {"version", "kind", "number", "other_number", "venue", "room_no", "unit", "to_venue", "to_room_no",
        "seat_no", "reason"}},
      {"/api/v1/exams/{code}/edits/{session}/turns", {"turn", "version", "reason"}},
      {"/api/v1/exams/{code}/edits/{session}/plans", {"version", "reason"}}});
}

}  // namespace

void add_workbench_routes(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}}, ExamState::any);
  const auto add = [&](Method method, const char* pattern, Handler handler, std::size_t bytes) {
    routes.push_back({method, pattern, Listener::office, officer, handler, {bytes, bench_pages_at_once}});
  };
  const auto add_api = [&](Method method, const char* pattern, Handler handler, std::size_t bytes, Text summary,
                           std::vector<std::string> query = {}) {
    routes.push_back({method, pattern, Listener::office, officer, handler, {bytes, bench_pages_at_once},
                      ApiDescription{std::move(summary), {"application/json"}, std::move(query)}});
  };
  add(Method::get, "/{language}/exams/{code}/comparison", show_comparison, 0);
  add(Method::get, "/{language}/exams/{code}/plans/{plan}/map", show_plan_map, 0);
  add(Method::get, "/{language}/exams/{code}/plans/{plan}/far-people", show_far_people, 0);
  add(Method::get, "/{language}/exams/{code}/plans/{plan}/fairness", show_plan_fairness, 0);
  add(Method::get, "/{language}/exams/{code}/plans/{plan}/venues/{site}", show_plan_venue, 0);
  add(Method::get, "/{language}/exams/{code}/plans/{plan}/venues/{site}/rooms/{room}", show_plan_room, 0);
  add(Method::post, "/{language}/exams/{code}/plans/{plan}/edits", open_shown_edits, edit_bytes);
  add(Method::get, "/{language}/exams/{code}/edits", list_shown_edits, 0);
  add(Method::get, "/{language}/exams/{code}/edits/{session}", show_edits, 0);
  add(Method::get, "/{language}/exams/{code}/edits/{session}/rooms", show_edited_rooms, 0);
  add(Method::post, "/{language}/exams/{code}/edits/{session}", make_shown_edit, edit_bytes);
  add(Method::post, "/{language}/exams/{code}/edits/{session}/turns", turn_shown_edit, edit_bytes);
  add(Method::post, "/{language}/exams/{code}/edits/{session}/plans", order_shown_edited_plan, edit_bytes);
  add(Method::get, "/{language}/exams/{code}/plans/{plan}/settings", show_settings_trial, 0);
  add(Method::post, "/{language}/exams/{code}/plans/{plan}/what-ifs", order_shown_whatif, edit_bytes);
  add_api(Method::post, "/api/v1/exams/{code}/plans/{plan}/what-ifs", order_whatif_by_api, edit_bytes,
          {"Orders a what-if (vary) or a curve (trade_off): 202 with the job that makes it",
           "조건을 바꾼 비교(vary)나 절충 곡선(trade_off) 요청: 202와 작업 주소"});
  add_api(Method::get, "/api/v1/exams/{code}/plans/{plan}/settings", try_settings_by_api, 0,
          {"What other settings would mean for the people of a plan; nothing is stored",
           "설정을 바꾸면 배정안의 응시자에게 생기는 결과. 저장하지 않음"},
          {"people_cap", "min_gap_cm", "reserve_rooms", "detour_cap_m"});
  add_api(Method::get, "/api/v1/exams/{code}/comparison", compare_by_api, 0,
          {"Up to four plans side by side: travel, detours, rooms, people moved, fairness",
           "배정안 최대 4개 비교: 이동 거리, 우회 거리, 시험실, 이동 인원, 형평성"},
          {"first", "second", "third", "fourth"});
  add_api(Method::get, "/api/v1/exams/{code}/plans/{plan}/summary", describe_plan_by_api, 0,
          {"What a plan comes to by district and venue; counts only", "시군구와 시험장별 배정안 집계(인원수만)"});
  add_api(Method::get, "/api/v1/exams/{code}/plans/{plan}/far-people", list_far_people_by_api, 0,
          {"People of a plan beyond the detour limit, 200 a page; recorded",
           "배정안에서 우회 한도를 넘는 응시자, 한 쪽에 200명. 열람 기록이 남음"},
          {"page"});
  add_api(Method::get, "/api/v1/exams/{code}/plans/{plan}/venues/{site}/rooms/{room}", describe_room_by_api, 0,
          {"Who sits in a room of a plan; recorded", "배정안의 시험실 배치. 열람 기록이 남음"});
  add_api(Method::post, "/api/v1/exams/{code}/edits", open_edits_by_api, edit_bytes,
          {"Begins hand edits of a plan", "배정안 수동 편집 시작"});
  add_api(Method::get, "/api/v1/exams/{code}/edits", list_edits_by_api, 0,
          {"Sessions of hand edits of an exam, newest first", "시험의 수동 편집 목록, 최신순"});
  add_api(Method::get, "/api/v1/exams/{code}/edits/{session}", describe_edits_by_api, 0,
          {"The hand edits of a session; recorded", "수동 편집 내역. 열람 기록이 남음"});
  add_api(Method::post, "/api/v1/exams/{code}/edits/{session}", make_edit_by_api, edit_bytes,
          {"Makes an edit; 422 with the rules that it breaks, and nothing is stored",
           "편집 적용. 규칙에 어긋나면 422와 어긴 규칙, 저장하지 않음"});
  add_api(Method::post, "/api/v1/exams/{code}/edits/{session}/turns", turn_edit_by_api, edit_bytes,
          {"Undoes the last edit or does the next one again", "마지막 편집 취소 또는 다시 적용"});
  add_api(Method::post, "/api/v1/exams/{code}/edits/{session}/plans", order_edited_plan_by_api, edit_bytes,
          {"Stores the edited plan beside the others: 202 with the job that does it",
           "편집한 배정안 저장: 202와 작업 주소"});
  add_members_of_bench(routes);
}

}  // namespace hanjari::web
