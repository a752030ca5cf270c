#include "desk/pages/routes.h"

#include <utility>

#include "desk/pages/desk_pages.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr std::size_t search_bytes = 4 * 1024;
constexpr std::size_t order_bytes = 8 * 1024;
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
  add(Method::get, "/{language}/exams/{code}/frozen-list", officer_of_exam, show_freezing);
  add(Method::post, "/{language}/exams/{code}/frozen-list", officer_of_exam, order_shown_freezing, {order_bytes, 0});
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
  add(Method::get, "/api/v1/exams/{code}/frozen-lists", officer_of_exam, describe_freezing, {},
      desk_json("The exam days of a notice: how many have paid, whether the list may be frozen or why not, schools that were accepted, "
                "and the stored exams whose schools may be taken",
                "공고의 시험일별 결제 인원, 명단 확정 가능 여부와 사유, 수락한 시험장 수, 시험장을 쓸 수 있는 저장된 시험"));
  add(Method::post, "/api/v1/exams/{code}/frozen-lists", officer_of_exam, order_freezing_by_api, {order_bytes, 0},
      desk_json("Freezes the list of a day: exam (of the day; empty: the notice's own), venues (a stored exam whose schools and "
                "rooms are taken; empty: those that were accepted), concerned, the number of people on it; 202 with the job",
                "시험일의 명단 확정: exam(시험일의 시험 코드, 비우면 공고의 코드), venues(시험장과 시험실을 쓸 저장된 시험, 비우면 수락한 "
                "시험장), 명단 인원 concerned. 202와 작업 주소"));
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/exams/{code}/frozen-lists", {"exam", "venues", "concerned", "reason"}},
      {"/api/v1/searches", {"query"}}});
}

}  // namespace hanjari::web
