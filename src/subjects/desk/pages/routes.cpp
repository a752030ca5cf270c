#include "desk/pages/routes.h"

#include <utility>

#include "desk/pages/desk_pages.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr std::size_t search_bytes = 4 * 1024;
// Each looks through every notice and every live exam.
constexpr int searches_at_once = 8;

ApiDescription desk_json(const char* en, const char* ko) {
  return {{en, ko}, {"application/json"}, {}};
}

}  // namespace

void add_desk_routes(std::vector<Route>& routes) {
  const auto staff =
      Permission::staff({{Role::exam_officer, Reach::everything}, {Role::district_coordinator, Reach::own_district}});
  const auto officer = Permission::staff({{Role::exam_officer, Reach::everything}});
  const auto officer_of_exam = Permission::staff({{Role::exam_officer, Reach::everything}}, ExamState::any);
  const Limits search{search_bytes, searches_at_once};
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits = {},
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits, std::move(api)});
  };
  // Whoever comes to the office's own address is led to the own work, whatever the role.
  const auto everybody = Permission::staff({{Role::exam_officer, Reach::everything},
                                            {Role::district_coordinator, Reach::own_district},
                                            {Role::venue_chief, Reach::own_venue},
                                            {Role::auditor, Reach::everything},
                                            {Role::administrator, Reach::everything}});
  add(Method::get, "/{language}", everybody, show_office_home);
  add(Method::get, "/{language}/exams", everybody, show_office_home);
  add(Method::get, "/{language}/venue-requests", officer, open_venue_request);
  add(Method::get, "/{language}/exams/{code}/thread", officer_of_exam, show_exam_thread);
  add(Method::get, "/{language}/searches", officer, show_desk_search);
  // A name never stands in an address.
  add(Method::post, "/{language}/searches", officer, search_shown, search);
  add(Method::get, "/{language}/failed-messages", officer, show_failed_messages);
  add(Method::get, "/api/v1/exams/{code}/thread", officer_of_exam, describe_exam_thread, {},
      desk_json("The stages of an exam, what comes next and who must act", "시험의 단계, 다음 할 일과 담당"));
  add(Method::get, "/api/v1/waiting-work", staff, list_waiting_work, {},
      desk_json("Everything that waits for a decision, with counts and deadlines; places of invigilators that nobody comes to by "
                "district, which is all that a coordinator is given, of the own district",
                "처리를 기다리는 일과 건수, 기한. 채워지지 않은 감독 자리는 구별로. 책임관에게는 담당 구의 감독 자리만"));
  add(Method::post, "/api/v1/searches", officer, search_by_api, search,
      desk_json("Finds applications by number or whole name, seats by number, venues by part of a name (query); who is "
                "given is recorded",
                "접수번호나 성명으로 원서, 응시번호로 좌석, 이름 일부로 시험장 찾기(query). 열람은 기록됨"));
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/searches", {"query"}}});
}

}  // namespace hanjari::web
