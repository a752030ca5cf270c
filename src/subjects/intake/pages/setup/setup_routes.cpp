#include "intake/pages/setup/setup_routes.h"

#include "intake/pages/setup/proposal_pages.h"
#include "intake/pages/setup/setup_api.h"
#include "intake/pages/setup/setup_pages.h"
#include "intake/pages/setup/subject_check_page.h"

namespace hanjari::web {
namespace {

using services::Role;

// The units of a large notice in Korean, percent-encoded, with all its areas.
constexpr std::size_t form_bytes = 4 * 1024 * 1024;
constexpr std::size_t step_form_bytes = 8 * 1024;

ApiDescription setup_json(const char* en, const char* ko, std::vector<std::string> query = {}) {
  return {{en, ko}, {"application/json"}, std::move(query)};
}

void add_setup_api(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{Role::exam_officer, Reach::everything}});
  const auto get = [&](const char* pattern, const Permission& who, Handler handler, ApiDescription description) {
    routes.push_back({Method::get, pattern, Listener::office, who, handler, {}, std::move(description)});
  };
  const auto post = [&](const char* pattern, Handler handler, std::size_t bytes, ApiDescription description) {
    routes.push_back({Method::post, pattern, Listener::office, officer, handler, {bytes, 0}, std::move(description)});
  };
  get("/api/v1/recruitments/{notice}/parts/{setup_part}", officer, describe_setup_part,
      setup_json("A part of the set-up (notice, policy, subjects) with its version",
                 "준비 항목(notice, policy, subjects)과 버전", {"version"}));
  post("/api/v1/recruitments/{notice}/parts/{setup_part}", save_setup_part, form_bytes,
       setup_json(
           "Saves a part: base_version and definition, reason; preview says what would change. What another officer "
           "changed meanwhile is kept; 409 with both values where both changed the same, to be answered by choices "
           "and answered_version. A notice that applicants see and that asks for a second officer is proposed (202, "
           "proposed); pending says what becomes of the own proposal that waits (grows, gives_way), emergency does "
           "without another officer. What a notice that applicants see changes for people who have applied stands in effects, "
           "and is saved with their number, concerned (409 names it)",
           "준비 항목 저장: base_version, definition, reason. preview는 바뀔 내용만 알림. 그사이 다른 담당자가 바꾼 "
           "것은 유지하고, "
           "같은 곳을 바꾸었으면 409와 두 값. choices와 answered_version으로 답함. 게시되었고 다른 담당자의 승인이 필요한 "
           "공고는 상신됨(202, proposed). pending은 승인을 기다리는 본인 상신에 더할지(grows) 대신할지(gives_way), "
           "emergency는 승인 없이 저장. 게시된 공고의 변경이 이미 접수한 사람에게 주는 영향은 effects에 있고, 그 인원 "
           "concerned를 함께 보내야 저장됨(409가 인원을 알려 줌)"));
  get("/api/v1/recruitments/{notice}/proposal", officer, describe_notice_change,
      setup_json("The change of an announced notice that one officer proposed: differences, people whom it concerns, "
                 "digest, next_steps; null where there is none",
                 "담당자가 상신한 공고 변경: 바뀌는 내용, 영향을 받는 인원, 다이제스트, next_steps. 없으면 null"));
  post("/api/v1/recruitments/{notice}/proposal", order_change_step, step_form_bytes,
       setup_json("A step with it: step (confirm and refuse by another officer, take_back, renew), digest and version that were "
                  "seen; for confirm concerned and the authenticator's code or a security key's answer (key_ members), for refuse reason; 409 where the notice or "
                  "the proposal is another one by now",
                  "상신된 변경의 단계: step(다른 담당자의 confirm·refuse, 본인의 take_back·renew), 확인한 digest와 version. "
                  "confirm에는 인원 concerned와 인증 앱의 code 또는 보안 키의 응답(key_로 시작하는 항목), refuse에는 reason. 그사이 공고나 상신이 바뀌었으면 409"));
  get("/api/v1/recruitments/{notice}/parts/{setup_part}/versions", officer, list_setup_part_versions,
      setup_json("Versions of a part, newest first", "준비 항목의 버전, 최신순"));
  get("/api/v1/recruitments/{notice}/gaps", officer, list_setup_gaps,
      setup_json("What is missing before the notice can be announced (blocks), and what it can be announced without",
                 "게시하기 전에 채워야 할 것(blocks)과 없어도 게시할 수 있는 것"));
  post("/api/v1/recruitments/{notice}/steps", order_notice_step, step_form_bytes,
       setup_json(
           "A step of the notice: step (announce, withdraw, propose, confirm, confirm_dates, second_on, second_off), "
           "version that was seen, concerned",
           "공고의 단계: step(announce, withdraw, propose, confirm, confirm_dates, second_on, second_off), 확인한 "
           "version, 인원 concerned"));
  post("/api/v1/recruitments/{notice}/copies", order_notice_copy, step_form_bytes,
       setup_json("Copies notice, policy and subjects under another code, its dates moved by weeks",
                  "공고, 배정 기준, 시험과목을 다른 코드로 복사하고 날짜를 weeks만큼 주 단위로 옮김"));
  get("/api/v1/recruitments/{notice}/declarations", officer, list_checker_declarations,
      setup_json("Who has declared whether a relative applies", "응시자 친족 신고"));
  post("/api/v1/recruitments/{notice}/checker-links", send_checker_link_by_api, step_form_bytes,
       setup_json("Sends a checker of subjects a letter with a link and a code: checker, as the subjects name them, and email",
                  "과목 검토자에게 링크와 인증 번호를 메일로 보냄: checker(시험과목에 지정된 이름), email"));
  post("/api/v1/recruitments/{notice}/declarations", declare_checker_relative, step_form_bytes,
       setup_json("Records a declaration: checker, has_relative", "친족 신고 기록: checker, has_relative"));
}

void add_members_of_intake_setup(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/recruitments/{notice}/parts/{setup_part}",
       {"base_version", "answered_version", "definition", "choices", "preview", "pending", "emergency", "concerned", "reason"}},
      {"/api/v1/recruitments/{notice}/proposal",
       {"step", "digest", "version", "concerned", "code", "key_id", "key_client_data", "key_authenticator_data", "key_signature", "reason"}},
      {"/api/v1/recruitments/{notice}/steps", {"step", "version", "concerned", "reason"}},
      {"/api/v1/recruitments/{notice}/copies", {"code", "weeks", "reason"}},
      {"/api/v1/recruitments/{notice}/checker-links", {"checker", "email", "reason"}},
      {"/api/v1/recruitments/{notice}/declarations", {"checker", "has_relative", "reason"}}});
}

}  // namespace

void add_setup_routes(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{Role::exam_officer, Reach::everything}});
  const auto get = [&](const char* pattern, const Permission& who, Handler handler) {
    routes.push_back({Method::get, pattern, Listener::office, who, handler});
  };
  const auto post = [&](const char* pattern, Handler handler, std::size_t bytes) {
    routes.push_back({Method::post, pattern, Listener::office, officer, handler, {bytes, 0}});
  };
  get("/{language}/new-recruitment", officer, show_new_notice);
  post("/{language}/new-recruitment", create_shown_notice, step_form_bytes);
  get("/{language}/recruitments/{notice}/setup", officer, show_setup);
  get("/{language}/recruitments/{notice}/setup/{form}", officer, show_setup_form);
  post("/{language}/recruitments/{notice}/setup/{form}", save_setup_form, form_bytes);
  get("/{language}/recruitments/{notice}/versions/{setup_part}", officer, show_setup_versions);
  get("/{language}/recruitments/{notice}/preview", officer, preview_notice);
  post("/{language}/recruitments/{notice}/steps", take_setup_step, step_form_bytes);
  get("/{language}/recruitments/{notice}/proposal", officer, show_notice_proposal);
  post("/{language}/recruitments/{notice}/proposal", step_shown_proposal, step_form_bytes);
  post("/{language}/recruitments/{notice}/copies", copy_shown_notice, step_form_bytes);
  post("/{language}/recruitments/{notice}/declarations", declare_shown_relative, step_form_bytes);
  post("/{language}/recruitments/{notice}/checker-links", send_shown_checker_link, step_form_bytes);
  const auto anybody = Permission::anybody();
  routes.push_back({Method::get, "/{language}/subject-checks/{ticket}", Listener::portal, anybody, show_subject_check});
  routes.push_back({Method::post, "/{language}/subject-checks/{ticket}", Listener::portal, anybody, answer_subject_check, {step_form_bytes, 0}});
  add_setup_api(routes);
  add_members_of_intake_setup(routes);
}

}  // namespace hanjari::web
