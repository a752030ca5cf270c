#include "invigilators/pages/routes.h"

#include <utility>

#include "hanjari/invigilators/duty_people.h"
#include "invigilators/pages/duties_api.h"
#include "invigilators/pages/duties_page.h"
#include "invigilators/pages/duty_exams.h"
#include "invigilators/pages/own_duty_page.h"
#include "invigilators/pages/people_page.h"
#include "invigilators/pages/staffing_rules_page.h"
#include "invigilators/pages/substitutes_page.h"

namespace hanjari::web {
namespace {

using services::Role;

// Lists of numbers, the instructions, the venues of chiefs.
constexpr std::size_t duty_form_bytes = 128 * 1024;
constexpr std::size_t own_duty_bytes = 8 * 1024;
// Each reads a whole exam.
constexpr Limits sent_people{services::longest_packed_people + 100'000, 1, 1};
constexpr Limits duty_edit{duty_form_bytes, 1};
// What rules need is counted by placing once.
constexpr Limits rules_preview{duty_form_bytes, 1};
constexpr Limits vacancies_read{0, 2};
constexpr int duty_files_at_once = 4;

Permission duty_city() {
  return Permission::staff({{Role::exam_officer, Reach::everything}}, ExamState::any);
}

Permission duty_staff() {
  return Permission::staff({{Role::exam_officer, Reach::everything},
                            {Role::district_coordinator, Reach::own_district},
                            {Role::venue_chief, Reach::own_venue}},
                           ExamState::any);
}

// Who calls substitutes: a chief has no people beside those of the venue, who all stand somewhere.
Permission duty_callers() {
  return Permission::staff({{Role::exam_officer, Reach::everything}, {Role::district_coordinator, Reach::own_district}},
                           ExamState::any);
}

void add_duty_pages(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits = {}) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits});
  };
  const Limits entry{duty_form_bytes, 0};
  add(Method::get, "/{language}/duties",
      Permission::staff({{Role::exam_officer, Reach::everything},
                         {Role::district_coordinator, Reach::own_district},
                         {Role::venue_chief, Reach::own_venue}}),
      show_duty_exams);
  add(Method::get, "/{language}/exams/{code}/invigilators", duty_staff(), show_people);
  add(Method::post, "/{language}/exams/{code}/invigilators", duty_city(), save_shown_person, entry);
  add(Method::post, "/{language}/exams/{code}/invigilators/imports", duty_city(), import_shown_people, sent_people);
  add(Method::post, "/{language}/exams/{code}/invigilators/settings", duty_city(), set_shown_board, entry);
  add(Method::post, "/{language}/exams/{code}/invigilators/invitations", duty_staff(), invite_shown_people, entry);
  add(Method::get, "/{language}/exams/{code}/invigilators/take-backs", duty_staff(), ask_to_take_back_invitations);
  add(Method::post, "/{language}/exams/{code}/invigilators/take-backs", duty_staff(), take_back_shown_invitations, entry);
  add(Method::post, "/{language}/exams/{code}/invigilators/steps", duty_staff(), take_shown_step, entry);
  add(Method::get, "/{language}/exams/{code}/staffing-rules", duty_city(), show_staffing_rules);
  add(Method::post, "/{language}/exams/{code}/staffing-rules/preview", duty_city(), preview_shown_rules, rules_preview);
  add(Method::post, "/{language}/exams/{code}/staffing-rules", duty_city(), set_shown_rules, rules_preview);
  add(Method::get, "/{language}/exams/{code}/substitutes", duty_callers(), show_substitutes, vacancies_read);
  add(Method::post, "/{language}/exams/{code}/substitutes", duty_callers(), call_shown_substitute, duty_edit);
  add(Method::get, "/{language}/exams/{code}/substitutes/take-backs", duty_callers(), ask_to_take_back, vacancies_read);
  add(Method::post, "/{language}/exams/{code}/substitutes/take-backs", duty_callers(), take_back_shown_calls, entry);
  add(Method::post, "/{language}/exams/{code}/substitutes/placings", duty_city(), place_shown_accepted, duty_edit);
  add(Method::get, "/{language}/exams/{code}/duties", duty_staff(), show_duties_page);
  add(Method::post, "/{language}/exams/{code}/duties/staffings", duty_city(), order_shown_staffing, entry);
  add(Method::post, "/{language}/exams/{code}/duties/edits", duty_city(), edit_shown_duties, duty_edit);
  add(Method::post, "/{language}/exams/{code}/duties/swaps", duty_city(), refuse_shown_swap, entry);
}

void add_own_duty_pages(std::vector<Route>& routes) {
  const Limits entry{own_duty_bytes, 0};
  const auto add = [&](Method method, const char* pattern, Handler handler, Limits limits = {}) {
    routes.push_back({method, pattern, Listener::portal, Permission::anybody(), handler, limits});
  };
  add(Method::get, "/{language}/duty", show_own_duty);
  add(Method::post, "/{language}/duty", take_duty_code, entry);
  add(Method::post, "/{language}/duty/answers", answer_own_duty, entry);
}

ApiDescription duty_json(const char* en, const char* ko, std::vector<std::string> query = {}) {
  return {{en, ko}, {"application/json"}, std::move(query)};
}

ApiDescription duty_table(const char* en, const char* ko) {
  return {{en, ko}, {"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/pdf"}, {}};
}

void add_people_api(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits,
                       ApiDescription api) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits, std::move(api)});
  };
  const Limits entry{duty_form_bytes, 0};
  add(Method::get, "/api/v1/exams/{code}/invigilators", duty_staff(), list_people_by_api, {0, duty_files_at_once},
      duty_json("People who may invigilate, page by page (limit: 1 to 1000, otherwise 200; after: next.after of the page before; "
                "count: all of them); of a coordinator or chief the own part only; recorded of everybody who is given",
                "감독관 명단. 쪽으로 나누어 줌(limit: 1~1000, 기본 200. after: 앞 쪽의 next.after. count: 전체 인원). "
                "책임관은 자기 담당만. 준 사람마다 감사 기록에 남음",
                {"after", "limit"}));
  add(Method::post, "/api/v1/exams/{code}/invigilators", duty_city(), save_person_by_api, entry,
      duty_json("Adds or changes a person (person, name, organisation, district, lat, lon, roles, past_duties, email, phone); "
                "what is not sent stays, an empty text clears",
                "감독관 추가 또는 변경(person, name, organisation, district, lat, lon, roles, past_duties, email, phone). "
                "보내지 않은 항목은 그대로 두고, 빈 값은 지움"));
  ApiDescription import = duty_json("Imports the list of people, sent as application/zip or as a workbook (.xlsx)",
                                    "감독관 명단 가져오기. application/zip 또는 통합 문서(.xlsx)로 보냄");
  import.query = {"encoding", "reason"};
  add(Method::post, "/api/v1/exams/{code}/invigilator-imports", duty_city(), import_people_by_api, sent_people, import);
  add(Method::get, "/api/v1/exams/{code}/invigilator-settings", duty_staff(), describe_board_by_api, {},
      duty_json("Minute of the rooms, briefing, instructions", "시험실 공개 시각, 설명회, 안내문"));
  add(Method::post, "/api/v1/exams/{code}/invigilator-settings", duty_city(), set_board_by_api, entry,
      duty_json("Sets them (version, rooms_time, briefing_on, briefing_time, briefing_place, instructions, invitation_days, "
                "pay_chief, pay_invigilator, pay_corridor, pay_reserve, pay_several: highest or sum, chiefs); what is not sent stays, an empty text clears",
                "설정 변경(version, rooms_time, briefing_on, briefing_time, briefing_place, instructions, invitation_days, "
                "pay_chief, pay_invigilator, pay_corridor, pay_reserve, pay_several: highest 또는 sum, chiefs). 보내지 않은 항목은 그대로 두고, 빈 값은 지움"));
  add(Method::post, "/api/v1/exams/{code}/invigilator-invitations", duty_staff(), invite_by_api, entry,
      duty_json("Asks people of the own part (people: numbers, or empty for all who were not asked; consented_too: true sends "
                "those who have consented a code for their page)",
                "담당 명단에 동의 요청(people: 번호들, 비우면 아직 요청하지 않은 모두. consented_too: true이면 이미 동의한 "
                "사람에게도 본인 페이지 코드 발송)"));
  add(Method::post, "/api/v1/exams/{code}/invigilator-invitation-withdrawals", duty_staff(), take_back_invitations_by_api, entry,
      duty_json("Takes back invitations of the own part that nobody has answered yet (people: numbers, or empty for all of them) and "
                "tells them; taken_back names them, nobody where no answer is awaited any more",
                "담당 명단에서 아직 답하지 않은 동의 요청 철회(people: 번호들, 비우면 모두)와 안내. taken_back은 철회된 사람이며, 기다리는 "
                "답이 없으면 비어 있음"));
  add(Method::post, "/api/v1/exams/{code}/invigilator-steps", duty_staff(), take_step_by_api, entry,
      duty_json("Notes a step of a person: attended (the briefing), withdrawn, consented, and from the day of the exam on came or absent "
                "(person, step, reason)",
                "감독관의 단계 기록: attended(설명회), withdrawn, consented, 시험 당일부터 came, absent(person, step, reason)"));
}

void add_rules_api(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits,
                       ApiDescription api) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits, std::move(api)});
  };
  add(Method::get, "/api/v1/exams/{code}/staffing-rules", duty_city(), describe_rules_by_api, {},
      duty_json("Rules of staffing with their version and the defaults", "배치 기준과 판, 기본값"));
  add(Method::post, "/api/v1/exams/{code}/staffing-rule-previews", duty_city(), preview_rules_by_api, rules_preview,
      duty_json("What rules would change and need (fields as of staffing-rules): places by role, places that stay empty, people "
                "who are missing at least; stores nothing",
                "배치 기준을 바꿀 때의 차이와 필요 인원(항목은 staffing-rules와 같음): 역할별 자리, 채우지 못하는 자리, 최소 부족 인원. 저장하지 않음"));
  add(Method::post, "/api/v1/exams/{code}/staffing-rules", duty_city(), set_rules_by_api, {duty_form_bytes, 0},
      duty_json("Sets the rules (version, reason, chiefs_per_room, invigilators_per_room, second_invigilator_above, "
                "reserves_at_least, reserve_per_rooms, corridor_per_floor, same_organisation_in_room, own_school_excluded, applicant_reach, "
                "invigilator_reach: room or venue); what is not sent stays; 409 when somebody else has set them meanwhile",
                "배치 기준 변경(version, reason, chiefs_per_room, invigilators_per_room, second_invigilator_above, "
                "reserves_at_least, reserve_per_rooms, corridor_per_floor, same_organisation_in_room, own_school_excluded, applicant_reach, "
                "invigilator_reach: room 또는 venue). 보내지 않은 항목은 그대로. 그사이 바뀌었으면 409"));
  add(Method::get, "/api/v1/exams/{code}/substitutes", duty_callers(), describe_substitutes_by_api, vacancies_read,
      duty_json("Places of the own part that somebody has left, who was called and who can be called, in their order; recorded",
                "담당 시험장의 빈자리와 요청한 사람, 요청할 수 있는 사람(차례대로). 감사 기록에 남음"));
  add(Method::post, "/api/v1/exams/{code}/substitute-calls", duty_callers(), call_substitute_by_api, duty_edit,
      duty_json("Calls somebody to take a free place (venue, role, person, minutes for an answer)",
                "빈자리를 맡아 달라고 요청(venue, role, person, 응답 기한 minutes)"));
  add(Method::post, "/api/v1/exams/{code}/substitute-call-withdrawals", duty_callers(), take_back_calls_by_api, {duty_form_bytes, 0},
      duty_json("Takes back calls that nobody has answered yet (venue, role; people: numbers, or empty for all of them) and tells "
                "whoever was called; taken_back names them, nobody where no answer is awaited any more",
                "아직 답하지 않은 대체 감독 요청 철회(venue, role. people: 번호들, 비우면 모두)와 안내. taken_back은 철회된 사람이며, "
                "기다리는 답이 없으면 비어 있음"));
  add(Method::post, "/api/v1/exams/{code}/substitute-placings", duty_city(), place_accepted_by_api, duty_edit,
      duty_json("Places whoever has accepted a call and stands nowhere yet, under the check of a hand edit (reason); from the minute "
                "of the rooms on the program does it by itself",
                "요청을 수락하고 아직 배치되지 않은 사람을 검증을 거쳐 배치(reason). 시험실 공개 시각부터는 자동"));
}

void add_duty_api(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits,
                       ApiDescription api) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits, std::move(api)});
  };
  const Limits entry{duty_form_bytes, 0};
  const Limits file{0, duty_files_at_once};
  add(Method::get, "/api/v1/exams/{code}/duties", duty_staff(), describe_duties_by_api, file,
      duty_json("Duties of the own part, page by page (limit: 1 to 1000, otherwise 200; after: next.after of the page before; "
                "count: all of them), with the unfilled places on the first page; newest.version tells whether they changed "
                "meanwhile; rooms of coordinators and chiefs only from the minute that is set; recorded",
                "담당 감독관 배치. 쪽으로 나누어 줌(limit: 1~1000, 기본 200. after: 앞 쪽의 next.after. count: 전체 수). 첫 쪽에 채우지 "
                "못한 자리. newest.version으로 그사이 변경 여부 확인. 책임관에게 시험실은 정해진 시각부터. 감사 기록에 남음",
                {"after", "limit"}));
  add(Method::post, "/api/v1/exams/{code}/staffings", duty_city(), order_staffing_by_api, entry,
      duty_json("Orders duties (keep: true changes the fewest of the newest duties): 202 with the job",
                "감독관 배치 요청(keep: true이면 기존 배치를 되도록 유지): 202와 작업 주소"));
  add(Method::post, "/api/v1/exams/{code}/duty-edits", duty_city(), edit_duties_by_api, duty_edit,
      duty_json("Changes duties by hand (version, action, person, with, venue, room, role, reason; or swap)",
                "배치를 직접 변경(version, action, person, with, venue, room, role, reason 또는 swap)"));
  add(Method::get, "/api/v1/exams/{code}/duty-swaps", duty_city(), list_swaps_by_api, {},
      duty_json("Exchanges that are not settled yet; an agreed one is carried out by duty-edits (swap); recorded",
                "아직 처리되지 않은 교대 요청. 둘 다 동의한 요청은 duty-edits(swap)로 반영. 감사 기록에 남음"));
  add(Method::post, "/api/v1/exams/{code}/duty-swap-refusals", duty_city(), refuse_swap_by_api, entry,
      duty_json("Refuses an exchange (swap, reason)", "교대 요청 거부(swap, reason)"));
  add(Method::get, "/api/v1/exams/{code}/duties.{format}", duty_staff(), download_duties, file,
      duty_table("Duties of the own part without rooms, as csv, xlsx or pdf", "시험실 없는 담당 배치(csv, xlsx, pdf)"));
  add(Method::get, "/api/v1/exams/{code}/room-assignments.{format}", duty_staff(), download_room_assignments, file,
      duty_table("Rooms of the own part, from the minute that is set, as csv, xlsx or pdf",
                 "정해진 시각부터 담당 시험실 배치(csv, xlsx, pdf)"));
  add(Method::get, "/api/v1/exams/{code}/invigilator-pay.xlsx", duty_city(), download_pay_list, file,
      {{"Pay list of the day: each person once, with duties, attendance and amount, and the sums; recorded",
        "수당 지급 명단: 사람마다 한 줄로 역할, 출석, 금액. 합계 포함. 감사 기록에 남음"},
       {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
       {}});
  add(Method::get, "/api/v1/exams/{code}/staffing-files/{duty_file}", duty_city(), download_staffing_file, file,
      {{"A file of the people or of the newest duties, as the commands read and write it; recorded",
        "명령줄이 읽고 쓰는 그대로의 명단 또는 배치 파일. 감사 기록에 남음"},
       {"text/csv", "application/json"},
       {}});
}

void add_members_of_invigilators(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/exams/{code}/invigilators",
       {"person", "name", "organisation", "district", "lat", "lon", "roles", "past_duties", "email", "phone",
        "reason"}},
      {"/api/v1/exams/{code}/invigilator-settings",
       {"version", "rooms_time", "briefing_on", "briefing_time", "briefing_place", "instructions",
        "invitation_days", "pay_chief", "pay_invigilator", "pay_corridor", "pay_reserve", "pay_several", "chiefs", "reason"}},
      {"/api/v1/exams/{code}/invigilator-invitations", {"people", "consented_too", "reason"}},
      {"/api/v1/exams/{code}/invigilator-invitation-withdrawals", {"people", "reason"}},
      {"/api/v1/exams/{code}/invigilator-steps", {"step", "person", "reason"}},
      {"/api/v1/exams/{code}/staffings", {"keep", "reason"}},
      {"/api/v1/exams/{code}/staffing-rule-previews",
       {"chiefs_per_room", "invigilators_per_room", "second_invigilator_above", "reserves_at_least", "reserve_per_rooms",
        "corridor_per_floor", "same_organisation_in_room", "own_school_excluded", "applicant_reach", "invigilator_reach"}},
      {"/api/v1/exams/{code}/staffing-rules",
       {"version", "chiefs_per_room", "invigilators_per_room", "second_invigilator_above", "reserves_at_least", "reserve_per_rooms",
        "corridor_per_floor", "same_organisation_in_room", "own_school_excluded", "applicant_reach", "invigilator_reach", "reason"}},
      {"/api/v1/exams/{code}/substitute-calls", {"venue", "role", "person", "minutes", "reason"}},
      {"/api/v1/exams/{code}/substitute-call-withdrawals", {"venue", "role", "people", "reason"}},
      {"/api/v1/exams/{code}/substitute-placings", {"reason"}},
      {"/api/v1/exams/{code}/duty-swap-refusals", {"swap", "reason"}},
      {"/api/v1/exams/{code}/duty-edits",
       {"version", "swap", "action", "person", "with", "venue", "room", "role", "reason"}}});
}

}  // namespace

void add_invigilator_routes(std::vector<Route>& routes) {
  add_duty_pages(routes);
  add_own_duty_pages(routes);
  add_people_api(routes);
  add_rules_api(routes);
  add_duty_api(routes);
  add_members_of_invigilators(routes);
}

}  // namespace hanjari::web
