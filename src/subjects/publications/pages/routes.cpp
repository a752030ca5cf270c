#include "publications/pages/routes.h"

#include <chrono>

#include "publications/pages/fairness_pages.h"
#include "publications/pages/objection_pages.h"
#include "publications/pages/office_candidates.h"
#include "publications/pages/office_final_stage.h"
#include "publications/pages/office_publication.h"
#include "publications/pages/office_publications.h"
#include "publications/pages/portal_certificate.h"
#include "publications/pages/portal_results.h"
#include "publications/pages/publications_api.h"

namespace hanjari::web {
namespace {

constexpr std::size_t publication_order_bytes = 64 * 1024;
constexpr std::size_t publication_step_bytes = 8 * 1024;  // passphrase, reason and the answer of a security key
// Each reads the whole sealed set of a version again.
constexpr int publication_steps_at_once = 2;
constexpr int summaries_at_once = 4;
// Each decides a whole exam again.
constexpr int finals_at_once = 1;
constexpr std::size_t objection_bytes = 32'000;  // of a form: every letter may take nine
constexpr int objections_at_once = 8;
// A certificate with its fonts has some ten thousand bytes.
constexpr std::size_t sent_certificate_bytes = 1024 * 1024;
constexpr int certificates_at_once = 16;

// Seen by everybody at once when the minute comes: given out from memory, and made anew by one request at a time. What is kept
// was the same for everybody a moment ago and is never early, only this much late.
constexpr std::chrono::milliseconds key_seen_within{250};
constexpr std::chrono::milliseconds list_seen_within{1'000};
constexpr Keep key_rule{key_seen_within, 4 * key_seen_within, "public, no-cache"};
constexpr Keep list_rule{list_seen_within, 4 * list_seen_within, "private, no-cache"};
constexpr Keep file_rule{list_seen_within, 4 * list_seen_within, "public, no-cache"};

ApiDescription json_of(const char* en, const char* ko) {
  return {{en, ko}, {"application/json"}, {}};
}

void add_office(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}}, ExamState::any);
  const auto add = [&](Method method, const char* pattern, Handler handler, Limits limits = {},
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, officer, handler, limits, std::move(api)});
  };
  const Limits order{publication_order_bytes, 0};
  const Limits step{publication_step_bytes, publication_steps_at_once};
  const Limits summary{0, summaries_at_once};
  add(Method::get, "/{language}/exams/{code}/publications", show_publications);
  add(Method::post, "/{language}/exams/{code}/publications", order_shown_publication, order);
  add(Method::post, "/{language}/exams/{code}/release-keys", make_shown_release_key, step);
  add(Method::get, "/{language}/exams/{code}/publications/{publication}", show_publication, summary);
  add(Method::post, "/{language}/exams/{code}/publications/{publication}/steps", step_shown_publication, step);
  add(Method::get, "/api/v1/exams/{code}/publications", list_publications_by_api, {},
      json_of("Versions of what is published of an exam, with their steps", "시험의 합격자 공고 판과 단계"));
  add(Method::post, "/api/v1/exams/{code}/publications", order_publication_by_api, order,
      json_of("Orders a version: decision, release_at, texts in Korean and if wanted in English, share_holders; stage `final` with the number "
              "of a final decision; 202 with the job that seals it",
              "공고 판 만들기: decision, release_at, 한국어(필요하면 영어도) 문구, share_holders. stage가 final이면 최종 결정 번호. 202와 작업 주소"));
  add(Method::post, "/api/v1/exams/{code}/release-keys", make_release_key_by_api, step,
      json_of("Makes the own release key under a passphrase; an earlier one gives way only with replace: true",
              "암호문으로 보호하는 본인의 발표 키 만들기. 이전 키는 replace: true일 때만 교체"));
  add(Method::get, "/api/v1/exams/{code}/publications/{publication}", describe_publication_by_api, summary,
      json_of("A version with its summary; recorded with the people it shows", "공고 판과 요약. 표시된 사람과 함께 감사 기록에 남음"));
  add(Method::post, "/api/v1/exams/{code}/publications/{publication}/steps", step_publication_by_api, step,
      json_of("Takes a step: propose, approve (code or a security key's key_ members), arm (the same, passphrase) or withdraw, each "
              "with the digest that was seen",
              "단계: 상신, 승인(code 또는 보안 키의 key_ 항목), 발표 대기(같은 항목과 passphrase), 철회. 확인한 digest를 함께 보냄"));
}

void add_final_stage(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}}, ExamState::any);
  const auto add = [&](Method method, const char* pattern, Handler handler, Limits limits, std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, officer, handler, limits, std::move(api)});
  };
  const Limits order{publication_step_bytes, finals_at_once};
  const Limits read{0, summaries_at_once};
  add(Method::get, "/{language}/exams/{code}/final-decisions", show_final_stage, read);
  add(Method::post, "/{language}/exams/{code}/final-decisions", decide_shown_final_stage, order);
  add(Method::get, "/api/v1/exams/{code}/final-decisions", list_finals_by_api, read,
      json_of("Decisions of the final stage of an exam; nobody's verdict", "시험의 최종 결정 목록. 개인의 합격 여부는 없음"));
  add(Method::post, "/api/v1/exams/{code}/final-decisions", decide_final_stage_by_api, order,
      json_of("Decides the final stage on the written results that were released last and the settled grades of interviews: 201 with the "
              "decision",
              "가장 최근에 발표한 필기 결과와 확정된 면접 등급으로 최종 결정: 201과 결정"));
  add(Method::get, "/api/v1/exams/{code}/final-decisions/{decision}/files/{part}", download_final_file, read,
      ApiDescription{{"A file of a final decision: decisions_final.csv, cuts_final.csv, passed_final.ko.html and the others; recorded",
                      "최종 결정의 파일(decisions_final.csv, cuts_final.csv, passed_final.ko.html 등). 감사 기록에 남음"},
                     {"text/csv", "text/html", "application/json"},
                     {}});
  add(Method::get, "/{language}/exams/{code}/candidates", show_candidates, read);
  add(Method::post, "/{language}/exams/{code}/candidates/steps", step_shown_candidate, order);
  add(Method::get, "/api/v1/exams/{code}/candidates", list_candidates_by_api, read,
      json_of("The register of candidates: who passed finally, the reserve, who registered and who declines; recorded",
              "채용후보자 명부: 최종합격자, 예비 순위자, 등록, 포기. 감사 기록에 남음"));
  add(Method::post, "/api/v1/exams/{code}/candidate-steps", step_candidate_by_api, order,
      json_of("Records a step of one candidate: enrol, enter (a decline, with its reason), confirm (by another officer) or take_back, with the "
              "version of the register that was looked at",
              "채용후보자 한 명의 단계: enrol(등록), enter(포기와 사유), confirm(다른 담당자의 확인), take_back(취소). 확인한 명부의 version을 함께 보냄"));
  const Limits answer{objection_bytes, 0};
  add(Method::get, "/{language}/exams/{code}/objections", show_objections, read);
  add(Method::post, "/{language}/exams/{code}/objections/answers", answer_shown_objection, answer);
  add(Method::get, "/api/v1/exams/{code}/objections", list_objections_by_api, read,
      json_of("Objections to released results, those that wait for an answer first; recorded with their numbers",
              "발표된 결과에 대한 이의제기. 답변 대기가 먼저이며 응시번호와 함께 감사 기록에 남음"));
  add(Method::post, "/api/v1/exams/{code}/objection-answers", answer_objection_by_api, answer,
      json_of("Answers an objection: its number, outcome (upheld, dismissed) and the answer that its sender reads; no result changes by it",
              "이의제기 답변: 번호, outcome(upheld 인용, dismissed 기각), 제출한 사람이 읽을 answer. 결과는 이것으로 바뀌지 않음"));
}

void add_fairness(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{services::Role::exam_officer, Reach::everything}}, ExamState::any);
  const auto everybody = Permission::anybody(ExamState::any);
  const Limits order{publication_step_bytes, 0};
  routes.push_back({Method::get, "/{language}/exams/{code}/fairness-reports", Listener::office, officer, show_fairness_reports});
  routes.push_back({Method::post, "/{language}/exams/{code}/fairness-reports", Listener::office, officer, order_shown_fairness_report, order});
  routes.push_back({Method::post, "/api/v1/exams/{code}/fairness-reports", Listener::office, officer, order_fairness_report_by_api, order,
                    json_of("Publishes the fairness report of the live plan: 202 with the job that makes and judges it",
                            "확정된 배정안의 형평성 보고서 공표: 202와 작업 주소")});
  routes.push_back({Method::get, "/{language}/exams/{code}/seat-fairness", Listener::portal, everybody, show_seat_fairness, {}, std::nullopt,
                    list_rule});
  routes.push_back({Method::get, "/api/v1/exams/{code}/fairness.csv", Listener::portal, everybody, download_seat_fairness, {},
                    ApiDescription{{"How far people travel by group, as it was published with the seats",
                                    "좌석과 함께 공표한 집단별 이동 거리"},
                                   {"text/csv"},
                                   {}},
                    file_rule});
}

void add_portal(std::vector<Route>& routes) {
  const auto applicant = Permission::staff({{services::Role::applicant, Reach::own}});
  const auto everybody = Permission::anybody(ExamState::any);
  const auto add = [&](const char* pattern, const Permission& who, Handler handler,
                       std::optional<ApiDescription> api = std::nullopt, std::optional<Keep> keep = std::nullopt) {
    routes.push_back({Method::get, pattern, Listener::portal, who, handler, {}, std::move(api), keep});
  };
  add("/{language}/my/{application}/result", applicant, show_own_result);
  add("/{language}/my/{application}/result/record", applicant, give_own_record);
  add("/{language}/my/{application}/result/proof", applicant, download_own_proof);
  add("/{language}/my/{application}/result/certificate", applicant, download_own_certificate);
  add("/{language}/my/{application}/result/certificate-text", applicant, download_own_certificate_text);
  add("/{language}/my/{application}/result/days", applicant, download_own_days);
  add("/{language}/my/{application}/final-result", applicant, show_own_final_result);
  add("/{language}/my/{application}/final-result/record", applicant, give_own_final_record);
  add("/{language}/my/{application}/final-result/proof", applicant, download_own_final_proof);
  add("/{language}/my/{application}/final-result/certificate", applicant, download_own_final_certificate);
  add("/{language}/my/{application}/final-result/certificate-text", applicant, download_own_final_certificate_text);
  add("/{language}/my/{application}/final-result/days", applicant, download_own_final_days);
  add("/{language}/my/{application}/result/objections", applicant, show_own_objections);
  add("/{language}/my/{application}/final-result/objections", applicant, show_own_final_objections);
  const Limits objection{objection_bytes, objections_at_once};
  routes.push_back({Method::post, "/{language}/my/{application}/result/objections", Listener::portal, applicant, send_own_objection, objection});
  routes.push_back(
      {Method::post, "/{language}/my/{application}/final-result/objections", Listener::portal, applicant, send_own_final_objection, objection});
  const auto anybody = Permission::anybody();
  add("/{language}/check-certificate", anybody, show_certificate_form);
  routes.push_back({Method::post, "/{language}/check-certificate", Listener::portal, anybody, check_certificate,
                    {sent_certificate_bytes, certificates_at_once, 1}});
  add("/{language}/exams/{code}/result-list", everybody, show_result_list, std::nullopt, list_rule);
  add("/{language}/exams/{code}/final-list", everybody, show_final_list, std::nullopt, list_rule);
  add("/{language}/exams/{code}/result-rates", everybody, show_result_rates, std::nullopt, list_rule);
  add("/api/v1/exams/{code}/releases", everybody, describe_release,
      json_of("Whether results are released: the seconds that are left, or the key that opens the own record",
              "결과 발표 여부: 남은 초 또는 본인 기록을 여는 키"),
      key_rule);
  add("/api/v1/exams/{code}/releases/{part}", everybody, download_release_file,
      ApiDescription{{"A file of the publication package of the release: publication.json, list.csv, leaves.txt, checkpoint; or the "
                      "list as list.en.pdf, list.ko.pdf, list.en.xlsx, list.ko.xlsx; or rates of passing by group as rates.csv, "
                      "rates.en.xlsx, rates.ko.xlsx",
                      "발표된 공고 묶음의 파일: publication.json, list.csv, leaves.txt, checkpoint. 명단 파일: list.en.pdf, list.ko.pdf, "
                      "list.en.xlsx, list.ko.xlsx. 집단별 합격률: rates.csv, rates.en.xlsx, rates.ko.xlsx"},
                     {"application/json", "text/csv", "text/plain", "application/pdf",
                      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
                     {}},
      file_rule);
  add("/api/v1/exams/{code}/final-releases", everybody, describe_final_release,
      json_of("The same of the final stage: the seconds that are left, or the key that opens the own record",
              "최종 결과 발표 여부: 남은 초 또는 본인 기록을 여는 키"),
      key_rule);
  add("/api/v1/exams/{code}/final-releases/{part}", everybody, download_final_release_file,
      ApiDescription{{"A file of the publication package of the final stage: publication.json, list.csv, leaves.txt, checkpoint; or the "
                      "list as list.en.pdf, list.ko.pdf, list.en.xlsx, list.ko.xlsx",
                      "발표된 최종 결과 공고 묶음의 파일: publication.json, list.csv, leaves.txt, checkpoint. 명단 파일: list.en.pdf, "
                      "list.ko.pdf, list.en.xlsx, list.ko.xlsx"},
                     {"application/json", "text/csv", "text/plain", "application/pdf",
                      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
                     {}},
      file_rule);
}

void add_members_of_publications(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/exams/{code}/publications",
       {"stage", "decision", "release_at", "next_passed_en", "next_passed_ko", "next_others_en", "next_others_ko",
        "objection_en", "objection_ko", "reason_en", "reason_ko", "passed_until", "others_until",
        "objection_until", "next_called_en", "next_called_ko", "withdrawal", "share_holders", "why"}},
      {"/api/v1/exams/{code}/release-keys", {"passphrase", "replace"}},
      {"/api/v1/exams/{code}/final-decisions", {"reason"}},
      {"/api/v1/exams/{code}/candidate-steps", {"step", "applicant_number", "reason", "version"}},
      {"/api/v1/exams/{code}/objection-answers", {"objection", "outcome", "answer"}},
      {"/api/v1/exams/{code}/fairness-reports", {"reason"}},
      {"/api/v1/exams/{code}/publications/{publication}/steps", {"step", "digest", "code", "key_id", "key_client_data", "key_authenticator_data", "key_signature", "passphrase", "reason", "basis"}}});
}

}  // namespace

void add_publication_routes(std::vector<Route>& routes) {
  add_office(routes);
  add_final_stage(routes);
  add_fairness(routes);
  add_portal(routes);
  add_members_of_publications(routes);
}

}  // namespace hanjari::web
